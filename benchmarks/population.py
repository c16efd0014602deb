"""Invented job-seekers in 200 offices, as many as asked for: drawn in SQL, so that a million take minutes.

Everybody has a name, a synthetic number, contact details, a running case with an advisor, two events and a registration.
How many share a name does not depend on how many there are. Rows are written without looking up their references and
without the journal's chain, which no page reads; in the order of their keys, or filling the indexes takes longest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice, product

import psycopg
from psycopg import sql

from framdrift.casework.people.names import words_of
from framdrift.casework.people.numbers import OURS, Sex, every_synthetic
from framdrift.casework.registration.answers import dump, load
from framdrift.casework.registration.profile import profile
from framdrift.casework.registration.unclear import dump_points, points
from framdrift.simulation.lives import Registered, Registration, draw_answers, draw_life
from framdrift.simulation.lives.names import GROUPS

OFFICES = 200
ADVISORS = 40
MADE_BEFORE = "made before"
"""What the access log's rows say they are about that no page has written."""
_FIRST_BIRTHDAY = date(1962, 1, 1)
_BIRTHDAYS = 16_000
_ANSWERS = 200
_TABLES = (
    "people_person",
    "people_identity",
    "people_nameword",
    "people_contactdetails",
    "cases_case",
    "journal_event",
    "registration_version",
    "access_opening",
)
_SEXES: tuple[Sex, ...] = ("female", "male")


def populate(connection: psycopg.Connection, people: int) -> None:
    """Fills a migrated, empty database, as its owner or a superuser."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("set synchronous_commit = off")
        cursor.execute("set maintenance_work_mem = '512MB'")
        cursor.execute("set work_mem = '512MB'")
        cursor.execute("alter system set max_wal_size = '8GB'")
        cursor.execute("select pg_reload_conf()")
        _copy_names(cursor)
        _copy_numbers(cursor, people)
        _copy_answers(cursor)
        values = {
            "people": people,
            "offices": OFFICES,
            "advisors": ADVISORS,
            "series": OURS,
            "made_before": MADE_BEFORE,
        }
        with _indexes_built_at_the_end(cursor):
            for statement in _STATEMENTS:
                cursor.execute(statement, values)
        cursor.execute("reset session_replication_role")
        cursor.execute("vacuum analyze")


@contextmanager
def _indexes_built_at_the_end(cursor: psycopg.Cursor) -> Iterator[None]:
    """Those that are no constraint's, of the tables that everybody has rows in."""
    cursor.execute(
        """
        select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
        where indrelid = any (%s::text[]::regclass[])
        and not exists (select from pg_constraint where conindid = indexrelid and conrelid = indrelid)
        """,
        [list(_TABLES)],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    yield
    for _, definition in indexes:
        cursor.execute(definition)


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


def _copy_answers(cursor: psycopg.Cursor) -> None:
    """What some people answer, for everybody to take turns with."""
    cursor.execute("create temporary table drawn_answers (place serial, answers jsonb, points jsonb, profile text)")
    with cursor.copy("copy drawn_answers (answers, points, profile) from stdin") as copy:
        for place in range(_ANSWERS):
            unclear = ("health",) if place % 4 == 0 else ()
            facts = Registered(
                birth_year=1970 + place % 30,
                sex="female",
                language="nb",
                interpreter=False,
                benefits=("dagpenger",),
                wants_contact=place % 3 == 0,
                needs_help="yes" if place % 2 else "no",
                unclear=unclear,
            )
            life = draw_life(f"benchmark-{place}", facts, place="Lillevik")
            on = date(2026, 9, 1)
            answers = load(draw_answers(f"benchmark-{place}", life, [Registration(on, facts)])[0])
            profiled = profile(answers, birth_date=life.birth_date, on=on)
            found = dump_points(points(answers, profile=profiled, on=on))
            copy.write_row((json.dumps(dump(answers)), json.dumps(found), str(profiled)))


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
    select n, md5('person' || n)::uuid as id, md5('person' || n)::uuid::text as case_id, o.id as office, o.code as office_code,
        t.id as team, s.id as advisor, s.code as advisor_code, now() - (n %% 300) * interval '1 day' as opened_at,
        1 + (abs(hashint8(n)::bigint) %% (select count(*) from drawn_given)) as given,
        1 + (abs(hashint8(n + 1000000007)::bigint) %% (select count(*) from drawn_family)) as family
    from generate_series(1, %(people)s) n
    join offices_office o on o.code = 'o' || (1 + n %% %(offices)s)
    join offices_team t on t.office_id = o.id
    join offices_staff s on s.code = o.code || '-' || (1 + (n / %(offices)s) %% %(advisors)s)
    order by id
    """,
    "analyze drawn",
    "insert into people_person (id, office_id, protection) select id, office, 0 from drawn order by id",
    """
    insert into people_identity (person_id, given_name, family_name, number, series, birth_date, version)
    select d.id, g.name, f.name, b.number, %(series)s, b.birth_date, 1
    from drawn d join drawn_given g on g.place = d.given join drawn_family f on f.place = d.family
    join drawn_number b on b.place = d.n
    order by d.id
    """,
    """
    insert into people_nameword (person_id, office_id, word)
    select d.id, d.office, word
    from drawn d join drawn_given g on g.place = d.given join drawn_family f on f.place = d.family,
    lateral (select unnest(g.words) union select unnest(f.words)) as words (word)
    order by d.office, word collate "C", d.id
    """,
    """
    insert into people_contactdetails (person_id, phone, email, address, postal_code, postal_place, preferred, reserved,
        language, interpreter, interpreter_language, version)
    select id, '00000000', 'p' || n || '@example.org', 'Påhittveien ' || n, '0000', 'Kontor', 'phone', false, 'nb', false,
        '', 1
    from drawn order by id
    """,
    """
    insert into cases_case (id, person_id, office_id, team_id, advisor_id, protection, opened_at, next_seq, chain_head)
    select case_id, id, office, team, advisor, 0, opened_at, 3, decode(repeat('00', 32), 'hex') from drawn order by id
    """,
    """
    insert into journal_event (case_id, seq, event_id, person, office, team, actor, kind, at, recorded_at, attributes, hash)
    select case_id, seq, case_id || '-' || seq, id, office_code, 'short_term', actor, kind, opened_at + seq * '1 h'::interval,
        opened_at + seq * '1 h'::interval, attributes, decode(repeat('00', 32), 'hex')
    from drawn, lateral (values
        (1, 'registered', id::text, jsonb_build_object('birth_year', 1990, 'sex', 'female', 'benefits', '["none"]'::jsonb)),
        (2, 'assigned', 'system', jsonb_build_object('advisor', advisor_code, 'team', 'short_term'))
    ) as events (seq, kind, actor, attributes)
    order by case_id collate "C", seq
    """,
    """
    insert into registration_version (id, person_id, case_id, number, made_at, source, answers, profile, points,
        contributions, request_id)
    select id, id, case_id, 1, opened_at, 'online', answers, profile, points, '[]', id
    from drawn join drawn_answers on place = 1 + n %% (select count(*) from drawn_answers) order by id
    """,
    """
    insert into access_opening (id, at, staff_id, office_id, page, kind, person_id, relation, about)
    select id, opened_at + '1 day'::interval, advisor, office, 'advisor:person', 'opened', id,
        'own_case', %(made_before)s
    from drawn order by id
    """,
)
