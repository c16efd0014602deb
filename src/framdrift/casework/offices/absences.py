"""Who is away, and who answers for their people meanwhile.

Cover is followed as far as it goes: where Arif covers for Kari and falls ill himself, whoever covers for Arif answers
for Kari's people too, for as long as both are away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from framdrift.casework.offices.models import Absence, OfficeMembership, TeamMembership


@dataclass(frozen=True, slots=True)
class Away:
    """`cover` is who was named; `answering` who answers on the day, if anybody does."""

    id: int
    staff: int
    first_day: date
    last_day: date
    cover: int | None = None
    answering: int | None = None


def answers_for(staff: int, day: date) -> frozenset[int]:
    """The absent whose people this employee answers for on that day: none, for one who is away too."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS_FOR, {"staff": staff, "day": day})
        return frozenset(key for (key,) in cursor.fetchall())


_ANSWERS_FOR = """
    WITH RECURSIVE today AS (
        SELECT staff_id, cover_id FROM offices_absence WHERE first_day <= %(day)s AND last_day >= %(day)s
    ),
    answered (staff_id) AS (
        SELECT staff_id FROM today
        WHERE cover_id = %(staff)s AND NOT EXISTS (SELECT FROM today AS own WHERE own.staff_id = %(staff)s)
        UNION
        SELECT today.staff_id FROM today JOIN answered ON today.cover_id = answered.staff_id
    )
    SELECT staff_id FROM answered
"""


def away_on(office: str, day: date) -> dict[int, Away]:
    """Everybody who belongs to the office and is away on that day. One query."""
    held = Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))
    whole = OfficeMembership.objects.filter(held, office__code=office).values("staff")
    parts = TeamMembership.objects.filter(held, team__office__code=office).values("staff")
    rows = Absence.objects.filter(Q(staff__in=whole) | Q(staff__in=parts), first_day__lte=day, last_day__gte=day)
    found = {row.staff_id: Away(row.pk, row.staff_id, row.first_day, row.last_day, row.cover_id) for row in rows}
    return {
        key: Away(away.id, key, away.first_day, away.last_day, away.cover, _answering(key, found))
        for key, away in found.items()
    }


def _answering(staff: int, away: Mapping[int, Away]) -> int | None:
    """Whoever is present at the end of the chain of cover; nobody where it ends with one who named nobody."""
    seen = {staff}
    cover = away[staff].cover
    while cover is not None and cover in away:
        if cover in seen:
            return None
        seen.add(cover)
        cover = away[cover].cover
    return cover
