"""Who gets which cases when they are shared out. Pure: the same cases and advisors always give the same answer.

A case goes to somebody cleared for its person, in the case's own team where there is such a one. Among those, cases are
shared so that the advisors' loads in the end are as even as they can be. Cases that the same advisors may take are
alike, so what is computed is how many of each such kind each advisor gets: for one case after the other, the advisor
with the lowest load that it can reach, if need be by passing a case on to a colleague. That keeps the sum of the squared
loads at its least after every case (Harvey, Ladner, Lovász and Tamir: Semi-matchings for bipartite graphs, 2006).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taker:
    """An advisor who may get cases: `load` is how many they have already, `clearance` the protections they may see."""

    code: str
    load: int = 0
    teams: frozenset[int] = frozenset()
    clearance: int = 0

    def is_cleared_for(self, protection: int) -> bool:
        return protection & ~self.clearance == 0


@dataclass(frozen=True, slots=True)
class Held:
    """A case to be given away. Cases are dealt in the order they come in."""

    case: str
    team: int | None = None
    protection: int = 0


@dataclass(frozen=True, slots=True)
class Shares:
    """`given` is who gets each case; `left` are those that nobody may take."""

    given: Mapping[str, str]
    left: tuple[str, ...]

    def count(self, code: str) -> int:
        return sum(1 for taker in self.given.values() if taker == code)


class NotPossibleError(ValueError):
    """The numbers asked for cannot be: too many are left over for those who may take them."""

    def __init__(self, over: int) -> None:
        super().__init__(f"{over} cases cannot be given by these numbers")
        self.over = over


def share_evenly(cases: Sequence[Held], takers: Iterable[Taker]) -> Shares:
    """Loads in the end differ by at most one between two advisors, wherever one could take a case of the other's."""
    board = _Board(takers)
    kinds: dict[_Kind, list[str]] = {}
    left = []
    for case in cases:
        may = board.who_may_take(case, own_team_first=True)
        if may:
            kinds.setdefault(may, []).append(case.case)
        else:
            left.append(case.case)
    for kind, alike in kinds.items():
        for _ in alike:
            board.place(kind)
    return Shares(board.dealt(kinds), tuple(left))


def share_by_number(cases: Sequence[Held], takers: Iterable[Taker], numbers: Mapping[str, int]) -> Shares:
    """Each advisor gets the number that is theirs in `numbers`; which cases follows from clearance, then from teams.

    The numbers add up to the cases that somebody may take. Raises NotPossibleError where clearance stands in the way.
    """
    board = _Board(takers, room=numbers)
    kinds: dict[_Kind, list[str]] = {}
    left, second_choice = [], []
    for case in cases:
        anyone = board.who_may_take(case, own_team_first=False)
        if not anyone:
            left.append(case.case)
            continue
        own_team = board.who_may_take(case, own_team_first=True)
        if board.place(own_team):
            kinds.setdefault(own_team, []).append(case.case)
        else:
            second_choice.append((anyone, case.case))
    over = 0
    for kind, name in second_choice:
        kinds.setdefault(kind, []).append(name)
        over += not board.place(kind)
    if over and (over := _placed_without_teams(cases, board, numbers, kinds)):
        raise NotPossibleError(over)
    return Shares(board.dealt(kinds), tuple(left))


_Kind = frozenset[str]
"""Cases that the same advisors may take."""


def _placed_without_teams(
    cases: Sequence[Held], board: _Board, numbers: Mapping[str, int], kinds: dict[_Kind, list[str]]
) -> int:
    """Deals anew with clearance as the only tie, where keeping to teams has left cases over; how many still are."""
    board.clear(numbers)
    kinds.clear()
    over = 0
    for case in cases:
        if anyone := board.who_may_take(case, own_team_first=False):
            kinds.setdefault(anyone, []).append(case.case)
            over += not board.place(anyone)
    return over


_Way = Mapping[str, tuple[str, _Kind] | None]
"""For each advisor within reach of a case: who would pass a case on to them, and of which kind; None at the start."""


class _Board:
    """How many cases of each kind each advisor has got so far, and how many more they have room for."""

    def __init__(self, takers: Iterable[Taker], room: Mapping[str, int] | None = None) -> None:
        self._takers = sorted(takers, key=lambda taker: taker.code)
        self.clear(room)

    def clear(self, room: Mapping[str, int] | None) -> None:
        self._load = {taker.code: taker.load for taker in self._takers}
        self._room = None if room is None else {taker.code: room.get(taker.code, 0) for taker in self._takers}
        self._got: dict[_Kind, dict[str, int]] = {}

    def who_may_take(self, case: Held, *, own_team_first: bool) -> _Kind:
        cleared = [taker for taker in self._takers if taker.is_cleared_for(case.protection)]
        own = [taker for taker in cleared if case.team in taker.teams] if own_team_first else []
        return frozenset(taker.code for taker in own or cleared)

    def place(self, kind: _Kind) -> bool:
        """One more case of that kind, to the lowest load within reach; False where nobody within reach has room."""
        way = self._within_reach(kind)
        free = [code for code in way if self._room is None or self._room[code] > 0]
        if not free:
            return False
        end = min(free, key=lambda code: (self._load[code], code))
        self._load[end] += 1
        if self._room is not None:
            self._room[end] -= 1
        self._pass_on(kind, end, way)
        return True

    def _within_reach(self, kind: _Kind) -> _Way:
        way: dict[str, tuple[str, _Kind] | None] = dict.fromkeys(sorted(kind))
        waiting = deque(way)
        while waiting:
            holder = waiting.popleft()
            for other, got in self._got.items():
                if got.get(holder):
                    for code in sorted(other - way.keys()):
                        way[code] = (holder, other)
                        waiting.append(code)
        return way

    def _pass_on(self, kind: _Kind, end: str, way: _Way) -> None:
        """Everyone on the way to `end` passes a case on, and the first of them gets the new one."""
        code = end
        while (step := way[code]) is not None:
            holder, passed = step
            self._got[passed][holder] -= 1
            self._got[passed][code] = self._got[passed].get(code, 0) + 1
            code = holder
        got = self._got.setdefault(kind, {})
        got[code] = got.get(code, 0) + 1

    def dealt(self, kinds: Mapping[_Kind, Collection[str]]) -> dict[str, str]:
        """Each case to a name, in turns, so that nobody gets only those who have been registered longest."""
        given = {}
        for kind, names in kinds.items():
            left = {code: count for code, count in sorted(self._got.get(kind, {}).items()) if count}
            turns = deque(left)
            for name in names:
                code = turns.popleft()
                given[name] = code
                left[code] -= 1
                if left[code]:
                    turns.append(code)
        return given
