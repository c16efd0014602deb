"""From counts to verdicts: the only place where a verdict is made.

Source: the contract, section 2. Rate = met / (met + late + missed); proportions are compared as exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from framdrift.standard.model import Compare, Lasted, Rule, Share, Verdict, VerdictRule, Yardstick

RuleKey = tuple[str, str | None]
# By rule, dimension and value of it.
Groups = Mapping[RuleKey, Mapping[str, Mapping[str, "Counts"]]]

JUDGED_YARDSTICKS: tuple[Yardstick, ...] = ("guideline", "intention")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many instances are in each state."""

    met: int = 0
    late: int = 0
    missed: int = 0
    open: int = 0
    void: int = 0

    @property
    def closed(self) -> int:
        return self.met + self.late + self.missed

    @property
    def rate(self) -> Fraction | None:
        """Met among the closed; None where nothing is closed."""
        return Fraction(self.met, self.closed) if self.closed else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.met + other.met,
            self.late + other.late,
            self.missed + other.missed,
            self.open + other.open,
            self.void + other.void,
        )


def share_counts(pattern: Share, groups: Mapping[str, tuple[int, int]]) -> Counts:
    """Groups that keep the bounds and groups that do not.

    ``groups`` gives for each group how many of its ``among`` events match ``of``, and how many there are.
    """
    judged = [Fraction(matching, total) for matching, total in groups.values() if total >= max(pattern.min_n, 1)]
    met = sum(
        (pattern.at_most is None or share <= pattern.at_most)
        and (pattern.at_least is None or share >= pattern.at_least)
        for share in judged
    )
    return Counts(met=met, missed=len(judged) - met)


def compare_counts(pattern: Compare, group: Counts, others: Counts) -> Counts:
    """One comparison, met or missed; none where a side has too few closed instances."""
    if min(group.closed, others.closed) < max(pattern.min_n, 1):
        return Counts()
    met = Fraction(group.met, group.closed) >= Fraction(others.met, others.closed) - pattern.margin
    return Counts(met=int(met), missed=int(not met))


def group_counts(pattern: Share | Compare, key: RuleKey, groups: Groups) -> Counts:
    """The counts of a rule about groups, from sums by group as framdrift.standard.sums gives them."""
    if isinstance(pattern, Share):
        shares = groups.get(key, {}).get("group", {})
        return share_counts(pattern, {name: (found.met, found.closed) for name, found in shares.items()})
    dimension, value = ("lasted", "six_months") if isinstance(pattern.group, Lasted) else ("age", "under_30")
    sides = groups.get(pattern.of, {}).get(dimension, {})
    others = sum((found for name, found in sides.items() if name != value), Counts())
    return compare_counts(pattern, sides.get(value, Counts()), others)


def rule_verdict(rule: Rule, counts: Counts, how: VerdictRule) -> Verdict | None:
    """The verdict on one rule; None for the yardstick ``none``, which is shown and never judged."""
    if rule.yardstick == "none":
        return None
    if isinstance(rule.pattern, Share | Compare):
        if not counts.closed:
            return "cannot be judged"
        return "does not conform" if counts.missed else "conforms"
    if counts.rate is None or counts.closed < how.min_n:
        return "cannot be judged"
    if counts.rate >= how.conforms:
        return "conforms"
    return "partly" if counts.rate >= how.partly else "does not conform"


def combined(verdicts: Iterable[Verdict | None]) -> Verdict:
    """The verdict on a goal, or on the whole, by one yardstick, from those of its rules."""
    judged = [verdict for verdict in verdicts if verdict is not None and verdict != "cannot be judged"]
    if not judged:
        return "cannot be judged"
    if all(verdict == "conforms" for verdict in judged):
        return "conforms"
    failing = sum(verdict == "does not conform" for verdict in judged)
    return "does not conform" if 2 * failing > len(judged) else "partly"


def counts_toward(rule: Rule, yardstick: Yardstick, goal: str | None = None) -> bool:
    """Whether a rule has a part in a goal (None: in the whole); what the job-seeker owes never has."""
    return rule.yardstick == yardstick and rule.owed_by == "office" and (goal is None or goal in rule.goals)
