"""`framdrift release`: the cases of advisors who have left, freed; every night by cron."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command("release")(release)


def release(
    *,
    office: Annotated[list[str] | None, typer.Option(help="An office's code; may be given several times.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every office.")] = False,
) -> None:
    """Take their cases from advisors who have left, so that those people stand without an advisor from that day on."""
    from framdrift.cli.records import reach_records
    from framdrift.events import UserError

    reach_records("framdrift_worker")
    from django.utils import timezone

    from framdrift.casework.conformity.queries import offices
    from framdrift.casework.responsibility import departures

    known = {each.code for each in offices()}
    wanted = sorted(known) if every else office or []
    if not wanted:
        raise UserError("No office is named. Name one with --office, or take --all of them.")
    if strange := [code for code in wanted if code not in known]:
        raise UserError(f"There is no office {strange[0]!r}. Offices: {', '.join(sorted(known)) or 'none yet'}.")
    for code in wanted:
        typer.echo(f"{code}: cases freed: {departures.release(office=code, now=timezone.now())}.")
