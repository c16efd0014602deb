"""A small office beside a large one. Sums only; nothing is adjusted for who the job-seekers are, and the page says
so.
"""

from __future__ import annotations

from dataclasses import dataclass

from framdrift.casework.conformity.judging import Judgement, Result
from framdrift.casework.conformity.queries import Head
from framdrift.standard.model import VerdictRule
from framdrift.web.conformity.definitions import reading_name
from framdrift.web.conformity.rows import limits_of, share_of
from framdrift.web.conformity.words import text
from framdrift.web.design import formats
from framdrift.web.design.charts import Bar


@dataclass(frozen=True, slots=True)
class Side:
    """A share, or nothing where too few were closed to judge by."""

    share: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    id: str
    reading: str
    title: str
    here: Side
    there: Side
    difference: str


@dataclass(frozen=True, slots=True)
class Comparison:
    here: Head
    there: Head
    rows: tuple[ComparedRow, ...]


def other_than(here: Head, heads: list[Head]) -> list[Head]:
    """The offices to compare with, the one most unlike in size first."""
    others = [head for head in heads if head.office != here.office]
    return sorted(others, key=lambda head: -abs(head.cases - here.cases))


def comparison(here: Head, there: Head, ours: Judgement, theirs: Judgement) -> Comparison:
    rows = []
    for result in [*ours.of_yardstick("guideline"), *ours.of_yardstick("intention")]:
        other = theirs.result(result.rule.key)
        if other is not None and result.has_cases and (result.counts.closed or other.counts.closed):
            rows.append(_row(result, other, ours.standard.verdict))
    return Comparison(here, there, tuple(rows))


def _row(ours: Result, theirs: Result, how: VerdictRule) -> ComparedRow:
    difference = ""
    if min(ours.counts.closed, theirs.counts.closed) >= how.min_n:
        one, other = ours.counts, theirs.counts
        difference = formats.signed(formats.points(other.met, other.closed, one.met, one.closed) or 0)
    return ComparedRow(
        id=ours.rule.id,
        reading=reading_name(ours.rule),
        title=text(ours.rule.title),
        here=_side(ours, how),
        there=_side(theirs, how),
        difference=difference,
    )


def _side(result: Result, how: VerdictRule) -> Side:
    counts = result.counts
    if counts.closed < how.min_n:
        return Side("", None)
    return Side(share_of(counts, how), Bar.of(counts.met, counts.closed, result.rule.yardstick, limits_of(how)))
