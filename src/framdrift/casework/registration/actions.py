"""Filling in a registration together, and sending it. The only writers of drafts and versions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from framdrift.casework.access.actions import RefusedError
from framdrift.casework.access.queries import subject_of
from framdrift.casework.access.rules import Actor, Seeker, Viewer, may_open_person, may_register_with
from framdrift.casework.cases.actions import open_case
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.offices.models import Office
from framdrift.casework.people.actions import belong_to
from framdrift.casework.people.models import Person
from framdrift.casework.people.queries import who_is
from framdrift.casework.registration import models
from framdrift.casework.registration.answers import (
    STEP_FORMS,
    Answers,
    Problem,
    Problems,
    TooLargeError,
    as_typed,
    dump,
    dump_step,
    read_step,
)
from framdrift.casework.registration.drafts import Draft
from framdrift.casework.registration.facts import facts
from framdrift.casework.registration.known import keep_known
from framdrift.casework.registration.matching import register_profile
from framdrift.casework.registration.profile import profile
from framdrift.casework.registration.queries import (
    draft_from,
    draft_or_start,
    running_case,
    starting_steps,
)
from framdrift.casework.registration.unclear import dump_points, points
from framdrift.events.vocabulary import OPENS_CASE
from framdrift.standard.calendar import local_date


class InvalidError(Exception):
    """What was typed is not right yet. It is kept in `draft` all the same, unless it was too much to keep."""

    def __init__(self, problems: Problems, draft: Draft) -> None:
        super().__init__(", ".join(sorted({each.code for each in problems.values()})))
        self.problems, self.draft = problems, draft


class StaleError(Exception):
    """Somebody else changed this since it was shown: `draft` is how it stands. Nothing was written."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"the draft is at version {draft.version}")
        self.draft = draft


class IncompleteError(Exception):
    """Not every step is right: `problems` by step."""

    def __init__(self, problems: Mapping[str, Problems]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


class RunsElsewhereError(Exception):
    """The person has a running case at another office, which is not left by registering anew."""

    def __init__(self, office_name: str) -> None:
        super().__init__("the case runs at another office")
        self.office_name = office_name


class NoDraftError(Exception):
    """Nothing is begun, or it was sent or thrown away meanwhile."""


class NoSuchOfficeError(Exception):
    """No office of that code, or none chosen where there is no running case."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The version that was sent, and its case. `repeated`: it had been sent before, by an earlier submit of the same
    request, or in the same case with the very same answers.
    """

    case_id: str
    number: int
    repeated: bool


def save_step(
    *, actor: Actor, person: uuid.UUID, step: str, data: Mapping[str, Any], version: int, at: datetime
) -> Draft:
    """Keeps what was typed in a step, and begins a draft with it if there is none.

    What is not valid is kept too, so that it is there the next time, and then told by InvalidError. `version` is that of
    the draft which the form showed: StaleError if the step has been changed since by others than this very content.
    Another step changed meanwhile is no conflict. Raises RefusedError, KeyError for an unknown step.
    """
    _refuse_strangers(actor, person)
    form = STEP_FORMS[step]
    today = local_date(at)
    try:
        typed = as_typed(data)
    except TooLargeError:
        raise InvalidError({"": Problem("too_large")}, draft_or_start(person, today=today)) from None
    answers, problems = read_step(step, typed, today=today)
    kept = dump_step(answers) if answers else {name: typed[name] for name in form.model_fields if name in typed}
    with transaction.atomic():
        row = _locked(person) or _new_row(person)
        if _has_changed(row, step, kept, version):
            raise StaleError(draft_from(row, today=today))
        if row.begun_at is None or row.steps.get(step, {}).get("data") != kept:
            _begin(row, at)
            row.version += 1
            row.steps[step] = {"data": kept, "version": row.version}
            row.contributions = _with(row.contributions, actor, step, at)
            row.updated_at = at
            row.save()
        draft = draft_from(row, today=today)
    if problems:
        raise InvalidError(problems, draft)
    return draft


def _has_changed(row: models.Draft, step: str, kept: Mapping[str, Any], version: int) -> bool:
    """Whether the form rests on what is not there any more. A double click, which says the same twice, does not."""
    steps = row.steps if row.begun_at else starting_steps(row)[0]
    now = steps.get(step)
    if version > row.version:
        return True
    return now is not None and now["version"] > version and now["data"] != kept


def _begin(row: models.Draft, at: datetime) -> None:
    if row.begun_at is None:
        row.steps, row.based_on = starting_steps(row)
        row.begun_at = at


def _with(contributions: list[dict[str, Any]], actor: Actor, step: str, at: datetime) -> list[dict[str, Any]]:
    others = [each for each in contributions if (each["step"], each["by"]) != (step, actor.code)]
    assisted = isinstance(actor, Viewer)
    return [*others, {"step": step, "by": actor.code, "assisted": assisted, "at": at.isoformat()}]


@transaction.atomic
def discard(*, actor: Actor, person: uuid.UUID, version: int) -> None:
    """Throws the draft away, as it was seen. Once it is gone, doing so again changes nothing. Raises StaleError."""
    _refuse_strangers(actor, person)
    row = _locked(person)
    if row is None or row.begun_at is None:
        return
    if row.version != version:
        raise StaleError(draft_from(row, today=local_date(row.updated_at or row.begun_at)))
    _empty(row)


@transaction.atomic
def submit(
    *, actor: Actor, person: uuid.UUID, office: str | None, version: int, at: datetime, request_id: uuid.UUID
) -> Submitted:
    """Sends the draft: a new version, told to the journal as `registered`, which opens a case at the chosen office, or,
    where a case runs, as `registration_changed`. Whoever runs no case may choose any office; after `ended` too.

    `version` is the draft's, as it was seen. One effect for each request id, and none where nothing has changed.
    Raises RefusedError, NoDraftError, StaleError, IncompleteError, NoSuchOfficeError, RunsElsewhereError.
    """
    _refuse_strangers(actor, person)
    row = _locked(person)
    sent = models.Version.objects.filter(person=person, request_id=request_id).first()
    if sent is not None:
        return Submitted(sent.case_id, sent.number, repeated=True)
    if row is None or row.begun_at is None:
        raise NoDraftError
    answers = _whole(row, version, at)
    Person.objects.select_for_update().get(pk=person)  # so that nobody else gives them a case meanwhile
    case = running_case(person)
    if case is not None and not _still_runs(case, person):
        raise StaleError(draft_from(row, today=local_date(at)))
    place = _place(actor, office, case)
    before = models.Version.objects.filter(person=person).order_by("-number").first()
    if before and case and before.case_id == case.pk and before.answers == dump(answers):
        _empty(row)
        return Submitted(case.pk, before.number, repeated=True)
    kind = "registration_changed"
    if case is None:
        kind = OPENS_CASE
        belong_to(person=person, office=place.pk)
        case = open_case(person=person, office=place)
    sent = _send(actor, row, before, case=case, answers=answers, kind=kind, at=at, request_id=request_id)
    _empty(row)
    return Submitted(case.pk, sent.number, repeated=False)


def _still_runs(case: Case, person: uuid.UUID) -> bool:
    """With the case locked: it is the person's and has not ended, and stays so until the registration is in it."""
    held = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk, person=person, ended_at=None)
    return held.first() is not None


