"""Each requirement of nav-2012 about single cases: a smallest case that meets it, and a smallest one that does not."""

from dataclasses import dataclass
from datetime import date

import naive
import pytest
from strategies import nav_2012
from written import events_of

from framdrift.events import Log
from framdrift.standard import evaluate, load
from framdrift.standard.all_cases import Evaluation
from framdrift.standard.model import Compare, Share

AS_OF = date(2013, 6, 30)
FIVE_PARTS = '["a", "b", "c", "d", "e"]'


@dataclass(frozen=True)
class Pair:
    """``fails`` ends in ``state``; a line is an event as tests/standard/written.py reads it."""

    rule: str
    meets: str
    fails: str
    state: str = "missed"


def after_registration(day, event, too_late):
    registered = "2012-01-10 registered\n"
    return registered + f"{day} {event}", registered + f"{too_late} {event}", "late"


PAIRS = [
    Pair("R1", *after_registration("2012-01-24", 'decision_made {"first": true}', "2012-01-25")),
    Pair(
        "R1",
        '2012-01-10 registered\n2012-01-24 decision_made {"first": true}',
        '2012-01-10 registered\n2012-01-24 decision_made {"first": false}',
    ),
    Pair(
        "R2/strict",
        """2012-01-10 registered {"wants_contact": true}
           2012-01-11 contact {"form": "exchange"}
           2012-01-12 decision_made {"first": true}""",
        """2012-01-10 registered {"unclear": ["language"]}
           2012-01-11 contact {"form": "message"}
           2012-01-11 contact_waived
           2012-01-12 decision_made {"first": true}""",
    ),
    Pair(
        "R2/lenient",
        """2012-01-10 registered {"unclear": ["language"]}
           2012-01-11 contact_waived
           2012-01-12 decision_made {"first": true}""",
        """2012-01-10 registered {"unclear": ["language"]}
           2012-01-12 decision_made {"first": true}
           2012-01-13 contact_waived""",
    ),
    Pair(
        "R3a",
        f'2012-01-10 decision_made {{"group": "graded_permanent", "parts": {FIVE_PARTS}}}',
        '2012-01-10 decision_made {"group": "graded_permanent", "parts": ["a", "b", "c", "d"]}',
    ),
    Pair(
        "R3b",
        '2012-01-10 decision_made {"group": "standard", "own_view": true}',
        '2012-01-10 decision_made {"group": "standard", "own_view": false}',
    ),
    Pair("R4a", *after_registration("2012-02-10", 'meeting_attended {"meeting": "job_workshop"}', "2012-02-11")),
    Pair("R4b", *after_registration("2012-04-10", 'meeting_attended {"meeting": "guidance"}', "2012-04-11")),
    Pair("R5/routine", *after_registration("2012-07-10", "conversation", "2012-07-11")),
    Pair("R5/early", *after_registration("2012-04-10", "conversation", "2012-04-11")),
    Pair(
        "R6/routine",
        """2012-01-10 registered
           2012-04-10 meeting_attended {"meeting": "information"}
           2012-04-11 ended""",
        """2012-01-10 registered
           2012-04-10 meeting_attended {"meeting": "job_club"}
           2012-04-11 ended""",
    ),
    Pair(
        "R6/strict",
        """2012-01-10 registered
           2012-04-10 conversation
           2012-04-11 ended""",
        """2012-01-10 registered
           2012-04-10 meeting_attended {"meeting": "information"}
           2012-04-11 ended""",
    ),
    Pair(
        "R6/lenient",
        """2012-01-10 registered
           2012-04-10 contact {"channel": "sms", "direction": "out"}
           2012-07-10 contact {"form": "cv_review"}
           2012-10-10 job_match_sent
           2012-10-11 ended""",
        """2012-01-10 registered
           2012-04-10 contact {"channel": "sms", "direction": "in"}
           2012-04-11 ended""",
    ),
    Pair(
        "R7",
        "2012-01-10 registered\n2012-02-10 job_match_sent\n2012-02-11 ended",
        "2012-01-10 registered\n2012-02-11 job_match_sent\n2012-02-12 ended",
        "late",
    ),
    Pair(
        "R8a",
        '2012-01-31 decision_made {"group": "situational"}\n2012-02-29 plan_created',
        '2012-01-31 decision_made {"group": "specially_adapted"}\n2012-03-01 plan_created',
        "late",
    ),
    Pair(
        "R8b",
        "2012-01-10 plan_created\n2012-07-10 plan_evaluated\n2012-07-11 ended",
        "2012-01-10 plan_created\n2012-07-11 ended",
    ),
    Pair("R8c", '2012-01-10 plan_created {"by": "both"}', '2012-01-10 plan_created {"by": "advisor"}'),
    Pair("R9", *after_registration("2012-08-10", "measure_considered", "2012-08-11")),
    Pair(
        "R10a",
        "2012-01-10 decision_made\n2012-01-11 measure_started",
        "2012-01-11 measure_started\n2012-01-12 decision_made",
    ),
    Pair(
        "R10b",
        """2012-01-10 measure_considered {"outcome": "granted", "own_view": true, "goal": "work"}
           2012-01-11 measure_started""",
        """2012-01-10 measure_considered {"outcome": "granted", "own_view": true, "goal": ""}
           2012-01-11 measure_started""",
    ),
    Pair("R10c", "2012-01-31 measure_ended\n2012-02-29 measure_evaluated", "2012-01-31 measure_ended"),
    Pair(
        "R12a",
        "2012-01-10 job_log_agreed\n2012-01-24 job_log_delivered\n2012-01-25 ended",
        "2012-01-10 job_log_agreed\n2012-01-25 ended",
    ),
    Pair(
        "R12b",
        "2012-01-10 job_log_delivered\n2012-01-24 job_log_answered",
        "2012-01-10 job_log_delivered\n2012-01-25 job_log_answered",
        "late",
    ),
    Pair("R13a", "2012-01-10 condition_notice_given\n2012-01-11 condition_set", "2012-01-11 condition_set"),
    Pair(
        "R13b",
        "2012-01-10 condition_statement_received\n2012-01-11 condition_set",
        "2012-01-10 condition_notice_given\n2012-01-11 condition_set",
    ),
    Pair(
        "R13c",
        '2012-01-10 condition_set {"legal_basis": "folketrygdloven 4-20"}',
        '2012-01-10 condition_set {"legal_basis": null}',
    ),
    Pair(
        "R13d",
        "2012-01-10 consequence_agreed\n2012-01-11 consequence_effected",
        "2012-01-10 consequence_proposed\n2012-01-11 consequence_effected",
    ),
    Pair(
        "R14a",
        "2012-04-02 transfer_proposed\n2012-04-12 transfer_decided",
        "2012-04-02 transfer_proposed\n2012-04-13 transfer_decided",
        "late",
    ),
    Pair(
        "R14b",
        "2012-01-10 transfer_returned\n2012-01-11 transfer_escalated\n2012-01-12 transfer_returned",
        "2012-01-10 transfer_returned\n2012-01-12 transfer_returned",
    ),
    Pair(
        "R14c",
        "2012-01-10 registered\n2012-01-24 assigned",
        "2012-01-10 registered\n2012-01-24 assigned\n2012-02-01 unassigned\n2012-02-02 assigned",
    ),
    Pair(
        "R15a",
        "2012-01-02 registered\n2012-01-03 ended\n2012-01-06 complaint_received\n2012-01-09 complaint_acknowledged",
        "2012-01-02 registered\n2012-01-03 ended\n2012-01-06 complaint_received\n2012-01-10 complaint_acknowledged",
        "late",
    ),
    Pair(
        "R15b",
        "2012-01-02 complaint_received\n2012-01-03 ended\n2012-03-26 complaint_answered",
        "2012-01-02 complaint_received\n2012-01-03 ended",
    ),
    Pair(
        "R16",
        "2012-05-16 message_received\n2012-05-21 message_answered",
        "2012-05-16 message_received\n2012-05-22 message_answered",
        "late",
    ),
    Pair(
        "R18a",
        '2012-01-10 conversation {"rung_advisor": 4, "rung_jobseeker": 5}',
        '2012-01-10 conversation {"rung_advisor": 8}',
    ),
    Pair(
        "R18b",
        '2012-01-10 registered\n2012-07-10 conversation {"rung_advisor": 4, "rung_jobseeker": 4}',
        '2012-01-10 registered\n2012-07-10 conversation {"rung_advisor": 4, "rung_jobseeker": 3}',
    ),
    Pair(
        "R18c",
        '2012-01-10 conversation {"rung_advisor": 6, "rung_jobseeker": 6}',
        '2012-01-10 conversation {"rung_advisor": 8, "rung_jobseeker": 5}',
    ),
    Pair(
        "R19",
        '2012-01-10 conversation\n2012-01-11 decision_made {"first": true}',
        '2012-01-11 decision_made {"first": true}\n2012-01-12 conversation',
    ),
]


