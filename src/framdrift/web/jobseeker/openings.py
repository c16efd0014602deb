"""Who has opened the job-seeker's case, in words for the one it is about."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from framdrift.casework.access.queries import Told, openings_about
from framdrift.casework.access.rules import Chosen, Kind, Relation, Seeker
from framdrift.standard.calendar import local_date

PER_PAGE = 25
LOOKED_THROUGH = 50
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

WHAT: Mapping[Kind, Promise | str] = {
    Kind.OPENED: _("Åpnet saken din"),
    Kind.SEARCHED: _("Navnet ditt kom opp i et søk"),
    Kind.LISTED: _("Navnet ditt stod i en liste"),
    Kind.EXPORTED: _("Lastet ned opplysninger om deg"),
}
RELATION: Mapping[Relation, Promise | str] = {
    Relation.OWN_CASE: _("veilederen din"),
    Relation.COVERING: _("svarer for veilederen din"),
    Relation.TEAM: _("arbeider i teamet saken din ligger hos"),
    Relation.OFFICE: _("arbeider på kontoret ditt"),
}


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    who: str
    office: str
    what: str
    relation: str
    why: str
    times: int = 1
    """How often in a row, that day: of several `at` is the last."""


@dataclass(frozen=True, slots=True)
class OpeningsPage:
    lines: tuple[Line, ...]
    next: str
    """Where the list goes on; empty at its end."""
    is_first: bool


def openings_page(seeker: Seeker, *, after: str) -> OpeningsPage:
    rows = openings_about(seeker.person, before=_place(after) if after else None, limit=PER_PAGE + 1)
    shown = rows[:PER_PAGE]
    more = f"{(shown[-1].at - _BEGINNING) // timedelta(microseconds=1)}_{shown[-1].id}" if len(rows) > PER_PAGE else ""
    return OpeningsPage(tuple(map(line, shown)), more, is_first=not after)


def latest_openings(seeker: Seeker, *, limit: int) -> list[Line]:
    """The latest few, the same thing in a row told once; the whole list tells each."""
    told: list[Line] = []
    for each in map(line, openings_about(seeker.person, limit=LOOKED_THROUGH)):
        if told and _same(told[-1]) == _same(each):
            told[-1] = replace(told[-1], times=told[-1].times + 1)
        else:
            told.append(each)
    return told[:limit]


def _same(line: Line) -> tuple[object, ...]:
    return (line.who, line.office, line.what, line.relation, line.why, local_date(line.at))


def line(row: Told) -> Line:
    chosen = str(Chosen(row.chosen).label) if row.chosen else ""
    return Line(
        at=row.at,
        who=row.who,
        office=row.office,
        what=str(WHAT[row.kind]),
        relation=str(RELATION[row.relation]) if row.relation else "",
        why=": ".join(part for part in (chosen, row.text) if part),
    )


def _place(after: str) -> tuple[datetime, uuid.UUID]:
    """The row after which a page goes on: its moment in microseconds, and its id."""
    moment, _, key = after.partition("_")
    try:
        return _BEGINNING + timedelta(microseconds=int(moment)), uuid.UUID(key)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