def _whole(row: models.Draft, version: int, at: datetime) -> Answers:
    draft = draft_from(row, today=local_date(at))
    if draft.version != version:
        raise StaleError(draft)
    answers = draft.answers
    if answers is None:
        raise IncompleteError({step: draft.problems(step) for step in draft.unfinished})
    return answers


def _place(actor: Actor, office: str | None, case: Case | None) -> Office:
    """Where it goes: the office of the running case, which nobody leaves by registering, or the chosen one."""
    if case is not None and case.office is not None:
        if office not in (None, case.office.code):
            raise RunsElsewhereError(case.office.name)
        place = case.office
    else:
        chosen = Office.objects.filter(code=office).first() if office else None
        if chosen is None:
            raise NoSuchOfficeError
        place = chosen
    if isinstance(actor, Viewer) and not may_register_with(actor, place.code):
        raise RefusedError(place.code)
    return place


def _send(
    actor: Actor,
    row: models.Draft,
    before: models.Version | None,
    *,
    case: Case,
    answers: Answers,
    kind: str,
    at: datetime,
    request_id: uuid.UUID,
) -> models.Version:
    person, today = row.person_id, local_date(at)
    keep_known(person, answers.about_you, before.answers["about_you"] if before else {})
    who = who_is(person)
    profiled = profile(answers, birth_date=who.birth_date, on=today, told=register_profile(person))
    found = points(answers, profile=profiled, on=today)
    sent = models.Version.objects.create(
        person_id=person,
        case=case,
        number=before.number + 1 if before else 1,
        made_at=at,
        staff_id=actor.staff if isinstance(actor, Viewer) else None,
        source=_source(actor, row),
        answers=dump(answers),
        profile=profiled,
        points=dump_points(found),
        contributions=row.contributions,
        request_id=request_id,
    )
    event = NewEvent(kind, at, facts(answers, who, found, sent.source))
    append(actor.code, case_id=case.pk, events=[event], now=at, request_id=request_id)
    return sent


def _source(actor: Actor, row: models.Draft) -> models.Source:
    """Assisted, as soon as staff have filled in any of it."""
    helped = isinstance(actor, Viewer) or any(each["assisted"] for each in row.contributions)
    return models.Source.ASSISTED if helped else models.Source.ONLINE


def _refuse_strangers(actor: Actor, person: uuid.UUID) -> None:
    """The person, and those who may register together with them at the office that they belong to."""
    if isinstance(actor, Seeker):
        allowed = actor.person == person
    else:
        subject = subject_of(person, offices=actor.offices.values())
        allowed = subject is not None and may_open_person(actor, subject) and may_register_with(actor, subject.office)
    if not allowed:
        raise RefusedError(str(person))


def _locked(person: uuid.UUID) -> models.Draft | None:
    """Whoever changes a draft begins here, so that two take turns."""
    return models.Draft.objects.select_for_update().filter(person=person).first()


def _new_row(person: uuid.UUID) -> models.Draft:
    """The person's first; of two who begin at once one waits, and finds the other's."""
    try:
        with transaction.atomic():
            return models.Draft.objects.create(person_id=person)
    except IntegrityError:
        return models.Draft.objects.select_for_update().get(person=person)


def _empty(row: models.Draft) -> None:
    row.version += 1
    row.steps, row.contributions = {}, []
    row.based_on = row.begun_at = row.updated_at = None
    row.save()
