"""A case as it is known at one moment and as of another: corrected, ordered, cut at its end.

Source: the contract, section 1; what it leaves open stands in ADR 2.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from framdrift.events import Event
from framdrift.events.vocabulary import CLOSES_CASE, OPENS_CASE, RETRACTED
from framdrift.standard.calendar import end_of_day, local_date

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The events of one case in order; the first ``alive`` of them come up to its end and with it.

    ``dates`` are the events' local dates. ``opening`` is the place of the event that opens the case, ``end`` that of the
    event that closes it, None while it runs.
    """

    case_id: str
    events: tuple[Event, ...]
    dates: tuple[date, ...]
    alive: int
    opening: int
    end: int | None
    as_of: datetime

    @property
    def opened_on(self) -> date:
        return self.dates[self.opening]

    @property
    def ignored_after_end(self) -> int:
        return len(self.events) - self.alive


def moment(when: date | datetime) -> datetime:
    """The instant that is meant: an instant itself, the end of a local day for a date."""
    return when if isinstance(when, datetime) else end_of_day(when)


def timeline(events: Iterable[Event], *, as_of: datetime, known_at: datetime | None = None) -> Timeline | None:
    """The case of ``events`` as of one instant, as known at another; None when nothing of it exists by then.

    Events of the same instant and ``seq`` keep the order they are given in.
    """
    existing = [event for event in as_known(list(events), known_at) if event.at <= as_of]
    ordered = tuple(sorted(existing, key=lambda event: (event.at, event.seq)))
    if not ordered:
        return None
    end = next((place for place, event in enumerate(ordered) if event.kind == CLOSES_CASE), None)
    alive = len(ordered) if end is None else end + 1
    opening = next((place for place in range(alive) if ordered[place].kind == OPENS_CASE), 0)
    dates = tuple(local_date(event.at) for event in ordered)
    return Timeline(ordered[0].case_id, ordered, dates, alive, opening, end, as_of)


def as_known(events: Sequence[Event], known_at: datetime | None = None) -> list[Event]:
    """The events that stand, by what was recorded no later than ``known_at``: corrections in the place of what they correct.

    A retraction leaves the place empty.
    """
    known = [event for event in events if known_at is None or event.recorded_at <= known_at]
    if all(event.corrects is None for event in known):
        return known
    gone = displaced(
        (event.event_id, event.corrects, (event.recorded_at, event.seq))
        for event in known
        if event.corrects is not None
    )
    return [
        event
        for event in known
        if event.event_id not in gone and not (event.kind == RETRACTED and event.corrects is not None)
    ]


def displaced(corrections: Iterable[tuple[Key, Key, Any]]) -> set[Key]:
    """The events that have lost their place to corrections.

    ``corrections`` are (its own key, the key of what it corrects, its rank in the order of recording). A place holds one
    event: of several corrections of the same event the last recorded has it, and the others are gone with whatever
    corrects them.
    """
    correctors: dict[Key, list[tuple[Any, Key]]] = {}
    for own, target, rank in corrections:
        correctors.setdefault(target, []).append((rank, own))
    gone = set(correctors)
    losers = [own for rivals in correctors.values() for _, own in sorted(rivals, key=lambda rival: rival[0])[:-1]]
    while losers:
        loser = losers.pop()
        gone.add(loser)
        losers += [own for _, own in correctors.pop(loser, [])]
    return gone
