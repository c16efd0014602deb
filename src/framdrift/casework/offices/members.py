"""Who belongs to an office on a day: asked by whoever shares out work or shows a list of staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, Q, QuerySet, Value

from framdrift.casework.offices.models import OfficeMembership, Team, TeamMembership
from framdrift.casework.offices.roles import Role


@dataclass(frozen=True, slots=True)
class TeamName:
    key: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of an office on a day. `leaves_on` is the last day of their last role there, where it is known."""

    key: int
    code: str
    name: str
    roles: frozenset[Role]
    teams: tuple[TeamName, ...] = ()
    leaves_on: date | None = None

    @property
    def team_keys(self) -> frozenset[int]:
        return frozenset(team.key for team in self.teams)


@dataclass(slots=True)
class _Found:
    code: str
    name: str
    roles: set[Role] = field(default_factory=set)
    teams: set[int] = field(default_factory=set)
    ends: set[date | None] = field(default_factory=set)


def members_of(office: str, day: date) -> list[Member]:
    """Everybody with a role in the office or one of its teams on that day, by name. Two queries."""
    names = {team.key: team for team in teams_of(office)}
    found: dict[int, _Found] = {}
    running: set[int] = set()
    for key, code, name, role, team, first_day, last_day in _memberships(office, still_on=day):
        member = found.setdefault(key, _Found(code, name))
        member.ends.add(last_day)
        if first_day <= day:
            running.add(key)
            member.roles.add(Role(role))
            if team is not None:
                member.teams.add(team)
    members = [
        Member(
            key,
            each.code,
            each.name,
            frozenset(each.roles),
            tuple(sorted((names[team] for team in each.teams), key=lambda team: team.name)),
            None if None in each.ends else max(end for end in each.ends if end is not None),
        )
        for key, each in found.items()
        if key in running
    ]
    return sorted(members, key=lambda member: (in_order(member.name), member.code))


_LAST_LETTERS = str.maketrans("æøå", "{|}")


def in_order(name: str) -> str:
    """What names of employees are sorted by: æ, ø and å come last, in that order."""
    return name.casefold().translate(_LAST_LETTERS)


def advisors_of(office: str, day: date) -> list[Member]:
    """Those who may have cases of the office on that day."""
    return [member for member in members_of(office, day) if Role.ADVISOR in member.roles]


def advises_throughout(office: str, staff: Collection[int], first_day: date, last_day: date) -> set[int]:
    """Which of `staff` hold the advisor's role in the office on the first and on the last of these days."""
    held: defaultdict[date, set[int]] = defaultdict(set)
    for key, _, _, role, _, begins, ends in _memberships(office, still_on=first_day):
        for day in (first_day, last_day):
            if role == Role.ADVISOR and begins <= day and (ends is None or ends >= day):
                held[day].add(key)
    return held[first_day] & held[last_day] & set(staff)


def teams_of(office: str) -> list[TeamName]:
    rows = Team.objects.filter(office__code=office).order_by("name", "code").values_list("id", "code", "name")
    return [TeamName(*row) for row in rows]


_Row = tuple[int, str, str, str, int | None, date, date | None]


def _memberships(office: str, *, still_on: date) -> QuerySet[OfficeMembership, _Row]:
    """Running and coming ones: staff's key, code and name, role, key of the team if it is held in one, and the days."""
    lasts = Q(last_day__isnull=True) | Q(last_day__gte=still_on)
    staff = ("staff_id", "staff__code", "staff__name", "role")
    whole = OfficeMembership.objects.filter(lasts, office__code=office)
    parts = TeamMembership.objects.filter(lasts, team__office__code=office)
    return whole.values_list(*staff, Value(None, output_field=BigIntegerField()), "first_day", "last_day").union(
        parts.values_list(*staff, "team_id", "first_day", "last_day"), all=True
    )
