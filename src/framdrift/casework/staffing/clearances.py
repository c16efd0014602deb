"""Clearance for people with protected addresses and for shielded persons: given by administrators, dated, for a reason."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction

from framdrift.casework.access.models import Clearance
from framdrift.casework.access.rules import Viewer, may_clear
from framdrift.casework.offices.roles import CASE_ROLES, Role
from framdrift.casework.people.protection import Protection
from framdrift.casework.staffing.actions import end_day, held_after
from framdrift.casework.staffing.changes import begin, local_day, staff_now_or_soon, write_down
from framdrift.casework.staffing.errors import HinderedError, NotAllowedError, Obstacle
from framdrift.casework.staffing.what import What

LONGEST_REASON = 200


@transaction.atomic
def clear(
    *,
    actor: Viewer,
    office: str,
    staff: str,
    level: Protection,
    first_day: date,
    last_day: date | None,
    reason: str,
    now: datetime,
    request_id: uuid.UUID,
) -> None:
    """Lets somebody whose work is with cases see people with that protection, from and with the first day on."""
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    if not may_clear(actor, office) or who.pk == actor.staff:
        raise NotAllowedError(office)
    if earlier:
        return
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise HinderedError(Obstacle.REASON_MISSING)
    if first_day < local_day(now):
        raise HinderedError(Obstacle.IN_THE_PAST)
    if last_day is not None and last_day < first_day:
        raise HinderedError(Obstacle.LAST_BEFORE_FIRST)
    if not any(Role(row.role) in CASE_ROLES for row in held_after(who.pk, place, first_day)):
        raise HinderedError(Obstacle.NO_CASES)
    there = Clearance.objects.filter(staff=who, level=int(level)).exclude(last_day__lt=first_day)
    if (there if last_day is None else there.filter(first_day__lte=last_day)).exists():
        raise HinderedError(Obstacle.HELD_ALREADY)
    Clearance.objects.create(staff=who, level=int(level), first_day=first_day, last_day=last_day)
    write_down(
        actor=actor, office=place, staff=who.pk, what=What.CLEARED, now=now, request_id=request_id, reason=said,
        details={
            "level": int(level),
            "first_day": first_day.isoformat(),
            "last_day": last_day.isoformat() if last_day else None,
        },
    )  # fmt: skip


@transaction.atomic
def end_clearance(
    *,
    actor: Viewer,
    office: str,
    staff: str,
    level: Protection,
    last_day: date | None,
    now: datetime,
    request_id: uuid.UUID,
) -> None:
    """The clearance holds up to and with that day; what was to begin later falls away. None: it holds no longer."""
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    if not may_clear(actor, office):
        raise NotAllowedError(office)
    if earlier:
        return
    until = end_day(last_day, now)
    held = Clearance.objects.filter(staff=who, level=int(level)).exclude(last_day__lte=until)
    if not held.exists():
        raise HinderedError(Obstacle.NOT_HELD)
    held.filter(first_day__gt=until).delete()
    held.update(last_day=until)
    write_down(
        actor=actor, office=place, staff=who.pk, what=What.CLEARANCE_ENDED, now=now, request_id=request_id,
        details={"level": int(level), "last_day": until.isoformat(), "at_once": last_day is None},
    )  # fmt: skip
