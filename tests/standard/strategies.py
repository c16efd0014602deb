"""Logs and standards drawn by Hypothesis, crowded where evaluators go wrong.

Instants: ties, both sides of midnight, the nights of March and October, month ends, leap days, Easter and May. Rows:
several `ended`, events before the opening and after the end, corrections in chains and beside each other, rows written
down late or early, attributes of the wrong JSON type. Standards: every pattern with every key that may be left out.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib import resources
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

OFFICES = [None, "0219", "0301", "0301"]
TEAMS = [None, "short", "long"]
ACTORS = ["system", "a1", "a1", "a2", "a3"]

PLAIN_KINDS = ["conversation", "decision_made", "assigned", "unassigned", "it's", "registered", "ended"]
ATTRIBUTES = ["x", "x", "a.b", 'quo"te']
VALUES = [True, False, 1, 1.0, 0, 4, 4.5, 6, "true", "1", "4", "a", "b", "", "æ'\"", None]
LISTS = [[], ["a"], ["b", "a"], ["a", "b", "c"], [1, True], [True], ["1", None], [["a"]]]
PERIODS = ["P0D", "P1D", "P14D", "P1M", "P3M", "P6M", "P1Y", "P2W", "P1M1D", "P1B", "P2B", "P5B"]
PERIODS += ["PT0S", "PT1H", "PT24H", "PT120H", "P1DT12H"]
DATE_PERIODS = ["P0D", "P1D", "P14D", "P1M", "P6M", "P1Y"]


# --- Logs --------------------------------------------------------------------------------------------------------


@st.composite
def instants(draw, first_day):
    day = first_day + timedelta(days=draw(st.sampled_from(DAYS_LATER)))
    return datetime.combine(day, draw(st.sampled_from(CLOCKS)), OSLO).astimezone(UTC)


def plain_events():
    """Kinds and attributes for standards drawn at random."""
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from([*VALUES, *LISTS, {"k": 1}]), max_size=2)
    facts = st.fixed_dictionaries(
        {}, optional={"birth_year": st.sampled_from([1980, 1982, 1983, 1990, 1990.5, "1990", None])}
    )
    return st.sampled_from(PLAIN_KINDS).flatmap(
        lambda kind: st.tuples(st.just(kind), facts if kind == "registered" else attributes)
    )


def often(*usual, unusual=(None, 1, "true", [], 0)):
    """A usual value most of the time, else one of a type that no evaluator may mistake for it."""
    return st.one_of(st.sampled_from(usual), st.sampled_from(usual), st.sampled_from([*usual, *unusual]))


def facts(**attributes):
    return st.fixed_dictionaries({}, optional=attributes)


GROUPS = ["standard", "situational", "specially_adapted", "permanently_adapted", "needs_work_ability_assessment"]
RUNGS = often(1, 3, 4, 5, 6, 8, unusual=("6", 4.0, 3.9, None, True))
NAV_EVENTS = {
    "registered": facts(
        birth_year=often(1970, 1981, 1982, 1983, 1990),
        wants_contact=often(True, False),
        unclear=often([], ["work"], unusual=("", "work", None)),
    ),
    "conversation": facts(rung_advisor=RUNGS, rung_jobseeker=RUNGS),
    "decision_made": facts(
        group=often(*GROUPS),
        first=often(True, True, False),
        parts=often(list("abcde"), list("edcba"), list("abcd"), unusual=("abcde", None)),
        own_view=often(True, False),
    ),
    "contact": facts(
        form=often("message", "exchange", "attempt", "cv_review"),
        channel=often("sms", "email", "phone"),
        direction=often("in", "out"),
    ),
    "meeting_attended": facts(meeting=often("information", "job_workshop", "guidance", "drop_in")),
    "measure_considered": facts(
        outcome=often("granted", "refused"), own_view=often(True), goal=often("work", unusual=("", None, []))
    ),
    "condition_set": facts(legal_basis=often("ftrl-4-20", unusual=("", None, []))),
    "plan_created": facts(by=often("jobseeker", "advisor", "both")),
    "assigned": facts(advisor=often("a1", "a2")),
}
BARE_KINDS = """
    unassigned job_match_sent plan_evaluated measure_started measure_ended measure_evaluated job_log_agreed
    job_log_delivered job_log_answered condition_notice_given condition_statement_received consequence_effected
    consequence_agreed transfer_proposed transfer_accepted transfer_returned transfer_returned transfer_escalated
    transfer_decided complaint_received complaint_acknowledged complaint_answered message_received message_answered
    contact_waived ended coffee
