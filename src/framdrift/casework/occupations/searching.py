"""Occupations found by fragments of Norwegian compounds: pure, in memory, and the same answer every time.

**What is typed** is split into fragments at everything that is neither a letter nor a digit. Letters are compared
folded: no capitals, no accents, and æ, ø, å as the `ae`, `oe`, `aa` they may be typed as.

**What is found** are the titles in which every fragment stands somewhere, in any order. How well a fragment stands is
its rank, the best of these over the words of the title:

0. at the beginning of a word, or, for digits, of the code
1. at a border within a compound ("pleier" in "syke|pleier")
2. inside a word; fragments of at least three letters
3. with a slip (a letter too many, too few, wrong, or two that changed places) at the beginning of a word or at a
   border; fragments of at least five letters. One fragment may have one slip, and only where nothing is found without.

Where no title has them all, those that have some of them are found, a fragment that is missing ranked last of all.

**The order** is by the worst rank, then the sum of ranks, then titles that are just what was typed, then those that
begin with it, then the shorter title, then the alphabet, then the code.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

BORDER = "|"
BEGINNING, AT_BORDER, INSIDE, SLIP, MISSING = range(5)
SHORTEST_INSIDE = 3
SHORTEST_SLIP = 5
SHORTEST_PART = 4
"""A part of a compound that is known from one title is looked for in titles whose borders nobody has marked."""
MOST_LETTERS = 100
"""What is typed beyond this is not looked at."""

PLURALS = frozenset({"", "e", "r", "er"})

_Ranks: TypeAlias = dict[int, int]
_FRAGMENT = re.compile(r"[^\W_]+")
_MARKED = re.compile(rf"(?:[^\W_]|{re.escape(BORDER)})+")
_AFTER_Z = str.maketrans("æøå", "{|}")
_FOLDED = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class Occupation:
    """A title and the four-digit code of STYRK-08 that it belongs to; several titles may share a code."""

    code: str
    title: str


def fold(text: str) -> str:
    """How letters are compared: "Lærer", "LÆRER" and "laerer" are the same word."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(_FOLDED)
    return "".join(each for each in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(each))


def fragments(text: str) -> list[str]:
    return _FRAGMENT.findall(fold(text[:MOST_LETTERS]))


@dataclass(frozen=True, slots=True)
class _Title:
    occupation: Occupation
    folded: str


