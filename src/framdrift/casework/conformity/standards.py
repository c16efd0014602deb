"""The standards that ship, read once in a process: they only change with the program."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from framdrift.standard import Standard, load, profiles, standard_in_force


@cache
def shipped(code: str) -> Standard:
    """Raises StandardError for a standard that does not ship; a page asks ``is_shipped`` first."""
    return load(code)


@cache
def _codes() -> frozenset[str]:
    return frozenset(profiles())


def is_shipped(code: str) -> bool:
    return code in _codes()


@lru_cache(maxsize=4)
def in_force(day: date) -> Standard:
    """The one in force that day."""
    return shipped(standard_in_force(day).id)
