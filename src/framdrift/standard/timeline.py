"""A case as it is known at one moment and as of another: corrected, ordered, cut at its end.

Source: the contract, section 1; what it leaves open stands in ADR 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from framdrift.events import Event
from framdrift.events.vocabulary import CLOSES_CASE, OPENS_CASE, RETRACTED
from framdrift.standard.calendar import end_of_day, local_date


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

    Of several corrections of one event the one recorded last has the place; the others are gone with whatever corrects them.
    """
    known = [event for event in events if known_at is None or event.recorded_at <= known_at]
    if all(event.corrects is None for event in known):
        return known
    correctors: dict[str, list[Event]] = {}
    for event in known:
        if event.corrects is not None:
            correctors.setdefault(event.corrects, []).append(event)
    losers = [
        event
        for rivals in correctors.values()
        for event in sorted(rivals, key=lambda rival: (rival.recorded_at, rival.seq))[:-1]
    ]
    gone = set(correctors)
    while losers:
        event = losers.pop()
        if event.event_id not in gone or event.event_id in correctors:
            gone.add(event.event_id)
            losers += correctors.pop(event.event_id, [])
    return [
        event
        for event in known
        if event.event_id not in gone and not (event.kind == RETRACTED and event.corrects is not None)
    ]
