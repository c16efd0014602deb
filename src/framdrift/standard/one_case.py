"""A standard held against one case, in plain Python: what was owed, by when, and how it went.

This is what the advisor's worklist and the job-seeker's "what happens next" are made of. Its meaning is the contract's,
section 2; framdrift.standard.all_cases gives the same instances for a whole log at once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from framdrift.events import Event
from framdrift.standard.calendar import local_date, start_of_day
from framdrift.standard.instance import Instance
from framdrift.standard.model import (
    Absence,
    CasePattern,
    Compare,
    Content,
    Coverage,
    Precedence,
    Recurring,
    Response,
    Rule,
    Share,
    Standard,
    State,
)
from framdrift.standard.selector import Selector
from framdrift.standard.timeline import Timeline, moment, timeline


@dataclass(frozen=True, slots=True)
class Outcome:
    """An instance before its rule is known: places in the timeline instead of event ids."""

    start: int
    target: int | None
    opened: datetime
    due: date | datetime | None
    closed: datetime | None
    state: State


def evaluate(
    standard: Standard, events: Iterable[Event], *, as_of: date | datetime, known_at: date | datetime | None = None
) -> list[Instance]:
    """The instances of every rule of ``standard`` in one case, rule by rule and in the case's order.

    ``events`` are all rows of one case, corrections among them; a date means the end of that local day. Rules about
    groups of cases (share, compare) have no instances in one case.
    """
    case = timeline(events, as_of=moment(as_of), known_at=None if known_at is None else moment(known_at))
    if case is None:
        return []
    found = _Found(case)
    return [
        Instance(
            case_id=case.case_id,
            requirement=rule.id,
            reading=rule.reading,
            start=case.events[outcome.start].event_id,
            target=None if outcome.target is None else case.events[outcome.target].event_id,
            opened=outcome.opened,
            due=outcome.due,
            closed=outcome.closed,
            state=outcome.state,
        )
        for rule in standard.rules
        if not isinstance(rule.pattern, Share | Compare)
        for outcome in _outcomes(rule, rule.pattern, case, found)
    ]


class _Found:
    """Where in a case's events each selector matches; each is looked for once, among the events of its kinds only."""

    def __init__(self, case: Timeline) -> None:
        self._case = case
        self._places_of_kind: dict[str, list[int]] = {}
        for place, event in enumerate(case.events):
            self._places_of_kind.setdefault(event.kind, []).append(place)
        self._found: dict[Selector, list[int]] = {}

    def places(self, selector: Selector) -> list[int]:
        if selector not in self._found:
            candidates = sorted(place for kind in selector.kinds for place in self._places_of_kind.get(kind, ()))
            self._found[selector] = [place for place in candidates if selector.matches(self._case.events[place])]
        return self._found[selector]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a rule sees of a case: its events up to the end, or with ``after_end`` all of them and no end."""

    case: Timeline
    found: _Found
    count: int
    end: int | None

    def places(self, selector: Selector) -> list[int]:
        places = self.found.places(selector)
        return places if self.count == len(self.case.events) else places[: bisect_left(places, self.count)]

    def at(self, place: int) -> datetime:
        return self.case.events[place].at

    def by(self, place: int, due: date | datetime) -> bool:
        """Whether the event came no later than due: by its instant for an instant, by its local date for a date."""
        return self.at(place) <= due if isinstance(due, datetime) else self.case.dates[place] <= due

    def passed(self, due: date | datetime) -> bool:
        return self.case.as_of > due if isinstance(due, datetime) else local_date(self.case.as_of) > due

    def settle(self, start: int, due: date | datetime | None, target: int | None) -> Outcome:
        """The state of something with (or without) a due date, asked for at ``start``."""
        state, closed = self._state(due, target)
        return Outcome(start, target, self.at(start), due, closed, state)

    def _state(self, due: date | datetime | None, target: int | None) -> tuple[State, datetime | None]:
        if target is not None:
            return ("met" if due is None or self.by(target, due) else "late"), self.at(target)
        if due is None:
            return ("open", None) if self.end is None else ("missed", self.at(self.end))
        if self.end is not None and self.by(self.end, due):
            return "void", self.at(self.end)
        return ("missed" if self.passed(due) else "open"), None


def _outcomes(rule: Rule, pattern: CasePattern, case: Timeline, found: _Found) -> Iterator[Outcome]:
    scope = _Scope(case, found, len(case.events), None) if rule.after_end else _Scope(case, found, case.alive, case.end)
    if rule.cases is not None and not scope.places(rule.cases):
        return iter(())
    return _EVALUATORS[type(pattern)](pattern, scope)


def _response(pattern: Response, scope: _Scope) -> Iterator[Outcome]:
    targets = scope.places(pattern.target)
    for start in scope.places(pattern.trigger):
        due = None if pattern.within is None else pattern.within.due(scope.at(start))
        yield scope.settle(start, due, _next(targets, start))


def _recurring(pattern: Recurring, scope: _Scope) -> Iterator[Outcome]:
    starts = [scope.case.opening] if pattern.start is None else scope.places(pattern.start)
    if not starts:
        return
    targets = set(scope.places(pattern.target))
    borders = sorted(place for place in targets.union(starts) if place >= starts[0])
    for place, border in zip(borders, [*borders[1:], None], strict=True):
        due = pattern.every.due(scope.at(place))
        if border is None or border in targets:
            yield scope.settle(place, due, border)
        elif scope.by(border, due):
            yield Outcome(place, None, scope.at(place), due, scope.at(border), "void")
        else:
            yield Outcome(place, None, scope.at(place), due, None, "missed")


def _precedence(pattern: Precedence, scope: _Scope) -> Iterator[Outcome]:
    excuses = scope.places(pattern.unless) if pattern.unless else []
    earlier = sorted({*scope.places(pattern.requires), *excuses})
    for place in scope.places(pattern.event):
        before = bisect_left(earlier, place)
        target = earlier[before - 1] if before else None
        at = scope.at(place)
        yield Outcome(place, target, at, None, at, "missed" if target is None else "met")


def _content(pattern: Content, scope: _Scope) -> Iterator[Outcome]:
    for place in scope.places(pattern.event):
        event = scope.case.events[place]
        holds = all(condition.holds(event.attributes) for condition in pattern.holds)
        yield Outcome(place, None, event.at, None, event.at, "met" if holds else "missed")


def _absence(pattern: Absence, scope: _Scope) -> Iterator[Outcome]:
    places = scope.places(pattern.event)
    if not places:
        return
    resets = set(scope.places(pattern.reset)) if pattern.reset else set()
    count, too_many = 0, None
    for place in sorted(resets.union(places)):
        if place < scope.case.opening:
            continue
        count = 0 if place in resets else count + 1
        if count > pattern.at_most:
            too_many = place
            break
    start = scope.case.opening
    # Nothing can come too many times after the end.
    settled = scope.end if too_many is None else too_many
    closed = None if settled is None else scope.at(settled)
    yield Outcome(start, None, scope.at(start), None, closed, "met" if too_many is None else "missed")


def _coverage(pattern: Coverage, scope: _Scope) -> Iterator[Outcome]:
    start = scope.case.opening
    opened = scope.at(start)
    due = pattern.after.due(opened)
    opens = scope.places(pattern.opens)
    first = opens[0] if opens and scope.by(opens[0], due) else None
    met_at = None if first is None else scope.at(first)
    state: State
    closed: datetime | None
    if scope.end is not None and scope.by(scope.end, due):
        state, closed = ("void", scope.at(scope.end)) if first is None else ("met", met_at)
    elif not scope.passed(due):
        state, closed = "open", None
    elif first is None:
        state, closed = "missed", None
    else:
        gap = _first_gap(opens, scope.places(pattern.closes), first, due, scope)
        state, closed = ("met", met_at) if gap is None else ("missed", scope.at(gap))
    yield Outcome(start, first, opened, due, closed, state)


def _first_gap(opens: list[int], closes: list[int], first: int, due: date | datetime, scope: _Scope) -> int | None:
    """The first `closes` after which some instant past the due date goes by before the next `opens`."""
    past_due = due if isinstance(due, datetime) else start_of_day(date.fromordinal(due.toordinal() + 1))
    last = scope.case.as_of if scope.end is None else scope.at(scope.end)
    opening_again = set(opens)
    gap: int | None = None
    for place in sorted({*opens, *closes}):
        if place <= first:
            continue
        if place not in opening_again:
            gap = place if gap is None else gap
        elif gap is not None:
            if scope.at(place) > max(scope.at(gap), past_due):
                return gap
            gap = None
    return gap if gap is not None and last > max(scope.at(gap), past_due) else None


def _next(places: list[int], after: int) -> int | None:
    index = bisect_right(places, after)
    return places[index] if index < len(places) else None


_EVALUATORS: dict[type[CasePattern], Callable[[Any, _Scope], Iterator[Outcome]]] = {
    Response: _response,
    Recurring: _recurring,
    Precedence: _precedence,
    Content: _content,
    Absence: _absence,
    Coverage: _coverage,
}
