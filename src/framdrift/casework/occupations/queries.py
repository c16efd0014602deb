"""Occupations searched and named: our everyday titles, and the official names where they have been loaded."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db.models import Max

from framdrift.casework.occupations.models import OccupationName
from framdrift.casework.occupations.searching import BORDER, Index, Occupation
from framdrift.casework.occupations.titles import shipped

__all__ = ["Occupation", "is_code", "search", "title_of"]


def search(text: str, limit: int = 10) -> list[Occupation]:
    """The titles that have every fragment of the text, the best first (`searching` tells how); empty for no text."""
    return _known().index.search(text, limit)


def title_of(code: str) -> str | None:
    """A title for a code: the official name where it is loaded, else the first of ours. None for a code not known."""
    return _known().titles.get(code)


def is_code(text: str) -> bool:
    return text in _known().titles


class _Known:
    """All that one load of the official names gives, kept in memory: some 1,100 titles."""

    def __init__(self, official: list[Occupation]) -> None:
        self.index = Index(shipped(), official)
        ours: dict[str, str] = {}
        for each in shipped():
            ours.setdefault(each.code, each.title.replace(BORDER, ""))
        self.titles = ours | {each.code: each.title for each in official}


def _known() -> _Known:
    loaded_at: datetime | None = OccupationName.objects.aggregate(latest=Max("loaded_at"))["latest"]
    return _of_load(loaded_at)


@lru_cache(maxsize=2)
def _of_load(loaded_at: datetime | None) -> _Known:
    rows = OccupationName.objects.filter(loaded_at=loaded_at).order_by("code") if loaded_at else ()
    return _Known([Occupation(row.code, row.name) for row in rows])
