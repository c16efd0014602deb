"""A practice as a log: offices of the same habits, simulated apart from each other and written as Arrow batches."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import cache
from typing import NamedTuple

import pyarrow as pa

from framdrift.events import ARROW_SCHEMA, UserError
from framdrift.simulation import home
from framdrift.simulation.case import NEVER, Case
from framdrift.simulation.description import Habits
from framdrift.simulation.office import OfficeWork, arrivals_in
from framdrift.simulation.period import Period

ROWS = 100_000
_LONGEST_DAYS = 366 * 30


class SimulationError(UserError):
    """What was asked for cannot be simulated."""


class _Office(NamedTuple):
    """What one process needs to simulate one office."""

    habits: Habits
    code: str
    logged: int
    seed: int
    start: date
    end: date


def cases_of_one_office(habits: Habits, start: date, end: date) -> int:
    """How many register in one such office in the period: the number that fills it exactly."""
    return arrivals_in(habits, _period(start, end))


def simulate(
    habits: Habits, *, cases: int, seed: int, start: date, end: date, workers: int = 1
) -> Iterator[pa.RecordBatch]:
    """Events of ``cases`` registrations from ``start`` to the end of ``end`` (both local days), in ``ARROW_SCHEMA``.

    An office gets as many job-seekers as its habits say. Fewer ``cases`` than that are a random part of them: the
    office works as hard, less of it is shown. More are spread over as many offices of the same habits as it takes, with
    codes ``storhavn``, ``storhavn-2``, … Rows come case by case, within a case in the order of recording. The same
    arguments give the same rows, whatever ``workers`` (processes) is. Memory holds some offices at a time, never all.
    Raises SimulationError for a number of cases below 1 or a period that is empty, too long or too early.
    """
    offices = _offices(habits, cases, seed, start, end)
    if workers == 1 or len(offices) == 1:
        for office in offices:
            yield from _log(office)
        return
    # Not forked: the parent may run threads of DuckDB or Arrow, which do not survive it.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(offices)), mp_context=context) as pool:
        running: deque[Future[list[pa.RecordBatch]]] = deque()
        for office in offices:
            running.append(pool.submit(_log, office))
            if len(running) > 2 * workers:
                yield from running.popleft().result()
        while running:
            yield from running.popleft().result()


def _offices(habits: Habits, cases: int, seed: int, start: date, end: date) -> list[_Office]:
    if cases < 1:
        raise SimulationError(f"{cases} cases cannot be simulated; give 1 or more.")
    whole = cases_of_one_office(habits, start, end)
    count = -(-cases // whole)
    code = habits.office.code
    return [
        _Office(
            habits,
            code if place == 0 else f"{code}-{place + 1}",
            cases // count + (place < cases % count),
            seed,
            start,
            end,
        )
        for place in range(count)
    ]


@cache
def _period(start: date, end: date) -> Period:
    if end < start:
        raise SimulationError(f"The period ends {end}, before it starts {start}; let --to be the later day.")
    if (end - start).days > _LONGEST_DAYS or start.year < 1972:
        raise SimulationError(f"The period {start} to {end} cannot be simulated; give at most 30 years, from 1972 on.")
    return Period(start, end)


def _log(office: _Office) -> list[pa.RecordBatch]:
    """Simulates one office and lays its cases out as rows."""
    period = _period(office.start, office.end)
    work = OfficeWork(office.habits, office.code, period, office.seed)
    columns: dict[str, list[object]] = {name: [] for name in ARROW_SCHEMA.names}
    batches = []
    for case in work.run(office.logged):
        home.confirmations(work, case)
        _append(columns, case, office.code, period.closes)
        if len(columns["seq"]) >= ROWS:
            batches.append(_batch(columns))
            columns = {name: [] for name in ARROW_SCHEMA.names}
    if columns["seq"]:
        batches.append(_batch(columns))
    return batches


def _append(columns: dict[str, list[object]], case: Case, office: str, closes: int) -> None:
    """The case's rows in the order of recording. What was not yet written down when the period closed is not there."""
    rows = sorted(row for row in case.written if row.recorded < closes)
    # Written by and by, corrections come after what they correct, so its id is known when they are reached.
    ids = {row.place: f"{case.id}-{seq}" for seq, row in enumerate(rows, 1)}
    columns["event_id"] += ids.values()
    columns["case_id"] += [case.id] * len(rows)
    columns["person"] += [case.person.id] * len(rows)
    columns["office"] += [office] * len(rows)
    columns["team"] += [row.team for row in rows]
    columns["actor"] += [row.actor for row in rows]
    columns["kind"] += [row.kind for row in rows]
    columns["at"] += [row.at for row in rows]
    columns["recorded_at"] += [row.recorded for row in rows]
    columns["seq"] += range(1, len(rows) + 1)
    columns["corrects"] += [None if row.corrects == NEVER else ids[row.corrects] for row in rows]
    columns["attributes"] += [row.attributes for row in rows]


def _batch(columns: dict[str, list[object]]) -> pa.RecordBatch:
    arrays = [pa.array(columns[field.name], field.type) for field in ARROW_SCHEMA]
    return pa.RecordBatch.from_arrays(arrays, schema=ARROW_SCHEMA)
