"""The kinds of value a registration asks for: cleaned of what nobody typed on purpose, within limits, sane in time.

Problems carry codes (`docs/registration.md` lists them), never sentences: words belong to the pages. No Django here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, ValidationInfo
from pydantic_core import PydanticCustomError

EARLIEST_YEAR = 1900
YEARS_AHEAD = 10
"""How far ahead a running education may end."""
JOB_YEARS_AHEAD = 2
"""How far ahead the last day of a job under notice may lie."""

LINE, LONG_LINE, TEXT = 100, 200, 2_000

_UNSEEN = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad\u2028\u2029")
"""Marks that turn the direction of what follows, or are not there to be seen; joiners (Persian, emoji) are kept."""
_GONE = frozenset(("Cc", "Cs", "Co", "Cn"))

H = TypeVar("H", bound=Hashable)


def problem(code: str, **numbers: int) -> PydanticCustomError:
    """An error with a code of ours; pydantic wants a sentence, which nobody is shown."""
    return PydanticCustomError(code, "refused", numbers or None)


def cleaned(text: str) -> str:
    """Without control characters, half surrogate pairs and direction marks; composed; every line end a `\\n`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (each for each in text if each == "\n" or not (each in _UNSEEN or unicodedata.category(each) in _GONE))
    return unicodedata.normalize("NFC", "".join(kept))


def one_line(value: Any) -> Any:
    return " ".join(cleaned(value).split()) if isinstance(value, str) else value


def several_lines(value: Any) -> Any:
    """Each line without space around it, and no more than one empty line in a row."""
    if not isinstance(value, str):
        return value
    lines = "\n".join(" ".join(line.split()) for line in cleaned(value).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def _phone(value: Any) -> Any:
    if not isinstance(value, str) or not (digits := re.sub(r"[\s().\-–/]", "", cleaned(value))):
        return "" if isinstance(value, str) else value
    digits = re.sub(r"^00(?=[0-9]{8})", "+", digits)
    if not re.fullmatch(r"\+?[0-9]{8,15}", digits):
        raise problem("not_a_phone")
    return digits


def _email(value: str) -> str:
    if value and not re.fullmatch(r"[^\s@<>\"(),:;\[\]\\]{1,64}@(?:[^\s@.<>\"(),:;\[\]\\]+\.)+[^\s@.\d]{2,}", value):
        raise problem("not_an_email")
    return value


_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>\d{4})")
_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})|(?P<m2>\d{1,2})[./ ](?P<y2>\d{4})")


def _day(value: Any) -> date:
    """From `2012-03-01` or `1.3.2012`; `31.2.2012` is written as a date, and there is none."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    found = _DAY.fullmatch(one_line(value)) if isinstance(value, str) else None
    if found is None:
        raise problem("not_a_date")
    parts = found.groupdict()
    return _date(*(int(parts[part] or parts[f"{part}2"]) for part in "ymd"), code="no_such_date")


def _month(value: Any) -> date:
    """The first day of a month, from `2012-03`, `3.2012` or any of its days."""
    found = _MONTH.fullmatch(one_line(value)) if isinstance(value, str) else None
    if found is None:
        try:
            return _day(value).replace(day=1)
        except PydanticCustomError as error:
            raise problem("not_a_month") from error
    parts = found.groupdict()
    return _date(int(parts["y"] or parts["y2"]), int(parts["m"] or parts["m2"]), 1, code="not_a_month")


def _date(year: int, month: int, day: int, *, code: str) -> date:
    try:
        made = date(year, month, day)
    except ValueError as error:
        raise problem(code) from error
    if year < EARLIEST_YEAR:
        raise problem("too_early", year=EARLIEST_YEAR)
    return made


def today_of(info: ValidationInfo) -> date | None:
    """The day it is held against. None where stored answers are read again: what was sane when sent stays readable."""
    return info.context["today"] if info.context else None


def _not_future(value: date, info: ValidationInfo) -> date:
    today = today_of(info)
    if today is not None and value > today:
        raise problem("in_future")
    return value


def _year_not_future(value: int, info: ValidationInfo) -> int:
    today = today_of(info)
    if today is not None and value > today.year:
        raise problem("in_future")
    return value


def _not_far_ahead(years: int) -> Callable[[Any, ValidationInfo], Any]:
    def check(value: Any, info: ValidationInfo) -> Any:
        today = today_of(info)
        if today is not None and (value.year if isinstance(value, date) else value) > today.year + years:
            raise problem("too_late", year=today.year + years)
        return value

    return check


def _whole(value: Any) -> Any:
    """A year typed with space around it, and never a truth value taken for one."""
    if isinstance(value, bool | float):
        raise problem("not_a_year")
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{4}", text := one_line(value)):
        raise problem("not_a_year")
    return int(text)


def _from_earliest(value: int) -> int:
    if value < EARLIEST_YEAR:
        raise problem("too_early", year=EARLIEST_YEAR)
    return value


def once(values: Iterable[H]) -> tuple[H, ...]:
    """Each once, where it stood first."""
    return tuple(dict.fromkeys(values))


def in_order(codes: Iterable[str]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Ticked codes, each once, in the order of the list: the order of ticking says nothing."""
    place = {code: at for at, code in enumerate(codes)}
    return lambda ticked: tuple(sorted(set(ticked), key=place.__getitem__))


Line = Annotated[str, Field(max_length=LINE), BeforeValidator(one_line)]
LongLine = Annotated[str, Field(max_length=LONG_LINE), BeforeValidator(one_line)]
Text = Annotated[str, Field(max_length=TEXT), BeforeValidator(several_lines)]
Phone = Annotated[str, BeforeValidator(_phone)]
Email = Annotated[str, Field(max_length=LONG_LINE), AfterValidator(_email), BeforeValidator(one_line)]
StyrkCode = Annotated[str, Field(pattern=r"^[0-9]{1,4}$"), BeforeValidator(one_line)]

Day = Annotated[date, BeforeValidator(_day)]
PastDay = Annotated[Day, AfterValidator(_not_future)]
_MonthAsText = PlainSerializer(lambda month: f"{month:%Y-%m}", return_type=str, when_used="json")
PastMonth = Annotated[date, BeforeValidator(_month), AfterValidator(_not_future), _MonthAsText]
JobMonth = Annotated[date, BeforeValidator(_month), AfterValidator(_not_far_ahead(JOB_YEARS_AHEAD)), _MonthAsText]
_Year = Annotated[int, BeforeValidator(_whole), AfterValidator(_from_earliest)]
PastYear = Annotated[_Year, AfterValidator(_year_not_future)]
EducationYear = Annotated[_Year, AfterValidator(_not_far_ahead(YEARS_AHEAD))]
