"""Logs and standards drawn by Hypothesis, crowded where evaluators go wrong.

Instants: ties, both sides of midnight, the nights of March and October, month ends, leap days, Easter and May. Rows:
several `ended`, events before the opening and after the end, corrections in chains and beside each other, rows written
down late or early, attributes of the wrong JSON type. Standards: every pattern with every key that may be left out.

A recipe makes something of ``choose``, which picks one of a list. Hypothesis can be the one that picks: it shrinks what
fails, but likes small examples. Or a random generator with a drawn seed, which makes them as large as they come.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
from random import Random
from zoneinfo import ZoneInfo

import yaml
from hypothesis import strategies as st

from framdrift.events import Event

OSLO = ZoneInfo("Europe/Oslo")
MICROSECOND = timedelta(microseconds=1)

FIRST_DAYS = [
    date(2011, 8, 31),
    date(2011, 11, 30),
    date(2011, 12, 29),
    date(2012, 1, 31),
    date(2012, 2, 29),
    date(2012, 3, 24),
    date(2012, 3, 30),
    date(2012, 5, 10),
    date(2012, 10, 27),
    date(2013, 3, 22),
    date(2014, 4, 11),
    date(2014, 10, 25),
    date(2015, 1, 31),
    date(2016, 2, 29),
]
DAYS_LATER = [0, 0, 0, 1, 1, 2, 3, 5, 6, 7, 8, 13, 14, 15, 28, 29, 30, 31, 32, 59, 60, 61, 89, 90, 91, 92, 93]
DAYS_LATER += [180, 181, 182, 183, 184, 213, 214, 365, 366]
CLOCKS = [
    time(),
    time(0, 0, 0, 1),
    time(1, 30),
    time(2, 30),
    time(2, 30, fold=1),
    time(3),
    time(12),
    time(12),
    time(22, 59, 59),
    time(23, 30),
    time(23, 59, 59, 999999),
]
DELAYS = [timedelta(0)] * 4 + [timedelta(hours=1), timedelta(days=1), timedelta(days=40), -timedelta(days=2)]
NEAR = [timedelta(0), MICROSECOND, -MICROSECOND, timedelta(days=1), timedelta(days=30), timedelta(days=200)]

OFFICES = [None, "0219", "0301", "0301"]
TEAMS = [None, "short", "long"]
ACTORS = ["system", "a1", "a1", "a2", "a3"]

KINDS = ["conversation", "decision_made", "assigned", "unassigned", "it's", "registered", "ended"]
# Names that a path into JSON trips over.
ATTRIBUTES = ["x", "x", "a.b", 'quo"te']
VALUES = [True, False, 1, 1.0, 0, 4, 4.5, 6, "true", "1", "4", "a", "b", "", "æ'\"", None]
LISTS = [[], ["a"], ["b", "a"], ["a", "b", "c"], [1, True], [True], ["1", None], [["a"]]]
BIRTH_YEARS = [1980, 1982, 1983, 1990, 1990.5, "1990", None]
PERIODS = ["P0D", "P1D", "P14D", "P1M", "P3M", "P6M", "P1Y", "P2W", "P1M1D", "P1B", "P2B", "P5B"]
PERIODS += ["PT0S", "PT1H", "PT24H", "PT120H", "P1DT12H"]
DATE_PERIODS = ["P0D", "P1D", "P14D", "P1M", "P6M", "P1Y"]
BOUNDS = [0, 0.333, 0.5, 0.99, 1]


# --- Logs --------------------------------------------------------------------------------------------------------


def plain_event(choose):
    """A kind and attributes for standards drawn at random."""
    kind = choose([*KINDS[:5], *KINDS])
    if kind == "registered":
        return kind, choose([{}, {"birth_year": choose(BIRTH_YEARS)}])
    return kind, {choose(ATTRIBUTES): choose([*VALUES, *LISTS, {"k": 1}]) for _ in range(choose([0, 1, 1, 2]))}


ODD = [None, 1, "true", [], 0]
RUNGS = ([1, 3, 4, 5, 6, 8], ["6", 4.0, 3.9, None, True])
GROUPS = ["standard", "situational", "specially_adapted", "permanently_adapted", "needs_work_ability_assessment"]
# kind: attribute: (usual values, values of a type or sense that no evaluator may mistake for them)
NAV_EVENTS = {
    "registered": {
        "birth_year": ([1970, 1981, 1982, 1983, 1990], ODD),
        "wants_contact": ([True, False], ODD),
        "unclear": ([[], ["work"]], ["", "work", None]),
        "sex": (["f", "m"], ODD),
        "language": (["nb", "en"], [*ODD, ""]),
        "benefits": ([["none"], ["aap", "kvp"]], ["aap", None, [], ["aap", "aap"]]),
    },
    "conversation": {"rung_advisor": RUNGS, "rung_jobseeker": RUNGS},
    "decision_made": {
        "group": (GROUPS, ODD),
        "first": ([True, True, False], ODD),
        "parts": ([list("abcde"), list("edcba"), list("abcd")], ["abcde", None]),
        "own_view": ([True, False], ODD),
    },
    "contact": {
        "form": (["message", "exchange", "attempt", "cv_review"], ODD),
        "channel": (["sms", "email", "phone"], ODD),
        "direction": (["in", "out"], ODD),
    },
    "meeting_attended": {"meeting": (["information", "job_workshop", "guidance", "drop_in"], ODD)},
    "measure_considered": {
        "outcome": (["granted", "refused"], ODD),
        "own_view": ([True], ODD),
        "goal": (["work"], ["", None, []]),
    },
    "condition_set": {"legal_basis": (["folketrygdloven 4-20"], ["", None, []])},
    "plan_created": {"by": (["jobseeker", "advisor", "both"], ODD)},
    "assigned": {"advisor": (["a1", "a2"], ODD)},
}
BARE_KINDS = """
    unassigned job_match_sent plan_evaluated measure_started measure_ended measure_evaluated job_log_agreed
    job_log_delivered job_log_answered condition_notice_given condition_statement_received consequence_effected
    consequence_agreed transfer_proposed transfer_accepted transfer_returned transfer_returned transfer_escalated
    transfer_decided complaint_received complaint_acknowledged complaint_answered message_received message_answered
    contact_waived ended coffee
