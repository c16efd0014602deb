"""`framdrift import`: what outside systems have written, taken in record by record with a report of what was refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from framdrift.cli.records import reach_records

if TYPE_CHECKING:
    from framdrift.casework.registration.documents_reading import Unknown
    from framdrift.casework.registration.importing import Outcome

SOME_REFUSED = 1
MOST_LISTED = 10_000
"""Of the refused records in a JSON report, and of the different unknown values in any: all are counted."""


class Format(StrEnum):
    text = "text"
    json = "json"


Form = Annotated[Format, typer.Option("--format", help="How to print the report.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Take in what other systems have written.", no_args_is_help=True)
    group.command("registrations")(registrations)
    group.command("occupations")(occupations)
    app.add_typer(group, name="import")


def registrations(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="JSON or NDJSON, plain or gzipped.")],
    office: Annotated[str, typer.Option(help="The code of the office that follows these people up.")],
    form: Form = Format.text,
) -> None:
    """Take the national register's documents into an office, each once; who they are about is told by its staff."""
    from framdrift.casework.registration.documents_files import look_at

    sources = [look_at(file) for file in files]
    reach_records("framdrift_worker")
    from django.utils import timezone

    from framdrift.casework.registration.documents_files import records
    from framdrift.casework.registration.importing import office_to_import_to, take

    place = office_to_import_to(office)
    report = _Report(office, form)
    with _progress(sum(source.size for source in sources)) as advance:
        for source in sources:
            for record in records(source, progress=advance):
                report.count(source.name, take(record, office=place, now=timezone.now()))
    report.print()
    if report.refused:
        raise typer.Exit(SOME_REFUSED)


@dataclass(slots=True)
class _Seen:
    """Something unknown: how often, and where first."""

    times: int
    file: str
    record: int


@dataclass
class _Report:
    office: str
    form: Format
    taken: dict[str, int] = field(default_factory=dict)
    records: int = 0
    refused: int = 0
    refusals: list[dict[str, Any]] = field(default_factory=list)
    unknown: dict[Unknown, _Seen] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def count(self, file: str, outcome: Outcome) -> None:
        self.records += 1
        if file not in self.files[-1:]:
            self.files.append(file)
        if outcome.taken is None:
            self._refuse(file, outcome)
            return
        self.taken[outcome.taken] = self.taken.get(outcome.taken, 0) + 1
        for each in outcome.document.unknown if outcome.document else ():
            if each in self.unknown:
                self.unknown[each].times += 1
            elif len(self.unknown) < MOST_LISTED:
                self.unknown[each] = _Seen(1, file, outcome.record.number)

    def _refuse(self, file: str, outcome: Outcome) -> None:
        self.refused += 1
        where = {"file": file, "record": outcome.record.number, "line": outcome.record.line}
        if self.form is Format.text:
            for problem in outcome.problems:
                about = f"{file}, record {where['record']}, line {where['line']}"
                sys.stderr.write(f"REFUSED  {about}: {problem}\n")
        elif len(self.refusals) < MOST_LISTED:
            self.refusals.append({**where, "problems": [asdict(problem) for problem in outcome.problems]})

    def print(self) -> None:
        sys.stdout.write(self._json() if self.form is Format.json else self._text())

    def _json(self) -> str:
        unknown = [
            {"field": each.field, "value": each.value or None, **asdict(seen)} for each, seen in self.unknown.items()
        ]
        report = {
            "office": self.office,
            "files": self.files,
            "records": self.records,
            "taken": {kind: self.taken.get(kind, 0) for kind in ("new_case", "change", "completed", "already")},
            "refused": self.refused,
            "refusals": self.refusals,
            "unknown": unknown,
        }
        return json.dumps(report, ensure_ascii=False, indent=2) + "\n"

    def _text(self) -> str:
        counted = [
            (self.taken.get(kind, 0), words)
            for kind, words in (
                ("new_case", "new cases"),
                ("change", "changes in cases"),
                ("completed", "completed"),
                ("already", "taken before"),
            )
        ]
        told = ", ".join(f"{words} {number}" for number, words in [*counted, (self.refused, "refused")] if number)
        lines = [f"Records {self.records}: {told}." if self.records else "There was no record to take."]
        if self.taken.get("new_case"):
            lines.append(f"Who the new cases are about is told by staff: /kontor/{self.office}/uidentifiserte/")
        if self.unknown:
            lines.append("Not known to us, kept as it came:")
        for each, seen in sorted(self.unknown.items(), key=lambda pair: -pair[1].times):
            what = f"{each.field} = {each.value}" if each.value else f"the field {each.field}"
            lines.append(f"  {what}: {seen.times}, first in {seen.file}, record {seen.record}")
        return "\n".join(lines) + "\n"


def occupations(
    file: Annotated[Path, typer.Argument(help="STYRK-08 as Statistics Norway publishes it: JSON or CSV.")],
    form: Form = Format.text,
) -> None:
    """Load the official names of occupations, which are searched beside our everyday titles."""
    reach_records("framdrift_worker")
    from django.utils import timezone

    from framdrift.casework.occupations.actions import replace_official_names
    from framdrift.casework.occupations.classification import read_classification

    found = read_classification(file)
    gone = replace_official_names(names=found.names, now=timezone.now())
    if form is Format.json:
        report = {
            "file": str(file),
            "taken": len(found.names),
            "gone": gone,
            "groups_above": found.above,
            "refused": len(found.refused),
            "refusals": [asdict(row) for row in found.refused],
        }
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    else:
        for row in found.refused:
            sys.stderr.write(f"REFUSED  {file}, {row}\n")
        also = [f"no longer there {gone}"] * bool(gone) + [f"refused {len(found.refused)}"] * bool(found.refused)
        sys.stdout.write(", ".join([f"Occupations loaded: {len(found.names)}", *also]) + ".\n")
    if found.refused:
        raise typer.Exit(SOME_REFUSED)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal's stderr; nothing elsewhere, where the report tells what was done."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("Taking registrations", total=total)
        yield lambda size: bar.advance(task, size)
