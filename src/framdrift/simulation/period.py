"""The days of a simulated period: which are working days, and which instant a local minute of a day is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

_OSLO = ZoneInfo("Europe/Oslo")
_MINUTE = 60_000_000
# An office does not start empty on the first day of a log: it has worked for a year, with cases that are not logged.
WARM_UP_DAYS = 364
# A person at work takes the long holiday in these months; the rest falls anywhere in the year.
SUMMER = (7, 8)


class Period:
    """Days are counted from the first day of the warm-up; ``opens`` is the first day that is logged.

    A minute of a day is counted from midnight as the clock shows it from five in the morning, so that the hours of work
    stay where they are on the days the clocks change. Instants are microseconds UTC.
    """

    def __init__(self, start: date, end: date) -> None:
        first = start - timedelta(days=WARM_UP_DAYS)
        self.opens = WARM_UP_DAYS
        self.days = (end - first).days + 1
        self.dates = [first + timedelta(days=day) for day in range(self.days)]
        free = holidays.country_holidays("NO", years=range(first.year, end.year + 1))
        self.weekday = [day.weekday() for day in self.dates]
        self.working = [day.weekday() < 5 and day not in free for day in self.dates]
        self._midnight = [
            int(datetime.combine(day, time(12), _OSLO).timestamp()) * 1_000_000 - 720 * _MINUTE for day in self.dates
        ]
        after = datetime.combine(end + timedelta(days=1), time(0), _OSLO)
        self.closes = int(after.timestamp()) * 1_000_000

    def instant(self, day: int, minute: float) -> int:
        return self._midnight[day] + int(minute * _MINUTE)

    def next_working(self, day: int) -> int:
        """The first working day on or after ``day``; the period's end where there is none."""
        while day < self.days and not self.working[day]:
            day += 1
        return day
