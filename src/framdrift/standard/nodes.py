"""YAML read with its places: every value knows the line it stands on, so that an error can say where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

import yaml as pyyaml

from framdrift.events import UserError


class StandardError(UserError):
    """A standard file that cannot be used: file, line, requirement and key, and what was expected there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a standard file something stands."""

    file: str
    line: int
    requirement: str | None = None
    key: str | None = None

    def refuse(self, expected: str) -> NoReturn:
        where = f"{self.file}, line {self.line}"
        if self.requirement:
            where += f", requirement {self.requirement}"
        if self.key:
            where += f", key {self.key}"
        raise StandardError(f"{where}: expected {expected}.")


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML node with its place. Its readers refuse, with the place, what is not of the shape they read."""

    yaml: pyyaml.Node
    place: Place

    def mapping(self, allowed: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, Node]:
        """The node's keys and values; an unknown, doubled or missing key is refused."""
        fields: dict[str, Node] = {}
        for name, child in self.items():
            if name not in allowed:
                child.place.refuse(f"no key {name!r} here; it can be {', '.join(allowed)}")
            fields[name] = child
        for name in required:
            if name not in fields:
                self.place.refuse(f"a key {name!r}, which is missing")
        return fields

    def items(self) -> Iterator[tuple[str, Node]]:
        if not isinstance(self.yaml, pyyaml.MappingNode):
            self.place.refuse("keys with values")
        seen: set[str] = set()
        for key, value in self.yaml.value:
            name = str(key.value)
            place = self._at(key, name)
            if not isinstance(key, pyyaml.ScalarNode):
                place.refuse("a plain key")
            if name in seen:
                place.refuse(f"the key {name!r} only once")
            seen.add(name)
            yield name, Node(value, place)

    def sequence(self) -> list[Node]:
        if not isinstance(self.yaml, pyyaml.SequenceNode):
            self.place.refuse("a list")
        return [Node(item, self._at(item, self.place.key)) for item in self.yaml.value]

    @property
    def is_sequence(self) -> bool:
        return isinstance(self.yaml, pyyaml.SequenceNode)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.yaml, pyyaml.MappingNode)

    def scalar(self) -> None | bool | int | float | str | date:
        if not isinstance(self.yaml, pyyaml.ScalarNode):
            self.place.refuse("one value")
        if self.yaml.style is None and self.yaml.value.lower() in _ONCE_BOOLEAN:
            self.place.refuse(f'true or false, or the text in quotes: "{self.yaml.value}"')
        try:
            value: Any = pyyaml.SafeLoader("").construct_object(self.yaml, deep=True)
        except (ValueError, pyyaml.YAMLError):
            # An impossible date, or a tag that asks for more than a value.
            self.place.refuse(f"a value, which {self.yaml.value!r} is not")
        if not isinstance(value, bool | int | float | str | date | None):
            self.place.refuse("a number, a text, a date, true, false or null")
        return value

    def text(self) -> str:
        value = self.scalar()
        if not isinstance(value, str) or not value:
            self.place.refuse("a text")
        return value

    def one_of(self, allowed: tuple[str, ...]) -> str:
        value = self.scalar()
        if value not in allowed:
            self.place.refuse(f"one of {', '.join(allowed)}")
        return str(value)

    def boolean(self) -> bool:
        value = self.scalar()
        if not isinstance(value, bool):
            self.place.refuse("true or false")
        return value

    def integer(self, lowest: int = 0) -> int:
        value = self.scalar()
        if isinstance(value, bool) or not isinstance(value, int) or value < lowest:
            self.place.refuse(f"a whole number of at least {lowest}")
        return value

    def number(self) -> float:
        value = self.scalar()
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.place.refuse("a number")
        return value

    def date(self) -> date:
        value = self.scalar()
        if isinstance(value, str):
            # In quotes, as a standard written in JSON has it.
            with suppress(ValueError):
                value = date.fromisoformat(value)
        if type(value) is not date:
            self.place.refuse("a date like 2012-01-01")
        return value

    def within(self, requirement: str) -> Node:
        """The same node, its place naming the requirement it belongs to."""
        return Node(self.yaml, Place(self.place.file, self.place.line, requirement, self.place.key))

    def _at(self, node: pyyaml.Node, key: str | None) -> Place:
        return Place(self.place.file, node.start_mark.line + 1, self.place.requirement, key)


# YAML 1.1 reads these as true and false, YAML 1.2 as text; the vocabulary has the texts `yes` and `no`.
_ONCE_BOOLEAN = {"yes", "no", "on", "off", "y", "n"}


def read_yaml(name: str, text: str) -> Node:
    """The root node of a YAML document. Raises StandardError where it is not YAML."""
    try:
        root = pyyaml.compose(text, Loader=pyyaml.SafeLoader)
    except pyyaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise StandardError(f"{name}, line {line}: is not readable as YAML: {problem}.") from error
    if root is None:
        raise StandardError(f"{name}: is empty. A standard has at least a name and one requirement.")
    return Node(root, Place(name, root.start_mark.line + 1))
