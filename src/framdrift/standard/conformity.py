"""Conformity: a whole log held against a standard, counted, judged by both yardsticks, ready to be shown or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from framdrift.events import Log
from framdrift.standard.all_cases import Evaluation
from framdrift.standard.calendar import OSLO
from framdrift.standard.model import Rule, Standard, Verdict
from framdrift.standard.verdicts import JUDGED_YARDSTICKS, Counts, combined, counts_toward, rule_verdict

RuleKey = tuple[str, str | None]


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