""".split()  # noqa: SIM905  # a table


def nav_events():
    """Every kind that nav-2012 speaks of, and one it has never heard of."""
    told = [st.tuples(st.just(kind), attributes) for kind, attributes in NAV_EVENTS.items()]
    return st.one_of(*told, *told, st.tuples(st.sampled_from(BARE_KINDS), st.just({})))


@st.composite
def case_rows(draw, case_id, kinds, max_events):
    """The rows of one case in the order of the file, corrections among them."""
    first_day = draw(st.sampled_from(FIRST_DAYS))
    rows = []
    opened = [("registered", {})] if draw(st.integers(0, 5)) else []
    told = opened + [draw(kinds) for _ in range(draw(st.integers(0 if opened else 1, max_events)))]
    corrections = draw(st.sampled_from([0, 0, 0, 1, 2, 4]))
    for number in range(len(told) + corrections):
        correcting = number >= len(told)
        kind, attributes = draw(st.one_of(kinds, st.just(("retracted", {})))) if correcting else told[number]
        at = draw(st.sampled_from([row.at for row in rows])) if rows and not draw(st.integers(0, 4)) else None
        at = at or draw(instants(first_day))
        rows.append(
            Event(
                event_id=f"{case_id}-{number}",
                case_id=case_id,
                kind=kind,
                at=at,
                seq=draw(st.sampled_from([number, number, number, 0, 100 - number])),
                recorded_at=at + draw(st.sampled_from(DELAYS)),
                attributes=attributes,
                office=draw(st.sampled_from(OFFICES)),
                team=draw(st.sampled_from(TEAMS)),
                actor=draw(st.sampled_from(ACTORS)),
                corrects=draw(st.sampled_from([row.event_id for row in rows])) if correcting else None,
            )
        )
    return rows


@st.composite
def logs(draw, kinds, max_cases=4, max_events=8):
    """Rows of several cases, one case's after the other's or mixed."""
    cases = [
        draw(case_rows(f"c{number}", kinds, max_events))
        for number in range(draw(st.sampled_from([max_cases, *range(1, max_cases + 1)])))
    ]
    if draw(st.booleans()):
        return [row for rows in cases for row in rows]
    longest = max(len(rows) for rows in cases)
    return [rows[place] for place in range(longest) for rows in cases if place < len(rows)]


@st.composite
def moments(draw, rows):
    """As of and as known at: none, dates, or instants on and beside those of the log."""
    near = [timedelta(0), MICROSECOND, -MICROSECOND, timedelta(days=1), timedelta(days=30), timedelta(days=200)]
    at = draw(st.sampled_from([row.at for row in rows])) + draw(st.sampled_from(near))
    as_of = draw(st.sampled_from([None, None, at, at, at.astimezone(OSLO).date()]))
    known = draw(st.sampled_from([row.recorded_at for row in rows])) + draw(st.sampled_from(near))
    return as_of, draw(st.sampled_from([None, None, None, known, known.astimezone(OSLO).date()]))


# --- Standards ---------------------------------------------------------------------------------------------------


def conditions():
    condition = st.one_of(
        st.sampled_from(VALUES),
        st.lists(st.sampled_from(VALUES), min_size=1, max_size=3),
        st.fixed_dictionaries({"at_least": st.sampled_from([0, 1, 4, 4.5, -1])}),
        st.fixed_dictionaries({"includes": st.lists(st.sampled_from(VALUES), max_size=2)}),
        st.just({"present": True}),
    )
    return st.dictionaries(st.sampled_from(ATTRIBUTES), condition, min_size=1, max_size=2)


def selectors():
    kind = st.sampled_from(PLAIN_KINDS)
    kinds = st.one_of(kind, kind, st.lists(kind, min_size=1, max_size=3))
    simple = st.fixed_dictionaries({"kind": kinds})
    told = st.fixed_dictionaries({"kind": kinds, "where": conditions()})
    return st.one_of(
        st.fixed_dictionaries({"kind": kind}),
        simple,
        simple,
        told,
        st.fixed_dictionaries({"any": st.lists(st.one_of(simple, told), min_size=1, max_size=2)}),
    )


def keys_of(pattern):
    """The keys of a pattern: (required, optional)."""
    selector, period, small = selectors(), st.sampled_from(PERIODS), st.integers(0, 3)
    bound = st.sampled_from([0, 0.333, 0.5, 0.99, 1])
    return {
        "response": ({"trigger": selector, "target": selector}, {"within": period}),
        "recurring": ({"target": selector, "every": period}, {"from": selector}),
        "precedence": ({"event": selector, "requires": selector}, {"unless": selector}),
        "content": ({"event": selector, "holds": conditions()}, {}),
        "absence": ({"event": selector, "at_most": small}, {"reset": selector}),
        "coverage": ({"opens": selector, "closes": selector, "after": period}, {}),
        "share": (
            {"of": selector, "among": selector, "per": st.sampled_from(["actor", "office"]), "min_n": small},
            {"at_most": bound, "at_least": bound},
        ),
    }[pattern]


COMMON = {
    "yardstick": st.sampled_from(["guideline", "intention", "none"]),
    "origin": st.sampled_from(["law", "thesis", "ours"]),
    "owed_by": st.sampled_from(["office", "jobseeker"]),
    "goals": st.lists(st.sampled_from(["G1", "G2"]), unique=True, max_size=2),
    "after_end": st.booleans(),
}


@st.composite
def requirements(draw, requirement_id, pattern):
    required, optional = keys_of(pattern)
    keys = draw(st.fixed_dictionaries(required, optional=optional))
    if pattern == "share" and not keys.keys() & {"at_most", "at_least"}:
        keys["at_most"] = 0.5
    common = draw(st.fixed_dictionaries({}, optional=COMMON))
    if not draw(st.integers(0, 5)):
        common["cases"] = draw(selectors())
    requirement = {"id": requirement_id, "pattern": pattern, **common, **keys}
    if not draw(st.integers(0, 3)):
        replaced = st.fixed_dictionaries({}, optional={**required, **optional, "yardstick": COMMON["yardstick"]})
        requirement["readings"] = {name: draw(replaced) for name in ("strict", "lenient")}
    return requirement


@st.composite
def compares(draw, requirement_id, compared):
    names = [
        f"{requirement['id']}/{reading}" if reading else requirement["id"]
        for requirement in compared
        for reading in requirement.get("readings", [None])
    ]
    group = st.one_of(
        st.fixed_dictionaries({"age_below": st.sampled_from([1, 22, 30])}),
        st.fixed_dictionaries({"lasted": st.sampled_from(DATE_PERIODS)}),
    )
    requirement = {
        "id": requirement_id,
        "pattern": "compare",
        "of": draw(st.sampled_from(names)),
        "group": draw(group),
        "margin": draw(st.sampled_from([0, 0.02, 0.5, 1])),
        "min_n": draw(st.integers(0, 2)),
    }
    if not draw(st.integers(0, 3)):
        requirement["cases"] = draw(selectors())
    return requirement


CASE_PATTERNS = ["response", "recurring", "precedence", "content", "absence", "coverage"]


@st.composite
def standards(draw, patterns=(*CASE_PATTERNS, "share")):
    """A small standard as plain data; ``as_yaml`` makes its file."""
    drawn = [draw(st.sampled_from(patterns)) for _ in range(draw(st.integers(2, 4)))]
    found = [draw(requirements(f"Q{number}", pattern)) for number, pattern in enumerate(drawn)]
    of_cases = [requirement for requirement in found if requirement["pattern"] in CASE_PATTERNS]
    if of_cases and draw(st.booleans()):
        found.append(draw(compares("C", of_cases)))
    return {
        "standard": "drawn",
        "goals": [{"id": "G1"}, {"id": "G2"}],
        "verdict": {"min_n": draw(st.integers(0, 3)), "partly": draw(st.sampled_from([0, 0.5, 0.6]))},
        "requirements": found,
    }


def as_yaml(standard):
    """JSON is YAML, and leaves no doubt about types."""
    return json.dumps(standard, ensure_ascii=False, indent=1)


@cache
def nav_2012():
    """The profile as plain data, read without Framdrift's loader."""
    text = (resources.files("framdrift.standard") / "profiles" / "nav-2012.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)
