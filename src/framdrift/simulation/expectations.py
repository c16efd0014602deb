"""What a key of a habits file may hold, and how it is read: with file and line where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Protocol, TypeVar, get_origin, get_type_hints

import yaml

from framdrift.events import UserError

NOTES = "source"  # allowed in every mapping: where its values come from; not read
_TRUTHS = {"true": True, "false": False}
_SHARES = {"never": 0.0, "always": 1.0}
T = TypeVar("T")


class HabitsError(UserError):
    """A habits file that does not hold what it must: file, line, key, what was expected."""

    def __init__(self, file: str, line: int, key: str, expected: str) -> None:
        self.file, self.line, self.key, self.expected = file, line, key, expected
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}: {key}: {expected}." if key else f"{place}: {expected}.")


class Expectation(Protocol):
    """One kind of value: ``says`` tells a person what is expected, ``read`` takes it from the file or raises."""

    @property
    def says(self) -> str: ...

    def read(self, node: yaml.Node, key: str) -> Any: ...


def wrong(node: yaml.Node, key: str, expected: str) -> HabitsError:
    return HabitsError(str(node.start_mark.name), node.start_mark.line + 1, key, expected)


def found(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return repr(node.value) if node.value != "" else "nothing"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def _refuse(expectation: Expectation, node: yaml.Node, key: str) -> HabitsError:
    return wrong(node, key, f"expected {expectation.says}, found {found(node)}")


@dataclass(frozen=True, slots=True)
class Number:
    low: float
    high: float
    unit: str = ""

    @property
    def says(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}{' ' + self.unit if self.unit else ''}"

    def read(self, node: yaml.Node, key: str) -> float:
        try:
            value = float(node.value) if isinstance(node, yaml.ScalarNode) else None
        except ValueError:
            value = None
        if value is None or not self.low <= value <= self.high:
            raise _refuse(self, node, key)
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    low: int
    high: int
    unit: str = ""

    @property
    def says(self) -> str:
        return f"a whole number from {self.low} to {self.high}{' ' + self.unit if self.unit else ''}"

    def read(self, node: yaml.Node, key: str) -> int:
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not text.lstrip("-").isdecimal() or not self.low <= int(text) <= self.high:
            raise _refuse(self, node, key)
        return int(text)


@dataclass(frozen=True, slots=True)
class Share:
    says: str = "a share from 0 to 1, 'never' or 'always'"

    def read(self, node: yaml.Node, key: str) -> float:
        if isinstance(node, yaml.ScalarNode) and node.value in _SHARES:
            return _SHARES[node.value]
        try:
            return Number(0, 1).read(node, key)
        except HabitsError:
            raise _refuse(self, node, key) from None


@dataclass(frozen=True, slots=True)
class Truth:
    says: str = "true or false"

    def read(self, node: yaml.Node, key: str) -> bool:
        if not isinstance(node, yaml.ScalarNode) or node.value not in _TRUTHS:
            raise _refuse(self, node, key)
        return _TRUTHS[node.value]


@dataclass(frozen=True, slots=True)
class Text:
    says: str = "a text"

    def read(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise _refuse(self, node, key)
        return str(node.value)


@dataclass(frozen=True, slots=True)
class Code:
    says: str = "a code of small letters, digits and hyphens"

    def read(self, node: yaml.Node, key: str) -> str:
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if not text or not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in text):
            raise _refuse(self, node, key)
        return str(text)


@dataclass(frozen=True, slots=True)
class OneOf:
    values: tuple[str, ...]

    @property
    def says(self) -> str:
        return "one of " + ", ".join(self.values)

    def read(self, node: yaml.Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.value not in self.values:
            raise _refuse(self, node, key)
        return str(node.value)


@dataclass(frozen=True, slots=True)
class Some:
    """A list of different words, their order kept."""

    values: tuple[str, ...]

    @property
    def says(self) -> str:
        return "a list of different words among " + ", ".join(self.values)

    def read(self, node: yaml.Node, key: str) -> tuple[str, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise _refuse(self, node, key)
        words = tuple(OneOf(self.values).read(item, key) for item in node.value)
        if len(set(words)) != len(words):
            raise wrong(node, key, f"expected {self.says}, found one of them twice")
        return words


@dataclass(frozen=True, slots=True)
class Parting:
    """Shares of a whole by name: they sum to 1."""

    names: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        return f"shares that sum to 1, by {', '.join(self.names) if self.names else 'name'}"

    def read(self, node: yaml.Node, key: str) -> dict[str, float]:
        shares = ByName(Share(), self.names).read(node, key)
        if abs(sum(shares.values()) - 1) > 1e-6:
            raise wrong(node, key, f"expected {self.says}, found the sum {sum(shares.values()):g}")
        return shares


@dataclass(frozen=True, slots=True)
class ByName:
    """The same kind of value for each name; where ``names`` are given, for all of them and no other."""

    each: Expectation
    names: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        return f"{self.each.says} for each of {', '.join(self.names) if self.names else 'some names'}"

    def read(self, node: yaml.Node, key: str) -> dict[str, Any]:
        given = pairs(node, key, self.says)
        given.pop(NOTES, None)
        for name, value in given.items():
            if self.names and name not in self.names:
                raise wrong(value, f"{key}.{name}", f"is not a known name; expected {', '.join(self.names)}")
        missing = [name for name in self.names if name not in given]
        if missing or not given:
            raise wrong(node, key, f"expected {self.says}; missing: {', '.join(missing) or 'all'}")
        return {name: self.each.read(value, f"{key}.{name}") for name, value in given.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping with the keys of a dataclass, all of them."""

    shape: type[Any]

    @property
    def says(self) -> str:
        return "a mapping with " + ", ".join(expectations(self.shape))

    def read(self, node: yaml.Node, key: str) -> Any:
        return read_part(self.shape, node, key)


