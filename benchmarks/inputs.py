"""The logs that are measured: simulated once, then kept under `var/benchmarks/`.

The larger one is ten times the smaller with ids of its own each time, so that every count of it must be ten times as large.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from framdrift.events import write_log
from framdrift.simulation import load_habits, simulate

FOLDER = Path(__file__).resolve().parent.parent / "var" / "benchmarks"
HABITS = ("small-office", "large-office")
CASES = 46_000
COPIES = 10
START, END = date(2012, 1, 1), date(2013, 12, 31)


def one_million() -> Path:
    """About a million events of the demo's two kinds of office over two years."""
    path = FOLDER / f"simulated-{CASES}-cases.parquet"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        print(f"simulating {CASES} cases, once", flush=True)
        batches = (
            batch
            for habits in HABITS
            for batch in simulate(
                load_habits(habits), cases=CASES // len(HABITS), seed=1, start=START, end=END, workers=2
            )
        )
        unfinished = path.with_name(f"unfinished-{path.name}")
        write_log(unfinished, batches)
        unfinished.rename(path)
    return path


def ten_million() -> Path:
    source = one_million()
    path = FOLDER / f"simulated-{CASES * COPIES}-cases.parquet"
    if not path.exists():
        unfinished = path.with_name(f"unfinished-{path.name}")
        copies = " union all ".join(_copy(source, number) for number in range(COPIES))
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'; set enable_progress_bar = false")
            connection.execute(f"copy ({copies}) to '{unfinished}' (format parquet)")
        unfinished.rename(path)
    return path


def first_cases(count: int, office: str | None = None) -> Path:
    """The first cases of the smaller log by their ids, of all offices or as if all were of one."""
    source = one_million()
    path = FOLDER / f"first-{count}-cases{'-' + office if office else ''}.parquet"
    columns = f"* replace ('{office}' as office)" if office else "*"
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'; set enable_progress_bar = false")
        connection.execute(
            f"copy (select {columns} from read_parquet('{source}') where case_id in"
            f" (select distinct case_id from read_parquet('{source}') order by case_id limit {count}))"
            f" to '{path}' (format parquet)"
        )
    return path


def _copy(source: Path, number: int) -> str:
    ours = ("event_id", "case_id", "person", "office", "actor", "corrects")
    renamed = ", ".join(f"{name} || '-{number}' as {name}" for name in ours)
    return f"(select * replace ({renamed}) from read_parquet('{source}'))"


def events_of(path: Path) -> int:
    with duckdb.connect() as connection:
        return int(connection.execute(f"select count(*) from read_parquet('{path}')").fetchall()[0][0])
