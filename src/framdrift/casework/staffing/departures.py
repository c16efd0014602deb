"""What ends when somebody's time at an office does, and how that is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q

from framdrift.casework.access.models import Clearance
from framdrift.casework.offices.models import Absence, OfficeMembership, Staff, TeamMembership

_KINDS: dict[str, type[OfficeMembership] | type[TeamMembership]] = {
    "office": OfficeMembership,
    "team": TeamMembership,
}


def end(rows: Iterable[OfficeMembership | TeamMembership], last_day: date) -> list[list[str]]:
    """Ends memberships with that day; those that would begin later are taken away.

    Gives back each that was ended, as kind, key and the last day it had (empty: none), for taking it back.
    """
    before = []
    for row in rows:
        if row.first_day > last_day:
            row.delete()
            continue
        kind = "office" if isinstance(row, OfficeMembership) else "team"
        before.append([kind, str(row.pk), row.last_day.isoformat() if row.last_day else ""])
        row.last_day = last_day
        row.save(update_fields=["last_day"])
    return before


def take_back(before: Sequence[Sequence[str]], last_day: date) -> bool:
    """Gives the memberships that still end with that day the last day they had before; whether there were any."""
    taken_back = 0
    for kind, key, had in before:
        taken_back += (
            _KINDS[kind]
            .objects.filter(pk=int(key), last_day=last_day)
            .update(last_day=date.fromisoformat(had) if had else None)
        )
    return bool(taken_back)


def end_what_hangs_on(staff: Staff, last_day: date) -> None:
    """Absence and cover after the last day, and clearance, unless a role somewhere goes on."""
    later = Q(last_day__isnull=True) | Q(last_day__gt=last_day)
    if (
        OfficeMembership.objects.filter(later, staff=staff).exists()
        or TeamMembership.objects.filter(later, staff=staff).exists()
    ):
        return
    for rows in (Absence.objects.filter(staff=staff), Clearance.objects.filter(staff=staff)):
        rows.filter(first_day__gt=last_day).delete()
        rows.filter(later).update(last_day=last_day)
    _free_of_cover(staff, last_day)


def _free_of_cover(staff: Staff, last_day: date) -> None:
    """Those the employee was to cover for have nobody after the last day; an absence under way then is parted there."""
    covered = Absence.objects.filter(cover=staff, last_day__gt=last_day)
    covered.filter(first_day__gt=last_day).update(cover=None)
    for absence in covered.filter(first_day__lte=last_day):
        until = absence.last_day
        absence.last_day = last_day
        absence.save(update_fields=["last_day"])
        Absence.objects.create(staff_id=absence.staff_id, first_day=last_day + timedelta(days=1), last_day=until)