class Index:
    """All titles, ready to be searched. `marked` titles carry their borders; `plain` ones are given theirs by parts.

    A plain title that is a marked one of the same code in the plural is left out: "Sykepleiere" beside "sykepleier".
    """

    def __init__(self, marked: Iterable[Occupation], plain: Iterable[Occupation] = ()) -> None:
        self._borders: dict[str, set[int]] = {}
        self._titles_with: defaultdict[str, set[int]] = defaultdict(set)
        self._titles: list[_Title] = []
        self._seen: set[tuple[str, str]] = set()
        for each in marked:
            self._add(each, {""})
        self._parts = {
            word[start:end]
            for word, borders in self._borders.items()
            for start, end in pairwise([0, *sorted(borders), len(word)])
            if end - start >= SHORTEST_PART
        }
        for each in plain:
            self._add(each, PLURALS)
        self._beginnings = [
            (word, word[start:]) for word, borders in self._borders.items() for start in (0, *sorted(borders))
        ]

    def _add(self, given: Occupation, endings: Collection[str]) -> None:
        title = given.title.replace(BORDER, "")
        folded = " ".join(fragments(title))
        forms = {(given.code, folded.removesuffix(ending)) for ending in endings}
        if not folded or forms & self._seen:
            return
        self._seen.add((given.code, folded))
        for marked in _MARKED.findall(fold(given.title)):
            parts = [part for part in marked.split(BORDER) if part]
            word = "".join(parts)
            borders = {sum(map(len, parts[:place])) for place in range(1, len(parts))}
            if endings is PLURALS:
                borders = self._divided(word)
            self._borders.setdefault(word, set()).update(borders)
            self._titles_with[word].add(len(self._titles))
        self._titles.append(_Title(Occupation(given.code, title), folded))

    def _divided(self, word: str) -> set[int]:
        """Where a known part begins, at least three letters into the word."""
        return {
            start
            for start in range(3, len(word) - SHORTEST_PART + 1)
            if any(word[start:end] in self._parts for end in range(start + SHORTEST_PART, len(word) + 1))
        }

    def search(self, text: str, limit: int) -> list[Occupation]:
        asked = fragments(text)
        if not asked:
            return []
        stands = [self._stands(fragment) for fragment in asked]
        found = _all_of(stands) or self._with_one_slip(asked, stands) or _any_of(stands)
        typed = " ".join(asked)
        ordered = sorted(found, key=lambda place: _order(found[place], self._titles[place], typed))
        return [self._titles[place].occupation for place in ordered[:limit]]

    def _stands(self, fragment: str) -> _Ranks:
        """The titles that have the fragment, and its rank in each."""
        ranks: _Ranks = {}
        for word, borders in self._borders.items():
            at = word.find(fragment)
            if at < 0:
                continue
            if at == 0:
                rank = BEGINNING
            elif any(word.startswith(fragment, border) for border in borders):
                rank = AT_BORDER
            elif len(fragment) >= SHORTEST_INSIDE:
                rank = INSIDE
            else:
                continue
            for title in self._titles_with[word]:
                ranks[title] = min(rank, ranks.get(title, rank))
        if fragment.isdigit():
            codes = (place for place, each in enumerate(self._titles) if each.occupation.code.startswith(fragment))
            ranks.update(dict.fromkeys(codes, BEGINNING))
        return ranks

    def _with_one_slip(self, asked: Sequence[str], stands: Sequence[_Ranks]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, fragment in enumerate(asked):
            if len(fragment) >= SHORTEST_SLIP:
                slipped = dict.fromkeys(self._titles_near(fragment), SLIP)
                found |= _all_of([*stands[:place], slipped, *stands[place + 1 :]])
        return found

    def _titles_near(self, fragment: str) -> set[int]:
        """A slip falls in one half of the fragment and leaves the other as it is, which is quick to look for."""
        half = len(fragment) // 2
        first, second = fragment[: half - 1], fragment[half + 1 :]
        return {
            title
            for word, beginning in self._beginnings
            if (
                beginning.startswith(first)
                or beginning.startswith(second, half)
                or beginning.startswith(second, half + 1)
                or beginning.startswith(second, half + 2)
            )
            and begins_with_a_slip(beginning, fragment)
            for title in self._titles_with[word]
        }


def begins_with_a_slip(word: str, fragment: str) -> bool:
    """Whether the word begins with the fragment, but for one slip at most."""
    at = next((place for place, (ours, theirs) in enumerate(zip(word, fragment, strict=False)) if ours != theirs), None)
    if at is None:
        return len(word) + 1 >= len(fragment)
    return (
        word.startswith(fragment[at + 1 :], at + 1)
        or word.startswith(fragment[at + 1 :], at)
        or word.startswith(fragment[at:], at + 1)
        or (word[at : at + 2] == fragment[at : at + 2][::-1] and word.startswith(fragment[at + 2 :], at + 2))
    )


def _all_of(stands: Sequence[_Ranks]) -> dict[int, list[int]]:
    """The titles that have every fragment, with the ranks of each."""
    common = set(stands[0]).intersection(*stands[1:])
    return {title: [ranks[title] for ranks in stands] for title in common}


def _any_of(stands: Sequence[_Ranks]) -> dict[int, list[int]]:
    """The titles that have some of the fragments; one that is missing ranks behind all that stand."""
    some = set().union(*stands)
    return {title: [ranks.get(title, MISSING) for ranks in stands] for title in some}


def _order(ranks: Sequence[int], title: _Title, typed: str) -> tuple[object, ...]:
    return (
        max(ranks),
        sum(ranks),
        title.folded != typed,
        not title.folded.startswith(typed),
        len(title.folded),
        _alphabet(title.occupation.title),
        title.occupation.code,
    )


def _alphabet(title: str) -> str:
    """Æ, ø and å come after z, and capitals count as small letters."""
    return title.lower().translate(_AFTER_Z)
