"""The advisors of an office as whoever shares out cases sees them: how many they have, whether they are there, and
whom they are cleared for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from framdrift.casework.access.models import Clearance
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.absences import Away, away_on
from framdrift.casework.offices.members import Member, TeamName, advisors_of, in_order
from framdrift.casework.offices.models import Staff
from framdrift.casework.responsibility.sharing import Taker


@dataclass(frozen=True, slots=True)
class Advisor:
    """`answering` is who answers while the advisor is `away`, by name; empty where nobody does."""

    key: int
    code: str
    name: str
    teams: tuple[TeamName, ...]
    leaves_on: date | None
    clearance: int
    running: int = 0
    away: Away | None = None
    answering: str = ""

    @property
    def is_away_without_cover(self) -> bool:
        return self.away is not None and not self.answering

    @property
    def is_free(self) -> bool:
        """Gets a share without being asked for: is there, and is not known to leave."""
        return self.away is None and self.leaves_on is None

    def as_taker(self) -> Taker:
        return Taker(self.code, self.running, frozenset(team.key for team in self.teams), self.clearance)


@dataclass(frozen=True, slots=True)
class Former:
    """Somebody who is no advisor of the office any more, and still stands as responsible."""

    key: int
    code: str
    name: str
    running: int


def advisors(office: str, today: date) -> list[Advisor]:
    """By name. Five queries, however many advisors and cases there are."""
    members = advisors_of(office, today)
    running = _running(office)
    return _told(members, away_on(office, today), clearances([each.key for each in members], today), running)


def advisors_and_former(office: str, today: date) -> tuple[list[Advisor], list[Former]]:
    """The advisors, and those who have left cases behind. Six queries."""
    members = advisors_of(office, today)
    running = _running(office)
    present = _told(members, away_on(office, today), clearances([each.key for each in members], today), running)
    gone = running.keys() - {each.key for each in members}
    rows = Staff.objects.filter(pk__in=gone).values_list("pk", "code", "name")
    former = [Former(*row, running[row[0]]) for row in rows]
    return present, sorted(former, key=lambda each: (in_order(each.name), each.code))


def _running(office: str) -> dict[int, int]:
    """How many running cases of the office each has, by key."""
    cases = Case.objects.filter(office__code=office, ended_at__isnull=True, advisor__isnull=False)
    return dict(cases.order_by().values_list("advisor").annotate(Count("id")))


def _told(
    members: Collection[Member], away: Mapping[int, Away], cleared: Mapping[int, int], running: Mapping[int, int]
) -> list[Advisor]:
    names = {member.key: member.name for member in members}
    return [
        Advisor(
            key=member.key,
            code=member.code,
            name=member.name,
            teams=member.teams,
            leaves_on=member.leaves_on,
            clearance=cleared.get(member.key, 0),
            running=running.get(member.key, 0),
            away=away.get(member.key),
            answering=_answering(away.get(member.key), names),
        )
        for member in members
    ]


def _answering(away: Away | None, advisors: Mapping[int, str]) -> str:
    return advisors.get(away.answering, "") if away is not None and away.answering is not None else ""


def clearances(staff: Collection[int], today: date) -> dict[int, int]:
    """Bits of `Protection` that each may see on that day."""
    bits: defaultdict[int, int] = defaultdict(int)
    held = Clearance.objects.filter(staff__in=staff, first_day__lte=today).exclude(last_day__lt=today)
    for key, level in held.values_list("staff_id", "level"):
        bits[key] |= level
    return dict(bits)