@dataclass(frozen=True, slots=True)
class Each:
    """A list of the same kind of thing."""

    item: Expectation
    at_least: int = 0

    @property
    def says(self) -> str:
        return f"a list of {self.at_least} or more: {self.item.says}"

    def read(self, node: yaml.Node, key: str) -> tuple[Any, ...]:
        if not isinstance(node, yaml.SequenceNode) or len(node.value) < self.at_least:
            raise _refuse(self, node, key)
        return tuple(self.item.read(item, f"{key}[{place}]") for place, item in enumerate(node.value, 1))


def expectations(shape: type[Any]) -> dict[str, Expectation]:
    """What each key of a dataclass expects: as annotated, or the keys of the dataclass it holds."""
    hints = get_type_hints(shape, include_extras=True)
    return {name: hint.__metadata__[0] if get_origin(hint) is Annotated else Part(hint) for name, hint in hints.items()}


def pairs(node: yaml.Node, key: str, says: str) -> dict[str, yaml.Node]:
    """The keys of a mapping; a key that stands twice is refused, for YAML would silently keep the last."""
    if not isinstance(node, yaml.MappingNode):
        raise wrong(node, key, f"expected {says}, found {found(node)}")
    given: dict[str, yaml.Node] = {}
    for name, value in node.value:
        if name.value in given:
            raise wrong(name, f"{key}.{name.value}".lstrip("."), "stands twice")
        given[str(name.value)] = value
    return given


def read_part(shape: type[T], node: yaml.Node, key: str) -> T:
    """Reads a mapping as the dataclass ``shape``: every key of it, and no other but ``source``."""
    expected = expectations(shape)
    says = "expected " + ", ".join(expected)
    given = pairs(node, key, "a mapping with " + ", ".join(expected))
    for name, value in given.items():
        if name not in expected and name != NOTES:
            raise wrong(value, f"{key}.{name}".lstrip("."), f"is not a key of a habits file; {says}")
    values = {}
    for name, expectation in expected.items():
        inside = f"{key}.{name}".lstrip(".")
        if name not in given:
            raise wrong(node, inside, f"is missing; expected {expectation.says}")
        values[name] = expectation.read(given[name], inside)
    return shape(**values)
