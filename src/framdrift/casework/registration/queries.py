"""Reading drafts and versions. Permission is decided above; the second wall stands behind each query."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from framdrift.casework.cases.models import Case
from framdrift.casework.offices.queries import staff_names
from framdrift.casework.registration import models
from framdrift.casework.registration.answers import Answers, load
from framdrift.casework.registration.drafts import Contribution, Draft, StepDraft
from framdrift.casework.registration.known import known_about, suggested_about
from framdrift.casework.registration.matching import suggested
from framdrift.casework.registration.profile import Profile
from framdrift.casework.registration.unclear import Point, load_points


class NoVersionError(LookupError):
    """The person has no version of that number."""


@dataclass(frozen=True, slots=True, repr=False)
class Version:
    """What a person registered at one time. `by` sent it: the code of a member of staff (`by_name` theirs), or the
    person's id.
    """

    person: uuid.UUID
    number: int
    made_at: datetime
    case_id: str
    source: str
    by: str
    by_name: str
    answers: Answers
    profile: Profile
    points: tuple[Point, ...]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The office that follows a person up now, and the case."""

    code: str
    name: str
    case_id: str


def draft_of(person: uuid.UUID, *, today: date) -> Draft | None:
    """What is begun and not sent. None where nothing is."""
    draft = draft_or_start(person, today=today)
    return draft if draft.begun_at is not None else None


def draft_or_start(person: uuid.UUID, *, today: date) -> Draft:
    """What is begun, or what one would begin from: the latest version, or what we and the national register know of the
    person. Writes nothing.
    """
    row = models.Draft.objects.filter(person=person).first()
    return draft_from(row or models.Draft(person_id=person), today=today)


def draft_from(row: models.Draft, *, today: date) -> Draft:
    """The row as pages read it; one in which nothing is begun is filled in from what is known."""
    steps, based_on = (row.steps, row.based_on) if row.begun_at else starting_steps(row)
    known = {} if based_on else suggested(row.person_id) | {"about_you": suggested_about(row.person_id)}
    return Draft(
        person=row.person_id,
        version=row.version,
        today=today,
        based_on=based_on,
        steps={step: StepDraft(kept["data"], kept["version"]) for step, kept in steps.items()},
        suggested={step: data for step, data in known.items() if step not in steps},
        contributions=_contributions(row.contributions),
        begun_at=row.begun_at,
        updated_at=row.updated_at,
    )


def starting_steps(row: models.Draft) -> tuple[dict[str, Any], int | None]:
    """The steps of a draft that begins, and the number of the version that they come from.

    Name and contact details are those known now, which may have changed since that version.
    """
    latest = models.Version.objects.filter(person=row.person_id).order_by("-number").first()
    if latest is None:
        return {}, None
    steps = latest.answers | {"about_you": latest.answers["about_you"] | known_about(row.person_id)}
    return {step: {"data": data, "version": row.version} for step, data in steps.items()}, latest.number


def versions_of(person: uuid.UUID) -> list[Version]:
    """All that the person has sent, the latest first."""
    return _read(models.Version.objects.filter(person=person).order_by("-number"))


def latest(person: uuid.UUID) -> Version | None:
    found = _read(models.Version.objects.filter(person=person).order_by("-number")[:1])
    return found[0] if found else None


def version(person: uuid.UUID, number: int) -> Version:
    """Raises NoVersionError."""
    found = _read(models.Version.objects.filter(person=person, number=number))
    if not found:
        raise NoVersionError(number)
    return found[0]


def running_office(person: uuid.UUID) -> Place | None:
    """Where the person's running case is, as far as the second wall shows it."""
    case = running_case(person)
    return Place(case.office.code, case.office.name, case.pk) if case and case.office else None


def running_case(person: uuid.UUID) -> Case | None:
    """The case that has not ended; of several, which a loaded log may have, the one opened last."""
    running = Case.objects.filter(person=person, ended_at=None).select_related("office")
    return running.order_by("-opened_at", "id").first()


def _read(rows: QuerySet[models.Version]) -> list[Version]:
    found = list(rows.select_related("staff"))
    names = _names([each for row in found for each in row.contributions])
    return [
        Version(
            person=row.person_id,
            number=row.number,
            made_at=row.made_at,
            case_id=row.case_id,
            source=row.source,
            by=row.staff.code if row.staff else str(row.person_id),
            by_name=row.staff.name if row.staff else "",
            answers=load(row.answers),
            profile=Profile(row.profile),
            points=load_points(row.points),
            contributions=_contributions(row.contributions, names),
        )
        for row in found
    ]


def _contributions(
    stored: Sequence[Mapping[str, Any]], names: Mapping[str, str] | None = None
) -> tuple[Contribution, ...]:
    known = _names(stored) if names is None else names
    return tuple(
        Contribution(
            step=each["step"],
            by=each["by"],
            name=known.get(each["by"], "") if each["assisted"] else "",
            assisted=each["assisted"],
            at=datetime.fromisoformat(each["at"]),
        )
        for each in stored
    )


def _names(stored: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    codes = {each["by"] for each in stored if each["assisted"]}
    return staff_names(codes) if codes else {}
