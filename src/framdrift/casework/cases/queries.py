from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from framdrift.casework.cases.models import Case
from framdrift.casework.people.protection import Protection
from framdrift.casework.people.queries import cleared


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands at an office: who follows them up, and since when, or until when they were."""

    case: str
    team: str
    advisor: str
    opened_at: datetime | None
    ended_at: datetime | None

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


def standings(people: Collection[uuid.UUID], *, office: int) -> dict[uuid.UUID, Standing]:
    """The case that runs at the office (its key), or the latest to end, of each who has one there. One query."""
    rows = (
        Case.objects.filter(person__in=people, office=office)
        .order_by("person", F("ended_at").desc(nulls_first=True), "-opened_at", "id")
        .distinct("person")
        .select_related("team", "advisor")
    )
    return {
        row.person_id: Standing(
            row.pk,
            row.team.name if row.team else "",
            row.advisor.name if row.advisor else "",
            row.opened_at,
            row.ended_at,
        )
        for row in rows
        if row.person_id is not None
    }


def may_be_case(text: str) -> bool:
    """Whether the database can be asked for a case of that id: no text in it holds a NUL or half a surrogate pair."""
    return bool(text) and "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def cases_of(person: uuid.UUID) -> list[str]:
    """The ids of all the cases somebody has had that may be seen, the latest first."""
    rows = Case.objects.filter(person=person).order_by(F("opened_at").desc(nulls_first=True), "id")
    return list(rows.values_list("pk", flat=True))


def people_of(cases: Collection[str], *, office: int, clearance: Protection) -> dict[str, uuid.UUID]:
    """Whose case each is, of those at the office (its key) that may be seen with the clearance and have a person."""
    rows = Case.objects.filter(cleared(clearance), pk__in=cases, office=office, person__isnull=False)
    return dict(rows.values_list("pk", "person_id"))
