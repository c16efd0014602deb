"""Writes what the docs take from elsewhere: rules and cases of the pictures, nav-2012, the vocabulary, the decisions.

    .venv/bin/python scripts/write_tables.py

A generated part of a page stands between `<!-- table: NAME -->` and `<!-- end -->`; the rest is written by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from pictures import groups, timeline
from pictures.cases import PICTURES

from framdrift.events import KINDS, Attribute
from framdrift.standard import Rule, load
from framdrift.standard.model import (
    Absence,
    AgeBelow,
    Compare,
    Content,
    Coverage,
    Precedence,
    Recurring,
    Response,
    Share,
)
from framdrift.standard.selector import AtLeast, Condition, Includes, OneOf, Selector
from framdrift.standard.words import KINDS as KIND_WORDS

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = ("README.md", "standard.md", "events.md")
_PART = re.compile(r"(<!-- table: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def written(page: str) -> str:
    """A page with its generated parts as they should be."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return _PART.sub(lambda part: f"{part[1]}\n{TABLES[part[2]]()}\n\n{part[3]}", text)


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _rule_of_picture(rule: str) -> str:
    return f"```yaml\n{rule.strip()}\n```"


def _cases_of_picture(cases: tuple[timeline.Held, ...]) -> str:
    rows = [
        (case.lane.told if not number else "", *_parted(line))
        for case in cases
        for number, line in enumerate(timeline.told(case))
    ]
    return _table(("Case", "In words", "State"), rows)


def _parted(line: str) -> tuple[str, str]:
    words, _, state = line.rpartition(": ")
    return (words, f"**{state}**") if words != timeline.NO_INSTANCE else (state, timeline.NO_INSTANCE)


def _groups_of_picture(found: list[groups.Group]) -> str:
    return "\n".join(f"- {groups.told(group)}" for group in found)


def _kinds() -> str:
    rows = [
        (
            f"`{name}`",
            KIND_WORDS[name][0],
            " · ".join(_attribute(key, attribute) for key, attribute in kind.attributes.items()) or "–",
        )
        for name, kind in KINDS.items()
    ]
    return _table(("Kind", "Norwegian", "Attributes"), rows)


def _attribute(name: str, attribute: Attribute) -> str:
    if attribute.codes:
        of = "list of " if attribute.type == "list" else ""
        return f"`{name}` ({of}{', '.join(f'`{code}`' for code in attribute.codes)})"
    if attribute.lowest is not None:
        upper = "" if attribute.highest is None else f" to {attribute.highest}"
        return f"`{name}` (whole number, {attribute.lowest}{upper or ' or more'})"
    return f"`{name}` ({_TYPES[attribute.type]})"


_TYPES = {"text": "text", "integer": "whole number", "boolean": "true or false", "list": "list"}


def _profile() -> str:
    standard = load("nav-2012")
    rows = [
        (
            rule.id if rule.reading is None else f"{rule.id}/{rule.reading}",
            _title(rule),
            _in_short(rule),
            rule.yardstick if rule.owed_by == "office" else f"{rule.yardstick}; owed by the job-seeker",
            rule.origin,
            ", ".join(rule.goals),
            rule.source["en"],
        )
        for rule in standard.rules
    ]
    return _table(("Id", "What is asked", "Rule", "Yardstick", "Origin", "Goals", "Source"), rows)


def _goals() -> str:
    rows = [(goal.id, goal.title["en"], goal.title["nb"], goal.source) for goal in load("nav-2012").goals]
    return _table(("Goal", "English", "Norwegian", "Source"), rows)


def _title(rule: Rule) -> str:
    reading = rule.reading_title.get("en")
    return f"{rule.title['en']} ({reading})" if reading else rule.title["en"]


def _in_short(rule: Rule) -> str:
    limited = f"; only cases with {_events(rule.cases)}" if rule.cases else ""
    return f"{_pattern(rule)}{limited}" + ("; also after the end" if rule.after_end else "")


def _pattern(rule: Rule) -> str:  # noqa: PLR0911  # one for each pattern
    match rule.pattern:
        case Response(trigger, target, within):
            by = f", within {within.text}" if within else ""
            return f"response: {_events(trigger)} → {_events(target)}{by}"
        case Recurring(target, every, start):
            since = f" from {_events(start)}" if start else ""
            return f"recurring{since}: {_events(target)}, every {every.text}"
        case Precedence(event, requires, unless):
            excuse = f", unless {_events(unless)}" if unless else ""
            return f"precedence: {_events(event)} requires {_events(requires)}{excuse}"
        case Content(event, holds):
            return f"content: {_events(event)} holds {_conditions(holds)}"
        case Absence(event, at_most, reset):
            anew = f", reset {_events(reset)}" if reset else ""
            return f"absence: {_events(event)}, at most {at_most}{anew}"
        case Coverage(opens, closes, after):
            return f"coverage: opens {_events(opens)}, closes {_events(closes)}, after {after.text}"
        case Share() as share:
            bounds = [f"at most {float(share.at_most):g}"] if share.at_most is not None else []
            bounds += [f"at least {float(share.at_least):g}"] if share.at_least is not None else []
            return (
                f"share per {share.per}: {_events(share.of)} among {_events(share.among)}, {', '.join(bounds)}, "
                f"min_n {share.min_n}"
            )
        case Compare(of, group, margin, min_n):
            who = f"age below {group.years}" if isinstance(group, AgeBelow) else f"lasted {group.period.text}"
            return f"compare: {'/'.join(filter(None, of))}, {who}, margin {float(margin):g}, min_n {min_n}"


def _events(selector: Selector) -> str:
    return " or ".join(
        ", ".join(f"`{kind}`" for kind in alternative.kinds)
        + (f" ({_conditions(alternative.where)})" if alternative.where else "")
        for alternative in selector.alternatives
    )


def _conditions(conditions: tuple[Condition, ...]) -> str:
    return ", ".join(f"{condition.attribute} {_test(condition)}" for condition in conditions)


def _test(condition: Condition) -> str:
    match condition.test:
        case OneOf(values):
            return " or ".join(f"`{json.dumps(value.value)}`".replace('"', "") for value in values)
        case AtLeast(lowest):
            return f"at least {lowest:g}"
        case Includes(items):
            return f"includes {', '.join(f'`{item.value}`' for item in items)}"
    return "present"


def _decisions() -> str:
    pages = sorted((DOCS / "adr").glob("*.md"))
    titles = [page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for page in pages]
    return "\n".join(f"- [{title}](adr/{page.name})" for page, title in zip(pages, titles, strict=True))


TABLES: dict[str, Callable[[], str]] = {
    "kinds": _kinds,
    "nav-2012": _profile,
    "goals": _goals,
    "decisions": _decisions,
    **{f"rule-{picture.name}": lambda rule=picture.rule: _rule_of_picture(rule) for picture in PICTURES},
    **{f"cases-{picture.name}": lambda shown=picture: _cases_of_picture(timeline.held(shown)) for picture in PICTURES},
    **{f"rule-{picture.name}": lambda rule=picture.rule: _rule_of_picture(rule) for picture in groups.PICTURES},
    **{
        f"cases-{picture.name}": lambda shown=picture: _groups_of_picture(groups.held(shown))
        for picture in groups.PICTURES
    },
}


if __name__ == "__main__":
    for name in PAGES:
        (DOCS / name).write_text(written(name), encoding="utf-8")
