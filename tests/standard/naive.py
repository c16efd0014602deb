"""The contract once more, word by word and without a thought for speed: what both evaluators are held against.

It reads the standard's YAML itself, with its own calendar (``almanac``), and takes of ``framdrift`` nothing but the
``Event``. Where the contract is silent it follows ADR 2.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from almanac import DAY, due, end_of_day, in_time, midnight, oslo_date, oslo_text

KINDS = set(
    """
registered registration_changed registration_confirmed assigned unassigned contact conversation meeting_attended
meeting_missed contact_waived decision_made work_ability_assessment_started work_ability_assessment_completed
request_stated mapping_done plan_created plan_changed plan_evaluated job_match_sent job_log_agreed job_log_delivered
job_log_answered condition_notice_given condition_statement_received condition_set condition_lifted consequence_proposed
consequence_agreed consequence_effected measure_considered measure_started measure_ended measure_evaluated
transfer_proposed transfer_accepted transfer_returned transfer_escalated transfer_decided complaint_received
complaint_acknowledged complaint_answered message_received message_answered ended
""".split()  # noqa: SIM905  # read beside the contract's table
)


@dataclass(frozen=True)
class Seen:
    """An instance, field for field what ``framdrift.standard.Instance`` holds."""

    case_id: str
    requirement: str
    reading: str | None
    start: str
    target: str | None
    opened: datetime
    due: object
    closed: datetime | None
    state: str


# --- The log: what exists as of a moment and as known at another -------------------------------------------------


def moment_of(when):
    """A date means the end of that local day."""
    return when if when is None or isinstance(when, datetime) else end_of_day(when)


def default_as_of(rows):
    return end_of_day(max(oslo_date(row.at) for row in rows))


def existing(rows, as_of, known_at):
    """The events of one case that exist, in order; ``rows`` in the order of the file."""
    known = [(number, row) for number, row in enumerate(rows) if known_at is None or row.recorded_at <= known_at]
    ids = [row.event_id for _, row in known]
    places = [row.event_id for _, row in known if row.corrects is None]
    # A correction written down before what it corrects has the place alone until the other comes.
    places += sorted({row.corrects for _, row in known if row.corrects is not None and row.corrects not in ids})
    found = []
    for place in places:
        holder = next(((number, row) for number, row in known if row.event_id == place), None)
        name = place
        while takers := [(row.recorded_at, row.seq, number, row) for number, row in known if row.corrects == name]:
            *_, number, row = max(takers, key=lambda taker: taker[:3])
            holder, name = (number, row), row.event_id
        number, row = holder
        removed = row.kind == "retracted" and row.corrects is not None
        if not removed and row.at <= as_of:
            found.append((row.at, row.seq, number, row))
    return [row for *_, row in sorted(found, key=lambda event: event[:3])]


class Case:
    """One registration period."""

    def __init__(self, events, as_of):
        self.id = events[0].case_id
        self.all = events
        self.as_of = as_of
        self.end = next((event for event in events if event.kind == "ended"), None)
        self.until_end = events if self.end is None else events[: events.index(self.end) + 1]
        registered = [event for event in self.until_end if event.kind == "registered"]
        self.opening = registered[0] if registered else self.until_end[0]


def cases_of(rows, as_of, known_at):
    cases = []
    for case_id in sorted({row.case_id for row in rows}):
        events = existing([row for row in rows if row.case_id == case_id], as_of, known_at)
        if events:
            cases.append(Case(events, as_of))
    return cases


# --- The standard: its file, and selectors -----------------------------------------------------------------------


DEFAULTS = {"yardstick": "guideline", "origin": "ours", "owed_by": "office", "goals": [], "after_end": False}


def rules_of(standard):
    """Each requirement, or each of its readings, as one dict of keys with the defaults filled in."""
    rules = []
    for requirement in standard["requirements"]:
        base = {key: value for key, value in requirement.items() if key != "readings"}
        for reading, changes in requirement.get("readings", {None: {}}).items():
            defaults = {
                "yardstick": "guideline",
                "origin": "ours",
                "owed_by": "office",
                "goals": [],
                "after_end": False,
            }
            rules.append(defaults | base | changes | {"reading": reading})
    return rules


def json_type(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    return "list" if isinstance(value, list) else "object"


def same(one, other):
    return json_type(one) == json_type(other) and one == other


def condition_holds(attributes, name, condition):
    if name not in attributes:
        return False
    value = attributes[name]
    if isinstance(condition, list):
        return any(same(value, wanted) for wanted in condition)
    if not isinstance(condition, dict):
        return same(value, condition)
    if "at_least" in condition:
        return json_type(value) == "number" and value >= condition["at_least"]
    if "includes" in condition:
        return json_type(value) == "list" and all(
            any(same(item, wanted) for item in value) for wanted in condition["includes"]
        )
    assert condition == {"present": True}
    return value is not None and value not in ([], "")


def holds(attributes, conditions):
    return all(condition_holds(attributes, name, condition) for name, condition in conditions.items())


def matches(event, selector):
    if "any" in selector:
        return any(matches(event, part) for part in selector["any"])
    kinds = selector["kind"] if isinstance(selector["kind"], list) else [selector["kind"]]
    return event.kind in kinds and holds(event.attributes, selector.get("where", {}))


# --- Patterns ----------------------------------------------------------------------------------------------------


class Held:
    """One rule held against one case: the events it sees, and the end it knows of."""

    def __init__(self, rule, case):
        self.rule, self.case = rule, case
        self.events = case.all if rule["after_end"] else case.until_end
        self.end = None if rule["after_end"] else case.end
        self.concerned = "cases" not in rule or any(matches(event, rule["cases"]) for event in self.events)

    def that_match(self, key, events=None):
        if key not in self.rule:
            return []
        return [event for event in (self.events if events is None else events) if matches(event, self.rule[key])]

    def before(self, event):
        return self.events[: self.events.index(event)]

    def after(self, event):
        return self.events[self.events.index(event) + 1 :]

    def seen(self, start, state, *, target=None, due=None, closed=None):
        return Seen(
            self.case.id,
            self.rule["id"],
            self.rule["reading"],
            start.event_id,
            target.event_id if target else None,
            start.at,
            due,
            closed.at if closed else None,
            state,
        )

    def waited_for(self, start, target, limit):
        """The five states of an instance with a due date."""
        if target is not None:
            state = "met" if in_time(target.at, limit) else "late"
            return self.seen(start, state, target=target, due=limit, closed=target)
        if self.end is not None and in_time(self.end.at, limit):
            return self.seen(start, "void", due=limit, closed=self.end)
        if self.end is not None or not in_time(self.case.as_of, limit):
            return self.seen(start, "missed", due=limit)
        return self.seen(start, "open", due=limit)


def response(held):
    for trigger in held.that_match("trigger"):
        target = next(iter(held.that_match("target", held.after(trigger))), None)
        if "within" in held.rule:
            yield held.waited_for(trigger, target, due(trigger.at, held.rule["within"]))
        elif target is not None:
            yield held.seen(trigger, "met", target=target, closed=target)
        elif held.end is not None:
            yield held.seen(trigger, "missed", closed=held.end)
        else:
            yield held.seen(trigger, "open")


def recurring(held):
    """Each start and each target after the first start begins a window that ends at the next of them."""
    starts = held.that_match("from") if "from" in held.rule else [held.case.opening]
    targets = held.that_match("target")
    if not starts:
        return
    marks = [event for event in held.events if event in starts or (event in targets and event in held.after(starts[0]))]
    for place, start in enumerate(marks):
        limit = due(start.at, held.rule["every"])
        following = marks[place + 1] if place + 1 < len(marks) else None
        if following is None or following in targets:
            yield held.waited_for(start, following, limit)
        elif in_time(following.at, limit):
            yield held.seen(start, "void", due=limit, closed=following)
        else:
            yield held.seen(start, "missed", due=limit)


def precedence(held):
    for event in held.that_match("event"):
        earlier = [
            other
            for other in held.before(event)
            if other in held.that_match("requires") or other in held.that_match("unless")
        ]
        if earlier:
            yield held.seen(event, "met", target=earlier[-1], closed=event)
        else:
            yield held.seen(event, "missed", closed=event)


def content(held):
    for event in held.that_match("event"):
        yield held.seen(event, "met" if holds(event.attributes, held.rule["holds"]) else "missed", closed=event)


def absence(held):
    events = held.that_match("event")
    if not events:
        return
    count = 0
    for event in [held.case.opening, *held.after(held.case.opening)]:
        if event in held.that_match("reset"):
            count = 0
        elif event in events:
            count += 1
            if count > held.rule["at_most"]:
                yield held.seen(held.case.opening, "missed", closed=event)
                return
    # In a case that has ended nothing can come any more: the end settles it.
    yield held.seen(held.case.opening, "met", closed=held.end)


def coverage(held):
    opening, end = held.case.opening, held.end
    limit = due(opening.at, held.rule["after"])
    opened = [event for event in held.that_match("opens") if in_time(event.at, limit)]
    target = opened[0] if opened else None
    if end is not None and in_time(end.at, limit):
        if opened:
            yield held.seen(opening, "met", target=target, due=limit, closed=target)
        else:
            yield held.seen(opening, "void", due=limit, closed=end)
        return
    if end is None and in_time(held.case.as_of, limit):
        yield held.seen(opening, "open", target=target, due=limit)
        return
    if not opened:
        yield held.seen(opening, "missed", due=limit)
        return
    over = end.at if end is not None else held.case.as_of
    for closes in held.that_match("closes"):
        # An event that both closes and opens leaves no gap.
        reopened = [event.at for event in held.that_match("opens", [closes, *held.after(closes)])]
        until = reopened[0] if reopened else over
        # An instant after the due date, from the `closes` on and before the next `opens`.
        if max(closes.at, first_instant_after(limit)) < until:
            yield held.seen(opening, "missed", target=target, due=limit, closed=closes)
            return
    yield held.seen(opening, "met", target=target, due=limit, closed=target)


def first_instant_after(limit):
    """Where what lies after the due date begins: the next local midnight, or the due instant itself."""
    return limit if isinstance(limit, datetime) else midnight(limit + DAY)


PATTERNS = {
    "response": response,
    "recurring": recurring,
    "precedence": precedence,
    "content": content,
    "absence": absence,
    "coverage": coverage,
}


def instances_of(rule, cases):
    return [
        instance
        for case in cases
        if (held := Held(rule, case)).concerned
        for instance in PATTERNS[rule["pattern"]](held)
    ]


def instances(standard, rows, *, as_of=None, known_at=None):
    """Every instance of the rules whose instances belong to cases."""
    as_of = moment_of(as_of) or default_as_of(rows)
    cases = cases_of(rows, as_of, moment_of(known_at))
    return [
        instance for rule in rules_of(standard) if rule["pattern"] in PATTERNS for instance in instances_of(rule, cases)
    ]


# --- Conformity --------------------------------------------------------------------------------------------------


def exactly(number):
    return Fraction(str(number))


def share_states(rule, cases):
    """The state of each group that is large enough."""
    events = [event for case in cases if (held := Held(rule, case)).concerned for event in held.that_match("among")]
    states = []
    for name in sorted({getattr(event, rule["per"]) for event in events} - {None}):
        among = [event for event in events if getattr(event, rule["per"]) == name]
        if len(among) < rule["min_n"]:
            continue
        proportion = Fraction(sum(matches(event, rule["of"]) for event in among), len(among))
        kept = proportion <= exactly(rule.get("at_most", 1)) and proportion >= exactly(rule.get("at_least", 0))
        states.append("met" if kept else "missed")
    return states


def in_group(case, group):
    if "age_below" in group:
        born = case.opening.attributes.get("birth_year")
        return json_type(born) == "number" and oslo_date(case.opening.at).year - born < group["age_below"]
    until = case.end.at if case.end is not None else case.as_of
    return due(case.opening.at, group["lasted"]) <= oslo_date(until)


def rate(states):
    closed = sum(states[state] for state in ("met", "late", "missed"))
    return Fraction(states["met"], closed) if closed else None


def compare_states(rule, rules, cases):
    compared = next(other for other in rules if "/".join(filter(None, (other["id"], other["reading"]))) == rule["of"])
    cases = [case for case in cases if Held(rule, case).concerned]
    sides = []
    for side in (True, False):
        members = [case for case in cases if in_group(case, rule["group"]) is side]
        sides.append(Counter(instance.state for instance in instances_of(compared, members)))
    if any(rate(side) is None or sum(side[s] for s in ("met", "late", "missed")) < rule["min_n"] for side in sides):
        return []
    group, others = map(rate, sides)
    return ["met" if group >= others - exactly(rule["margin"]) else "missed"]


def verdict_of(rule, states, how):
    if rule["yardstick"] == "none":
        return None
    closed = sum(states[state] for state in ("met", "late", "missed"))
    if rule["pattern"] in ("share", "compare"):
        if closed == 0:
            return "cannot be judged"
        return "does not conform" if states["missed"] else "conforms"
    if closed == 0 or closed < how["min_n"]:
        return "cannot be judged"
    if rate(states) >= exactly(how["conforms"]):
        return "conforms"
    return "partly" if rate(states) >= exactly(how["partly"]) else "does not conform"


def verdict_over(verdicts):
    judged = [verdict for verdict in verdicts if verdict not in (None, "cannot be judged")]
    if not judged:
        return "cannot be judged"
    if all(verdict == "conforms" for verdict in judged):
        return "conforms"
    return "does not conform" if 2 * judged.count("does not conform") > len(judged) else "partly"


def conformity(standard, rows, *, as_of=None, known_at=None):
    """What `framdrift conformity --format json` gives."""
    as_of, known_at = moment_of(as_of) or default_as_of(rows), moment_of(known_at)
    cases = cases_of(rows, as_of, known_at)
    events = [event for case in cases for event in case.all]
    rules = rules_of(standard)
    how = {"conforms": 0.9, "partly": 0.6, "min_n": 10} | standard.get("verdict", {})
    requirements = []
    for rule in rules:
        failed = set()
        if rule["pattern"] == "share":
            states = Counter(share_states(rule, cases))
        elif rule["pattern"] == "compare":
            states = Counter(compare_states(rule, rules, cases))
        else:
            found = instances_of(rule, cases)
            states = Counter(instance.state for instance in found)
            failed = {instance.case_id for instance in found if instance.state in ("late", "missed")}
        share_met = rate(states)
        requirements.append(
            {key: rule[key] for key in ("id", "reading", "yardstick", "origin", "owed_by", "goals")}
            | {state: states[state] for state in ("met", "late", "missed", "open", "void")}
            | {
                "rate": None if share_met is None else float(share_met),
                "cases_missed": len(failed),
                "verdict": verdict_of(rule, states, how),
            }
        )

    def over(yardstick, goal=None):
        return verdict_over(
            requirement["verdict"]
            for requirement in requirements
            if requirement["yardstick"] == yardstick
            and requirement["owed_by"] == "office"
            and (goal is None or goal in requirement["goals"])
        )

    return {
        "standard": standard["standard"],
        "as_of": oslo_text(as_of),
        "known_at": None if known_at is None else oslo_text(known_at),
        "cases": len(cases),
        "events": len(events),
        "ignored_after_end": sum(len(case.all) - len(case.until_end) for case in cases),
        "unknown_kinds": dict(Counter(event.kind for event in events if event.kind not in KINDS)),
        "requirements": requirements,
        "goals": [
            {"id": goal["id"], "yardstick": yardstick, "verdict": over(yardstick, goal["id"])}
            for goal in standard.get("goals", [])
            for yardstick in ("guideline", "intention")
        ],
        "overall": {yardstick: over(yardstick) for yardstick in ("guideline", "intention")},
    }
