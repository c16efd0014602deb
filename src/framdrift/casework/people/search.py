"""Finding people of one office by fragments of their name, by number or by date of birth.

Every question names the office itself; row-level security stands behind and is never what narrows the search. Prefixes
are asked for as ranges of bytes, which an index answers under row-level security too; a pattern (LIKE) would not be.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from framdrift.casework.people.models import ContactDetails, Identity, NameWord, SafetyFlag
from framdrift.casework.people.names import fold
from framdrift.casework.people.numbers import NumberError, read_number
from framdrift.casework.people.protection import Protection

PAGE = 25
LONGEST = 100
MOST_WORDS = 6
_SHORTEST_WORD = 2
_EVERYTHING_AFTER = "\U0010ffff"
_DAY = re.compile(r"^(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4}|\d{2})$")
_DIGITS_OF_DAY = re.compile(r"^(\d{2})(\d{2})(\d{4}|\d{2})$")
_BETWEEN_DIGITS = re.compile(r"[\s.\-‐-–]+")

Unclear = Literal["empty", "too_short", "too_many_words", "number", "digits"]


class UnclearSearchError(ValueError):
    """What was written is nothing to search for. Holds no word of it; `why` tells what is wrong with a number."""

    def __init__(self, reason: Unclear, why: str = "") -> None:
        super().__init__(reason)
        self.reason: Unclear = reason
        self.why = why


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched for: all of it has to fit. Words are folded, and each begins some word of the name."""

    words: tuple[str, ...] = field(default=(), repr=False)
    number: str = field(default="", repr=False)
    born: tuple[date, ...] = field(default=(), repr=False)

    @property
    def about(self) -> str:
        """How the access log tells it: names and dates as searched for, of a number the date it begins with alone."""
        if self.number:
            return f"{self.number[:6]} *****"
        return " ".join([*self.words, *(day.isoformat() for day in self.born[:1])])


@dataclass(frozen=True, slots=True)
class Found:
    person: uuid.UUID
    given_name: str
    family_name: str
    birth_date: date | None
    protection: Protection
    interpreter: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Result:
    total: int
    people: tuple[Found, ...]
    before: int
    has_more: bool


def read_search(text: str, *, today: date, allow_real: bool = False) -> Sought:
    """What somebody wrote in the search field: a number, a date of birth, words of a name, or words and a date.

    Raises UnclearSearchError.
    """
    digits = _BETWEEN_DIGITS.sub("", text)
    if len(digits) == 11 and digits.isascii() and digits.isdigit():
        try:
            return Sought(number=read_number(digits, allow_real=allow_real).digits)
        except NumberError as error:
            raise UnclearSearchError("number", error.reason) from None
    words: list[str] = []
    born: tuple[date, ...] = ()
    for part in text[:LONGEST].split():
        days = _days(part, today)
        if days is not None and not born:
            born = days
        elif part.isdigit() or days is not None:
            raise UnclearSearchError("digits")
        else:
            words += fold(part).split()
    return _checked(tuple(dict.fromkeys(words)), born)


def _checked(words: tuple[str, ...], born: tuple[date, ...]) -> Sought:
    if not words and not born:
        raise UnclearSearchError("empty")
    if len(words) > MOST_WORDS:
        raise UnclearSearchError("too_many_words")
    if not born and all(len(word) < _SHORTEST_WORD for word in words):
        raise UnclearSearchError("too_short")
    return Sought(words, born=born)


def _days(part: str, today: date) -> tuple[date, ...] | None:
    """The dates a part may mean: of two digits for the year both centuries, but no day to come. None: it is no date.

    The six digits that a synthetic number or a d-number begins with are the date they stand for.
    """
    read = _DAY.match(part) or _DIGITS_OF_DAY.match(part)
    if read is None:
        return None
    day, month, year = (int(each) for each in read.groups())
    day -= 40 if day > 40 else 0
    month -= next((added for added in (80, 65, 40) if added < month <= added + 12), 0)
    years = (year,) if len(read[3]) == 4 else (1900 + year, 2000 + year)
    try:
        return tuple(each for each in (date(each_year, month, day) for each_year in years) if each <= today) or None
    except ValueError:
        return None


def search(
    sought: Sought, *, office: int, clearance: Protection, today: date, after: uuid.UUID | None = None
) -> Result:
    """People of the office that fit, in Norwegian order, `PAGE` at a time from the one after `after`.

    Those who are protected by more than `clearance` are neither shown nor counted.
    """
    matching = _matching(sought, office, clearance)
    last = _place(after, office) if after is not None else None
    further = matching.filter(_after(last)) if last else matching
    total = matching.count()
    rows = list(_with_flags(further, today).order_by("sort_key", "person_id")[: PAGE + 1])
    before = total - further.count() if last else 0
    return Result(total, tuple(_found(row) for row in rows[:PAGE]), before, len(rows) > PAGE)


def _matching(sought: Sought, office: int, clearance: Protection) -> QuerySet[Identity]:
    hidden_by = int(~clearance)
    people = Identity.objects.filter(person__office=office).alias(hidden=F("person__protection").bitand(hidden_by))
    people = people.filter(hidden=0)
    if sought.number:
        return people.filter(number=sought.number)
    if sought.born:
        people = people.filter(birth_date__in=sought.born)
    for word in sought.words:
        begins = NameWord.objects.filter(office=office, word__gte=word, word__lt=word + _EVERYTHING_AFTER)
        people = people.filter(person__in=begins.values("person"))
    return people


def _place(person: uuid.UUID, office: int) -> tuple[str, uuid.UUID] | None:
    return Identity.objects.filter(person=person, person__office=office).values_list("sort_key", "person").first()


def _after(last: tuple[str, uuid.UUID]) -> Q:
    key, person = last
    return Q(sort_key__gt=key) | Q(sort_key=key, person__gt=person)


def _with_flags(people: QuerySet[Identity], today: date) -> QuerySet[Identity]:
    return people.select_related("person").annotate(
        interpreter=Exists(ContactDetails.objects.filter(person=OuterRef("person"), interpreter=True)),
        is_flagged=Exists(
            SafetyFlag.objects.filter(person=OuterRef("person"), first_day__lte=today).exclude(last_day__lt=today)
        ),
    )


def _found(row: Identity) -> Found:
    return Found(
        person=row.person_id,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        protection=Protection(row.person.protection),
        interpreter=row.interpreter,  # type: ignore[attr-defined]
        is_flagged=row.is_flagged,  # type: ignore[attr-defined]
    )
