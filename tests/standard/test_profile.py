"""nav-2012 is the contract's section 4, written here once more from its table and not from the profile."""

from datetime import date
from fractions import Fraction

import pytest

from framdrift.standard import load
from framdrift.standard.model import (
    Absence,
    AgeBelow,
    Compare,
    Content,
    Coverage,
    Lasted,
    Precedence,
    Recurring,
    Response,
    Share,
)
from framdrift.standard.period import parse_period
from framdrift.standard.selector import Alternative, AtLeast, Condition, Includes, OneOf, Present, Selector, scalar


def is_(*values):
    return OneOf(tuple(map(scalar, values)))


def kind(*kinds, **where):
    tests = {name: test if isinstance(test, OneOf | AtLeast | Present) else is_(test) for name, test in where.items()}
    return Selector((Alternative(kinds, tuple(Condition(name, test) for name, test in tests.items())),))


def either(*selectors):
    return Selector(tuple(alternative for selector in selectors for alternative in selector.alternatives))


def within(trigger, target, text):
    return Response(trigger, target, parse_period(text))


FIRST_DECISION = kind("decision_made", first=True)
GROUPS = is_("standard", "situational", "specially_adapted", "graded_permanent", "permanently_adapted")
ONE_OF_FIVE = kind("decision_made", group=GROUPS)
REGISTERED = kind("registered")
CONVERSATION = kind("conversation")
DIALOGUE = either(CONVERSATION, kind("contact", form="exchange"))
MEETINGS = kind("meeting_attended", meeting=is_("information", "job_workshop", "guidance"))
RUNGS_4 = {"rung_advisor": AtLeast(4), "rung_jobseeker": AtLeast(4)}
COMPLAINT = kind("complaint_received")
CONDITION_SET = kind("condition_set")
DELIVERED = kind("job_log_delivered")
MEASURE_STARTED = kind("measure_started")
TRANSFER_SETTLED = kind("transfer_accepted", "transfer_returned", "transfer_decided")


def holding(**tests):
    return tuple(Condition(name, test) for name, test in tests.items())


