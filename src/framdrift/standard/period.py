"""Periods of a standard: calendar dates in Norway, working days, or spans of time.

Source: the contract, section 2. A period without a time part counts local calendar dates; `P5B` counts working days;
a period with a time part compares instants.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from framdrift.standard.calendar import add_working_days, local_date

_DATES = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_WORKING_DAYS = re.compile(r"P(\d+)B")
_SPAN = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?")
_MOST_DAYS = 36_600

Unit = Literal["dates", "working_days", "span"]


class PeriodError(ValueError):
    """Not a period; says what one looks like."""


@dataclass(frozen=True, slots=True)
class Period:
    """A parsed period. ``months`` and ``days`` count for dates, ``days`` for working days, ``seconds`` for a span."""

    text: str
    unit: Unit
    months: int = 0
    days: int = 0
    seconds: int = 0

    def due(self, start: datetime) -> date | datetime:
        """When what is owed from ``start`` is due: a local date, or for a span an instant."""
        if self.unit == "span":
            return start + timedelta(seconds=self.seconds)
        day = local_date(start)
        return add_working_days(day, self.days) if self.unit == "working_days" else self.after(day)

    def after(self, day: date) -> date:
        """The date this period of dates after ``day``: a month later is the same day number or the month's last day."""
        total = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(total, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + timedelta(days=self.days)


def parse_period(text: str) -> Period:
    """Reads `P14D`, `P3M`, `P12W`, `P1Y6M`, `P5B` or `PT120H`. Raises PeriodError for anything else."""
    if found := _WORKING_DAYS.fullmatch(text):
        return _bounded(Period(text, "working_days", days=int(found[1])))
    if (found := _DATES.fullmatch(text)) and any(found.groups()):
        years, months, weeks, days = (int(part or 0) for part in found.groups())
        return _bounded(Period(text, "dates", months=12 * years + months, days=7 * weeks + days))
    if (found := _SPAN.fullmatch(text)) and any(found.groups()[2:]):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        span = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
        return _bounded(Period(text, "span", seconds=span))
    raise PeriodError("a period: P14D, P3M, P12W (calendar), P5B (working days) or PT120H (hours)")


def _bounded(period: Period) -> Period:
    """A century is the longest period a rule may have: beyond it dates leave the calendar."""
    if period.months * 31 + period.days + period.seconds // 86_400 > _MOST_DAYS:
        raise PeriodError("a period of at most a hundred years")
    return period
