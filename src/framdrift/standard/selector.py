"""Selectors: which events a rule speaks of, and conditions on attributes, compared as JSON, type included.

Source: the contract, section 3. In JSON `true` is not `1` and `"1"` is neither; `1` and `1.0` are the same number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from framdrift.events import Event, Json

JsonType = Literal["null", "boolean", "number", "text"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A JSON value that is neither list nor object, its type held apart so that True and 1 never look alike."""

    type: JsonType
    value: None | bool | float | str

    def equals(self, value: Json) -> bool:
        if self.type == "number":
            return _double(value) == _double(self.value)
        if self.type == "boolean":
            return isinstance(value, bool) and value == self.value
        if self.type == "text":
            return isinstance(value, str) and value == self.value
        return value is None


def _double(value: Json) -> float | None:
    """A JSON number as the double it is read as everywhere (RFC 8259, 6), so that all evaluators compare alike."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def scalar(value: None | bool | float | str) -> Scalar:
    """The Scalar of a Python value."""
    if value is None:
        return Scalar("null", None)
    if isinstance(value, bool):
        return Scalar("boolean", value)
    if isinstance(value, str):
        return Scalar("text", value)
    return Scalar("number", value)


@dataclass(frozen=True, slots=True)
class OneOf:
    """The attribute is there and equals one of the values."""

    values: tuple[Scalar, ...]

    def holds(self, value: Json) -> bool:
        return any(candidate.equals(value) for candidate in self.values)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The attribute is a number of at least this."""

    lowest: float

    def holds(self, value: Json) -> bool:
        number = _double(value)
        return number is not None and number >= self.lowest


@dataclass(frozen=True, slots=True)
class Includes:
    """The attribute is a list that has all of these."""

    items: tuple[Scalar, ...]

    def holds(self, value: Json) -> bool:
        return isinstance(value, list) and all(any(item.equals(held) for held in value) for item in self.items)


@dataclass(frozen=True, slots=True)
class Present:
    """The attribute is there, not null, and neither an empty list nor an empty text."""

    def holds(self, value: Json) -> bool:
        return value is not None and value not in ("", [])


Test = OneOf | AtLeast | Includes | Present


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one attribute. An attribute that is not there fails every test."""

    attribute: str
    test: Test

    def holds(self, attributes: Mapping[str, Json]) -> bool:
        return self.attribute in attributes and self.test.holds(attributes[self.attribute])


@dataclass(frozen=True, slots=True)
class Alternative:
    """Events of one of these kinds whose attributes meet every condition."""

    kinds: tuple[str, ...]
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Selector:
    """Events that match at least one alternative."""

    alternatives: tuple[Alternative, ...]

    def matches(self, event: Event) -> bool:
        return any(
            event.kind in alternative.kinds
            and all(condition.holds(event.attributes) for condition in alternative.where)
            for alternative in self.alternatives
        )

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that could match: what a reader may skip by."""
        return frozenset(kind for alternative in self.alternatives for kind in alternative.kinds)
