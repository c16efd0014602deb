"""Norway's calendar against a wall calendar: holidays by the law and the computus, summer time by its rule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import almanac
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framdrift.standard import calendar
from framdrift.standard.period import PeriodError, parse_period

YEARS = range(1996, 2051)
INSTANTS = st.datetimes(datetime(1996, 1, 1), datetime(2049, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize("year", YEARS)
def test_every_working_day_of_a_year(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    assert [day for day in days if calendar.is_working_day(day)] == [day for day in days if almanac.is_working_day(day)]


def test_the_holidays_of_2012():
    """As printed in the almanac for 2012; Ascension Day fell on 17 May."""
    assert sorted(calendar.public_holidays(2012)) == [
        date(2012, 1, 1),
        date(2012, 4, 5),
        date(2012, 4, 6),
        date(2012, 4, 8),
        date(2012, 4, 9),
        date(2012, 5, 1),
        date(2012, 5, 17),
        date(2012, 5, 27),
        date(2012, 5, 28),
        date(2012, 12, 25),
        date(2012, 12, 26),
    ]


@given(INSTANTS)
def test_local_dates(instant):
    assert calendar.local_date(instant) == almanac.oslo_date(instant)


@given(st.dates(date(1996, 1, 1), date(2049, 12, 30)))
def test_days_begin_and_end_at_local_midnight(day):
    assert calendar.start_of_day(day) == almanac.midnight(day)
    assert calendar.end_of_day(day) == almanac.end_of_day(day)
    assert calendar.end_of_day(day) + timedelta(microseconds=1) == calendar.start_of_day(day + timedelta(days=1))


@pytest.mark.parametrize(("day", "hours"), [(date(2012, 3, 25), 23), (date(2012, 10, 28), 25), (date(2012, 7, 1), 24)])
def test_days_of_23_and_25_hours(day, hours):
    assert calendar.end_of_day(day) - calendar.start_of_day(day) == timedelta(hours=hours, microseconds=-1)


PERIODS = ["P0D", "P14D", "P1M", "P3M", "P6M", "P11M", "P1Y", "P12W", "P1Y2M3W4D", "P0B", "P1B", "P5B", "PT120H"]
PERIODS += ["P1DT1S", "P1WT1M"]


@given(INSTANTS, st.sampled_from(PERIODS))
def test_due_dates(start, period):
    assert parse_period(period).due(start) == almanac.due(start, period)


@pytest.mark.parametrize(
    ("start", "period", "due"),
    [
        ("2012-01-31", "P1M", "2012-02-29"),
        ("2013-01-31", "P1M", "2013-02-28"),
        ("2012-02-29", "P1Y", "2013-02-28"),
        ("2012-02-29", "P4Y", "2016-02-29"),
        ("2011-08-31", "P6M", "2012-02-29"),
        ("2012-12-31", "P2M", "2013-02-28"),
        ("2012-03-31", "P1M1D", "2012-05-01"),
        ("2012-12-24", "P1B", "2012-12-27"),
        ("2012-04-04", "P1B", "2012-04-10"),
        ("2012-01-01", "P0B", "2012-01-01"),
    ],
)
def test_due_dates_by_hand(start, period, due):
    noon = datetime.fromisoformat(f"{start} 12:00").replace(tzinfo=ZoneInfo("Europe/Oslo"))
    assert parse_period(period).due(noon) == date.fromisoformat(due)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "14D", "P14", "p14d", "P-1D", "P1.5D", "P5BD", "P1MT", "P5B1D", " P1D"]
)
def test_what_is_no_period(text):
    with pytest.raises(PeriodError):
        parse_period(text)
