"""Telling who a period of the national register is about. The register's documents do not say it; staff do, by number.

Whoever registers with people at the office may match, and undo a match of this kind that was wrong.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from framdrift.casework.access.actions import RefusedError, person_with
from framdrift.casework.access.rules import Viewer, may_register_with
from framdrift.casework.cases.models import Case
from framdrift.casework.people.actions import make_person
from framdrift.casework.people.models import Person
from framdrift.casework.people.numbers import Number
from framdrift.casework.people.protection import UNPROTECTED, Protection
from framdrift.casework.people.queries import cleared
from framdrift.casework.registration.documents import NationalDocument, NationalPeriod
from framdrift.casework.registration.documents_mapping import as_answers, points_of
from framdrift.casework.registration.documents_reading import Document
from framdrift.casework.registration.documents_telling import retell, stored_document
from framdrift.casework.registration.models import Version
from framdrift.casework.registration.profile import Profile
from framdrift.casework.registration.unclear import Point
from framdrift.events import Json

PAGE = 25


class NoSuchPeriodError(LookupError):
    """The office has no such period."""


class StaleError(Exception):
    """Somebody has matched it, or undone a match, since it was shown. `period` is how it stands."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"the period is at version {period.version}")
        self.period = period


class NameNeededError(Exception):
    """Nobody here has that number: a person is made, and needs a name."""


class NotOfOfficeError(Exception):
    """The number belongs to somebody of another office, of none, or whom the actor is not cleared for."""


class KnownMeanwhileError(Exception):
    """Somebody else has made a person of that number meanwhile."""


class HasRunningCaseError(Exception):
    """The person has a running case already; nobody has two at once."""

    def __init__(self, person: uuid.UUID) -> None:
        super().__init__("the person has a running case")
        self.person = person


class HasGoneOnError(Exception):
    """The person has registered in the case themselves, or with staff, since it was matched: it cannot be taken away."""


@dataclass(frozen=True, slots=True)
class Told:
    """One document of a period: what it tells, as our answers, by step and field."""

    id: uuid.UUID
    sent_at: datetime
    document: Document
    answers: dict[str, dict[str, Json]]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the national register as a page shows it; `documents` the latest first."""

    id: uuid.UUID
    version: int
    case_id: str
    opened_at: datetime | None
    ended_at: datetime | None
    person: uuid.UUID | None
    matched_at: datetime | None
    matched_by: str
    documents: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Matched:
    """`is_new`: the person was made by it. `repeated`: an earlier submit of the same request had done it."""

    person: uuid.UUID
    case_id: str
    is_new: bool
    repeated: bool


def waiting(office: int, *, after: uuid.UUID | None = None) -> tuple[list[Period], bool]:
    """The office's periods of nobody known, those that waited longest first; and whether there are more. Two queries."""
    rows = _periods().filter(case__office=office, case__person=None).order_by("case__opened_at", "pk")
    if after is not None:
        last = NationalPeriod.objects.filter(pk=after).values_list("case__opened_at", flat=True).first()
        if last is not None:
            rows = rows.filter(case__opened_at__gte=last).exclude(case__opened_at=last, pk__lte=after)
    found = list(rows[: PAGE + 1])
    return _read(found[:PAGE]), len(found) > PAGE


def count_waiting(office: int) -> int:
    return NationalPeriod.objects.filter(case__office=office, case__person=None).count()


def matched_by(staff: int, *, office: int, since: datetime, clearance: Protection) -> list[Period]:
    """What somebody has matched lately, the last first: to look over, and to undo."""
    rows = _periods().filter(
        cleared(clearance, "case__protection"), matched_by=staff, matched_at__gte=since, case__office=office
    )
    return _read(list(rows.order_by("-matched_at", "pk")[:PAGE]))


def period_of_office(period: uuid.UUID, *, office: int, clearance: Protection) -> Period:
    """Raises NoSuchPeriodError, also for the period of a person one is not cleared for."""
    found = _read(list(_periods().filter(cleared(clearance, "case__protection"), pk=period, case__office=office)))
    if not found:
        raise NoSuchPeriodError(period)
    return found[0]


def periods_of(person: uuid.UUID) -> list[Period]:
    """What the national register has told of a person, the latest period first."""
    return _read(list(_periods().filter(case__person=person).order_by("-case__opened_at", "pk")))


def suggested(person: uuid.UUID) -> dict[str, dict[str, Json]]:
    """What the register told last in the running case, as a start for the person's own registration."""
    latest = _latest(person)
    return as_answers(latest) if latest else {}


def register_profile(person: uuid.UUID) -> Profile | None:
    """The register's own profile of the person in the running case, if it has told one."""
    latest = _latest(person)
    return Profile(latest.profile) if latest and latest.profile else None


def _latest(person: uuid.UUID) -> Document | None:
    kept = NationalDocument.objects.filter(period__case__person=person, period__case__ended_at=None)
    latest = kept.order_by("-sent_at", "-pk").first()
    return stored_document(latest) if latest else None


def _periods() -> QuerySet[NationalPeriod]:
    return NationalPeriod.objects.select_related("case", "matched_by")