""".split()  # noqa: SIM905  # a table


def nav_event(choose):
    """Any kind that nav-2012 speaks of, or one it has never heard of."""
    kind = choose([*NAV_EVENTS, *NAV_EVENTS, *BARE_KINDS])
    attributes = {}
    for name, (usual, unusual) in NAV_EVENTS.get(kind, {}).items():
        if choose([True, True, True, False]):
            attributes[name] = choose(usual if choose([True, True, True, True, False]) else unusual)
    return kind, attributes


def instant(choose, first_day):
    day = first_day + timedelta(days=choose(DAYS_LATER))
    return datetime.combine(day, choose(CLOCKS), OSLO).astimezone(UTC)


def case_rows(choose, case_id, event, most_events):
    """The rows of one case in the order of the file, corrections among them."""
    first_day = choose(FIRST_DAYS)
    told = [event(choose) for _ in range(choose([1, 3, *range(most_events // 2, most_events + 1)]))]
    if choose([False, True, True, True]):
        told.insert(0, ("registered", {}))
    corrections = [None] * choose([0, 0, 0, 1, 2, 4])
    rows = []
    for number, of_event in enumerate([*told, *corrections]):
        kind, attributes = of_event or choose([event(choose), ("retracted", {})])
        tie = rows and choose([True, False, False, False, False])
        at = choose(rows).at if tie else instant(choose, first_day)
        rows.append(
            Event(
                event_id=f"{case_id}-{number}",
                case_id=case_id,
                kind=kind,
                at=at,
                seq=choose([number, number, number, 0, 100 - number]),
                recorded_at=at + choose(DELAYS),
                attributes=attributes,
                office=choose(OFFICES),
                team=choose(TEAMS),
                actor=choose(ACTORS),
                corrects=None if of_event else choose(rows).event_id,
            )
        )
    return rows


def log(choose, event, most_cases, most_events):
    """Rows of several cases, one case's after the other's or mixed."""
    count = choose([*range(1, most_cases + 1), most_cases])
    cases = [case_rows(choose, f"c{number}", event, most_events) for number in range(count)]
    if choose([True, False]):
        return [row for rows in cases for row in rows]
    longest = max(len(rows) for rows in cases)
    return [rows[place] for place in range(longest) for rows in cases if place < len(rows)]


# --- Standards ---------------------------------------------------------------------------------------------------


def condition(choose):
    return choose(
        [
            choose(VALUES),
            [choose(VALUES), choose(VALUES)],
            {"at_least": choose([0, 1, 4, 4.5, -1])},
            {"includes": choose([[], [choose(VALUES)], ["a", "b"]])},
            {"present": True},
            {"present": True},
        ]
    )


def conditions(choose):
    return {choose(ATTRIBUTES): condition(choose) for _ in range(choose([1, 1, 2]))}


def selector(choose):
    shape = choose(["kind", "kind", "kind", "kinds", "where", "any"])
    if shape == "any":
        return {"any": [selector(choose) for _ in range(choose([1, 2]))]}
    kinds = [choose([*KINDS[:5], *KINDS]) for _ in range(choose([1, 2, 3]))]
    if shape == "kinds":
        return {"kind": kinds}
    return {"kind": choose([kinds[0], kinds]), "where": conditions(choose)} if shape == "where" else {"kind": kinds[0]}


def period(choose):
    return choose(PERIODS)


def small(choose):
    return choose([0, 1, 2, 3])


# pattern: (required keys, keys that may be left out)
PATTERNS = {
    "response": ({"trigger": selector, "target": selector}, {"within": period}),
    "recurring": ({"target": selector, "every": period}, {"from": selector}),
    "precedence": ({"event": selector, "requires": selector}, {"unless": selector}),
    "content": ({"event": selector, "holds": conditions}, {}),
    "absence": ({"event": selector, "at_most": small}, {"reset": selector}),
    "coverage": ({"opens": selector, "closes": selector, "after": period}, {}),
    "share": (
        {"of": selector, "among": selector, "per": lambda choose: choose(["actor", "office"]), "min_n": small},
        {"at_most": lambda choose: choose(BOUNDS), "at_least": lambda choose: choose(BOUNDS)},
    ),
}
COMMON = {
    "yardstick": lambda choose: choose(["guideline", "intention", "none"]),
    "origin": lambda choose: choose(["law", "thesis", "ours"]),
    "owed_by": lambda choose: choose(["office", "jobseeker"]),
    "goals": lambda choose: choose([[], ["G1"], ["G2", "G1"]]),
    "after_end": lambda choose: choose([True, False]),
}


def some_of(choose, keys, odds):
    return {name: make(choose) for name, make in keys.items() if choose(odds)}


def requirement(choose, requirement_id, pattern):
    required, optional = PATTERNS[pattern]
    keys = {name: make(choose) for name, make in required.items()} | some_of(choose, optional, [True, True, False])
    if pattern == "share" and not keys.keys() & {"at_most", "at_least"}:
        keys["at_most"] = 0.5
    keys |= some_of(choose, COMMON, [True, False, False]) | some_of(choose, {"cases": selector}, [True] + [False] * 5)
    if choose([True, False, False, False]):
        replaceable = required | optional | {"yardstick": COMMON["yardstick"]}
        keys["readings"] = {name: some_of(choose, replaceable, [True, False]) for name in ("strict", "lenient")}
    return {"id": requirement_id, "pattern": pattern, **keys}


def compare(choose, requirement_id, compared):
    names = [
        f"{requirement['id']}/{reading}" if reading else requirement["id"]
        for requirement in compared
        for reading in requirement.get("readings", [None])
    ]
    keys = {
        "of": choose(names),
        "group": choose([{"age_below": choose([1, 22, 30])}, {"lasted": choose(DATE_PERIODS)}]),
        "margin": choose([0, 0.02, 0.5, 1]),
        "min_n": choose([0, 1, 2]),
    }
    return {"id": requirement_id, "pattern": "compare", **keys} | some_of(choose, {"cases": selector}, [True, False])


def standard(choose, patterns=tuple(PATTERNS)):
    """A small standard as plain data; ``as_yaml`` makes its file."""
    found = [requirement(choose, f"Q{number}", choose(patterns)) for number in range(choose([2, 3, 4]))]
    of_cases = [requirement for requirement in found if requirement["pattern"] != "share"]
    if of_cases and choose([True, False]):
        found.append(compare(choose, "C", of_cases))
    return {
        "standard": "drawn",
        "goals": [{"id": "G1"}, {"id": "G2"}],
        "verdict": {"min_n": small(choose), "partly": choose([0, 0.5, 0.6])},
        "requirements": found,
    }


def as_yaml(standard):
    """JSON is YAML, and leaves no doubt about types."""
    return json.dumps(standard, ensure_ascii=False, indent=1, default=str)


@cache
def nav_2012():
    """The profile as plain data, read without Framdrift's loader."""
    text = (resources.files("framdrift.standard") / "profiles" / "nav-2012.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


# --- What the tests draw -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scenario:
    """A log and a standard (plain data), and from when it is looked at."""

    standard: dict
    rows: list
    as_of: date | datetime | None
    known_at: date | datetime | None


def moments(choose, rows):
    """As of and as known at: none, dates, or instants on and beside those of the log."""
    at = choose(rows).at + choose(NEAR)
    known = choose(rows).recorded_at + choose(NEAR)
    as_of = choose([None, None, at, at, at.astimezone(OSLO).date()])
    return as_of, choose([None, None, None, known, known.astimezone(OSLO).date()])


def plain_scenario(choose):
    rows = log(choose, plain_event, most_cases=4, most_events=10)
    return Scenario(standard(choose), rows, *moments(choose, rows))


def nav_scenario(choose):
    rows = log(choose, nav_event, most_cases=8, most_events=16)
    return Scenario(nav_2012(), rows, *moments(choose, rows))


def of(recipe):
    """What ``recipe`` makes, picked by Hypothesis or by a generator whose seed it draws."""

    @st.composite
    def picked(draw):
        return recipe(lambda options: draw(st.sampled_from(options)))

    seeded = st.integers(0, 2**32 - 1).map(lambda seed: recipe(Random(seed).choice))
    return st.one_of(picked(), seeded, seeded)
