"""Moments as they are written on the command line."""

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