# id, reading: pattern, yardstick, origin, goals
TABLE = {
    ("R1", None): (within(REGISTERED, FIRST_DECISION, "P14D"), "g", "law", "G1 G3"),
    ("R2", "strict"): (Precedence(FIRST_DECISION, DIALOGUE), "g", "thesis", "G1 G3 G4"),
    ("R2", "lenient"): (Precedence(FIRST_DECISION, DIALOGUE, kind("contact_waived")), "none", "thesis", "G1 G3 G4"),
    ("R3a", None): (
        Content(ONE_OF_FIVE, holding(parts=Includes(tuple(map(scalar, "abcde"))))),
        "g",
        "law",
        "G3",
    ),
    ("R3b", None): (Content(ONE_OF_FIVE, holding(own_view=is_(True))), "i", "law", "G4"),
    ("R4a", None): (
        within(REGISTERED, kind("meeting_attended", meeting=is_("information", "job_workshop")), "P1M"),
        "g",
        "thesis",
        "G1",
    ),
    ("R4b", None): (within(REGISTERED, kind("meeting_attended", meeting="guidance"), "P3M"), "g", "thesis", "G1"),
    ("R5", "routine"): (within(REGISTERED, CONVERSATION, "P6M"), "g", "thesis", "G1 G4"),
    ("R5", "early"): (within(REGISTERED, CONVERSATION, "P3M"), "i", "thesis", "G1 G4"),
    ("R6", "routine"): (Recurring(either(CONVERSATION, MEETINGS), parse_period("P3M")), "g", "thesis", "G1"),
    ("R6", "strict"): (Recurring(CONVERSATION, parse_period("P3M")), "i", "thesis", "G1"),
    ("R6", "lenient"): (
        Recurring(
            either(
                kind("conversation", "job_match_sent"),
                MEETINGS,
                kind("contact", channel=is_("sms", "email"), direction="out"),
                kind("contact", form="cv_review"),
            ),
            parse_period("P3M"),
        ),
        "none",
        "thesis",
        "G1",
    ),
    ("R7", None): (Recurring(kind("job_match_sent"), parse_period("P1M")), "g", "thesis", "G1"),
    ("R8a", None): (
        within(kind("decision_made", group=is_("situational", "specially_adapted")), kind("plan_created"), "P1M"),
        "g",
        "thesis",
        "G1 G4",
    ),
    ("R8b", None): (
        Recurring(kind("plan_evaluated"), parse_period("P6M"), kind("plan_created")),
        "i",
        "ours",
        "G1",
    ),
    ("R8c", None): (Content(kind("plan_created"), holding(by=is_("jobseeker", "both"))), "i", "thesis", "G4"),
    ("R9", None): (within(REGISTERED, kind("measure_considered"), "P7M"), "g", "thesis", "G3"),
    ("R10a", None): (Precedence(MEASURE_STARTED, kind("decision_made")), "g", "thesis", "G3"),
    ("R10b", None): (
        Precedence(MEASURE_STARTED, kind("measure_considered", outcome="granted", own_view=True, goal=Present())),
        "g",
        "thesis",
        "G3",
    ),
    ("R10c", None): (within(kind("measure_ended"), kind("measure_evaluated"), "P1M"), "i", "thesis", "G3"),
    ("R11a", None): (Compare(("R5", "routine"), AgeBelow(30), Fraction("0.02"), 20), "g", "thesis", "G1"),
    ("R11b", None): (
        Compare(("R6", "strict"), Lasted(parse_period("P6M")), Fraction("0.02"), 20),
        "g",
        "thesis",
        "G1",
    ),
    ("R12a", None): (Recurring(DELIVERED, parse_period("P14D"), kind("job_log_agreed")), "g", "thesis", "G1"),
    ("R12b", None): (within(DELIVERED, kind("job_log_answered"), "P14D"), "g", "ours", "G1"),
    ("R13a", None): (Precedence(CONDITION_SET, kind("condition_notice_given")), "g", "law", "G4"),
    ("R13b", None): (Precedence(CONDITION_SET, kind("condition_statement_received")), "g", "law", "G4"),
    ("R13c", None): (Content(CONDITION_SET, holding(legal_basis=Present())), "g", "law", "G4"),
    ("R13d", None): (Precedence(kind("consequence_effected"), kind("consequence_agreed")), "g", "ours", "G4"),
    ("R14a", None): (within(kind("transfer_proposed"), TRANSFER_SETTLED, "P5B"), "g", "ours", "G5b"),
    ("R14b", None): (Absence(kind("transfer_returned"), 1, kind("transfer_escalated")), "g", "thesis", "G5b"),
    ("R14c", None): (
        Coverage(kind("assigned"), kind("unassigned"), parse_period("P14D")),
        "g",
        "thesis",
        "G5a",
    ),
    ("R15a", None): (within(COMPLAINT, kind("complaint_acknowledged"), "P1B"), "g", "ours", "G3"),
    ("R15b", None): (within(COMPLAINT, kind("complaint_answered"), "P12W"), "g", "ours", "G3"),
    ("R16", None): (within(kind("message_received"), kind("message_answered"), "P2B"), "i", "ours", "G4"),
    ("R17", None): (
        Share(
            of=kind("decision_made", first=True, group="standard"),
            among=FIRST_DECISION,
            per="actor",
            min_n=40,
            at_most=Fraction("0.99"),
        ),
        "i",
        "thesis",
        "G3",
    ),
    ("R18a", None): (Content(CONVERSATION, holding(**RUNGS_4)), "g", "thesis", "G4"),
    ("R18b", None): (within(REGISTERED, kind("conversation", **RUNGS_4), "P6M"), "i", "thesis", "G4"),
    ("R18c", None): (
        Content(CONVERSATION, holding(rung_advisor=AtLeast(6), rung_jobseeker=AtLeast(6))),
        "i",
        "thesis",
        "G4",
    ),
    ("R19", None): (Precedence(FIRST_DECISION, DIALOGUE), "i", "thesis", "G3 G4"),
}
YARDSTICKS = {"g": "guideline", "i": "intention", "none": "none"}
AFTER_END = {"R15a", "R15b"}
OWED_BY_JOBSEEKER = {"R12a"}
LIMITED = {
    "R2": either(kind("registered", wants_contact=True), kind("registered", unclear=Present())),
}


@pytest.fixture(scope="module")
def nav():
    return load("nav-2012")


def test_the_rules_and_their_order(nav):
    assert [rule.key for rule in nav.rules] == list(TABLE)


@pytest.mark.parametrize("key", TABLE, ids=lambda key: "/".join(filter(None, key)))
def test_each_rule_is_the_contracts(nav, key):
    pattern, yardstick, origin, goals = TABLE[key]
    rule = nav.by_key[key]
    assert rule.pattern == pattern
    assert rule.yardstick == YARDSTICKS[yardstick]
    assert rule.origin == origin
    assert list(rule.goals) == goals.split()
    assert rule.after_end == (key[0] in AFTER_END)
    assert rule.owed_by == ("jobseeker" if key[0] in OWED_BY_JOBSEEKER else "office")
    assert rule.cases == LIMITED.get(key[0])


def test_the_whole(nav):
    assert nav.id == "nav-2012"
    assert nav.in_force == date(2012, 1, 1)
    assert [goal.id for goal in nav.goals] == ["G1", "G2", "G3", "G4", "G5a", "G5b"]
    assert (nav.verdict.conforms, nav.verdict.partly, nav.verdict.min_n) == (Fraction("0.9"), Fraction("0.6"), 10)


def test_nothing_a_reader_would_miss_is_left_out(nav):
    assert nav.gaps == ()
    for named in (nav, *nav.goals, *nav.rules):
        assert named.source
        assert {"nb", "en"} <= set(named.title)
        assert all(named.title.values())
    for rule in nav.rules:
        if rule.reading is not None:
            assert {"nb", "en"} <= set(rule.reading_title)


def test_g2_is_judged_by_no_rule(nav):
    assert not [rule for rule in nav.rules if "G2" in rule.goals]
