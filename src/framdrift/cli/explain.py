"""`framdrift explain`: one case of a log, each thing that was owed in a sentence."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from framdrift.cli.conformity import AsOf, KnownAt, Mapped, Named
from framdrift.cli.options import columns, moment
from framdrift.events import UserError


class Language(StrEnum):
    nb = "nb"
    en = "en"


_NOTHING = {
    Language.nb: "Ingen krav i standarden gjelder denne saken.",
    Language.en: "No rule of the standard speaks of this case.",
}


def register(app: typer.Typer) -> None:
    app.command("explain")(explain)


def explain(
    *,
    log: Annotated[Path, typer.Option("--log", help="A log: CSV, Parquet or NDJSON, plain, gzipped or zipped.")],
    case: Annotated[str, typer.Option(help="The case's id in the log.")],
    standard: Named = None,
    mapping: Mapped = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    language: Annotated[Language, typer.Option(help="Norwegian bokmål or English.")] = Language.nb,
) -> None:
    """Explain one case: what asked for each thing, what was due when, what met it or not, by which rule and source."""
    from framdrift import standard as standards
    from framdrift.events import open_log
    from framdrift.standard.explanation import explain as explained

    seen, known = moment("--as-of", as_of), moment("--known-at", known_at)
    named = standards.load(standard) if standard else None
    with open_log(log, columns(mapping)) as opened:
        events = opened.case(case)
        if not events:
            raise UserError(f"{log}: there is no case {case!r} in it. Write its id as the column for case_id has it.")
        last = standards.last_day(opened, seen)
        held = named or standards.standard_in_force(last)
        told = explained(held, events, as_of=seen or last, known_at=known, language=language.value)
    for _, text in told:
        sys.stdout.write(text + "\n")
    if not told:
        none = (
            "Ingen krav i standarden gjelder denne saken."
            if language == "nb"
            else "No rule of the standard speaks of this case."
        )
        sys.stdout.write(none + "\n")
