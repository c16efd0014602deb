"""`framdrift figures`: the stored figures of the conformity pages, computed; every night by cron, or when one asks."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command("figures")(figures)


def figures(
    *,
    office: Annotated[list[str] | None, typer.Option(help="An office's code; may be given several times.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every office.")] = False,
    standard: Annotated[
        str | None, typer.Option(help="A standard that ships; without it the one in force on the day measured.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Measure as of the end of this day; without it, now.", metavar="DATE")
    ] = None,
    report: Annotated[
        uuid.UUID | None, typer.Option(help="Carry out what a page has asked for.", metavar="ID", hidden=True)
    ] = None,
    memory: Annotated[str | None, typer.Option(help="Memory to stay within, e.g. 2GB; the rest is spilled.")] = None,
    spill: Annotated[Path | None, typer.Option(help="Folder for what does not fit in memory.")] = None,
) -> None:
    """Compute the figures of the conformity pages and store them. Run it every night for all offices."""
    from framdrift.cli.records import reach_records
    from framdrift.events import UserError

    reach_records("framdrift_worker")
    from django.utils import timezone

    from framdrift.casework.conformity import actions, queries
    from framdrift.standard import profiles, standard_in_force

    if report is not None:
        actions.compute(report, clock=timezone.now, memory_limit=memory, spill=spill)
        return
    known = {each.code for each in queries.offices()}
    wanted = sorted(known) if every else office or []
    if not wanted:
        raise UserError("No office is named. Name one with --office, or take --all of them.")
    if strange := [code for code in wanted if code not in known]:
        raise UserError(f"There is no office {strange[0]!r}. Offices: {', '.join(sorted(known)) or 'none yet'}.")
    moment = _end_of(as_of) if as_of else None
    chosen = standard or standard_in_force((moment or timezone.now()).date()).id
    if chosen not in profiles():
        raise UserError(f"There is no standard {chosen!r}. Standards that ship: {', '.join(profiles())}.")
    for code in wanted:
        asked, is_new = actions.request(actor=None, office=code, standard=chosen, at=timezone.now())
        if not is_new:
            typer.echo(f"{code}: is being computed already.")
            continue
        actions.compute(asked, clock=timezone.now, as_of=moment, memory_limit=memory, spill=spill)
        typer.echo(f"{code}: computed under {chosen}.")


def _end_of(text: str) -> datetime:
    """The end of a local day in Norway. Raises UserError for what is not a date."""
    from datetime import time, timedelta
    from zoneinfo import ZoneInfo

    from framdrift.events import UserError

    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"--as-of {text!r} is not a date. Write it as 2013-12-31.") from error
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo("Europe/Oslo")) - timedelta(microseconds=1)
