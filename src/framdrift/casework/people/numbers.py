"""National identity numbers: read and checked, and made for demonstrations, of synthetic series alone.

Eleven digits: day, month, year, individual number of three, two control digits. Persons without a number of their own
have a d-number, whose day stands 40 higher. Synthetic series, which belong to nobody, add to the month: Skatteetaten's
Tenor 80, NAV's Dolly 40, others 65. A month plus 40 is also how health care writes the numbers it lends to patients,
so those are synthetic here and refused nowhere. The rule is the one in force until 2032, when new numbers stop telling
sex and their first control digit is reckoned otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Literal

Kind = Literal["national", "d-number"]
Sex = Literal["female", "male"]
Series = Literal["real", "month+40", "month+65", "month+80"]
Why = Literal["not_eleven_digits", "control_digits", "no_such_date", "no_such_century", "real_person"]

OURS: Series = "month+80"
"""The only series that we make."""

_LENGTH = 11
_D_NUMBER = 40
_MONTH_ADDED: dict[Series, int] = {"real": 0, "month+40": 40, "month+65": 65, "month+80": 80}
_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
# First and last individual number, first and last year of birth. Where a year has two, the first is used up first.
_CENTURIES = ((0, 499, 1900, 1999), (900, 999, 1940, 1999), (500, 999, 2000, 2039), (500, 749, 1854, 1899))
# What people put between the parts: spaces (the narrow and the non-breaking too), full stops, hyphens.
_BETWEEN = re.compile(r"[\s.\-‐-–]+")

_SENTENCES: dict[Why, str] = {
    "not_eleven_digits": "a national identity number has eleven digits",
    "control_digits": "the control digits do not fit the others: a digit is wrong or two have changed places",
    "no_such_date": "the first six digits are no date of birth, nor one of a synthetic series",
    "no_such_century": "no individual number of that range was given to anybody born that year",
    "real_person": (
        "the number is of the series that living people have; here only synthetic numbers are taken "
        "(month + 80, 65 or 40), so that nobody's real number ever lies in a demonstration or a test"
    ),
}


class NumberError(ValueError):
    """Why a text is no number that we take. `reason` is for the page to put in words; neither holds the number."""

    def __init__(self, reason: Why) -> None:
        super().__init__(_SENTENCES[reason])
        self.reason: Why = reason


@dataclass(frozen=True, slots=True)
class Number:
    """A number that holds together. Its digits stay out of its repr, and so out of logs and tracebacks."""

    digits: str = field(repr=False)
    kind: Kind
    series: Series
    birth_date: date = field(repr=False)
    sex: Sex = field(repr=False)

    @property
    def is_synthetic(self) -> bool:
        return self.series != "real"


def read_number(text: str, *, allow_real: bool = False) -> Number:
    """The number as written, or with space, full stop or hyphen between its parts. Raises NumberError.

    `allow_real` belongs to the installation: only a register in use holds living people, never a demonstration.
    """
    digits = _BETWEEN.sub("", text)
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdigit()):
        raise NumberError("not_eleven_digits")
    if digits[9:] != control_digits(digits[:9]):
        raise NumberError("control_digits")
    day, month, two_of_year, individual = int(digits[:2]), int(digits[2:4]), int(digits[4:6]), int(digits[6:9])
    kind: Kind = "d-number" if day > _D_NUMBER else "national"
    series = _series(month)
    year = _year(two_of_year, individual)
    try:
        born = date(year, month - _MONTH_ADDED[series], day - (_D_NUMBER if kind == "d-number" else 0))
    except ValueError:
        raise NumberError("no_such_date") from None
    if series == "real" and not allow_real:
        raise NumberError("real_person")
    return Number(digits, kind, series, born, "male" if individual % 2 else "female")


def synthetic(birth_date: date, sex: Sex, serial: int, *, kind: Kind = "national") -> str:
    """The number of that place in `every_synthetic`. Raises LookupError past the last one, some 200 to 250."""
    found = next(islice(every_synthetic(birth_date, sex, kind=kind), serial, None), None)
    if found is None:
        raise LookupError(f"no synthetic number of place {serial} for that day and sex")
    return found


def every_synthetic(birth_date: date, sex: Sex, *, kind: Kind = "national") -> Iterator[str]:
    """All numbers of series month+80 that somebody born that day may have, each once, in order of their series."""
    day = birth_date.day + (_D_NUMBER if kind == "d-number" else 0)
    start = f"{day:02}{birth_date.month + _MONTH_ADDED[OURS]:02}{birth_date.year % 100:02}"
    for first, last, from_year, to_year in _CENTURIES:
        if from_year <= birth_date.year <= to_year:
            for individual in range(first + (sex == "male"), last + 1, 2):
                nine = f"{start}{individual:03}"
                if ending := control_digits(nine):
                    yield nine + ending


def control_digits(nine: str) -> str | None:
    """The two digits that follow these nine: each makes a weighted sum divisible by 11. None where that takes a ten."""
    whole = nine
    for weights in _WEIGHTS:
        rest = -sum(weight * int(digit) for weight, digit in zip(weights, whole, strict=True)) % 11
        if rest == 10:
            return None
        whole += str(rest)
    return whole[9:]


def _series(month: int) -> Series:
    for series, added in _MONTH_ADDED.items():
        if added < month <= added + 12:
            return series
    raise NumberError("no_such_date")


def _year(two_of_year: int, individual: int) -> int:
    for first, last, from_year, to_year in _CENTURIES:
        year = from_year // 100 * 100 + two_of_year
        if first <= individual <= last and from_year <= year <= to_year:
            return year
    raise NumberError("no_such_century")
