"""Finding people of one office by fragments of their name, by number or by date of birth.

Every question names the office itself; row-level security stands behind and is never what narrows the search. Prefixes
are asked for as ranges of bytes, which an index answers under row-level security too; a pattern (LIKE) would not be.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.db import connection

from framdrift.casework.people.names import BARE, bare, fold
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

Unclear = Literal["empty", "too_short", "too_many_words", "number", "digits", "no_such_date", "too_long"]


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
    if len(text) > LONGEST:
        raise UnclearSearchError("too_long")
    digits = _BETWEEN_DIGITS.sub("", text)
    if len(digits) == 11 and digits.isascii() and digits.isdigit():
        try:
            return Sought(number=read_number(digits, allow_real=allow_real).digits)
        except NumberError as error:
            raise UnclearSearchError("number", error.reason) from None
    words: list[str] = []
    born: tuple[date, ...] = ()
    for part in text.split():
        days = _days(part, today)
        if days is not None and not born:
            born = days
        elif days is None and _DAY.match(part):
            raise UnclearSearchError("no_such_date")
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
    """People of the office that fit, in Norwegian order, `PAGE` at a time from the one after `after`. One query.

    Those who are protected by more than `clearance` are neither shown nor counted. Where nobody's name has the letters
    as they were written, there is a second try in which æ, ø and å are the letters of a keyboard without them.
    """
    settled = {
        "office": office,
        "hidden": int(~clearance),
        "born": list(sought.born),
        "today": today,
        "after": after,
        "limit": PAGE + 1,
    }
    rows = _rows(_matched(sought), settled)
    if not rows and sought.words:
        rows = _rows(_matched_bare(sought), settled)
    people = tuple(_found(row) for row in rows[:PAGE])
    total, place = rows[0][:2] if rows else (0, 1)
    return Result(total, people, place - 1, len(rows) > PAGE)


# Who fits is settled first, by one index, and only they are looked up, each by their key (a lateral with a limit is not
# rearranged): left to itself, the planner takes the policies to hide nearly everybody and reads the whole office. What
# is filled in here is text of this module alone.
_SEARCH = """
    WITH matched AS MATERIALIZED (%(matched)s),
    placed AS MATERIALIZED (
        SELECT count(*) OVER () AS total, row_number() OVER (ORDER BY sort_key, person) AS place,
            person AS person_id, given_name, family_name, birth_date, protection, sort_key
        FROM matched
        CROSS JOIN LATERAL (
            SELECT protection FROM people_person
            WHERE id = matched.person AND office_id = %%(office)s AND (protection & %%(hidden)s) = 0 LIMIT 1
        ) AS of_office
        CROSS JOIN LATERAL (
            SELECT given_name, family_name, birth_date, sort_key FROM people_identity
            WHERE person_id = matched.person AND (%%(born)s::date[] = '{}' OR birth_date = ANY (%%(born)s)) LIMIT 1
        ) AS of_name
    )
    SELECT total, place, person_id, given_name, family_name, birth_date, protection,
        EXISTS (SELECT FROM people_contactdetails AS contact WHERE contact.person_id = placed.person_id AND interpreter),
        EXISTS (SELECT FROM people_safetyflag AS flag WHERE flag.person_id = placed.person_id
            AND first_day <= %%(today)s AND (last_day IS NULL OR last_day >= %%(today)s))
    FROM placed
    WHERE %%(after)s::uuid IS NULL OR (sort_key, person_id) >
        (SELECT sort_key, person_id FROM people_identity WHERE person_id = %%(after)s::uuid)
    ORDER BY place LIMIT %%(limit)s
"""
_BY_NUMBER = "SELECT person_id AS person FROM people_identity WHERE number = %(number)s"
_BY_BIRTH = "SELECT person_id AS person FROM people_identity WHERE birth_date = ANY (%(born)s)"
_BY_WORD = """
    SELECT person_id AS person FROM people_nameword
    WHERE office_id = %%(office)s AND word >= %%(from_%(n)s)s AND word < %%(to_%(n)s)s
"""
_Matched = tuple[str, dict[str, Any]]
"""The query for the ids of those who fit by an index, and its parameters."""


def _rows(matched: _Matched, settled: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    query, parameters = matched
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH % {"matched": query}, {**settled, **parameters})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _matched(sought: Sought) -> _Matched:
    """Each word begins some word of the name."""
    if sought.number:
        return _BY_NUMBER, {"number": sought.number}
    if not sought.words:
        return _BY_BIRTH, {}
    return _by_words([(word,) for word in sought.words])


def _matched_bare(sought: Sought) -> _Matched:
    """Each word begins some word of the name: as it is written, in bare letters, or both in bare letters."""
    spelled = ((word, bare(word), f"{BARE}{bare(word)}") for word in sought.words)
    return _by_words([tuple(dict.fromkeys(ways)) for ways in spelled])


def _by_words(words: Sequence[Sequence[str]]) -> _Matched:
    """Every word has to fit, in one of the ways that it may be spelled."""
    parameters: dict[str, Any] = {}
    parts = []
    for ways in words:
        ranges = []
        for way in ways:
            place = len(parameters) // 2
            parameters |= {f"from_{place}": way, f"to_{place}": way + _EVERYTHING_AFTER}
            ranges.append(_BY_WORD % {"n": place})
        parts.append(f"({' UNION ALL '.join(ranges)})")
    if len(parts) > 1:
        return " INTERSECT ".join(parts), parameters
    return f"SELECT DISTINCT person FROM {parts[0]} AS named", parameters


def _found(row: tuple[Any, ...]) -> Found:
    _, _, person, given_name, family_name, birth_date, protection, interpreter, is_flagged = row
    return Found(person, given_name, family_name, birth_date, Protection(protection), interpreter, is_flagged)
