"""The access log as the privacy officer reads it: who did what and why, and no cases."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from framdrift.casework.access.models import Opening
from framdrift.casework.access.rules import Kind, Relation
from framdrift.casework.offices.models import OfficeMembership, Staff, TeamMembership

FAR = (Relation.TEAM, Relation.OFFICE)
"""The relations in which one opens somebody who is not one's own, nor of somebody one covers for."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which rows of one office's log (its key), from one instant up to and without another."""

    office: int
    since: datetime
    until: datetime
    staff: int | None = None
    kind: Kind | None = None
    page: str = ""
    person: uuid.UUID | None = None
    is_far: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing somebody did. A list or a search is one row, and tells how many people it showed (`found`).

    `person` is opaque, and all that the privacy officer is told of anybody.
    """

    id: uuid.UUID
    at: datetime
    staff: int
    who: str
    code: str
    kind: Kind
    page: str
    person: uuid.UUID | None
    relation: Relation | None
    chosen: str
    text: str
    found: int | None
    about: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What one employee did in the period: openings of people who are not theirs, and how many people that was."""

    staff: int
    who: str
    far: int
    far_people: int
    near: int
    searches: int
    lists: int
    exports: int


def rows(sought: Sought, *, before: tuple[datetime, uuid.UUID] | None = None, limit: int) -> list[Row]:
    """The latest first; `before` is the last row seen. One query."""
    found = _sought(sought)
    if before is not None:
        at, key = before
        found = found.filter(at__lte=at).exclude(at=at, pk__gte=key)
    return [_row(each) for each in found.order_by("-at", "-pk")[:limit]]


def count(sought: Sought, *, most: int) -> int:
    """How many rows there are, but never more than `most`."""
    return _sought(sought).values("pk")[:most].count()


def every_row(sought: Sought) -> Iterator[Row]:
    """All of them, the latest first, a chunk at a time."""
    return map(_row, _sought(sought).order_by("-at", "-pk").iterator(chunk_size=2_000))


def signs(sought: Sought) -> list[Sign]:
    """Each employee who did anything in the period, those who opened most people not theirs first. One query."""
    of_person = Q(kind=Kind.OPENED, person__isnull=False)
    far = of_person & Q(relation__in=FAR)
    within = Opening.objects.filter(
        office=sought.office, at__gte=sought.since, at__lt=sought.until, part_of__isnull=True
    )
    counted = within.values("staff", "staff__name").annotate(
        far=Count("pk", filter=far),
        far_people=Count("person", filter=far, distinct=True),
        near=Count("pk", filter=of_person & ~Q(relation__in=FAR)),
        searches=Count("pk", filter=Q(kind=Kind.SEARCHED)),
        lists=Count("pk", filter=Q(kind=Kind.LISTED)),
        exports=Count("pk", filter=Q(kind=Kind.EXPORTED)),
    )
    return [
        Sign(
            each["staff"],
            each["staff__name"],
            each["far"],
            each["far_people"],
            each["near"],
            each["searches"],
            each["lists"],
            each["exports"],
        )
        for each in counted.order_by("-far_people", "-far", "staff__name", "staff")
    ]


def staff_of(office: int) -> list[tuple[int, str]]:
    """Key and name of everybody who has ever had a role there, by name: whoever may stand in its log."""
    whole = OfficeMembership.objects.filter(office=office).values("staff")
    parts = TeamMembership.objects.filter(team__office=office).values("staff")
    found = Staff.objects.filter(Q(pk__in=whole) | Q(pk__in=parts)).order_by("name", "pk")
    return list(found.values_list("pk", "name"))


def _sought(sought: Sought) -> QuerySet[Opening]:
    """Of a list only the row for the whole, unless one person is asked about: then the rows about them."""
    found = Opening.objects.filter(office=sought.office, at__gte=sought.since, at__lt=sought.until)
    found = found.filter(part_of__isnull=True) if sought.person is None else found.filter(person=sought.person)
    if sought.staff is not None:
        found = found.filter(staff=sought.staff)
    if sought.kind is not None:
        found = found.filter(kind=sought.kind)
    if sought.page:
        found = found.filter(page=sought.page)
    if sought.is_far:
        found = found.filter(relation__in=FAR)
    return found.select_related("staff", "reason")


def _row(each: Opening) -> Row:
    return Row(
        id=each.pk,
        at=each.at,
        staff=each.staff_id,
        who=each.staff.name,
        code=each.staff.code,
        kind=Kind(each.kind),
        page=each.page,
        person=each.person_id,
        relation=Relation(each.relation) if each.relation else None,
        chosen=each.reason.chosen if each.reason else "",
        text=each.reason.text if each.reason else "",
        found=each.found,
        about=each.about,
    )
