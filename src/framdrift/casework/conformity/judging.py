"""Stored counts summed over the chosen quarters and judged. The verdicts themselves are made by
``framdrift.standard``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from framdrift.standard.model import Compare, Rule, Share, Standard, Verdict, Yardstick
from framdrift.standard.verdicts import (
    Counts,
    Groups,
    RuleKey,
    combined,
    counts_toward,
    group_counts,
    rule_verdict,
)

ByQuarter = Mapping[date, Counts]


@dataclass(frozen=True, slots=True)
class StoredFigures:
    """What a page reads of a report: totals by quarter, and the sums by group that shares and comparisons rest on."""

    totals: Mapping[RuleKey, ByQuarter]
    groups: Groups


@dataclass(frozen=True, slots=True)
class Result:
    """One rule with its counts and verdict. Shares and comparisons count groups, and have no quarters."""

    rule: Rule
    counts: Counts
    verdict: Verdict | None
    quarters: ByQuarter

    @property
    def has_cases(self) -> bool:
        """Whether cases can stand behind the figure: instances can be late or missed, groups are not cases."""
        return not isinstance(self.rule.pattern, Share | Compare)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A standard held against stored figures."""

    standard: Standard
    results: tuple[Result, ...]

    def of_yardstick(self, yardstick: Yardstick, goal: str | None = None) -> list[Result]:
        return [result for result in self.results if counts_toward(result.rule, yardstick, goal)]

    def verdict(self, yardstick: Yardstick, goal: str | None = None) -> Verdict:
        return combined(result.verdict for result in self.of_yardstick(yardstick, goal))

    def result(self, key: RuleKey) -> Result | None:
        return next((result for result in self.results if result.rule.key == key), None)


def judge(standard: Standard, figures: StoredFigures, chosen: Collection[date] | None = None) -> Judgement:
    """Holds the figures of the ``chosen`` quarters (None: all of them) against the standard."""
    return Judgement(standard, tuple(_result(standard, rule, figures, chosen) for rule in standard.rules))


def _result(standard: Standard, rule: Rule, figures: StoredFigures, chosen: Collection[date] | None) -> Result:
    quarters: ByQuarter = {}
    if isinstance(rule.pattern, Share | Compare):
        counts = group_counts(rule.pattern, rule.key, figures.groups)
    else:
        quarters = figures.totals.get(rule.key, {})
        counts = total(found for quarter, found in quarters.items() if chosen is None or quarter in chosen)
    return Result(rule, counts, rule_verdict(rule, counts, standard.verdict), quarters)


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())
