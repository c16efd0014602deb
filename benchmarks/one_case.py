"""One case in plain Python: what an advisor's page asks for."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from datetime import date

from benchmarks import inputs
from benchmarks.measuring import median
from benchmarks.results import Goal, Result
from framdrift.events import Event, open_log
from framdrift.standard import Standard, evaluate, load

SIZES = (10, 100, 1_000)
BOUND = 0.050


def measure(rounds: int) -> Result:
    standard = load("nav-2012")
    times = {size: _seconds(standard, _case(size), 10 * rounds) for size in SIZES}
    rows = [
        (f"{size:,}", f"{1e3 * seconds:.2f} ms", f"{1e6 * seconds / size:.1f} µs") for size, seconds in times.items()
    ]
    growth = times[1_000] / times[100]
    goals = [
        Goal("a whole case of 1,000 events", 1e3 * times[1_000], 1e3 * BOUND, " ms"),
        Goal("ten times the events take so many times as long", growth, 12),
    ]
    return Result("One case in plain Python, all of nav-2012", ("events", "time", "per event"), rows, goals)


def _seconds(standard: Standard, events: list[Event], times: int) -> float:
    taken = []
    gc.disable()
    for _ in range(times):
        start = time.perf_counter()
        evaluate(standard, events, as_of=date(2013, 12, 31))
        taken.append(time.perf_counter() - start)
    gc.enable()
    return median(taken)


def _case(size: int) -> list[Event]:
    """A case as long as is asked for: one simulated case, and what happened in others in the meantime put into it."""
    some = inputs.first_cases(200)
    with open_log(some) as log:
        cases = list(log.cases())
    first = next(case for case in cases if case[0].at.year == 2012)
    others = [
        event
        for case in cases
        for event in case
        if event.at > first[0].at and event.kind not in {"registered", "ended"} and event.corrects is None
    ]
    others = others[:: max(1, len(others) // size)][: size - 1]
    events = [first[0], *sorted(others, key=lambda event: event.at)]
    if len(events) != size:
        raise AssertionError(f"too few events for a case of {size}")
    return [replace(event, case_id=first[0].case_id, seq=place) for place, event in enumerate(events, 1)]