def _read(rows: Sequence[NationalPeriod]) -> list[Period]:
    kept = NationalDocument.objects.filter(period__in=rows).order_by("-sent_at", "-pk")
    documents: dict[uuid.UUID, list[Told]] = {row.pk: [] for row in rows}
    for each in kept:
        document = stored_document(each)
        told = Told(each.pk, each.sent_at, document, as_answers(document), points_of(document))
        documents[each.period_id].append(told)
    return [
        Period(
            id=row.pk,
            version=row.version,
            case_id=row.case_id,
            opened_at=row.case.opened_at,
            ended_at=row.case.ended_at,
            person=row.case.person_id,
            matched_at=row.matched_at,
            matched_by=row.matched_by.name if row.matched_by else "",
            documents=documents[row.pk],
        )
        for row in rows
    ]


@transaction.atomic
def match(
    *,
    actor: Viewer,
    office: str,
    period: uuid.UUID,
    version: int,
    number: Number | None = None,
    person: uuid.UUID | None = None,
    given_name: str = "",
    family_name: str = "",
    at: datetime,
    request_id: uuid.UUID,
) -> Matched:
    """Matches the period to a person of the office, chosen, or named by number; of a number that nobody has, a person
    is made. From then on the journal knows when they were born and their sex.

    Raises RefusedError, NoSuchPeriodError, StaleError, NameNeededError, NotOfOfficeError, HasRunningCaseError,
    KnownMeanwhileError.
    """
    row = _locked(actor, office, period)
    if row.request_id == request_id and row.case.person_id:
        return Matched(row.case.person_id, row.case_id, is_new=False, repeated=True)
    if row.version != version or row.case.person_id is not None:
        raise StaleError(period_of_office(period, office=actor.offices[office], clearance=actor.clearance))
    known = _person(actor, office, number, person)
    is_new = known is None
    if known is None:
        if number is None or not given_name.strip() or not family_name.strip():
            raise NameNeededError
        known = _new_person(actor, office, number, given_name.strip(), family_name.strip())
    elif row.case.ended_at is None and Case.objects.filter(person=known, ended_at=None).exists():
        raise HasRunningCaseError(known.pk)
    _give(row, known, actor.staff, at, request_id)
    retell(actor.code, period=row, now=at, request_id=request_id)
    return Matched(known.pk, row.case_id, is_new=is_new, repeated=False)


@transaction.atomic
def unmatch(
    *, actor: Viewer, office: str, period: uuid.UUID, version: int, at: datetime, request_id: uuid.UUID
) -> None:
    """Undoes a match to the wrong person: the case is nobody's again. Doing so twice has one effect.

    Raises RefusedError, NoSuchPeriodError, StaleError, HasGoneOnError.
    """
    whose = _held_person(period)  # before the case, as whoever sends a registration does: so they wait for each other
    row = _locked(actor, office, period)
    if row.request_id == request_id:
        return
    if row.version != version or row.case.person_id is None or row.case.person_id != whose:
        raise StaleError(period_of_office(period, office=actor.offices[office], clearance=actor.clearance))
    if Version.objects.filter(case=row.case_id).exists():
        raise HasGoneOnError
    _give(row, None, None, None, request_id)
    retell(actor.code, period=row, now=at, request_id=request_id)


def _locked(actor: Viewer, office: str, period: uuid.UUID) -> NationalPeriod:
    if not may_register_with(actor, office):
        raise RefusedError(office)
    found = (
        NationalPeriod.objects.select_related("case")
        .select_for_update(of=("self", "case"))
        .filter(cleared(actor.clearance, "case__protection"), pk=period, case__office=actor.offices[office])
        .first()
    )
    if found is None:
        raise NoSuchPeriodError(period)
    return found


def _held_person(period: uuid.UUID) -> uuid.UUID | None:
    """Whom the period is matched to, with their row locked: until the end they neither register nor get a case."""
    matched = NationalPeriod.objects.filter(pk=period).values_list("case__person", flat=True).first()
    held = Person.objects.select_for_update().filter(pk=matched).first() if matched else None
    return held.pk if held else None


def _person(actor: Viewer, office: str, number: Number | None, person: uuid.UUID | None) -> Person | None:
    """The person with their row locked, so that two periods matched to one person at once take turns."""
    wanted = person_with(number.digits) if number is not None else person
    if wanted is None:
        return None
    of_office = Person.objects.select_for_update().filter(cleared(actor.clearance), pk=wanted)
    found = of_office.filter(office=actor.offices[office]).first()
    if found is None:
        raise NotOfOfficeError
    return found


def _new_person(actor: Viewer, office: str, number: Number, given_name: str, family_name: str) -> Person:
    """Of two who make the same person at once, the second is told that the person is there."""
    try:
        with transaction.atomic():
            return make_person(
                office=actor.offices[office], number=number, given_name=given_name, family_name=family_name
            )
    except IntegrityError as error:
        raise KnownMeanwhileError from error


def _give(
    row: NationalPeriod, person: Person | None, staff: int | None, at: datetime | None, request_id: uuid.UUID
) -> None:
    row.case.person = person
    row.case.protection = person.protection if person else int(UNPROTECTED)
    row.case.save(update_fields=["person", "protection"])
    row.version += 1
    row.request_id, row.matched_at, row.matched_by_id = request_id, at, staff
    row.save(update_fields=["version", "request_id", "matched_at", "matched_by"])
