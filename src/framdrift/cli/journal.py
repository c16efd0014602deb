"""`framdrift journal`: the events in the database loaded, exported, verified and sealed, as the owner of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framdrift.cli.options import columns
from framdrift.cli.records import reach_records

if TYPE_CHECKING:
    import pyarrow as pa

Mapping = Annotated[list[str], typer.Option("--map", metavar="OURS=THEIRS", help="The file's column for ours.")]
Folder = Annotated[Path | None, typer.Option(help="Where the seals' files lie (default: in the data folder).")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The journal: every event of every case, append-only.", no_args_is_help=True)
    group.command("load")(load)
    group.command("export")(export)
    group.command("verify")(verify)
    group.command("seal")(seal)
    app.add_typer(group, name="journal")


def load(file: Annotated[Path, typer.Argument(help="A log: CSV, Parquet or NDJSON.")], mapping: Mapping = []) -> None:  # noqa: B006
    """Write a log of events into the journal: the whole file or nothing."""
    from framdrift.events import open_log

    named = columns(mapping)
    reach_records("framdrift_owner")
    from framdrift.casework.journal.loading import load as load_log

    with open_log(file, named) as log:
        total = log.connection.execute("SELECT count(*) FROM log").fetchall()[0][0]
        with _progress("Loading", total) as advance:
            loaded = load_log(log, progress=advance)
    typer.echo(f"Loaded: events {loaded.events}, cases {loaded.cases}.")
    for what, made in (("Offices", loaded.offices_made), ("Teams", loaded.teams_made)):
        if made:
            typer.echo(f"{what} that were not known, made with their code as name: {_some(made)}.")
    if loaded.renumbered:
        typer.echo(f"Events with another seq than in the file (a case counts 1, 2, 3 …): {loaded.renumbered}.")


def export(
    file: Annotated[Path, typer.Argument(help="Where to: .parquet, .csv or .ndjson.")],
    office: Annotated[str | None, typer.Option(help="Only the cases that ever had an event in this office.")] = None,
) -> None:
    """Write the journal to a file that every command which reads logs takes."""
    from framdrift.events import UserError, write_log

    reach_records("framdrift_owner")
    from framdrift.casework.journal.queries import event_batches
    from framdrift.casework.offices.queries import office_exists

    if office is not None and not office_exists(office):
        raise UserError(f"There is no office {office}.")
    with _progress("Exporting", None) as advance:
        count = write_log(file, _counted(event_batches(office, ordered=True), advance))
    typer.echo(f"Written to {file}: events {count}.")


def verify(folder: Folder = None) -> None:
    """Check every chain, every head and every seal, and the seals' files; name the first event that is broken."""
    from framdrift.events import UserError

    if folder is not None and not folder.is_dir():
        raise UserError(f"There is no folder {folder}. Name the one that holds the seals' files, or see to its mount.")
    reach_records("framdrift_owner")
    from framdrift.casework.journal.verification import verify as verify_journal

    folder = folder or _seals_folder()
    with _progress("Verifying", None) as advance:
        findings = verify_journal(folder=folder, progress=advance)
    typer.echo(
        f"Read: events {findings.events}, cases {findings.cases}, seals {findings.seals}, "
        f"files of seals in {folder} {findings.files}."
    )
    if findings.breaches:
        for breach in findings.first:
            typer.echo(f"BROKEN  {breach}", err=True)
        if findings.breaches > len(findings.first):
            typer.echo(f"… and {findings.breaches - len(findings.first)} more.", err=True)
        raise typer.Exit(1)
    typer.echo("The journal is what was written.")


def seal(folder: Folder = None) -> None:
    """Fix all chain heads in a seal and write its file, to be kept where the owner of the database cannot write."""
    reach_records("framdrift_owner")
    from django.utils import timezone

    from framdrift.casework.journal import seals

    folder = folder or _seals_folder()
    made = seals.seal(now=timezone.now())
    for written in seals.write_files(folder):
        typer.echo(f"{bytes(written.seal.root).hex()}  {written.path}")
    typer.echo(f"Seal {made.number}: events {made.events}, cases that moved since the seal before {made.cases}.")


def _some(names: list[str]) -> str:
    more = len(names) - 20
    return ", ".join(names[:20]) + (f" and {more} more" if more > 0 else "")


def _seals_folder() -> Path:
    from framdrift.database import data_folder

    return data_folder() / "seals"


def _counted(batches: Iterator[pa.RecordBatch], advance: Callable[[int], None]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield batch
        advance(batch.num_rows)


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal's stderr; nothing elsewhere, where the last line tells what was done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda rows: bar.advance(task, rows)
