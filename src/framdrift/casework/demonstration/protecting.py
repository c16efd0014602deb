"""A few of the demonstration's people are protected, and a few met with care: chosen among those with a running case."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.db.models import QuerySet

from framdrift.casework.access.actions import protect
from framdrift.casework.cases.models import Case
from framdrift.casework.demonstration.staff import DESKS
from framdrift.casework.offices.models import Staff
from framdrift.casework.people.models import Person, SafetyFlag
from framdrift.casework.people.protection import Protection

_OF_EACH = 2
_FLAGS = (
    "Ha alltid en kollega med i samtaler. Avtal tid på forhånd.",
    "Møt på kontoret, ikke alene på møterom i andre etasje.",
    "Blir lett urolig av venting. Ta imot til avtalt tid.",
)


def protect_some(office: str) -> dict[uuid.UUID, Protection]:
    """People whose advisor is cleared for them, so that nobody is hidden from the one who follows them up."""
    chosen: dict[uuid.UUID, Protection] = {}
    if Person.objects.filter(office__code=office, protection__gt=0).exists():
        return chosen
    for code, levels in DESKS[office].cleared.items():
        running = Case.objects.filter(office__code=office, advisor__code=f"{office}-{code}", ended_at=None)
        people = _people_of(running)
        for level in Protection:
            if level & levels:
                chosen |= dict.fromkeys([people.pop() for _ in range(min(_OF_EACH, len(people)))], level)
    for person, level in chosen.items():
        protect(person=person, protection=level)
    return chosen


def flag_some(office: str, today: date) -> None:
    """Advice on meeting some of those with a running case, if nobody has any yet."""
    if SafetyFlag.objects.filter(person__office__code=office).exists():
        return
    running = Case.objects.filter(office__code=office, ended_at=None, protection=0).exclude(advisor=None)
    people = _people_of(running)
    leader = Staff.objects.get(code=f"{office}-leader")
    first_day = today - timedelta(days=40)
    SafetyFlag.objects.bulk_create(
        SafetyFlag(person_id=person, advice=advice, first_day=first_day, set_by=leader)
        for person, advice in zip(people, _FLAGS, strict=False)
    )


def _people_of(cases: QuerySet[Case]) -> list[uuid.UUID]:
    """In the order of an id that says nothing: the same people each time, and no kind of people."""
    found = cases.order_by("person").values_list("person", flat=True).distinct()
    return [person for person in found if person is not None]
