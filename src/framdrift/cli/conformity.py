"""`framdrift conformity`: a log, or an office's journal, held against a standard."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framdrift.cli.options import columns, moment
from framdrift.events import UserError

if TYPE_CHECKING:
    from datetime import date, datetime

    from framdrift.standard import Conformity, Standard


class Format(StrEnum):
    table = "table"
    json = "json"
    csv = "csv"


LogFile = Annotated[Path | None, typer.Option("--log", help="A log: CSV, Parquet or NDJSON, plain, gzipped or zipped.")]
Office = Annotated[str | None, typer.Option(help="An office's code: its cases in the journal.")]
Named = Annotated[
    str | None,
    typer.Option("--standard", help="A standard that ships, or a file; else the one in force on the moment."),
]
Mapped = Annotated[list[str] | None, typer.Option("--map", help="ours=theirs: the column of the log that holds ours.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="What happened later does not exist yet (a date: its end).")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="What was recorded later is not known yet.")]
Memory = Annotated[str | None, typer.Option(help="Memory to stay within, e.g. 2GB; the rest is spilled.")]
Spill = Annotated[Path | None, typer.Option(help="Folder for what does not fit in memory.")]


def register(app: typer.Typer) -> None:
    app.command("conformity")(conformity)


def conformity(
    *,
    log: LogFile = None,
    office: Office = None,
    standard: Named = None,
    mapping: Mapped = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the figures.")] = Format.table,
    memory: Memory = None,
    spill: Spill = None,
) -> None:
    """Hold every case against a standard: what was met, late or missed, and the verdict by both yardsticks."""
    if (log is None) == (office is None):
        raise UserError("Name either a log (--log FILE) or an office (--office CODE).")
    asked = _Asked(standard, moment("--as-of", as_of), moment("--known-at", known_at), memory, spill)
    if log is not None:
        found = _of_log(log, columns(mapping), asked)
    elif mapping:
        raise UserError("--map names columns of a log file; an office's journal has our own.")
    else:
        found = _of_office(str(office), asked)
    for gap in found.standard.gaps:
        sys.stderr.write(f"Note: {gap}.\n")
    {Format.json: _print_json, Format.csv: _print_csv, Format.table: _print_table}[form](found)


@dataclass(frozen=True)
class _Asked:
    """What the options ask for, whatever the events come from."""

    standard: str | None
    as_of: date | datetime | None
    known_at: date | datetime | None
    memory: str | None
    spill: Path | None

    def named(self) -> Standard | None:
        """Read first, so that its mistakes are told before a long log is opened."""
        from framdrift.standard import load

        return load(self.standard) if self.standard else None


def _of_log(path: Path, mapping: dict[str, str], asked: _Asked) -> Conformity:
    from framdrift import standard as standards
    from framdrift.events import open_log

    named = asked.named()
    with open_log(path, mapping, memory_limit=asked.memory, spill=asked.spill) as log:
        held = named or standards.standard_in_force(standards.last_day(log, asked.as_of))
        return standards.conformity(held, log, as_of=asked.as_of, known_at=asked.known_at)


def _of_office(office: str, asked: _Asked) -> Conformity:
    from framdrift import standard as standards
    from framdrift.cli.records import reach_records

    named = asked.named()
    reach_records("framdrift_worker")
    from django.utils import timezone

    from framdrift.casework.conformity.reading import office_log
    from framdrift.casework.offices.queries import office_exists

    if not office_exists(office):
        raise UserError(f"There is no office {office!r} in the journal.")
    as_of = asked.as_of or timezone.now()
    with office_log(office, memory_limit=asked.memory, spill=asked.spill) as log:
        held = named or standards.standard_in_force(standards.last_day(log, as_of))
        return standards.office_conformity(held, log, office, as_of=as_of, known_at=asked.known_at)


def _print_json(found: Conformity) -> None:
    sys.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=2) + "\n")


def _print_csv(found: Conformity) -> None:
    requirements = found.as_dict()["requirements"]
    writer = csv.DictWriter(sys.stdout, list(requirements[0]), lineterminator="\n")
    writer.writeheader()
    for requirement in requirements:
        writer.writerow({**requirement, "goals": " ".join(requirement["goals"])})


def _print_table(found: Conformity) -> None:
    from rich.console import Console
    from rich.table import Table

    rows = [
        (
            "/".join(filter(None, rule.key)),
            rule.yardstick if rule.owed_by == "office" else f"{rule.yardstick} (owed by job-seeker)",
            *(str(getattr(found.counts[rule.key], state)) for state in ("met", "late", "missed", "open", "void")),
            "–" if (rate := found.counts[rule.key].rate) is None else f"{float(rate):.1%}",
            str(found.cases_missed[rule.key]),
            found.verdict(rule) or "–",
        )
        for rule in found.standard.rules
    ]
    headings = ("Requirement", "Yardstick", "Met", "Late", "Missed", "Open", "Void", "Rate", "Cases", "Verdict")
    overall = [f"overall, {yardstick}: {verdict}" for yardstick, verdict in found.by_yardstick().items()]
    about = f"{found.standard.id}: {found.cases} cases, {found.events} events, as of {found.as_dict()['as_of']}"
    console = Console()
    if not console.is_terminal:
        # One line a requirement, unwrapped, for whatever reads it.
        widths = [max(len(row[place]) for row in [headings, *rows]) for place in range(len(headings))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [headings, *rows]
        ]
        sys.stdout.write("\n".join([about, *(line.rstrip() for line in lines), *overall]) + "\n")
        return
    table = Table(title=about, title_justify="left")
    for heading in headings:
        table.add_column(heading, justify="left" if heading in {"Requirement", "Yardstick", "Verdict"} else "right")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    for line in overall:
        console.print(line)
