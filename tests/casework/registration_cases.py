"""Registering in tests: as the gate would have somebody act, behind the second wall."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from people_of_the_town import actor_of
from registered import BORN, CLEAR, TODAY
from walls import seen_by, working_as_owner

from framdrift.casework.access.rules import Actor
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.journal.models import Event
from framdrift.casework.offices.models import Staff
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import read_number, synthetic
from framdrift.casework.registration import actions, queries
from framdrift.casework.registration.answers import STEPS
from framdrift.casework.registration.drafts import Draft

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@contextmanager
def acting(somebody: Staff | Person) -> Iterator[Actor]:
    """A request of theirs: who the gate says they are, and one transaction with the wall's context."""
    actor = actor_of(Staff.objects.get(pk=somebody.pk) if isinstance(somebody, Staff) else somebody)
    with transaction.atomic(), seen_by(actor):
        yield actor


def save(
    by: Staff | Person,
    person: Person,
    step: str,
    data: Mapping[str, Any] | None = None,
    *,
    version: int | None = None,
    at: datetime = NOW,
) -> Draft:
    with acting(by) as actor:
        based_on = queries.draft_or_start(person.pk, today=TODAY).version if version is None else version
        typed = CLEAR[step] if data is None else data
        return actions.save_step(actor=actor, person=person.pk, step=step, data=typed, version=based_on, at=at)


def fill(by: Staff | Person, person: Person, answers: Mapping[str, Mapping[str, Any]] = CLEAR) -> Draft:
    draft = [save(by, person, step, answers[step]) for step in STEPS][-1]
    assert draft.unfinished == ()
    return draft


def send(
    by: Staff | Person,
    person: Person,
    office: str | None = "lillevik",
    *,
    version: int | None = None,
    at: datetime = LATER,
    request_id: uuid.UUID | None = None,
) -> actions.Submitted:
    with acting(by) as actor:
        seen = queries.draft_or_start(person.pk, today=TODAY).version if version is None else version
        return actions.submit(
            actor=actor,
            person=person.pk,
            office=office,
            version=seen,
            at=at,
            request_id=request_id or uuid.uuid4(),
        )


def draft_seen(by: Staff | Person, person: Person) -> Draft:
    with acting(by):
        return queries.draft_or_start(person.pk, today=TODAY)


def citizen(serial: int = 100, *, number: bool = True) -> Person:
    """Somebody who has logged in for the first time: a person of no office."""
    with working_as_owner():
        person = Person.objects.create()
        if number:
            told = read_number(synthetic(BORN, "male", serial))
            Identity.objects.create(person=person, number=told.digits, series=told.series, birth_date=told.birth_date)
        return person


def told_of(person: Person) -> list[Event]:
    with working_as_owner():
        return list(Event.objects.filter(person=str(person.pk)).order_by("case_id", "seq"))


def cases_of(person: Person) -> list[Case]:
    with working_as_owner():
        return list(Case.objects.select_related("office", "team").filter(person=person).order_by("opened_at"))


def end_case(case: Case, at: datetime = LATER + timedelta(days=1)) -> None:
    with working_as_owner():
        event = NewEvent("ended", at, {"reason": "work"})
        append("system", case_id=case.pk, events=[event], now=at, request_id=uuid.uuid4())
