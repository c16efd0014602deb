"""Invented job-seekers in 200 offices, as many as asked for: drawn in SQL, so that a million take minutes.

Everybody has a name, a synthetic number, contact details, a running case with an advisor, two events and a registration.
How many share a name does not depend on how many there are. Rows are written without looking up their references and
without the journal's chain, which no page reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product

import psycopg

from framdrift.casework.people.names import words_of
from framdrift.casework.people.numbers import OURS, Sex, every_synthetic
from framdrift.simulation.lives.names import GROUPS

OFFICES = 200
ADVISORS = 40
_FIRST_BIRTHDAY = date(1962, 1, 1)
_BIRTHDAYS = 16_000
_SEXES: tuple[Sex, ...] = ("female", "male")


def populate(connection: psycopg.Connection, people: int) -> None:
    """Fills a migrated, empty database, as its owner or a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("set synchronous_commit = off")
        cursor.execute("set maintenance_work_mem = '512MB'")
        _copy_names(cursor)
        _copy_numbers(cursor, people)
        for statement in _STATEMENTS:
            cursor.execute(statement, {"people": people, "offices": OFFICES, "advisors": ADVISORS, "series": OURS})
        cursor.execute("reset session_replication_role")
        cursor.execute("vacuum analyze")


def _copy_names(cursor: psycopg.Cursor) -> None:
    """Each name once for every tenth of a per cent of people who bear it: the first of a list are the common ones."""
    cursor.execute("create temporary table drawn_given (place serial, name text, words text[])")
    cursor.execute("create temporary table drawn_family (place serial, name text, words text[])")
    group = GROUPS["norwegian"]
    for table, names in (("drawn_given", [*group.female, *group.male]), ("drawn_family", group.family)):
        with cursor.copy(f"copy {table} (name, words) from stdin") as copy:
            for place, name in enumerate(names):
                for _ in range(1 + 20 // (place + 1)):
                    copy.write_row((name, list(words_of(name, ""))))


def _copy_numbers(cursor: psycopg.Cursor, people: int) -> None:
    cursor.execute("create temporary table drawn_number (place serial, number text, birth_date date)")
    with cursor.copy("copy drawn_number (number, birth_date) from stdin") as copy:
        for row in islice(_numbers(1 + people // (2 * _BIRTHDAYS)), people):
            copy.write_row(row)


def _numbers(of_a_day: int) -> Iterator[tuple[str, date]]:
    for days, sex in product(range(_BIRTHDAYS), _SEXES):
        born = _FIRST_BIRTHDAY + timedelta(days=days)
        for number in islice(every_synthetic(born, sex), of_a_day):
            yield number, born


_STATEMENTS = (
    "create index on drawn_given (place)",
    "create index on drawn_family (place)",
    """
    insert into offices_office (code, name, phone, opening_hours, visiting_address)
    select 'o' || n, 'Kontor ' || n, '00 00 00 00', 'hverdager 9–15', 'Påhittveien ' || n
    from generate_series(1, %(offices)s) n
    """,
    """
    insert into offices_team (office_id, code, name, takes_new)
    select id, 'short_term', 'Korttidsoppfølging', true from offices_office
    """,
    """
    insert into offices_staff (code, username, name)
    select o.code || '-' || a, o.code || '-' || a, 'Veileder ' || a || ' ved ' || o.name
    from offices_office o, generate_series(1, %(advisors)s) a order by o.id, a
    """,
    """
    insert into offices_teammembership (staff_id, team_id, role, first_day)
    select s.id, t.id, 'advisor', '2012-01-01'
    from offices_team t join offices_office o on o.id = t.office_id join offices_staff s on s.code like o.code || '-%%'
    """,
    """
    create temporary table drawn as
    select n, md5('person' || n)::uuid as id, md5('case' || n)::uuid::text as case_id, o.id as office, o.code as office_code,
        t.id as team, s.id as advisor, s.code as advisor_code, now() - (n %% 300) * interval '1 day' as opened_at,
        1 + (abs(hashint8(n)::bigint) %% (select count(*) from drawn_given)) as given,
        1 + (abs(hashint8(n + 1000000007)::bigint) %% (select count(*) from drawn_family)) as family
    from generate_series(1, %(people)s) n
    join offices_office o on o.code = 'o' || (1 + n %% %(offices)s)
    join offices_team t on t.office_id = o.id
    join offices_staff s on s.code = o.code || '-' || (1 + (n / %(offices)s) %% %(advisors)s)
    """,
    "analyze drawn",
    "insert into people_person (id, office_id, protection) select id, office, 0 from drawn",
    """
    insert into people_identity (person_id, given_name, family_name, number, series, birth_date, version)
    select d.id, g.name, f.name, b.number, %(series)s, b.birth_date, 1
    from drawn d join drawn_given g on g.place = d.given join drawn_family f on f.place = d.family
    join drawn_number b on b.place = d.n
    """,
    """
    insert into people_nameword (person_id, office_id, word)
    select d.id, d.office, word
    from drawn d join drawn_given g on g.place = d.given join drawn_family f on f.place = d.family,
    lateral (select unnest(g.words) union select unnest(f.words)) as words (word)
    """,
    """
    insert into people_contactdetails (person_id, phone, email, address, postal_code, postal_place, preferred, reserved,
        language, interpreter, interpreter_language, version)
    select id, '00000000', 'p' || n || '@example.org', 'Påhittveien ' || n, '0000', 'Kontor', 'phone', false, 'nb', false,
        '', 1
    from drawn
    """,
    """
    insert into cases_case (id, person_id, office_id, team_id, advisor_id, protection, opened_at, next_seq, chain_head)
    select case_id, id, office, team, advisor, 0, opened_at, 3, decode(repeat('00', 32), 'hex') from drawn
    """,
    """
    insert into journal_event (case_id, seq, event_id, person, office, team, actor, kind, at, recorded_at, attributes, hash)
    select case_id, seq, case_id || '-' || seq, id, office_code, 'short_term', actor, kind, opened_at + seq * '1 h'::interval,
        opened_at + seq * '1 h'::interval, attributes, decode(repeat('00', 32), 'hex')
    from drawn, lateral (values
        (1, 'registered', id::text, jsonb_build_object('birth_year', 1990, 'sex', 'female', 'benefits', '["none"]'::jsonb)),
        (2, 'assigned', 'system', jsonb_build_object('advisor', advisor_code, 'team', 'short_term'))
    ) as events (seq, kind, actor, attributes)
    """,
)
