"""Moments and mappings as they are written on the command line."""

from __future__ import annotations

from datetime import date, datetime

from framdrift.events import UserError


def moment(option: str, text: str | None) -> date | datetime | None:
    """A date, or an instant; without an offset it is Europe/Oslo. Raises UserError."""
    from framdrift.standard.calendar import OSLO

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            f"{option} {text}: is neither a date like 2013-06-30 nor an instant like 2013-06-30T12:00+02:00."
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=OSLO)


def columns(mapping: list[str] | None) -> dict[str, str]:
    """ours → theirs, of `--map ours=theirs` given any number of times."""
    pairs: dict[str, str] = {}
    for text in mapping or []:
        ours, equals, theirs = text.partition("=")
        if not (ours and equals and theirs):
            raise UserError(f"--map {text}: write ours=theirs, as in --map case_id=CaseNumber.")
        if ours in pairs:
            raise UserError(f"--map {text}: {ours} is mapped twice. Name one column for it.")
        pairs[ours] = theirs
    return pairs
