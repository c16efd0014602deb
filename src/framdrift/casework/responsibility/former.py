from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Max

from framdrift.casework.offices.models import OfficeMembership, TeamMembership
from framdrift.casework.offices.roles import Role


def last_days_as_advisor(staff: Collection[int], office: str, today: date) -> dict[int, date]:
    """The last day on which each was an advisor of the office, of those who ever were and are no more. Two queries."""
    found: dict[int, date] = {}
    role = {"staff__in": staff, "role": Role.ADVISOR, "last_day__lt": today}
    for rows in (
        OfficeMembership.objects.filter(**role, office__code=office),
        TeamMembership.objects.filter(**role, team__office__code=office),
    ):
        for key, last in rows.order_by().values_list("staff").annotate(Max("last_day")):
            found[key] = max(last, found.get(key, last))
    return found


def last_day_as_advisor(staff: int, office: str, today: date) -> date | None:
    return last_days_as_advisor([staff], office, today).get(staff)
