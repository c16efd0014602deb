"""Norway's calendar: local dates in Europe/Oslo, working days and public holidays.

Dates of the law are local dates; instants are UTC. A working day is Monday to Friday and not a public holiday.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

OSLO = ZoneInfo("Europe/Oslo")
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def local_date(instant: datetime) -> date:
    """The date in Norway at an aware instant."""
    return instant.astimezone(OSLO).date()


def end_of_day(day: date) -> datetime:
    """The last instant (by microseconds) of a local day, in UTC."""
    return start_of_day(day + _ONE_DAY) - timedelta(microseconds=1)


def start_of_day(day: date) -> datetime:
    """The first instant of a local day, in UTC."""
    return datetime.combine(day, time(), OSLO).astimezone(UTC)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Norway's public holidays in a year, Sundays that are nothing else left out (library: holidays)."""
    return frozenset(holidays.country_holidays("NO", years=year, language="no"))


def is_working_day(day: date) -> bool:
    """Monday to Friday, and not a public holiday."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; ``day`` itself for 0."""
    while count:
        day += _ONE_DAY
        count -= is_working_day(day)
    return day


def utc_offsets(first: datetime, last: datetime) -> list[tuple[datetime, timedelta]]:
    """Norway's offsets from UTC over ``first`` to ``last``: (from this instant on, this offset), in order.

    Found by halving, so that no table of daylight-saving rules of our own can go stale.
    """
    changes = [(first, _offset(first))]
    probe = first
    while probe < last:
        ahead = min(probe + timedelta(days=28), last)
        if _offset(ahead) != changes[-1][1]:
            changes.append(_change(probe, ahead))
        probe = ahead
    return changes


def _change(before: datetime, after: datetime) -> tuple[datetime, timedelta]:
    """The second at which the offset is no longer that of ``before``."""
    low, high = int(before.timestamp()), int(after.timestamp()) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, UTC)) == _offset(before):
            low = middle
        else:
            high = middle
    moment = datetime.fromtimestamp(high, UTC)
    return moment, _offset(moment)


def _offset(instant: datetime) -> timedelta:
    offset = instant.astimezone(OSLO).utcoffset()
    assert offset is not None, "an aware datetime has an offset"  # noqa: S101
    return offset
