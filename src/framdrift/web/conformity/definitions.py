"""What each figure counts, told from the rule itself, so that the page can never define it otherwise than it is
measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from framdrift.standard.model import (
    Absence,
    AgeBelow,
    Compare,
    Content,
    Coverage,
    Precedence,
    Recurring,
    Response,
    Rule,
    Share,
    Standard,
)
from framdrift.standard.period import Period
from framdrift.standard.selector import Alternative, AtLeast, Condition, Includes, OneOf, Present, Scalar, Selector
from framdrift.web.conformity.words import ATTRIBUTES, KINDS, ORIGINS, READINGS, TRUTHS, VALUES, YARDSTICKS, text, word
from framdrift.web.design import formats


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingDefinition:
    """One way to read a requirement; ``name`` is empty where there is only one."""

    name: str
    about: str
    yardstick: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    id: str
    title: str
    source: str
    origin: str
    goals: str
    readings: tuple[ReadingDefinition, ...]


def definitions(standard: Standard) -> tuple[Definition, ...]:
    by_id: dict[str, list[Rule]] = {}
    for rule in standard.rules:
        by_id.setdefault(rule.id, []).append(rule)
    return tuple(
        Definition(
            id=rules[0].id,
            title=text(rules[0].title),
            source=text(rules[0].source),
            origin=word(ORIGINS, rules[0].origin),
            goals=", ".join(rules[0].goals),
            readings=tuple(_reading(rule) for rule in rules),
        )
        for rules in by_id.values()
    )


def _reading(rule: Rule) -> ReadingDefinition:
    facts = list(facts_of(rule.pattern))
    if rule.cases is not None:
        facts.append(Fact(_("Bare saker med"), events(rule.cases)))
    if rule.after_end:
        facts.append(Fact(_("Etter at saken er slutt"), _("gjelder fortsatt")))
    name = reading_name(rule)
    return ReadingDefinition(name, text(rule.reading_title), word(YARDSTICKS, rule.yardstick), tuple(facts))


def reading_name(rule: Rule) -> str:
    return word(READINGS, rule.reading) if rule.reading else ""


def short_name(rule: Rule) -> str:
    """«R6 streng»"""
    return " ".join(filter(None, [rule.id, reading_name(rule)]))


@singledispatch
def facts_of(pattern: object) -> Sequence[Fact]:
    """The pattern as named facts, in the order of reading."""
    raise TypeError(f"no words for the pattern {type(pattern).__name__}")


@facts_of.register
def _response(pattern: Response) -> Sequence[Fact]:
    deadline = period(pattern.within) if pattern.within else _("så lenge saken varer")
    return (
        Fact(_("Utløses av"), events(pattern.trigger)),
        Fact(_("Oppfylles av"), events(pattern.target)),
        Fact(_("Frist"), deadline),
    )


@facts_of.register
def _recurring(pattern: Recurring) -> Sequence[Fact]:
    return (
        Fact(_("Regnes fra"), events(pattern.start) if pattern.start else _("registreringen, og så fra forrige gang")),
        Fact(_("Oppfylles av"), events(pattern.target)),
        Fact(_("Minst én gang i løpet av"), period(pattern.every)),
    )


@facts_of.register
def _precedence(pattern: Precedence) -> Sequence[Fact]:
    facts = [Fact(_("Gjelder hvert"), events(pattern.event)), Fact(_("Før det finnes"), events(pattern.requires))]
    return [*facts, Fact(_("Eller"), events(pattern.unless))] if pattern.unless else facts


@facts_of.register
def _content(pattern: Content) -> Sequence[Fact]:
    return (
        Fact(_("Gjelder hvert"), events(pattern.event)),
        Fact(_("Skal ha"), formats.spaced_list([_condition(condition) for condition in pattern.holds])),
    )


@facts_of.register
def _absence(pattern: Absence) -> Sequence[Fact]:
    times = ngettext("%(n)s gang", "%(n)s ganger", pattern.at_most) % {"n": pattern.at_most}
    facts = [Fact(_("Gjelder"), events(pattern.event)), Fact(_("Høyst"), times)]
    return [*facts, Fact(_("Telles på nytt etter"), events(pattern.reset))] if pattern.reset else facts


@facts_of.register
def _coverage(pattern: Coverage) -> Sequence[Fact]:
    return (
        Fact(_("Begynner med"), events(pattern.opens)),
        Fact(_("Brytes av"), events(pattern.closes)),
        Fact(_("Uten opphold fra"), _("%(period)s etter registreringen") % {"period": period(pattern.after)}),
    )


@facts_of.register
def _share(pattern: Share) -> Sequence[Fact]:
    who = _("hver veileder") if pattern.per == "actor" else _("hvert kontor")
    facts = [
        Fact(_("Andelen"), events(pattern.of)),
        Fact(_("Blant"), events(pattern.among)),
        Fact(_("For"), _("%(who)s med minst %(n)s") % {"who": who, "n": pattern.min_n}),
    ]
    if pattern.at_most is not None:
        facts.append(Fact(_("Høyst"), _exact_percent(pattern.at_most)))
    if pattern.at_least is not None:
        facts.append(Fact(_("Minst"), _exact_percent(pattern.at_least)))
    return facts


@facts_of.register
def _compare(pattern: Compare) -> Sequence[Fact]:
    group = (
        _("de under %(years)s år") % {"years": pattern.group.years}
        if isinstance(pattern.group, AgeBelow)
        else _("de som har vært registrert i minst %(period)s") % {"period": period(pattern.group.period)}
    )
    requirement, reading = pattern.of
    return (
        Fact(_("Sammenligner"), " ".join(filter(None, [requirement, word(READINGS, reading) if reading else ""]))),
        Fact(_("Gruppen"), group),
        Fact(_("Høyst dårligere enn andre med"), _("%(n)s prosentpoeng") % {"n": round(pattern.margin * 100)}),
        Fact(_("Trenger"), _("%(n)s avsluttede på hver side") % {"n": pattern.min_n}),
    )


def events(selector: Selector) -> str:
    """Which events a selector speaks of."""
    return _or([_alternative(alternative) for alternative in selector.alternatives])


def _alternative(alternative: Alternative) -> str:
    kinds = _or([word(KINDS, kind) for kind in alternative.kinds])
    conditions = [_condition(condition) for condition in alternative.where]
    return f"{kinds} ({', '.join(conditions)})" if conditions else kinds


def _condition(condition: Condition) -> str:
    name, test = word(ATTRIBUTES, condition.attribute), condition.test
    if isinstance(test, Present):
        return _("%(attribute)s oppgitt") % {"attribute": name}
    if isinstance(test, AtLeast):
        return _("%(attribute)s minst %(n)s") % {"attribute": name, "n": f"{test.lowest:g}"}
    if isinstance(test, Includes):
        return f"{name} {formats.spaced_list([_value(item) for item in test.items])}"
    return _one_of(condition.attribute, name, test)


def _one_of(attribute: str, name: str, test: OneOf) -> str:
    only = test.values[0] if len(test.values) == 1 else None
    if only is not None and only.type == "boolean":
        return word(TRUTHS, attribute) if only.value else _("ikke %(what)s") % {"what": word(TRUTHS, attribute)}
    return f"{name}: {_or([_value(value) for value in test.values])}"


def _value(value: Scalar) -> str:
    return word(VALUES, value.value) if isinstance(value.value, str) else str(value.value)


def _or(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s eller %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _exact_percent(share: Fraction) -> str:
    return formats.percent_text(f"{float(share * 100):g}")


_Counted = Callable[[int], str]


def period(value: Period) -> str:
    """«14 dager», «3 måneder», «5 virkedager»"""
    years, months = divmod(value.months, 12)
    weeks, days = divmod(value.days, 7) if "W" in value.text else (0, value.days)
    if value.unit == "working_days":
        return ngettext("%(n)s virkedag", "%(n)s virkedager", days) % {"n": days}
    hours = value.seconds // 3600
    parts: list[tuple[int, _Counted]] = [
        (years, lambda n: ngettext("%(n)s år", "%(n)s år", n)),
        (months, lambda n: ngettext("%(n)s måned", "%(n)s måneder", n)),
        (weeks, lambda n: ngettext("%(n)s uke", "%(n)s uker", n)),
        (days, lambda n: ngettext("%(n)s dag", "%(n)s dager", n)),
        (hours, lambda n: ngettext("%(n)s time", "%(n)s timer", n)),
    ]
    return formats.spaced_list([phrase(n) % {"n": n} for n, phrase in parts if n]) or value.text
