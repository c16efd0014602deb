"""Each instance of a case in a sentence: what asked for it, what was due when, what met it or not, by how much, and why.

The rule and its source stand in every explanation: nobody has to take a deadline on trust.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from framdrift.events import Event
from framdrift.standard.calendar import local_date
from framdrift.standard.instance import Instance
from framdrift.standard.model import (
    Absence,
    Content,
    Coverage,
    Precedence,
    Recurring,
    Response,
    Rule,
    Standard,
    Texts,
)
from framdrift.standard.one_case import evaluate
from framdrift.standard.period import Period
from framdrift.standard.selector import AtLeast, Condition, Includes, OneOf, Selector
from framdrift.standard.timeline import moment, timeline
from framdrift.standard.words import KINDS, STATES, VALUES, YARDSTICKS, Language, amount, length, on_date, span, word


def explain(
    standard: Standard,
    events: Iterable[Event],
    *,
    as_of: date | datetime,
    known_at: date | datetime | None = None,
    language: Language = "nb",
) -> list[tuple[Instance, str]]:
    """The instances of one case, each with its explanation. The arguments are those of ``evaluate``."""
    held = list(events)
    seen = moment(as_of)
    case = timeline(held, as_of=seen, known_at=None if known_at is None else moment(known_at))
    if case is None:
        return []
    by_id = {event.event_id: event for event in case.events}
    ended = None if case.end is None else case.events[case.end].at
    told = []
    for instance in evaluate(standard, held, as_of=as_of, known_at=known_at):
        rule = standard.by_key[instance.requirement, instance.reading]
        teller = _Teller(
            rule=rule,
            instance=instance,
            start=by_id[instance.start],
            target=None if instance.target is None else by_id[instance.target],
            as_of=seen,
            ended=None if rule.after_end else ended,
            language=language,
        )
        told.append((instance, teller.text()))
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Tells of one instance in one language. ``ended`` is when the case ended, if it did by ``as_of``."""

    rule: Rule
    instance: Instance
    start: Event
    target: Event | None
    as_of: datetime
    ended: datetime | None
    language: Language

    def text(self) -> str:
        rule, language = self.rule, self.language
        name = rule.id if rule.reading is None else f"{rule.id}/{rule.reading}"
        reading = _in(rule.reading_title, language)
        title = _in(rule.title, language) + (f" ({reading})" if reading and reading != rule.reading else "")
        head = f"{name} {title}, {word(YARDSTICKS, rule.yardstick, language)}: {word(STATES, self.instance.state, language)}."
        source = f" {self._say('Kilde', 'Source')}: {_in(rule.source, language)}." if rule.source else ""
        return f"{head} {self._what_happened()}{source}"

    def _what_happened(self) -> str:
        match self.rule.pattern:
            case Response(_, target, within):
                return self._asked(self._kind(self.start), target, within)
            case Recurring(target, every, _):
                return self._asked(self._kind(self.start), target, every)
            case Precedence(_, requires, unless):
                return self._before(requires, unless)
            case Content(_, holds):
                return self._held(holds)
            case Absence(event, at_most, _):
                return self._counted(event, at_most)
            case Coverage(opens, closes, after):
                return self._covered(opens, closes, after)
        raise TypeError(f"{self.rule.id}: a rule about groups has no instances in cases")

    def _asked(self, start: str, target: Selector, within: Period | None) -> str:
        wanted, came = self._words(target), self._on(self.instance.opened)
        due = self._due(within)
        if due is None:
            opening = self._say(f"{start} {came} skulle følges av {wanted}.", f"{start} on {came} called for {wanted}.")
        else:
            opening = self._say(
                f"{start} {came} skulle følges av {wanted} innen {due}.",
                f"{start} on {came} called for {wanted} by {due}.",
            )
        return f"{_sentence(opening)} {self._outcome()}"

    def _outcome(self) -> str:
        if self.target is not None and self.instance.closed is not None:
            return self._arrival(self.target)
        if self.instance.due is None:
            return self._undated_absence()
        return self._dated_absence(self.instance.due)

    def _arrival(self, target: Event) -> str:
        due, name, came = self.instance.due, self._kind(target), self._on(target.at)
        if due is None:
            return self._say(f"Det kom {came}: {name}.", f"It came on {came}: {name}.")
        away = self._distance(target.at, due)
        if self.instance.state == "late":
            when = self._say(f"{away} for sent", f"{away} too late")
        elif away:
            when = self._say(f"{away} før fristen", f"{away} before the deadline")
        else:
            when = self._say("på fristen", "on the deadline")
        return self._say(f"Det kom {came}: {name}, {when}.", f"It came on {came}: {name}, {when}.")

    def _undated_absence(self) -> str:
        if self.instance.state == "missed":
            return self._say("Det kom ikke før saken tok slutt.", "It did not come before the case ended.")
        return self._say("Det har ikke kommet ennå.", "It has not come yet.")

    def _dated_absence(self, due: date | datetime) -> str:
        closed = self.instance.closed
        if self.instance.state == "void" and closed is not None:
            fell = self._on(closed)
            return self._say(
                f"Det falt bort {fell}, før fristen var ute.",
                f"It fell away on {fell}, before the deadline had passed.",
            )
        if self.instance.state == "missed":
            last = self.as_of if self.ended is None else self.ended
            away = self._distance(last, due)
            if self.ended is None:
                return self._say(
                    f"Det har ikke kommet, {away} etter fristen.", f"It has not come, {away} after the deadline."
                )
            return self._say(
                f"Det kom ikke før saken tok slutt {self._on(last)}, {away} etter fristen.",
                f"It did not come before the case ended on {self._on(last)}, {away} after the deadline.",
            )
        left = self._distance(self.as_of, due)
        if not left:
            return self._say("Fristen er i dag.", "It is due today.")
        return self._say(f"Det er {left} igjen.", f"There is {left} left.")

    def _before(self, requires: Selector, unless: Selector | None) -> str:
        wanted = self._words(requires) + (f"{self._say(' eller ', ' or ')}{self._words(unless)}" if unless else "")
        name, came = self._kind(self.start), self._on(self.start.at)
        if self.target is None:
            return self._say(
                f"Før {name} {came} skulle det finnes {wanted}; det fantes ikke.",
                f"Before {name} on {came} there should have been {wanted}; there was none.",
            )
        found, when = self._kind(self.target), self._on(self.target.at)
        away = self._distance(self.target.at, local_date(self.start.at)) or self._say("samme dag", "the same day")
        earlier = self._say(f"{away} før", f"{away} before") if away[0].isdigit() else away
        return self._say(
            f"Før {name} {came} skulle det finnes {wanted}: {found} {when}, {earlier}.",
            f"Before {name} on {came} there should be {wanted}: {found} on {when}, {earlier}.",
        )

    def _held(self, holds: tuple[Condition, ...]) -> str:
        name, came = self._kind(self.start), self._on(self.start.at)
        lacking = [self._condition(condition) for condition in holds if not condition.holds(self.start.attributes)]
        asked = self._and([self._condition(condition) for condition in holds])
        if lacking:
            lack = self._and(lacking)
            text = self._say(
                f"{name} {came} skulle ha {asked}; det mangler {lack}.",
                f"{name} on {came} should have {asked}; it lacks {lack}.",
            )
        else:
            text = self._say(
                f"{name} {came} skulle ha {asked}, og har det.", f"{name} on {came} should have {asked}, and has."
            )
        return _sentence(text)

    def _counted(self, event: Selector, at_most: int) -> str:
        wanted, since = self._words(event), self._on(self.instance.opened)
        limit = self._say(
            f"Høyst {at_most} ganger {wanted} siden {since}", f"At most {at_most} of {wanted} since {since}"
        )
        closed = self.instance.closed
        if closed is None:
            return self._say(f"{limit}: det er holdt.", f"{limit}: kept.")
        return self._say(
            f"{limit}: det ble én for mye {self._on(closed)}.", f"{limit}: one too many on {self._on(closed)}."
        )

    def _covered(self, opens: Selector, closes: Selector, after: Period) -> str:
        wanted, due = self._words(opens), self._due(after)
        lead = self._say(
            f"Fra {due} skulle det alltid være {wanted}.", f"From {due} on there should always be {wanted}."
        )
        closed = self.instance.closed
        if self.target is None or closed is None:
            return f"{lead} {self._outcome()}"
        since = self._on(closed)
        if self.instance.state == "missed":
            gap = self._words(closes)
            return lead + self._say(f" Fra {since} var det {gap}.", f" From {since} there was {gap}.")
        return lead + self._say(f" Det var det fra {since}.", f" There was, from {since}.")

    def _due(self, period: Period | None) -> str | None:
        due = self.instance.due
        if due is None or period is None:
            return None
        return f"{on_date(due, self.language, clock=True)} ({length(period, self.language)})"

    def _distance(self, at: datetime, due: date | datetime) -> str:
        """How far an instant is from a due date or instant: in days, or for an instant in hours; "" for nothing."""
        if isinstance(due, datetime):
            seconds = abs(int((at - due).total_seconds()))
            return span(seconds, self.language) if seconds else ""
        days = abs((local_date(at) - due).days)
        return amount(days, "day", self.language) if days else ""

    def _on(self, when: datetime) -> str:
        return on_date(when, self.language, clock=isinstance(self.instance.due, datetime))

    def _kind(self, event: Event) -> str:
        return word(KINDS, event.kind, self.language)

    def _words(self, selector: Selector) -> str:
        names = []
        for alternative in selector.alternatives:
            kinds = self._or([word(KINDS, kind, self.language) for kind in alternative.kinds])
            where = ", ".join(self._condition(condition) for condition in alternative.where)
            names.append(f"{kinds} ({where})" if where else kinds)
        return self._or(names)

    def _condition(self, condition: Condition) -> str:
        name = word(VALUES, condition.attribute, self.language)
        match condition.test:
            case OneOf(values):
                if [value.value for value in values] == [True]:
                    return name
                return self._or([word(VALUES, str(value.value), self.language) for value in values])
            case AtLeast(lowest):
                return self._say(f"{name} minst {lowest:g}", f"{name} at least {lowest:g}")
            case Includes(items):
                return f"{name} {self._and([str(item.value) for item in items])}"
        return name

    def _or(self, parts: list[str]) -> str:
        return self._joined(parts, self._say(" eller ", " or "))

    def _and(self, parts: list[str]) -> str:
        return self._joined(parts, self._say(" og ", " and "))

    def _joined(self, parts: list[str], last: str) -> str:
        return last.join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))

    def _say(self, nb: str, en: str) -> str:
        return nb if self.language == "nb" else en


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in(texts: Texts, language: Language) -> str:
    return texts.get(language) or texts.get("nb") or next(iter(texts.values()), "")
