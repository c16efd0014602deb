"""Standards loaded from files, every key checked; an error names file, line, requirement, key and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import TypeVar

from framdrift.standard.model import (
    ORIGINS,
    OWED_BY,
    YARDSTICKS,
    Absence,
    AgeBelow,
    Compare,
    Content,
    Coverage,
    Goal,
    Lasted,
    Pattern,
    Precedence,
    Recurring,
    Response,
    Rule,
    Share,
    Standard,
    VerdictRule,
)
from framdrift.standard.nodes import Node, StandardError, read_yaml
from framdrift.standard.period import Period, PeriodError, parse_period
from framdrift.standard.selector import (
    Alternative,
    AtLeast,
    Condition,
    Includes,
    OneOf,
    Present,
    Scalar,
    Selector,
    Test,
    scalar,
)

Code = TypeVar("Code", bound=str)
Read = TypeVar("Read")

_PROFILES = resources.files("framdrift.standard") / "profiles"

_TOP_KEYS = ("standard", "title", "in_force", "source", "goals", "verdict", "requirements")
_GOAL_KEYS = ("id", "title", "source")
_VERDICT_KEYS = ("conforms", "partly", "min_n")
_COMMON_KEYS = ("title", "source", "origin", "yardstick", "owed_by", "goals", "pattern", "cases", "after_end")
_PATTERN_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # pattern: (required keys, optional keys)
    "response": (("trigger", "target"), ("within",)),
    "recurring": (("target", "every"), ("from",)),
    "precedence": (("event", "requires"), ("unless",)),
    "content": (("event", "holds"), ()),
    "absence": (("event", "at_most"), ("reset",)),
    "coverage": (("opens", "closes", "after"), ()),
    "share": (("of", "among", "per", "min_n"), ("at_most", "at_least")),
    "compare": (("of", "group", "margin", "min_n"), ()),
}
_ALL_KEYS = tuple(
    dict.fromkeys([*_COMMON_KEYS, *(key for pair in _PATTERN_KEYS.values() for part in pair for key in part)])
)


@dataclass
class _Notes:
    """What all requirements of a file share: its goals, gaps to tell of, compares to check when all rules are known."""

    goals: set[str]
    gaps: list[str] = field(default_factory=list)
    compared: list[Node] = field(default_factory=list)


def profiles() -> list[str]:
    """The ids of the standards that ship with Framdrift."""
    return sorted(entry.name.removesuffix(".yaml") for entry in _PROFILES.iterdir() if entry.name.endswith(".yaml"))


def load(id_or_path: str | Path) -> Standard:
    """The standard of this id that ships with Framdrift, or of this file. Raises StandardError."""
    name = str(id_or_path)
    if name in profiles():
        return parse(f"{name}.yaml", (_PROFILES / f"{name}.yaml").read_text(encoding="utf-8"))
    path = Path(id_or_path)
    if not path.exists():
        raise StandardError(f"{name}: there is no such standard or file. Standards that ship: {', '.join(profiles())}.")
    if path.is_dir():
        raise StandardError(f"{name}: is a folder. Name a standard file (YAML).")
    try:
        return parse(name, path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise StandardError(f"{name}: is not UTF-8 text. Name a standard file (YAML).") from error


def standard_in_force(day: date) -> Standard:
    """The latest shipped standard in force on ``day``; the earliest one for a day before them all."""
    dated = sorted(
        (standard for standard in map(load, profiles()) if standard.in_force), key=lambda s: s.in_force or day
    )
    past = [standard for standard in dated if standard.in_force and standard.in_force <= day]
    return (past or dated)[-1 if past else 0]


def parse(name: str, text: str) -> Standard:
    """The standard written in ``text``; ``name`` is what errors call it. Raises StandardError."""
    root = read_yaml(name, text)
    fields = root.mapping(_TOP_KEYS, required=("standard", "requirements"))
    goals = tuple(_goal(node) for node in fields["goals"].sequence()) if "goals" in fields else ()
    notes = _Notes({goal.id for goal in goals})
    rules: list[Rule] = []
    seen: set[str] = set()
    for node in fields["requirements"].sequence():
        requirement = _requirement(node, notes)
        if requirement[0].id in seen:
            node.within(requirement[0].id).place.refuse("each requirement id only once")
        seen.add(requirement[0].id)
        rules += requirement
    if not rules:
        fields["requirements"].place.refuse("at least one requirement")
    notes.gaps += [f"the standard has no {key}" for key in ("title", "in_force", "source") if key not in fields]
    standard = Standard(
        id=fields["standard"].text(),
        title=_texts(fields["title"]) if "title" in fields else {"nb": fields["standard"].text()},
        in_force=fields["in_force"].date() if "in_force" in fields else None,
        source=fields["source"].text() if "source" in fields else "",
        goals=goals,
        verdict=_verdict(fields["verdict"]) if "verdict" in fields else VerdictRule(),
        rules=tuple(rules),
        gaps=tuple(notes.gaps),
    )
    _refuse_strange_compares(notes.compared, standard)
    return standard


def _goal(node: Node) -> Goal:
    fields = node.mapping(_GOAL_KEYS, required=("id",))
    goal_id = fields["id"].text()
    title = _texts(fields["title"]) if "title" in fields else {"nb": goal_id}
    return Goal(goal_id, title, fields["source"].text() if "source" in fields else "")


def _verdict(node: Node) -> VerdictRule:
    fields = node.mapping(_VERDICT_KEYS)
    rule = VerdictRule()
    if "conforms" in fields:
        rule = replace(rule, conforms=_share(fields["conforms"]))
    if "partly" in fields:
        rule = replace(rule, partly=_share(fields["partly"]))
    if "min_n" in fields:
        rule = replace(rule, min_n=fields["min_n"].integer())
    if rule.partly > rule.conforms:
        node.place.refuse("partly no higher than conforms")
    return rule


def _requirement(node: Node, notes: _Notes) -> list[Rule]:
    """The rules of one requirement: itself, or each of its readings."""
    if not node.is_mapping:
        node.place.refuse("a requirement: keys with values")
    requirement_id = next((child.text() for name, child in node.items() if name == "id"), None)
    if requirement_id is None:
        node.place.refuse("a key 'id', which is missing")
    node = node.within(requirement_id)
    fields = node.mapping(("id", "readings", *_ALL_KEYS))
    base = {name: child for name, child in fields.items() if name not in ("id", "readings")}
    notes.gaps += [f"requirement {requirement_id} has no {key}" for key in ("title", "source") if key not in base]
    if "readings" not in fields:
        return [_rule(node, None, base, {}, notes)]
    rules = []
    for reading, replaced in fields["readings"].items():
        changes = replaced.mapping(_ALL_KEYS)
        rules.append(_rule(replaced, reading, base, changes, notes))
    if not rules:
        fields["readings"].place.refuse("at least one reading")
    return rules


def _rule(node: Node, reading: str | None, base: dict[str, Node], changes: dict[str, Node], notes: _Notes) -> Rule:
    requirement_id = node.place.requirement or ""
    fields = {**base, **changes}
    if "pattern" not in fields:
        node.place.refuse("a key 'pattern', which is missing")
    pattern = fields["pattern"].one_of(tuple(_PATTERN_KEYS))
    required, optional = _PATTERN_KEYS[pattern]
    for name, child in fields.items():
        if name not in (*_COMMON_KEYS, *required, *optional):
            child.place.refuse(f"no key {name!r} with the pattern {pattern}; it takes {', '.join(required + optional)}")
    for name in required:
        if name not in fields:
            node.place.refuse(f"a key {name!r}, which the pattern {pattern} needs")
    if pattern == "compare":
        notes.compared.append(fields["of"].within(requirement_id))
    return Rule(
        id=requirement_id,
        reading=reading,
        title=_texts(base["title"]) if "title" in base else {"nb": requirement_id},
        reading_title=_texts(changes["title"]) if "title" in changes else ({"nb": reading} if reading else {}),
        source=_texts(fields["source"]) if "source" in fields else {},
        origin=_known(fields, "origin", ORIGINS, "ours"),
        yardstick=_known(fields, "yardstick", YARDSTICKS, "guideline"),
        owed_by=_known(fields, "owed_by", OWED_BY, "office"),
        goals=_goals(fields["goals"], notes.goals) if "goals" in fields else (),
        pattern=_PATTERNS[pattern](fields),
        cases=_selector(fields["cases"]) if "cases" in fields else None,
        after_end=fields["after_end"].boolean() if "after_end" in fields else False,
    )


def _known(fields: dict[str, Node], key: str, allowed: tuple[Code, ...], default: Code) -> Code:
    if key not in fields:
        return default
    value = fields[key].one_of(allowed)
    return next(code for code in allowed if code == value)


def _goals(node: Node, known: set[str]) -> tuple[str, ...]:
    named = tuple(item.text() for item in node.sequence())
    for goal in named:
        if known and goal not in known:
            node.place.refuse(f"goals of this standard ({', '.join(sorted(known))}), not {goal!r}")
    return named


def _texts(node: Node) -> dict[str, str]:
    """Texts by language; a plain text is Norwegian bokmål."""
    if not node.is_mapping:
        return {"nb": node.text()}
    return {language: child.text() for language, child in node.items()}


def _period(node: Node) -> Period:
    value = node.scalar()
    try:
        return parse_period(str(value))
    except PeriodError as error:
        node.place.refuse(str(error))


def _share(node: Node) -> Fraction:
    value = node.number()
    if not 0 <= value <= 1:
        node.place.refuse("a share between 0 and 1")
    # Through its text, so that 0.99 is ninety-nine hundredths and not the nearest double.
    return Fraction(str(value))


def _selector(node: Node) -> Selector:
    fields = node.mapping(("kind", "where", "any"))
    if "any" in fields:
        if len(fields) > 1:
            node.place.refuse("either 'any', or 'kind' with 'where'")
        parts = [_selector(item) for item in fields["any"].sequence()]
        if not parts:
            fields["any"].place.refuse("at least one selector")
        return Selector(tuple(alternative for part in parts for alternative in part.alternatives))
    if "kind" not in fields:
        node.place.refuse("a key 'kind' or 'any', which is missing")
    kind = fields["kind"]
    kinds = tuple(item.text() for item in kind.sequence()) if kind.is_sequence else (kind.text(),)
    if not kinds:
        kind.place.refuse("at least one kind")
    return Selector((Alternative(kinds, _conditions(fields["where"]) if "where" in fields else ()),))


def _conditions(node: Node) -> tuple[Condition, ...]:
    return tuple(Condition(attribute, _test(child)) for attribute, child in node.items())


def _test(node: Node) -> Test:
    if node.is_sequence:
        values = tuple(_scalar(item) for item in node.sequence())
        if not values:
            node.place.refuse("at least one value")
        return OneOf(values)
    if not node.is_mapping:
        return OneOf((_scalar(node),))
    fields = node.mapping(("at_least", "includes", "present"))
    if len(fields) != 1:
        node.place.refuse("one of at_least, includes, present")
    if "at_least" in fields:
        return AtLeast(fields["at_least"].number())
    if "includes" in fields:
        return Includes(tuple(_scalar(item) for item in fields["includes"].sequence()))
    if not fields["present"].boolean():
        fields["present"].place.refuse("true")
    return Present()


def _scalar(node: Node) -> Scalar:
    value = node.scalar()
    # An unquoted date is a text in JSON.
    return scalar(value.isoformat() if isinstance(value, date) else value)


def _compared(node: Node) -> tuple[str, str | None]:
    requirement, _, reading = node.text().partition("/")
    return requirement, reading or None


def _group(node: Node) -> AgeBelow | Lasted:
    fields = node.mapping(("age_below", "lasted"))
    if len(fields) != 1:
        node.place.refuse("one of age_below, lasted")
    if "age_below" in fields:
        return AgeBelow(fields["age_below"].integer(1))
    period = _period(fields["lasted"])
    if period.unit != "dates":
        fields["lasted"].place.refuse("a period of calendar dates, like P6M")
    return Lasted(period)


def _share_pattern(fields: dict[str, Node]) -> Share:
    if "at_most" not in fields and "at_least" not in fields:
        fields["pattern"].place.refuse("at_most or at_least with the pattern share")
    return Share(
        of=_selector(fields["of"]),
        among=_selector(fields["among"]),
        per="actor" if fields["per"].one_of(("actor", "office")) == "actor" else "office",
        min_n=fields["min_n"].integer(),
        at_most=_share(fields["at_most"]) if "at_most" in fields else None,
        at_least=_share(fields["at_least"]) if "at_least" in fields else None,
    )


def _optional(fields: dict[str, Node], key: str, read: Callable[[Node], Read]) -> Read | None:
    return read(fields[key]) if key in fields else None


_PATTERNS: dict[str, Callable[[dict[str, Node]], Pattern]] = {
    "response": lambda f: Response(_selector(f["trigger"]), _selector(f["target"]), _optional(f, "within", _period)),
    "recurring": lambda f: Recurring(_selector(f["target"]), _period(f["every"]), _optional(f, "from", _selector)),
    "precedence": lambda f: Precedence(
        _selector(f["event"]), _selector(f["requires"]), _optional(f, "unless", _selector)
    ),
    "content": lambda f: Content(_selector(f["event"]), _conditions(f["holds"])),
    "absence": lambda f: Absence(_selector(f["event"]), f["at_most"].integer(), _optional(f, "reset", _selector)),
    "coverage": lambda f: Coverage(_selector(f["opens"]), _selector(f["closes"]), _period(f["after"])),
    "share": _share_pattern,
    "compare": lambda f: Compare(_compared(f["of"]), _group(f["group"]), _share(f["margin"]), f["min_n"].integer()),
}


def _refuse_strange_compares(nodes: list[Node], standard: Standard) -> None:
    """A compare must name a rule of the same file whose instances belong to cases."""
    for node in nodes:
        other = standard.by_key.get(_compared(node))
        if other is None or isinstance(other.pattern, Share | Compare):
            known = ", ".join("/".join(filter(None, key)) for key in standard.by_key)
            node.place.refuse(f"a rule of this file whose instances belong to cases ({known})")
