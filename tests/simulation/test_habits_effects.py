"""A habit does what it says: the same people, one habit changed, and what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from simulated import Practice, Row, whole_office

from framdrift.simulation import Habits, load_habits

Changed = Callable[[str], Habits]
# The file's minutes for what leaves a trace in the log; a call to clarify is the shortest conversation.
MINUTES = {
    "conversation": 15,
    "job_match_sent": 8,
    "decision_made": 15,
    "message_answered": 8,
    "measure_considered": 30,
}
EVERYBODY = "advisors:\n" + "".join(f"  - {{code: a{n}, HABIT}}\n" for n in range(1, 6))


def everybody(habit: str) -> str:
    return EVERYBODY.replace("HABIT", habit)


def count(practice: Practice, kind: str) -> int:
    return sum(row.kind == kind for case in practice.values() for row in case)


def before_first_decision(practice: Practice) -> Iterator[list[Row]]:
    for case in practice.values():
        ordered = sorted(case, key=lambda row: (row.at, row.seq))
        places = [place for place, row in enumerate(ordered) if row.kind == "decision_made"]
        if places:
            yield ordered[: places[0] + 1]


def is_contact_by_office(row: Row) -> bool:
    return row.kind == "conversation" or (row.kind == "contact" and row.attributes["direction"] == "out")


def test_who_never_contacts_decides_on_the_registration_alone(practices: dict[str, Practice]) -> None:
    decided = 0
    for events in before_first_decision(practices["small-office"]):
        if events[-1].actor == "lillevik-a1":
            decided += 1
            assert not any(is_contact_by_office(row) for row in events)
            assert events[-1].attributes["group"] == "standard"
    assert decided > 40


def test_who_always_telephones_does_so_wherever_something_is_unclear_or_contact_is_wanted(
    practices: dict[str, Practice],
) -> None:
    called = Counter[bool]()
    for events in before_first_decision(practices["small-office"]):
        if events[-1].actor == "lillevik-a2":
            facts = events[0].attributes
            prompted = bool(facts["unclear"]) or facts["wants_contact"]
            assert any(is_contact_by_office(row) for row in events) is prompted
            called[prompted] += 1
    assert min(called[True], called[False]) > 10


def test_who_sees_those_who_ask_has_no_other_conversations(practices: dict[str, Practice]) -> None:
    mine = [
        row
        for case in practices["small-office"].values()
        for row in case
        if row.actor == "lillevik-a4" and row.kind == "conversation" and not _clarifies(case, row)
    ]
    assert mine
    assert {row.attributes["initiative"] for row in mine} == {"jobseeker"}


def _clarifies(case: list[Row], row: Row) -> bool:
    decisions = [other.at for other in case if other.kind == "decision_made"]
    return not decisions or row.at < min(decisions)


def test_only_those_who_let_it_count_follow_up_without_the_person(practices: dict[str, Practice]) -> None:
    """8.2: one sends SMS, another lets a CV gone through count; the other eight do neither."""
    senders = Counter(
        (
            row.actor,
            row.attributes.get("form") if row.attributes.get("form") == "cv_review" else row.attributes["channel"],
        )
        for practice in practices.values()
        for case in practice.values()
        for row in case
        if row.kind == "contact"
        and row.attributes["direction"] == "out"
        and row.attributes["form"] in {"message", "cv_review"}
    )
    assert {actor for actor, what in senders if what in {"sms", "email"}} == {"storhavn-a3"}
    assert {actor for actor, what in senders if what == "cv_review"} == {"lillevik-a3"}


def test_the_same_people_come_whatever_the_advisors_do(practices: dict[str, Practice], changed: Changed) -> None:
    other = whole_office(changed(everybody("decisions: {first: always_standard, contact_when_unclear: never}")))

    def facts(practice: Practice) -> dict[str, tuple[object, ...]]:
        return {
            case_id: (case[0].at, case[0].attributes["benefits"], case[0].attributes["unclear"])
            for case_id, case in practice.items()
        }

    assert facts(other) == facts(practices["small-office"])
    groups = {events[-1].attributes["group"] for events in before_first_decision(other)}
    assert groups == {"standard"}
    assert not any(is_contact_by_office(row) for events in before_first_decision(other) for row in events)


def test_more_time_for_follow_up_gives_no_fewer_conversations(changed: Changed) -> None:
    """Waiting is not set anywhere: it is what is left when time meets those who are due."""
    held = [
        count(whole_office(changed(f"usual: {{time: {{office_days_a_week: {days}}}}}\n")), "conversation")
        for days in (0, 1, 3)
    ]
    assert held == sorted(held)
    assert held[1] < held[2], "one day a week is no bound here"


def test_without_an_office_day_nobody_is_called_in(changed: Changed) -> None:
    practice = whole_office(changed("usual: {time: {office_days_a_week: 0}}\n"))
    for case in practice.values():
        for row in case:
            if row.kind == "conversation" and not row.actor.startswith("lillevik-b"):
                assert _clarifies(case, row)


def test_time_lost_is_follow_up_lost(practices: dict[str, Practice], changed: Changed) -> None:
    losses = "time: {lost_to: [{to: reception_shift, chance: always, hours: 5}]}"
    poorer = whole_office(changed(everybody(losses)))
    assert count(poorer, "conversation") < count(practices["small-office"], "conversation")


@pytest.mark.parametrize("name", ["small-office", "large-office"])
def test_no_advisor_works_more_than_the_week_has(name: str, practices: dict[str, Practice]) -> None:
    habits = load_habits(name)
    spent: Counter[tuple[str, date]] = Counter()
    for case in practices[name].values():
        for row in case:
            if row.kind == "conversation" and not row.corrects:
                spent[row.actor, _monday(row)] += 15 if _clarifies(case, row) else 60
            elif row.kind in MINUTES and not row.corrects:
                spent[row.actor, _monday(row)] += MINUTES[row.kind]
    for advisor in habits.advisors:
        day = habits.week.hours_a_day * 60
        days = advisor.time.office_days_a_week
        most = days * day + (5 - days) * advisor.time.reception_minutes
        # An extra shift gives the quiet minutes of reception in place of the day it takes; it adds to nothing.
        mine = [minutes for (actor, _), minutes in spent.items() if actor == f"{habits.office.code}-{advisor.code}"]
        assert mine
        # A row written twice and withdrawn later took its time once.
        assert max(mine) <= most + 60, advisor.code


def _monday(row: Row) -> date:
    return date.fromordinal(row.at.toordinal() - row.at.weekday())


def test_what_measures_did_is_fed_back_only_where_it_is_a_habit(
    practices: dict[str, Practice], changed: Changed
) -> None:
    assert count(practices["small-office"], "measure_ended") > 0
    assert count(practices["small-office"], "measure_evaluated") == 0
    fed_back = whole_office(changed("usual: {measures: {effect_fed_back: always}}\n"))
    assert 0 < count(fed_back, "measure_evaluated") <= count(fed_back, "measure_ended")


def test_no_places_no_measures(changed: Changed) -> None:
    course = "code: work_practice, chosen: 1, weeks: 4, starts_after_days: 7, completed: 1, finds_work: 0"
    practice = whole_office(changed(f"courses: [{{{course}, places_a_month: 0}}]\n"))
    outcomes = {
        row.attributes["outcome"] for case in practice.values() for row in case if row.kind == "measure_considered"
    }
    assert "unavailable" in outcomes
    assert "granted" not in outcomes
    assert count(practice, "measure_started") == 0


def test_returned_cases_go_to_the_leader_only_where_that_is_the_routine(practices: dict[str, Practice]) -> None:
    """8.7.3: the small office has found a routine for it, the large one still struggles."""
    rates = {
        name: count(practice, "transfer_escalated") / count(practice, "transfer_returned")
        for name, practice in practices.items()
    }
    assert rates["small-office"] > rates["large-office"]


def test_conditions_come_with_notice_where_that_is_the_habit(changed: Changed) -> None:
    practice = whole_office(changed(everybody("conditions: {set: 0.5, notice: always, legal_basis: always}")))
    assert count(practice, "condition_set") > 20
    for case in practice.values():
        ordered = [row for row in sorted(case, key=lambda row: (row.at, row.seq)) if row.actor.startswith("lillevik-a")]
        kinds = [row.kind for row in ordered]
        for row in ordered:
            if row.kind == "condition_set":
                assert kinds.index("condition_notice_given") < kinds.index("condition_set")
                assert row.attributes["legal_basis"]
