"""The calendar once more, by rules that can be read off a wall calendar: what the naive evaluator counts days with.

It shares nothing with ``framdrift.standard``: summer time by the rule of the European Union (in force in Norway since
1996, so no test has an earlier date), month ends by asking each date in turn, movable feasts by the computus.
"""

import re
from datetime import UTC, date, datetime, timedelta

DAY = timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)


def last_sunday(year, month):
    day = date(year, month, 31)
    while day.isoweekday() != 7:
        day -= DAY
    return day


def oslo_offset(instant):
    """Two hours from 01:00 UTC on March's last Sunday to 01:00 UTC on October's, else one."""
    utc = instant.astimezone(UTC)
    spring, autumn = (
        datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
        for day in (last_sunday(utc.year, 3), last_sunday(utc.year, 10))
    )
    return timedelta(hours=2 if spring <= utc < autumn else 1)


def oslo_clock(instant):
    """What the clock on the wall shows, without a zone."""
    return (instant.astimezone(UTC) + oslo_offset(instant)).replace(tzinfo=None)


def oslo_date(instant):
    return oslo_clock(instant).date()


def oslo_text(instant):
    hours = oslo_offset(instant) // timedelta(hours=1)
    return f"{oslo_clock(instant).isoformat()}+0{hours}:00"


def midnight(day):
    """The instant at which a local day begins: one of the two offsets brings the clock to 00:00 of that day."""
    noon_less = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return next(
        instant
        for instant in (noon_less - timedelta(hours=2), noon_less - timedelta(hours=1))
        if oslo_clock(instant) == datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a wall clock has no zone
    )


def end_of_day(day):
    return midnight(day + DAY) - MICROSECOND


def easter_sunday(year):
    """The anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_holiday(day):
    """Lov om helligdager (1995) § 2, and 1 and 17 May by the law of 1947."""
    if (day.month, day.day) in {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}:
        return True
    # Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday.
    return (day - easter_sunday(day.year)).days in {-3, -2, 0, 1, 39, 49, 50}


def is_working_day(day):
    return day.isoweekday() <= 5 and not is_holiday(day)


def months_later(day, months):
    """The same day number so many months on, or the last day that month has."""
    month = day.month + months
    year = day.year + (month - 1) // 12
    month = (month - 1) % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def due(start, period):
    """The last of ``period`` from ``start``: a local date, or for a period with a time part an instant."""
    if "T" in period:
        units = {"W": 0, "D": 0, "H": 0, "M": 0, "S": 0} | {
            unit: int(number) for number, unit in re.findall(r"(\d+)([WDHMS])", period)
        }
        return start + timedelta(
            weeks=units["W"], days=units["D"], hours=units["H"], minutes=units["M"], seconds=units["S"]
        )
    day = oslo_date(start)
    units = {unit: int(number) for number, unit in re.findall(r"(\d+)([YMWDB])", period)}
    if "B" in units:
        left = units["B"]
        while left > 0:
            day += DAY
            if is_working_day(day):
                left -= 1
        return day
    day = months_later(day, 12 * units.get("Y", 0) + units.get("M", 0))
    return day + timedelta(days=7 * units.get("W", 0) + units.get("D", 0))


def in_time(instant, limit):
    """On or before the due date, or for a span of time the due instant."""
    return instant <= limit if isinstance(limit, datetime) else oslo_date(instant) <= limit
