"""`framdrift simulate`: an office's practice, from described habits, as a log of events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pyarrow as pa

    from framdrift.simulation import Habits

# The thesis's interviews were made in January and February 2013, of the practice under nav-2012.
_FROM, _TO = "2012-01-01", "2013-12-31"


def register(app: typer.Typer) -> None:
    app.command("simulate")(simulate)


def simulate(
    *,
    habits: Annotated[
        list[str], typer.Option(help="Habits by name (small-office, large-office) or file; may be given several times.")
    ],
    out: Annotated[Path, typer.Option(help="The log to write: .parquet, .csv or .ndjson, the last two also with .gz.")],
    cases: Annotated[
        int | None, typer.Option(help="Registrations in all; without it as many as register in one office each.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same log.")] = 1,
    start: Annotated[str, typer.Option("--from", help="The first day that is logged.", metavar="DATE")] = _FROM,
    end: Annotated[str, typer.Option("--to", help="The last day that is logged.", metavar="DATE")] = _TO,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes to use; as many as there are processors if not given.")
    ] = None,
) -> None:
    """Simulate an office's practice from described habits, and write it as a log of events."""
    import os

    from framdrift.events import write_log
    from framdrift.simulation import cases_of_one_office, load_habits
    from framdrift.simulation import simulate as simulated

    offices = [load_habits(name) for name in habits]
    first, last = _day(start, "--from"), _day(end, "--to")
    if cases is None:
        shares = [cases_of_one_office(office, first, last) for office in offices]
    else:
        shares = [cases // len(offices) + (place < cases % len(offices)) for place in range(len(offices))]
    at_once = processes or os.cpu_count() or 1

    def batches() -> Iterator[pa.RecordBatch]:
        for office, share in zip(offices, shares, strict=True):
            # One case in all of two offices: the second shows none. None at all is refused by the first.
            if share or not sum(shares):
                yield from simulated(office, cases=share, seed=seed, start=first, end=last, workers=at_once)

    written = write_log(out, _shown(batches(), sum(shares)))
    typer.echo(f"{out}: {written} events of {sum(shares)} cases ({_names(offices)}, {first} to {last}, seed {seed})")


def _day(text: str, option: str) -> date:
    from framdrift.events import UserError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"{option}: {text!r} is not a date; write it as 2012-01-31.") from None


def _names(offices: list[Habits]) -> str:
    return ", ".join(office.habits for office in offices)


def _shown(batches: Iterator[pa.RecordBatch], cases: int) -> Iterator[pa.RecordBatch]:
    """The same batches, with the cases done so far on a terminal's progress bar."""
    import pyarrow.compute as pc
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("cases"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        bar = progress.add_task("cases", total=cases)
        for batch in batches:
            yield batch
            opened = pc.sum(pc.equal(batch.column("kind"), "registered")).as_py()
            progress.advance(bar, opened)
