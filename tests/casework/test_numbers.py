"""National identity numbers, held to a second reading by table. No test names a number that anybody living may have."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from framdrift.casework.people.numbers import NumberError, control_digits, every_synthetic, read_number, synthetic

BORN = st.dates(date(1900, 1, 1), date(2039, 12, 31))
SEX = st.sampled_from(["female", "male"])
KIND = st.sampled_from(["national", "d-number"])
SERIAL = st.integers(0, 190)


def every_way_to_write_a_day():
    """The six digits of each day from 1854 on, in every series: the days, and what was added to the month."""
    written = {}
    for number in range((date(2040, 1, 1) - date(1854, 1, 1)).days):
        day = date(1854, 1, 1) + timedelta(days=number)
        for added in (0, 40, 65, 80):
            for lent in (0, 40):
                six = f"{day.day + lent:02}{day.month + added:02}{day.year % 100:02}"
                written.setdefault(six, []).append((day, added))
    return written


WRITTEN = every_way_to_write_a_day()


def read_by_hand(digits):
    """(kind, series, born, sex) the long way round, or the reason why not: the day is looked for among all days."""
    if sum(int(d) * w for d, w in zip(digits, (3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), strict=True)) % 11:
        return "control_digits"
    if sum(int(d) * w for d, w in zip(digits, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11:
        return "control_digits"
    individual = int(digits[6:9])
    fitting = [
        (day, added)
        for day, added in WRITTEN.get(digits[:6], [])
        if (day.year < 1900 and 500 <= individual <= 749)
        or (1900 <= day.year <= 1999 and individual <= 499)
        or (1940 <= day.year <= 1999 and individual >= 900)
        or (day.year >= 2000 and individual >= 500)
    ]
    if not fitting:
        return "no such"
    ((day, added),) = fitting
    kind = "d-number" if int(digits[0]) >= 4 else "national"
    return kind, f"month+{added}" if added else "real", day, "female" if int(digits[8]) % 2 == 0 else "male"


def with_control_digits(nine):
    ending = control_digits(nine)
    assume(ending is not None)
    return nine + ending


def reason(text, **how):
    with pytest.raises(NumberError) as refused:
        read_number(text, **how)
    return refused.value.reason


@given(BORN, SEX, SERIAL, KIND)
def test_a_number_that_we_make_tells_what_it_was_made_of(born, sex, serial, kind):
    number = read_number(synthetic(born, sex, serial, kind=kind))
    assert (number.birth_date, number.sex, number.kind) == (born, sex, kind)
    assert number.series == "month+80"
    assert number.is_synthetic


@settings(max_examples=5)
@given(BORN, SEX)
def test_each_place_has_a_number_of_its_own(born, sex):
    numbers = [synthetic(born, sex, serial) for serial in range(190)]
    assert len(set(numbers)) == 190
    assert numbers == list(every_synthetic(born, sex))[:190]


def test_past_the_last_one_there_is_none():
    born = date(1990, 5, 17)
    with pytest.raises(LookupError):
        synthetic(born, "female", len(list(every_synthetic(born, "female"))))


@given(st.integers(0, 999_999_999).map("{:09}".format))
def test_any_nine_digits_are_read_as_by_hand(nine):
    digits = with_control_digits(nine)
    by_hand = read_by_hand(digits)
    if by_hand == "no such":
        assert reason(digits, allow_real=True) in ("no_such_date", "no_such_century")
        return
    number = read_number(digits, allow_real=True)
    assert by_hand == (number.kind, number.series, number.birth_date, number.sex)


@given(
    st.dates(date(1940, 1, 1), date(2039, 12, 31)),
    st.sampled_from([40, 65, 80]),
    st.booleans(),
    st.integers(0, 99),
)
def test_synthetic_series_of_others_are_read_and_told_apart(born, added, lent, low):
    individual = low + (900 if born.year < 2000 else 500)
    day = born.day + (40 if lent else 0)
    number = read_number(
        with_control_digits(f"{day:02}{born.month + added:02}{born.year % 100:02}{individual:03}"), allow_real=False
    )
    assert (number.series, number.birth_date) == (f"month+{added}", born)
    assert number.kind == ("d-number" if lent else "national")


@given(BORN, SEX, SERIAL, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born, sex, serial, place, further):
    digits = synthetic(born, sex, serial)
    wrong = str((int(digits[place]) + further) % 10)
    assert reason(digits[:place] + wrong + digits[place + 1 :], allow_real=True) == "control_digits"


@given(BORN, SEX, SERIAL, st.integers(0, 9))
def test_two_neighbours_that_changed_places_are_always_found(born, sex, serial, place):
    digits = synthetic(born, sex, serial)
    first, second = digits[place], digits[place + 1]
    assume(first != second)
    assert reason(digits[:place] + second + first + digits[place + 2 :], allow_real=True) == "control_digits"


@given(st.dates(date(2035, 1, 1), date(2039, 12, 31)), st.integers(500, 999), st.booleans())
def test_a_number_of_the_living_is_taken_only_where_the_installation_is_a_register_in_use(born, individual, lent):
    """Nobody has these yet: the day of birth lies ahead."""
    day = born.day + (40 if lent else 0)
    digits = with_control_digits(f"{day:02}{born.month:02}{born.year % 100:02}{individual:03}")
    assert reason(digits) == "real_person"
    number = read_number(digits, allow_real=True)
    assert (number.series, number.birth_date, number.is_synthetic) == ("real", born, False)


@given(st.text(max_size=14))
def test_whatever_is_written_is_read_or_refused(text):
    with suppress(NumberError):
        assert read_number(text).digits.isascii()


@pytest.mark.parametrize("between", ["", " ", "\u00a0", "\u202f", "-", "–", ".", "  "])
def test_space_and_hyphen_between_the_parts_are_as_people_write_it(between):
    digits = synthetic(date(1985, 2, 3), "female", 7)
    assert read_number(f" {digits[:6]}{between}{digits[6:]} ").digits == digits


@pytest.mark.parametrize(
    "text", ["", "8135", "1" * 10, "1" * 12, "abcdefghijk", "١" * 11, "1" * 10 + "²", "0x000000000"]
)
def test_eleven_digits_and_nothing_else(text):
    assert reason(text) == "not_eleven_digits"


@pytest.mark.parametrize(
    ("six", "individual", "why"),
    [
        ("308205", 500, "no_such_date"),  # 30 February
        ("298205", 500, "no_such_date"),  # no leap year
        ("008105", 500, "no_such_date"),
        ("408105", 500, "no_such_date"),  # day 0 of a d-number
        ("018005", 500, "no_such_date"),  # month 0
        ("019305", 500, "no_such_date"),  # month 13
        ("011305", 500, "no_such_date"),
        ("018145", 600, "no_such_century"),
        ("018150", 800, "no_such_century"),
    ],
)
def test_dates_and_centuries_that_are_none(six, individual, why):
    nine = next(f"{six}{number}" for number in range(individual, individual + 50) if control_digits(f"{six}{number}"))
    assert reason(nine + str(control_digits(nine)), allow_real=True) == why


@pytest.mark.parametrize(
    ("individual", "two_of_year", "year"),
    [
        *[(500, "54", 1854), (749, "99", 1899), (0, "00", 1900), (0, "39", 1939), (499, "99", 1999)],
        *[(900, "40", 1940), (999, "99", 1999), (500, "00", 2000), (999, "39", 2039)],
    ],
)
def test_the_individual_number_tells_the_century(individual, two_of_year, year):
    """At the ends of each range, on the first day of that year whose control digits exist."""
    nine = next(
        start
        for start in (
            f"{day:02}{month + 80:02}{two_of_year}{individual:03}" for month in (1, 2, 3) for day in range(1, 29)
        )
        if control_digits(start)
    )
    assert read_number(nine + str(control_digits(nine))).birth_date.year == year


def test_control_digits_reckoned_on_paper():
    """3·1+7·1+6·8+1·1+8·8+9·1+4·0+5·0+2·1 = 134, and 134+9 = 13·11.
    5·1+4·1+3·8+2·1+7·8+6·1+5·0+4·0+3·1+2·9 = 118, and 118+3 = 11·11."""
    assert control_digits("118181001") == "93"


def test_the_digits_stay_out_of_the_repr_and_of_the_refusal():
    digits = synthetic(date(1985, 2, 3), "female", 7)
    assert digits not in repr(read_number(digits))
    assert "1985" not in repr(read_number(digits))
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    with pytest.raises(NumberError) as refused:
        read_number(wrong)
    assert wrong not in str(refused.value)
