"""`framdrift journal load` beside a bare COPY of the same rows into a table of the same columns, without keys."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks import inputs
from benchmarks.measuring import Run, median, run
from benchmarks.results import Result
from benchmarks.server import FOLDER, Database, database

_CHUNK = 1 << 20


def measure(rounds: int) -> Result:
    log = inputs.one_million()
    events = inputs.events_of(log)
    loads, copies = [], []
    with database("loading") as empty:
        for round_number in range(rounds):
            if round_number:
                empty.make_anew()
            loads.append(_load(log, empty))
            copies.append(_copy(empty, events))
    rows = [_row("framdrift journal load", [each.seconds for each in loads], events)]
    rows.append(_row("bare COPY of the same rows", copies, events))
    ratio = median([load.seconds / copy for load, copy in zip(loads, copies, strict=True)])
    rows.append(("ratio", f"{ratio:.1f}", "", ""))
    peak = f"{max(each.peak for each in loads) / 1e9:.2f} GB"
    title = f"Loading a file of {events:,} events into an empty journal: checked, chained, keyed; most memory {peak}"
    return Result(title, ("what", "time", "events per second", "per event"), rows)


def _load(log: Path, empty: Database) -> Run:
    return run(["-m", "framdrift.cli", "journal", "load", str(log)], empty.environment)


def _copy(loaded: Database, events: int) -> float:
    """Seconds to copy what was loaded from a file into a table that has its columns and nothing else."""
    file = FOLDER / "journal.csv"
    with loaded.connect() as connection, connection.cursor() as cursor:
        with cursor.copy("copy journal_event to stdout (format csv)") as out, file.open("wb") as stream:
            for block in out:
                stream.write(block)
        cursor.execute("create table bare as select * from journal_event limit 0")
        start = time.perf_counter()
        with cursor.copy("copy bare from stdin (format csv)") as taken, file.open("rb") as stream:
            while block := stream.read(_CHUNK):
                taken.write(block)
        seconds = time.perf_counter() - start
        if cursor.rowcount != events:
            raise AssertionError(f"{cursor.rowcount} rows were copied of {events}")
    file.unlink()
    return seconds


def _row(what: str, seconds: list[float], events: int) -> tuple[str, str, str, str]:
    middle = median(seconds)
    return (what, f"{middle:.1f} s", f"{events / middle:,.0f}", f"{1e6 * middle / events:.1f} µs")
