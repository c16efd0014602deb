"""Who stands behind the cases of a loaded log: what its registrations tell of each, drawn into a person."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection

from framdrift.casework.people.numbers import Kind, Sex, synthetic
from framdrift.casework.people.protection import Protection
from framdrift.simulation.lives import Life, Registered, Registration, draw_answers, draw_life, with_more_need
from framdrift.standard.calendar import local_date

_WITHOUT_ADDRESS = Protection.CONFIDENTIAL | Protection.STRICTLY_CONFIDENTIAL
_SERIALS = 12
"""A day and sex have some 200 numbers, of which the first are drawn; whoever comes later gets the next."""


@dataclass(frozen=True, slots=True)
class Helper:
    """Who of the staff registered together with the person: the one who was given the case."""

    key: int
    code: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One registration as it was sent: in which case, when, by whom, and what was answered."""

    case: str
    seq: int
    at: datetime
    helper: Helper | None
    source: str
    answers: dict[str, Any]
    unclear: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A person behind the cases: who they are, and all that they have sent, in order of time."""

    person: uuid.UUID
    life: Life
    number: str
    sent: list[Sent]


@dataclass(frozen=True, slots=True)
class _Told:
    """A row of the journal that tells of a registration, and of its case what is needed beside it."""

    person: uuid.UUID
    case: str
    ended_at: datetime | None
    advisor: int | None
    advisor_code: str | None
    seq: int
    kind: str
    at: datetime
    attributes: dict[str, Any]


def people_behind(office: str, *, place: str, protected: dict[uuid.UUID, Protection]) -> Iterator[Behind]:
    """Everybody of the office's cases who has no identity yet and whose registration tells year of birth and sex."""
    numbers = _Numbers(_numbers_taken())
    for person, rows in groupby(_told(office), key=lambda row: row.person):
        told = list(rows)
        registrations = [row for row in told if row.kind == "registered"]
        if not registrations or not {"birth_year", "sex"} <= registrations[0].attributes.keys():
            continue
        life = draw_life(str(person), _facts(registrations[0]), place=place)
        if protected.get(person, Protection(0)) & _WITHOUT_ADDRESS:
            life = replace(life, address="", postal_code="", postal_place="")
        yield Behind(person, life, numbers.draw(person, life), _sent(person, life, told))


def _told(office: str) -> Iterator[_Told]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.person_id, c.id, c.ended_at, s.id, s.code, e.seq, e.kind, e.at, e.attributes::text
            FROM cases_case c
            JOIN offices_office o ON o.id = c.office_id AND o.code = %s
            LEFT JOIN offices_staff s ON s.id = c.advisor_id
            JOIN journal_event e ON e.case_id = c.id AND e.kind IN ('registered', 'registration_changed')
            WHERE NOT EXISTS (SELECT FROM people_identity i WHERE i.person_id = c.person_id)
            ORDER BY c.person_id, e.at, e.case_id, e.seq
            """,
            [office],
        )
        for person, case, ended_at, advisor, code, seq, kind, at, attributes in cursor.fetchall():
            yield _Told(person, case, ended_at, advisor, code, seq, kind, at, json.loads(attributes))


def _facts(row: _Told) -> Registered:
    told = row.attributes
    return Registered(
        birth_year=told["birth_year"],
        sex=told["sex"],
        language=told.get("language", "nb"),
        interpreter=told.get("interpreter", False),
        benefits=tuple(told.get("benefits") or ["none"]),
        wants_contact=told.get("wants_contact", False),
        needs_help=told.get("needs_help", "unsure"),
        unclear=tuple(told.get("unclear", ())),
    )


def _sent(person: uuid.UUID, life: Life, told: list[_Told]) -> list[Sent]:
    registered = [row for row in told if row.kind == "registered"]
    drawn = draw_answers(
        str(person),
        life,
        [
            Registration(local_date(row.at), _facts(row), local_date(row.ended_at) if row.ended_at else None)
            for row in registered
        ],
    )
    answers = {row.case: given for row, given in zip(registered, drawn, strict=True)}
    unclear = {row.case: _facts(row).unclear for row in registered}
    sent = []
    for row in told:
        if row.case not in answers:
            continue
        if row.kind == "registration_changed" and row.attributes.get("needs_help") == "yes":
            answers[row.case] = with_more_need(answers[row.case])
        source = row.attributes.get("source", "online")
        helper = None
        if source == "assisted" and row.advisor is not None and row.advisor_code is not None:
            helper = Helper(row.advisor, row.advisor_code)
        sent.append(Sent(row.case, row.seq, row.at, helper, source, answers[row.case], unclear[row.case]))
    return sent


def _numbers_taken() -> Collection[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM people_identity WHERE number IS NOT NULL")
        return {number for (number,) in cursor.fetchall()}


class _Numbers:
    """Gives everybody a number of their own, the same one each time unless somebody else has it."""

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = set(taken)

    def draw(self, person: uuid.UUID, life: Life) -> str:
        kind: Kind = "d-number" if life.has_d_number else "national"
        sex: Sex = "female" if life.sex == "female" else "male"
        serial = person.int % _SERIALS
        while (number := synthetic(life.birth_date, sex, serial, kind=kind)) in self._taken:
            serial += 1
        self._taken.add(number)
        return number
