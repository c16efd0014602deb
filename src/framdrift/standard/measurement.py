"""Conformity: a whole log held against a standard, counted, judged by both yardsticks, ready to be shown or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow.compute as pc

from framdrift.events import Log
from framdrift.standard.all_cases import STATES, Evaluation
from framdrift.standard.calendar import OSLO, local_date
from framdrift.standard.model import Compare, Rule, Share, Standard, Verdict
from framdrift.standard.placing import span_of
from framdrift.standard.sums import figures
from framdrift.standard.timeline import moment
from framdrift.standard.verdicts import (
    JUDGED_YARDSTICKS,
    Counts,
    RuleKey,
    combined,
    counts_toward,
    group_counts,
    rule_verdict,
)


@dataclass(frozen=True)
class Conformity:
    """The figures of a log under a standard. ``cases_missed`` counts cases with a late or missed instance, by rule."""

    standard: Standard
    as_of: datetime
    known_at: datetime | None
    cases: int
    events: int
    ignored_after_end: int
    unknown_kinds: Mapping[str, int]
    counts: Mapping[RuleKey, Counts]
    cases_missed: Mapping[RuleKey, int]

    def verdict(self, rule: Rule) -> Verdict | None:
        return rule_verdict(rule, self.counts[rule.key], self.standard.verdict)

    def by_yardstick(self, goal: str | None = None) -> dict[str, Verdict]:
        """The verdict on a goal, or for None on the whole, by yardstick."""
        return {
            yardstick: combined(
                self.verdict(rule) for rule in self.standard.rules if counts_toward(rule, yardstick, goal)
            )
            for yardstick in JUDGED_YARDSTICKS
        }

    def as_dict(self) -> dict[str, Any]:
        """The published JSON form."""
        return {
            "standard": self.standard.id,
            "as_of": self.as_of.astimezone(OSLO).isoformat(),
            "known_at": None if self.known_at is None else self.known_at.astimezone(OSLO).isoformat(),
            "cases": self.cases,
            "events": self.events,
            "ignored_after_end": self.ignored_after_end,
            "unknown_kinds": dict(self.unknown_kinds),
            "requirements": [self._requirement(rule) for rule in self.standard.rules],
            "goals": [
                {"id": goal.id, "yardstick": yardstick, "verdict": verdict}
                for goal in self.standard.goals
                for yardstick, verdict in self.by_yardstick(goal.id).items()
            ],
            "overall": self.by_yardstick(),
        }

    def _requirement(self, rule: Rule) -> dict[str, Any]:
        counts = self.counts[rule.key]
        return {
            "id": rule.id,
            "reading": rule.reading,
            "yardstick": rule.yardstick,
            "origin": rule.origin,
            "owed_by": rule.owed_by,
            "goals": list(rule.goals),
            "met": counts.met,
            "late": counts.late,
            "missed": counts.missed,
            "open": counts.open,
            "void": counts.void,
            "rate": None if counts.rate is None else float(counts.rate),
            "cases_missed": self.cases_missed[rule.key],
            "verdict": self.verdict(rule),
        }


def office_conformity(
    standard: Standard,
    log: Log,
    office: str,
    *,
    as_of: date | datetime | None = None,
    known_at: date | datetime | None = None,
) -> Conformity:
    """Holds ``log`` against ``standard`` and counts what belongs to ``office``: the instances whose case was there then.

    ``log`` holds the whole history of every case that was ever in the office; ``cases`` and ``events`` count all of it.
    """
    found = figures(standard, log, as_of=as_of, known_at=known_at)
    groups: dict[RuleKey, dict[str, dict[str, Counts]]] = {}
    for row in found.figures.filter(pc.field("office") == office).to_pylist():
        by_value = groups.setdefault((row["requirement"], row["reading"] or None), {}).setdefault(row["dimension"], {})
        counts = Counts(*(row[state] for state in STATES))
        by_value[row["value"]] = by_value.get(row["value"], Counts()) + counts
    behind: dict[RuleKey, set[str]] = {}
    for row in found.cases.filter(pc.field("office") == office).to_pylist():
        behind.setdefault((row["requirement"], row["reading"] or None), set()).add(row["case_id"])
    return Conformity(
        standard=standard,
        as_of=found.head["as_of"],
        known_at=found.head["known_at"],
        cases=found.head["cases"],
        events=found.head["events"],
        ignored_after_end=found.head["ignored_after_end"],
        unknown_kinds=found.head["unknown_kinds"],
        counts={
            rule.key: group_counts(rule.pattern, rule.key, groups)
            if isinstance(rule.pattern, Share | Compare)
            else groups.get(rule.key, {}).get("all", {}).get("", Counts())
            for rule in standard.rules
        },
        cases_missed={rule.key: len(behind.get(rule.key, ())) for rule in standard.rules},
    )


def conformity(
    standard: Standard, log: Log, *, as_of: date | datetime | None = None, known_at: date | datetime | None = None
) -> Conformity:
    """Holds every case of ``log`` against ``standard``.

    ``as_of``: what happened later does not exist yet (default: the end of the log's last day). ``known_at``: what was
    recorded later is not known yet (default: everything is). A date means the end of that local day.
    """
    with Evaluation(standard, log, as_of=as_of, known_at=known_at) as evaluation:
        counts, cases_missed = evaluation.counts()
        totals = evaluation.placed_log.totals
        return Conformity(
            standard=standard,
            as_of=evaluation.as_of,
            known_at=evaluation.known_at,
            cases=totals["cases"],
            events=totals["events"],
            ignored_after_end=totals["ignored"],
            unknown_kinds=evaluation.unknown_kinds(),
            counts=counts,
            cases_missed=cases_missed,
        )


def last_day(log: Log, as_of: date | datetime | None = None) -> date:
    """The local date a log is measured on: that of ``as_of``, else that of its last row."""
    return local_date(span_of(log)[1] if as_of is None else moment(as_of))
