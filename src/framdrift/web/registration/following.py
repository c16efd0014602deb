"""What is owed in a case now, by whom and by when: the standard held against its events.

One source for the person's pages and the advisor's, so that they cannot differ. Only what the standard in force asks by
one of its yardsticks, and only what is not done: nothing is promised here that nobody owes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile

from django.utils.translation import get_language, gettext

from framdrift.casework.conformity.standards import in_force
from framdrift.casework.journal.queries import events_of
from framdrift.events import Event
from framdrift.standard.calendar import local_date
from framdrift.standard.explanation import explain
from framdrift.standard.instance import Instance
from framdrift.standard.model import Coverage, Rule, Standard
from framdrift.standard.timeline import timeline
from framdrift.standard.words import Language
from framdrift.web.conformity.words import text
from framdrift.web.registration.obligations import WORDS

DECISION, CONTACT = "R1", "R2"
ANSWERED = ("registered", "registration_changed")


@dataclass(frozen=True, slots=True)
class Owed:
    requirement: str
    reading: str | None
    title: str
    text: str
    deed: str
    due: date
    is_late: bool
    is_yours: bool
    """The person owes it, and not the office."""
    is_aim: bool
    """The reform's intention asks for it, and no guideline."""
    why: str
    """The rule, its source and the arithmetic."""
    others: int = 0
    """How many more of the same are late; the earliest is told."""
    also: tuple[Owed, ...] = ()
    """The same requirement by its other readings."""


@dataclass(frozen=True, slots=True)
class ContactOwed:
    """Somebody is to make contact before the decision: the person asked for it, or an answer of theirs is unclear."""

    is_asked: bool
    is_decided: bool
    due: date | None
    is_late: bool
    why: str


@dataclass(frozen=True, slots=True)
class Following:
    """What is not done yet, the earliest first, and before it all the contact that comes before the decision."""

    owed: tuple[Owed, ...] = ()
    contact: ContactOwed | None = None


def following_in(case_id: str, *, now: datetime) -> Following:
    """One query."""
    return following_of(events_of(case_id), now=now)


def following_of(events: Collection[Event], *, now: datetime) -> Following:
    told = timeline(events, as_of=now)
    if told is None:
        return Following()
    alive = told.events[: told.alive]
    standard = in_force(local_date(now))
    language: Language = "en" if (get_language() or "").startswith("en") else "nb"
    found = []
    for instance, why in explain(standard, events, as_of=now, language=language):
        rule = standard.by_key[instance.requirement, instance.reading]
        due = _due(instance, rule, alive)
        if due is not None and rule.yardstick != "none":
            found.append(_owed(rule, due, instance.state == "missed", why))
    owed = _each_once(sorted(found, key=lambda each: (each.due, each.title)))
    return Following(tuple(owed), _contact(alive, owed, standard))


def _due(instance: Instance, rule: Rule, events: Sequence[Event]) -> date | None:
    """The day of what is not done, whether in time still or not; what the end of the case settled is nobody's to do."""
    if instance.due is None or instance.state not in ("open", "missed"):
        return None
    if isinstance(rule.pattern, Coverage) and instance.target is not None:
        return _uncovered_since(rule.pattern, events) if instance.state == "missed" else None
    if instance.closed is not None:
        return None
    return local_date(instance.due) if isinstance(instance.due, datetime) else instance.due


def _uncovered_since(pattern: Coverage, events: Sequence[Event]) -> date | None:
    """Since when a gap lasts still; None where somebody has taken over since."""
    since = None
    for event in events:
        if pattern.opens.matches(event):
            since = None
        elif since is None and pattern.closes.matches(event):
            since = local_date(event.at)
    return since


def _owed(rule: Rule, due: date, is_late: bool, why: str) -> Owed:
    words = WORDS.get(rule.key)
    return Owed(
        requirement=rule.id,
        reading=rule.reading,
        title=str(words.title) if words else text(rule.title),
        text=str(words.text) if words else "",
        deed=str(words.deed) if words else text(rule.title),
        due=due,
        is_late=is_late,
        is_yours=rule.owed_by == "jobseeker",
        is_aim=rule.yardstick == "intention",
        why=why,
    )


def _each_once(found: list[Owed]) -> list[Owed]:
    """Of what is late the same thing once, and the readings of a requirement together."""
    kept: dict[tuple[str, str | None, bool], Owed] = {}
    for each in found:
        key = (each.requirement, each.reading, each.is_late)
        kept[key] = replace(kept[key], others=kept[key].others + 1) if key in kept else each
    together: dict[tuple[str, bool], Owed] = {}
    for each in kept.values():
        place = (each.requirement, each.is_late)
        first = together.get(place)
        together[place] = replace(first, also=(*first.also, each)) if first else each
    return list(together.values())


def _contact(events: Sequence[Event], owed: Sequence[Owed], standard: Standard) -> ContactOwed | None:
    """What is asked for stays owed until there has been contact; what is unclear, until the decision."""
    answers = [event for event in reversed(events) if event.kind in ANSWERED]
    is_asked = bool(answers) and _asks(answers[0])
    is_decided = any(event.kind == "decision_made" and event.attributes.get("first") is True for event in events)
    calling = list(takewhile(_asks if is_asked else _is_unclear, answers))
    if not calling or (is_decided and not is_asked):
        return None
    if any(_is_contact(event) and event.at >= calling[-1].at for event in events):
        return None
    decision = next((each for each in owed if each.requirement == DECISION), None)
    return ContactOwed(
        is_asked=is_asked,
        is_decided=is_decided,
        due=decision.due if decision else None,
        is_late=is_decided or (decision is not None and decision.is_late),
        why=_rule_of_contact(standard),
    )


def _asks(event: Event) -> bool:
    return event.attributes.get("wants_contact") is True


def _is_unclear(event: Event) -> bool:
    return bool(event.attributes.get("unclear"))


def _is_contact(event: Event) -> bool:
    return event.kind == "conversation" or (event.kind == "contact" and event.attributes.get("form") == "exchange")


def _rule_of_contact(standard: Standard) -> str:
    rule = next((rule for rule in standard.rules if rule.id == CONTACT), None)
    if rule is None:
        return ""
    source = gettext("Kilde: %(source)s.") % {"source": text(rule.source)} if rule.source else ""
    return f"{rule.id} {text(rule.title)}. {source}".strip()
