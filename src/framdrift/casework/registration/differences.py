"""What changed from one version of a registration to the next, field by field. No Django here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framdrift.casework.registration.answers import STEPS, Answers, dump
from framdrift.events import Json


@dataclass(frozen=True, slots=True)
class Difference:
    """A field (`step.field`) that is not the same. Of a list, `before` holds what is gone and `after` what is new; where
    only the order changed, both hold all of it.
    """

    field: str
    before: Json
    after: Json


def differences(before: Answers | None, after: Answers) -> list[Difference]:
    """In the order of the steps and their fields. With nothing before, everything that was answered is new."""
    old, new = dump(before) if before else {}, dump(after)
    found = []
    for step in STEPS:
        was, became = _fields(old.get(step)), _fields(new[step])
        for name, value in became.items():
            was_value = was.get(name, [] if isinstance(value, list) else None)
            if was_value != value and not (before is None and value in ("", None, False)):
                found.append(_difference(f"{step}.{name}", was_value, value))
    return found


def _fields(step: Json) -> Mapping[str, Json]:
    return step if isinstance(step, Mapping) else {}


def _difference(field: str, before: Json, after: Json) -> Difference:
    if isinstance(before, list) and isinstance(after, list):
        gone, new = _without(before, after), _without(after, before)
        if gone or new:
            return Difference(field, gone, new)
    return Difference(field, before, after)


def _without(rows: Sequence[Json], others: Sequence[Json]) -> list[Json]:
    """The rows that the others have not, a row that stands twice counted twice."""
    left = list(others)
    kept = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            kept.append(row)
    return kept
