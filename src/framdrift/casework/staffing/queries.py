"""Who works at an office, will work there, is away, and what was changed about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from framdrift.casework.access.models import Clearance
from framdrift.casework.offices.absences import Away, away_on
from framdrift.casework.offices.members import in_order, members_of
from framdrift.casework.offices.models import Absence, OfficeMembership, TeamMembership
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.protection import Protection
from framdrift.casework.staffing.absences import Planned
from framdrift.casework.staffing.models import Change
from framdrift.casework.staffing.what import What


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody of an office, today or from a day to come (`begins_on`)."""

    key: int
    code: str
    name: str
    roles: tuple[Role, ...]
    teams: tuple[str, ...]
    begins_on: date | None
    leaves_on: date | None
    away: Away | None
    answering: str
    clearance: tuple[Protection, ...]


def staff_of(office: str, today: date) -> list[Employee]:
    """By name: those who work there, then those who are to begin. Seven queries."""
    present = members_of(office, today)
    coming = _coming(office, today, {member.key for member in present})
    names = {member.key: member.name for member in present}
    away = away_on(office, today)
    cleared = _cleared({*names, *coming}, today)
    found = []
    for member in present:
        absence = away.get(member.key)
        found.append(
            Employee(
                key=member.key,
                code=member.code,
                name=member.name,
                roles=_in_order(member.roles),
                teams=tuple(team.name for team in member.teams),
                begins_on=None,
                leaves_on=member.leaves_on,
                away=absence,
                answering=names.get(absence.answering, "") if absence and absence.answering else "",
                clearance=cleared.get(member.key, ()),
            )
        )
    return found + [_newcomer(key, rows, cleared) for key, rows in coming.items()]


_Row = tuple[int, str, str, str, date, str]


def _coming(office: str, today: date, present: Collection[int]) -> dict[int, list[_Row]]:
    staff = ("staff_id", "staff__code", "staff__name", "role", "first_day")
    whole = OfficeMembership.objects.filter(office__code=office, first_day__gt=today).exclude(staff__in=present)
    parts = TeamMembership.objects.filter(team__office__code=office, first_day__gt=today).exclude(staff__in=present)
    rows: list[_Row] = [(*row, "") for row in whole.values_list(*staff)] + list(parts.values_list(*staff, "team__name"))
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (in_order(row[2]), row[1], row[4])):
        found[row[0]].append(row)
    return dict(found)


def _newcomer(key: int, rows: list[_Row], cleared: dict[int, tuple[Protection, ...]]) -> Employee:
    _, code, name, _, begins_on, _ = rows[0]
    return Employee(
        key=key,
        code=code,
        name=name,
        roles=_in_order({Role(row[3]) for row in rows}),
        teams=tuple(sorted({row[5] for row in rows if row[5]})),
        begins_on=begins_on,
        leaves_on=None,
        away=None,
        answering="",
        clearance=cleared.get(key, ()),
    )


def _in_order(roles: Collection[Role]) -> tuple[Role, ...]:
    return tuple(role for role in Role if role in roles)


def _cleared(staff: Collection[int], today: date) -> dict[int, tuple[Protection, ...]]:
    held = Clearance.objects.filter(staff__in=staff, first_day__lte=today).exclude(last_day__lt=today)
    found: defaultdict[int, list[Protection]] = defaultdict(list)
    for key, level in held.order_by("staff_id", "level").values_list("staff_id", "level"):
        found[key].append(Protection(level))
    return {key: tuple(levels) for key, levels in found.items()}


@dataclass(frozen=True, slots=True)
class Period:
    """Something held from a day to another: a role (in a team), or a clearance."""

    role: Role | None
    team: str
    level: Protection | None
    first_day: date
    last_day: date | None

    def runs_after(self, day: date) -> bool:
        return self.last_day is None or self.last_day >= day


def roles_held(office: str, staff: int) -> list[Period]:
    """All the roles somebody has or had at the office, the latest first. Two queries."""
    days = ("role", "first_day", "last_day")
    whole = OfficeMembership.objects.filter(staff=staff, office__code=office).values_list(*days)
    parts = TeamMembership.objects.filter(staff=staff, team__office__code=office).values_list(*days, "team__name")
    rows = [Period(Role(role), "", None, first, last) for role, first, last in whole]
    rows += [Period(Role(role), team, None, first, last) for role, first, last, team in parts]
    return sorted(rows, key=lambda row: (row.first_day, str(row.role)), reverse=True)


def clearances_held(staff: int) -> list[Period]:
    rows = Clearance.objects.filter(staff=staff).order_by("-first_day", "level")
    return [
        Period(None, "", Protection(level), first, last)
        for level, first, last in rows.values_list("level", "first_day", "last_day")
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One change, for the history of an employee."""

    at: datetime
    by: str
    what: What
    details: dict[str, Any]
    reason: str


def changes_of(office: str, staff: int, limit: int = 50) -> list[Told]:
    rows = Change.objects.filter(office__code=office, staff=staff).select_related("by").order_by("-at", "-id")
    return [Told(row.at, row.by.name, What(row.what), row.details, row.reason) for row in rows[:limit]]


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    id: int
    staff: str
    name: str
    planned: Planned
    cover_name: str


def absences_of(office: str, today: date, staff: Collection[int] | None = None) -> list[AbsenceRow]:
    """Those of the office (or of `staff`) that run or are to come, the nearest first. One query."""
    whole = OfficeMembership.objects.filter(office__code=office).exclude(last_day__lt=today)
    parts = TeamMembership.objects.filter(team__office__code=office).exclude(last_day__lt=today)
    here = Q(staff__in=whole.values("staff")) | Q(staff__in=parts.values("staff"))
    rows = Absence.objects.filter(here, last_day__gte=today).select_related("staff", "cover")
    if staff is not None:
        rows = rows.filter(staff__in=staff)
    return [_absence(row) for row in rows.order_by("first_day", "staff__name", "id")]


def absence(office: str, key: int, today: date) -> AbsenceRow | None:
    """One that runs or is to come; None where there is none, or it is another office's."""
    return next((row for row in absences_of(office, today) if row.id == key), None)


def _absence(row: Absence) -> AbsenceRow:
    planned = Planned(row.first_day, row.last_day, row.cover.code if row.cover else None)
    return AbsenceRow(row.pk, row.staff.code, row.staff.name, planned, row.cover.name if row.cover else "")


def employee(office: str, code: str, today: date) -> Employee | None:
    return next((each for each in staff_of(office, today) if each.code == code), None)
