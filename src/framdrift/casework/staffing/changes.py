"""What every change to those who work at an office begins and ends with: the office locked, the change written down."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from framdrift.casework.access.rules import Viewer
from framdrift.casework.offices.members import Member, members_of
from framdrift.casework.offices.models import Office, OfficeMembership, Staff, TeamMembership
from framdrift.casework.staffing.errors import HinderedError, Obstacle
from framdrift.casework.staffing.models import Change
from framdrift.casework.staffing.what import What

OSLO = ZoneInfo("Europe/Oslo")
Detail = str | int | bool | None | list[str] | list[int] | list[list[str]]


def begin(office: str, request_id: uuid.UUID) -> tuple[Office, Change | None]:
    """Locks the office, so that its staff are changed one change at a time, and finds what the request did before.

    Changes are few, and two of them (who covers for whom, who is the last administrator) may only make sense apart.
    """
    place = Office.objects.select_for_update().get(code=office)
    return place, Change.objects.filter(request_id=request_id).select_related("staff").first()


def write_down(
    *,
    actor: Viewer,
    office: Office,
    staff: int,
    what: What,
    now: datetime,
    request_id: uuid.UUID,
    details: Mapping[str, Detail] | None = None,
    reason: str = "",
) -> None:
    Change.objects.create(
        at=now,
        by_id=actor.staff,
        office=office,
        staff_id=staff,
        what=what,
        details=dict(details or {}),
        reason=reason,
        request_id=request_id,
    )


def local_day(moment: datetime) -> date:
    return moment.astimezone(OSLO).date()


def staff_here(office: str, code: str, day: date) -> Member:
    """Somebody who works at the office on that day. Raises HinderedError for anybody else."""
    for member in members_of(office, day):
        if member.code == code:
            return member
    raise HinderedError(Obstacle.NOT_STAFF_HERE)


def staff_now_or_soon(office: str, code: str, today: date) -> Staff:
    """Somebody who works at the office or is to begin there. Raises HinderedError for anybody else."""
    of_office = OfficeMembership.objects.filter(staff__code=code, office__code=office).exclude(last_day__lt=today)
    of_team = TeamMembership.objects.filter(staff__code=code, team__office__code=office).exclude(last_day__lt=today)
    if not (of_office.exists() or of_team.exists()):
        raise HinderedError(Obstacle.NOT_STAFF_HERE)
    return Staff.objects.get(code=code)
