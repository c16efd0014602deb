"""Registering that somebody is away, and who answers meanwhile: for oneself, or by whoever leads or administers.

Whoever covers is there on all those days, so no chain of cover ever comes round to somebody who is away. If the one who
covers is away later on after all, they name somebody for themselves, who then answers for both.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from framdrift.casework.access.rules import Viewer
from framdrift.casework.offices.members import advises_throughout
from framdrift.casework.offices.models import Absence, Office, Staff
from framdrift.casework.staffing.changes import Detail, begin, local_day, staff_now_or_soon, write_down
from framdrift.casework.staffing.errors import Days, HinderedError, NotAllowedError, Obstacle, StaleError
from framdrift.casework.staffing.rules import may_plan_for
from framdrift.casework.staffing.what import What


@dataclass(frozen=True, slots=True)
class Planned:
    """Days away, and the code of who covers. What a form showed is `expected` when it comes back."""

    first_day: date
    last_day: date
    cover: str | None = None


@transaction.atomic
def register(
    *,
    actor: Viewer,
    office: str,
    staff: str,
    planned: Planned,
    now: datetime,
    request_id: uuid.UUID,
    leaves_nobody: bool = False,
) -> None:
    """Somebody is away on those days. `leaves_nobody` says yes to that people they cover for will have nobody then."""
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    if not may_plan_for(actor, office, who.pk):
        raise NotAllowedError(office)
    if earlier:
        return
    cover = _checked(who, place, planned, now, leaves_nobody=leaves_nobody)
    _refuse_oneself(actor, who, planned)
    absence = Absence.objects.create(staff=who, first_day=planned.first_day, last_day=planned.last_day, cover=cover)
    write_down(
        actor=actor, office=place, staff=who.pk, what=What.AWAY, now=now, request_id=request_id,
        details=_details(absence, planned),
    )  # fmt: skip


@transaction.atomic
def change(
    *,
    actor: Viewer,
    office: str,
    absence: int,
    expected: Planned,
    planned: Planned,
    now: datetime,
    request_id: uuid.UUID,
    leaves_nobody: bool = False,
) -> None:
    """Other days or another cover, if nobody has changed it since `expected` was shown."""
    place, earlier = begin(office, request_id)
    row = _row(actor, office, absence, now)
    if earlier:
        return
    _refuse_stale(row, expected)
    cover = _checked(row.staff, place, planned, now, leaves_nobody=leaves_nobody, without=row.pk)
    if not _is_within(planned, expected):
        _refuse_oneself(actor, row.staff, planned)
    row.first_day, row.last_day, row.cover = planned.first_day, planned.last_day, cover
    row.save(update_fields=["first_day", "last_day", "cover"])
    write_down(
        actor=actor, office=place, staff=row.staff_id, what=What.AWAY_CHANGED, now=now, request_id=request_id,
        details=_details(row, planned),
    )  # fmt: skip


@transaction.atomic
def cancel(
    *, actor: Viewer, office: str, absence: int, expected: Planned, now: datetime, request_id: uuid.UUID
) -> None:
    """Is not away after all; an absence that has begun ended yesterday."""
    place, earlier = begin(office, request_id)
    if earlier and earlier.what == What.AWAY_CANCELLED:
        return
    row = _row(actor, office, absence, now)
    _refuse_stale(row, expected)
    yesterday = local_day(now) - timedelta(days=1)
    staff, details = row.staff_id, _details(row, expected)
    if row.first_day <= yesterday:
        row.last_day = yesterday
        row.save(update_fields=["last_day"])
    else:
        row.delete()
    write_down(
        actor=actor, office=place, staff=staff, what=What.AWAY_CANCELLED, now=now, request_id=request_id,
        details=details,
    )  # fmt: skip


def _details(row: Absence, planned: Planned) -> dict[str, Detail]:
    return {
        "absence": row.pk,
        "first_day": planned.first_day.isoformat(),
        "last_day": planned.last_day.isoformat(),
        "cover": planned.cover,
    }


def _row(actor: Viewer, office: str, absence: int, now: datetime) -> Absence:
    row = Absence.objects.select_for_update(of=("self",)).select_related("staff", "cover").filter(pk=absence).first()
    if row is None:
        raise StaleError(None)
    staff_now_or_soon(office, row.staff.code, local_day(now))
    if not may_plan_for(actor, office, row.staff_id):
        raise NotAllowedError(office)
    return row


def _refuse_stale(row: Absence, expected: Planned) -> None:
    now = Planned(row.first_day, row.last_day, row.cover.code if row.cover else None)
    if now != expected:
        raise StaleError(now)


def _refuse_oneself(actor: Viewer, who: Staff, planned: Planned) -> None:
    """Whoever covers opens cases without saying why: nobody gives themselves that, in a colleague's name."""
    if planned.cover == actor.code and who.pk != actor.staff:
        raise HinderedError(Obstacle.COVER_IS_ACTOR)


def _is_within(planned: Planned, before: Planned) -> bool:
    """Whether the same one covers as before, on no other days."""
    same = planned.cover == before.cover
    return same and planned.first_day >= before.first_day and planned.last_day <= before.last_day


def _checked(
    who: Staff, office: Office, planned: Planned, now: datetime, *, leaves_nobody: bool, without: int | None = None
) -> Staff | None:
    """Who covers, if all that was asked for can be."""
    if planned.last_day < planned.first_day:
        raise HinderedError(Obstacle.LAST_BEFORE_FIRST)
    if planned.last_day < local_day(now):
        raise HinderedError(Obstacle.IN_THE_PAST)
    overlapping = Absence.objects.filter(first_day__lte=planned.last_day, last_day__gte=planned.first_day)
    own = overlapping.filter(staff=who).exclude(pk=without or 0).order_by("first_day").first()
    if own is not None:
        raise HinderedError(Obstacle.AWAY_ALREADY, (Days(who.name, own.first_day, own.last_day),))
    if planned.cover:
        return _cover(who, office, planned)
    if not leaves_nobody:
        covered = overlapping.filter(cover=who).select_related("staff").order_by("first_day", "id")
        left = tuple(Days(each.staff.name, each.first_day, each.last_day) for each in covered)
        if left:
            raise HinderedError(Obstacle.LEAVES_NOBODY, left)
    return None


def _cover(who: Staff, office: Office, planned: Planned) -> Staff:
    cover = Staff.objects.filter(code=planned.cover).first()
    if cover is None or not advises_throughout(office.code, [cover.pk], planned.first_day, planned.last_day):
        raise HinderedError(Obstacle.COVER_NO_ADVISOR)
    if cover.pk == who.pk:
        raise HinderedError(Obstacle.COVER_IS_SELF)
    away = Absence.objects.filter(staff=cover, first_day__lte=planned.last_day, last_day__gte=planned.first_day)
    when = away.order_by("first_day").first()
    if when is not None:
        raise HinderedError(Obstacle.COVER_AWAY, (Days(cover.name, when.first_day, when.last_day),))
    return cover
