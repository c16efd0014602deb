"""One requirement over time, a line for each reading, and the same numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from framdrift.casework.conformity.judging import Judgement, Result
from framdrift.standard.model import VerdictRule
from framdrift.standard.verdicts import Counts
from framdrift.web.conformity.definitions import reading_name, short_name
from framdrift.web.conformity.rows import change_of, last_year, limits_of, rate_of, share_of
from framdrift.web.conformity.words import text
from framdrift.web.design import formats
from framdrift.web.design.charts import Chart, Line

MOST_QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """``share`` is empty where too few were closed that quarter."""

    share: str
    closed: int


@dataclass(frozen=True, slots=True)
class QuarterRow:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    title: str
    names: tuple[str, ...]
    sentence: str
    rows: tuple[QuarterRow, ...]
    chart: Chart | None


def trend(judgement: Judgement, requirement: str, quarters: tuple[date, ...], current: date) -> Trend:
    """``quarters`` are those up to the as-of moment; the ``current`` one is marked as not yet over."""
    results = [result for result in judgement.results if result.rule.id == requirement]
    how = judgement.standard.verdict
    shown = quarters[-MOST_QUARTERS:]
    names = tuple(reading_name(result.rule) or short_name(result.rule) for result in results)
    rows = tuple(
        QuarterRow(_name_of(quarter, current), tuple(_cell(result, quarter, how) for result in results))
        for quarter in shown
    )
    year = last_year(quarters, current, current)
    changes = [
        f"{name}: {change_of([rate_of(result.quarters.get(quarter, Counts())) for quarter in year])}"
        for name, result in zip(names, results, strict=True)
    ]
    return Trend(
        title=f"{requirement} {text(results[0].rule.title)}",
        names=names,
        sentence=_("Siste år: %(changes)s") % {"changes": "; ".join(changes)},
        rows=rows,
        chart=_chart(requirement, results, names, quarters=shown, changes=changes, how=how),
    )


def _name_of(quarter: date, current: date) -> str:
    name = formats.quarter(quarter)
    return _("%(quarter)s (pågår)") % {"quarter": name} if quarter == current else name


def _cell(result: Result, quarter: date, how: VerdictRule) -> Cell:
    counts = result.quarters.get(quarter, Counts())
    return Cell(share_of(counts, how) if rate_of(counts) is not None else "", counts.closed)


def _chart(
    requirement: str,
    results: list[Result],
    names: tuple[str, ...],
    *,
    quarters: tuple[date, ...],
    changes: list[str],
    how: VerdictRule,
) -> Chart | None:
    """None where no line has two quarters to draw."""
    lines = []
    for name, result in zip(names, results, strict=True):
        shares = [rate_of(result.quarters.get(quarter, Counts())) for quarter in quarters]
        known = [place for place, share in enumerate(shares) if share is not None]
        if len(known) > 1:
            last = share_of(result.quarters[quarters[known[-1]]], how)
            lines.append(Line(name, result.rule.yardstick, shares, last))
    if not lines:
        return None
    title = _("%(requirement)s per kvartal, andel oppfylt. Siste år: %(changes)s.") % {
        "requirement": requirement,
        "changes": "; ".join(changes),
    }
    return Chart.of(title, [formats.quarter(quarter, short=True) for quarter in quarters], lines, limits_of(how))
