"""What ends when somebody's time at an office does, and how that is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q

from framdrift.casework.access.models import Clearance
from framdrift.casework.offices.models import Absence, OfficeMembership, Staff, TeamMembership

Held = OfficeMembership | TeamMembership
_KINDS: dict[str, type[OfficeMembership] | type[TeamMembership]] = {
    "office": OfficeMembership,
    "team": TeamMembership,
}


def end(rows: Iterable[Held], last_day: date) -> list[list[str]]:
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


def ended_by(before: Sequence[Sequence[str]], staff: Staff, last_day: date) -> list[tuple[Held, date | None]]:
    """The memberships that a departure ended and that still end with that day, each with the last day it had before."""
    found: list[tuple[Held, date | None]] = []
    for kind, key, had in before:
        row = _KINDS[kind].objects.filter(pk=int(key), staff=staff, last_day=last_day).first()
        if row is not None:
            found.append((row, date.fromisoformat(had) if had else None))
    return found


def take_back(ended: Iterable[tuple[Held, date | None]]) -> None:
    for row, had in ended:
        row.last_day = had
        row.save(update_fields=["last_day"])


def works_after(staff: Staff, day: date) -> bool:
    """Whether a role goes on, or is to begin, after that day, at any office."""
    later = Q(last_day__isnull=True) | Q(last_day__gt=day)
    return (
        OfficeMembership.objects.filter(later, staff=staff).exists()
        or TeamMembership.objects.filter(later, staff=staff).exists()
    )


def end_what_hangs_on(staff: Staff, last_day: date) -> None:
    """Absence, cover and clearance after the last day, of somebody who works nowhere then."""
    later = Q(last_day__isnull=True) | Q(last_day__gt=last_day)
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
