"""Which rows of a breakdown by group are hidden, so that nobody can be singled out.

Rule: no number from 1 to ``threshold`` - 1 is shown, or can be worked out from what is shown and the totals. The
numbers of a row are what was met, what was not, and their sum; a row is shown whole or hidden whole. Hidden rows all
say the same, for a label that told which of them is the small one would give it away. Source: domain.md section 6
("small numbers are suppressed"); the reasoning and its limits stand in docs/adr/0021.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

THRESHOLD = 5


@dataclass(frozen=True, slots=True)
class Count:
    """Closed instances of one group, by whether the requirement was met in time."""

    met: int
    unmet: int

    @property
    def closed(self) -> int:
        return self.met + self.unmet

    def __add__(self, other: Count) -> Count:
        return Count(self.met + other.met, self.unmet + other.unmet)

    def __sub__(self, other: Count) -> Count:
        return Count(self.met - other.met, self.unmet - other.unmet)


NOTHING = Count(0, 0)


def hidden_groups(
    groups: Mapping[str, Count], total: Count, *, overlapping: bool = False, threshold: int = THRESHOLD
) -> frozenset[str]:
    """The groups whose rows must be hidden beside a shown ``total``.

    ``groups`` split the total, unless ``overlapping``: then a case may stand in several of them and the sum says
    nothing. When all groups are hidden, the page shows none of their names either.
    Raises ValueError if the groups do not add up to the total they are said to split.
    """
    if overlapping:
        return _hidden_overlapping(groups, total, threshold)
    if sum(groups.values(), NOTHING) != total:
        raise ValueError("the groups do not add up to their total")
    return _hidden_parts(groups, total, threshold)


def _small(count: Count, threshold: int) -> bool:
    return any(0 < number < threshold for number in (count.met, count.unmet, count.closed))


def _hidden_parts(groups: Mapping[str, Count], total: Count, threshold: int) -> frozenset[str]:
    if 0 < total.closed < threshold:
        return frozenset(groups)
    hidden = {group for group, count in groups.items() if _small(count, threshold)}
    for group in _smallest_first(groups, hidden):
        if not hidden or _covers(groups, hidden, total, threshold):
            return frozenset(hidden)
        hidden.add(group)
    return frozenset(groups) if hidden and not _covers(groups, hidden, total, threshold) else frozenset(hidden)


def _covers(groups: Mapping[str, Count], hidden: Collection[str], total: Count, threshold: int) -> bool:
    """Whether the hidden rows hide one another.

    Their sum can be worked out (the total less the shown rows), so there must be two of them at least, and their sum
    must not be small. A sum of 0 tells that each is 0: only harmless where the total is 0, which tells the same.
    """
    together = sum((groups[group] for group in hidden), NOTHING)
    sums = ((together.met, total.met), (together.unmet, total.unmet), (together.closed, total.closed))
    return len(hidden) > 1 and all(part >= threshold or whole == 0 for part, whole in sums)


def _hidden_overlapping(groups: Mapping[str, Count], total: Count, threshold: int) -> frozenset[str]:
    """For overlapping groups a row also tells how many are *not* in it, so both must be large enough.

    A single hidden row could be narrowed down from the others (everybody stands in at least one), so a second goes
    with it.
    """
    hidden = {group for group, count in groups.items() if _small(count, threshold) or _small(total - count, threshold)}
    if 0 < total.closed < threshold:
        return frozenset(groups)
    for group in _smallest_first(groups, hidden):
        if len(hidden) != 1:
            break
        hidden.add(group)
    return frozenset(hidden)


def _smallest_first(groups: Mapping[str, Count], hidden: Collection[str]) -> list[str]:
    """The rows that may still be shown; hiding the smallest first loses the least. Ties by name, to be the same each
    time.
    """
    return sorted((group for group in groups if group not in hidden), key=lambda group: (groups[group].closed, group))
