"""One requirement by group, small groups hidden.

Always of the whole office and the whole time: sums for shorter times and smaller parts could be subtracted from one
another, and so give away what each of them hides (docs/adr/0021).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from framdrift.casework.conformity.suppression import NOTHING, Count, hidden_groups
from framdrift.standard.model import VerdictRule, Yardstick
from framdrift.web.conformity.rows import limits_of
from framdrift.web.conformity.words import DIMENSIONS, GROUPS, group_name, word
from framdrift.web.design import formats
from framdrift.web.design.charts import Bar

OVERLAPPING = frozenset({"benefit"})
_SHOWN_VALUES = 12  # the largest groups; the rest are one row, "others"
_REST = "other"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """``count`` is None where the row is hidden."""

    name: str
    count: Count | None
    share: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class DimensionRows:
    """A dimension whose rows are all hidden shows none, not even their names."""

    code: str
    name: str
    is_overlapping: bool
    is_hidden: bool
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    total: GroupRow
    dimensions: tuple[DimensionRows, ...]

    @property
    def hides_some(self) -> bool:
        return any(
            dimension.is_hidden or any(row.count is None for row in dimension.rows) for dimension in self.dimensions
        )


def breakdown(
    total: Count, groups: Mapping[str, Mapping[str, Count]], yardstick: Yardstick, how: VerdictRule, all_name: str
) -> Breakdown:
    def row(name: str, count: Count | None) -> GroupRow:
        if count is None:
            return GroupRow(name, None, "", None)
        bar = Bar.of(count.met, count.closed, yardstick, limits_of(how))
        return GroupRow(name, count, formats.share(count.met, count.closed, limits_of(how)), bar)

    dimensions = []
    for dimension, found in groups.items():
        values = dict(found) if dimension in OVERLAPPING else _gathered(found)
        if not values:
            continue
        hidden = hidden_groups(values, total, overlapping=dimension in OVERLAPPING)
        is_hidden = len(hidden) == len(values)
        order = sorted(values, key=lambda value: _place(dimension, value))
        rows = tuple(row(group_name(dimension, value), None if value in hidden else values[value]) for value in order)
        dimensions.append(
            DimensionRows(
                dimension,
                word(DIMENSIONS, dimension),
                dimension in OVERLAPPING,
                is_hidden,
                () if is_hidden else rows,
            )
        )
    return Breakdown(row(all_name, total), tuple(dimensions))


def _gathered(found: Mapping[str, Count]) -> dict[str, Count]:
    """The largest groups by themselves, the many small ones (languages) as one."""
    if len(found) <= _SHOWN_VALUES:
        return dict(found)
    kept = set(sorted(found, key=lambda value: (-found[value].closed, value))[: _SHOWN_VALUES - 1]) - {_REST}
    gathered: dict[str, Count] = {}
    for value, count in found.items():
        name = value if value in kept else _REST
        gathered[name] = gathered.get(name, NOTHING) + count
    return gathered


def _place(dimension: str, value: str) -> tuple[int, str]:
    """In the order of the words (priority groups first), then by name; the unknown last."""
    known = list(GROUPS[dimension])
    if value in ("unknown", ""):
        return len(known) + 1, ""
    return (known.index(value), "") if value in known else (len(known), value)
