"""What must hold of any practice, whatever its habits."""

from __future__ import annotations

from itertools import pairwise

from simulated import Practice, Row

# The office answers a complaint also when the person has found work; what it puts right, it puts right later.
AFTER_END = {"complaint_acknowledged", "complaint_answered"}


def in_order(case: list[Row]) -> list[Row]:
    """The case's order: by time, then by recording; as it stands when corrections have taken their place."""
    gone = {row.corrects for row in case}
    left = [row for row in case if row.event_id not in gone and row.kind != "retracted"]
    return sorted(left, key=lambda row: (row.at, row.seq))


def test_a_case_opens_with_its_one_registration(practice: Practice) -> None:
    for case in practice.values():
        kinds = [row.kind for row in in_order(case)]
        assert kinds[0] == "registered"
        assert kinds.count("registered") == 1


def test_nothing_happens_after_the_end(practice: Practice) -> None:
    for case in practice.values():
        kinds = [row.kind for row in in_order(case)]
        if "ended" in kinds:
            assert kinds.count("ended") == 1
            assert set(kinds[kinds.index("ended") + 1 :]) <= AFTER_END


def test_some_end_and_some_run_on(practice: Practice) -> None:
    ended = sum(any(row.kind == "ended" for row in case) for case in practice.values())
    assert 0 < ended < len(practice)


def test_decisions_are_made_by_the_responsible_advisor(practice: Practice) -> None:
    for case in practice.values():
        responsible = None
        for row in in_order(case):
            if row.kind == "assigned":
                responsible = row.attributes["advisor"]
            if row.kind == "unassigned":
                assert row.attributes["advisor"] == responsible
                responsible = None
            if row.kind == "decision_made":
                assert row.actor == responsible


def test_the_first_decision_is_first_and_no_two_that_follow_each_other_say_the_same(practice: Practice) -> None:
    for case in practice.values():
        decisions = [row.attributes for row in in_order(case) if row.kind == "decision_made"]
        assert [decision["first"] for decision in decisions] == [place == 0 for place in range(len(decisions))]
        groups = [decision["group"] for decision in decisions]
        assert all(before != after for before, after in pairwise(groups))


def test_who_needs_more_than_situational_is_assessed_before_it_is_decided(practice: Practice) -> None:
    for case in practice.values():
        seen: list[str] = []
        for row in in_order(case):
            if row.kind == "decision_made" and row.attributes["group"].endswith("_adapted"):
                assert "work_ability_assessment_completed" in seen
            seen.append(row.kind)


def test_the_first_conversation_is_marked_and_no_other(practice: Practice) -> None:
    for case in practice.values():
        gone = {row.corrects for row in case}
        marks = [row.attributes["first"] for row in in_order(case) if row.kind == "conversation"]
        doubled = any(row.kind == "retracted" for row in case) or gone - {None}
        if marks and not doubled:
            assert marks[0]
            assert not any(marks[1:])


def test_measures_start_only_when_granted_and_end_once(practice: Practice) -> None:
    for case in practice.values():
        granted = running = 0
        for row in in_order(case):
            granted += row.kind == "measure_considered" and row.attributes["outcome"] == "granted"
            if row.kind == "measure_started":
                running += 1
                assert granted > 0
            if row.kind == "measure_ended":
                running -= 1
            assert running in {0, 1}


def test_transfers_are_answered_only_when_proposed(practice: Practice) -> None:
    for case in practice.values():
        waiting = 0
        for row in in_order(case):
            if row.kind in {"transfer_proposed", "transfer_escalated"}:
                waiting += 1
            if row.kind == "transfer_returned" and not row.attributes["assessed"]:
                waiting -= 1
            if row.kind in {"transfer_accepted", "transfer_decided"}:
                waiting -= 1
            assert waiting in {0, 1}


def test_messages_are_answered_in_their_order_and_never_before_they_came(practice: Practice) -> None:
    for case in practice.values():
        waiting = 0
        for row in in_order(case):
            waiting += row.kind == "message_received"
            waiting -= row.kind == "message_answered"
            assert waiting >= 0


def test_a_job_log_is_delivered_only_where_one_is_agreed_on(practice: Practice) -> None:
    for case in practice.values():
        kinds = [row.kind for row in in_order(case)]
        if "job_log_delivered" in kinds:
            assert kinds.index("job_log_agreed") < kinds.index("job_log_delivered")
        assert kinds.count("job_log_agreed") <= 1


def test_confirmations_come_on_time_and_stop_with_the_case(practice: Practice) -> None:
    for case in practice.values():
        confirmed = [row.at for row in in_order(case) if row.kind == "registration_confirmed"]
        assert all(13 <= (after - before).days <= 14 for before, after in pairwise(confirmed))