def states(instances, rule):
    return {found.state for found in instances if "/".join(filter(None, (found.requirement, found.reading))) == rule}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.rule)
def test_one_case_that_meets_and_one_that_does_not(pair):
    nav = load("nav-2012")
    for log, state in ((pair.meets, "met"), (pair.fails, pair.state)):
        events = events_of(log)
        # The window that the end cut off is void.
        assert states(evaluate(nav, events, as_of=AS_OF), pair.rule) - {"void"} == {state}
        assert states(naive.instances(nav_2012(), events, as_of=AS_OF), pair.rule) - {"void"} == {state}


def test_all_of_them_in_one_log():
    cases = [
        (f"case-{number}-{state}", pair.rule, log, state)
        for number, pair in enumerate(PAIRS)
        for log, state in ((pair.meets, "met"), (pair.fails, pair.state))
    ]
    events = [event for case_id, _, log, _ in cases for event in events_of(log, case_id)]
    with Log.of_events(events) as log, Evaluation(load("nav-2012"), log, as_of=AS_OF, known_at=None) as evaluation:
        found = list(evaluation.instances())
    for case_id, rule, _, state in cases:
        of_case = [instance for instance in found if instance.case_id == case_id]
        assert states(of_case, rule) - {"void"} == {state}, (case_id, rule)


def test_every_rule_about_single_cases_has_its_pair():
    named = {
        "/".join(filter(None, rule.key))
        for rule in load("nav-2012").rules
        if not isinstance(rule.pattern, Share | Compare)
    }
    assert {pair.rule for pair in PAIRS} == named


def test_r2_asks_nothing_where_nothing_is_unclear_and_nobody_wants_contact():
    events = events_of(
        """2012-01-10 registered {"wants_contact": false, "unclear": []}
           2012-01-12 decision_made {"first": true}"""
    )
    assert states(evaluate(load("nav-2012"), events, as_of=AS_OF), "R2/strict") == set()


def test_r3_does_not_judge_a_decision_that_only_asks_for_an_assessment():
    events = events_of('2012-01-10 decision_made {"group": "needs_work_ability_assessment"}')
    assert states(evaluate(load("nav-2012"), events, as_of=AS_OF), "R3a") == set()
