"""Writing many people at once, by COPY, as the owner of the tables: identity, contact, words of the name, registrations."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from framdrift.casework.demonstration.behind import Behind, Sent
from framdrift.casework.people.names import words_of
from framdrift.casework.people.numbers import OURS
from framdrift.casework.registration.answers import STEPS, dump, load
from framdrift.casework.registration.profile import profile
from framdrift.casework.registration.unclear import Point, dump_points, points
from framdrift.standard.calendar import local_date

_NAMESPACE = uuid.UUID("0d1c8a52-6f0e-4d6b-b7f3-2f4f6a0c7a90")
# What the office noted, where today's rules would not: a journal is not written anew when rules change.
_NOTED_THEN = {
    "language": Point("language", "norwegian_limited", ("about_you.language", "experience.languages")),
}
_TABLES = {
    "people_identity": "person_id, given_name, family_name, number, series, birth_date, version",
    "people_contactdetails": (
        "person_id, phone, email, address, postal_code, postal_place, preferred, reserved, language, interpreter, "
        "interpreter_language, version"
    ),
    "people_nameword": "person_id, office_id, word",
    "registration_version": (
        "id, person_id, case_id, number, made_at, staff_id, source, answers, profile, points, contributions, request_id"
    ),
}
Row = tuple[Any, ...]


@dataclass
class _Rows:
    identity: list[Row] = field(default_factory=list)
    contact: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    versions: list[Row] = field(default_factory=list)


def write(people: Iterable[Behind], *, office: int) -> int:
    """Writes them all and gives back how many they were. They belong to the office (its key) from now on."""
    rows = _Rows()
    for each in people:
        _add(rows, each, office)
    with connection.cursor() as cursor:
        for (table, columns), of_table in zip(
            _TABLES.items(), (rows.identity, rows.contact, rows.words, rows.versions), strict=True
        ):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in of_table:
                    copy.write_row(row)
        cursor.execute(
            "UPDATE people_person SET office_id = %s WHERE id = ANY(%s) AND office_id IS DISTINCT FROM %s",
            [office, [each[0] for each in rows.identity], office],
        )
        cursor.execute(f"ANALYZE people_person, {', '.join(_TABLES)}")
    return len(rows.identity)


def _add(rows: _Rows, each: Behind, office: int) -> None:
    person, life = each.person, each.life
    rows.identity.append((person, life.given_name, life.family_name, each.number, OURS, life.birth_date, 1))
    details = (life.phone, life.email, life.address, life.postal_code, life.postal_place, life.preferred, life.reserved)
    rows.contact.append((person, *details, life.language, life.interpreter, life.interpreter_language, 1))
    rows.words += [(person, office, word) for word in words_of(life.given_name, life.family_name)]
    rows.versions += [_version(each, number, sent) for number, sent in enumerate(each.sent, 1)]


def _version(each: Behind, number: int, sent: Sent) -> Row:
    on = local_date(sent.at)
    answers = load(sent.answers)
    profiled = profile(answers, birth_date=each.life.birth_date, on=on)
    found = points(answers, profile=profiled, on=on)
    noted = [point for point in found if point.code in sent.unclear]
    noted += [_NOTED_THEN[code] for code in sent.unclear if code in _NOTED_THEN and code not in {p.code for p in noted}]
    key = uuid.uuid5(_NAMESPACE, f"{sent.case}/{sent.seq}")
    stored = (json.dumps(part) for part in (dump(answers), dump_points(noted), _contributions(each, sent)))
    kept, points_kept, contributions = stored
    who = (each.person, sent.case, number, sent.at, sent.helper.key if sent.helper else None, sent.source)
    return (key, *who, kept, str(profiled), points_kept, contributions, key)


def _contributions(each: Behind, sent: Sent) -> list[dict[str, Any]]:
    by = sent.helper.code if sent.helper else str(each.person)
    told = {"by": by, "assisted": sent.helper is not None, "at": sent.at.isoformat()}
    return [{"step": step, **told} for step in STEPS]
