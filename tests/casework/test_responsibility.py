"""Giving one case: who may, to whom, and that there is one responsible advisor, told by the journal."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from conformity_reports import make_town
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from people_of_the_town import People, make_people
from responsibility_cases import NOW, case_of, ends_on, make_cases, told_of, viewer
from walls import seen_by, working_as_owner

from framdrift.casework.access.context import enter, scope_of
from framdrift.casework.access.models import Clearance
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.models import Event
from framdrift.casework.offices.models import Absence, Staff
from framdrift.casework.people.models import Person
from framdrift.casework.responsibility.actions import Assigned, assign
from framdrift.casework.responsibility.errors import (
    AwayError,
    CaseEndedError,
    NoAdvisorError,
    NotAllowedError,
    NotClearedError,
    StaleError,
)
from framdrift.casework.responsibility.queries import responsible_for
from framdrift.casework.responsibility.reasons import Reason


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


def give(
    people: People,
    by: Staff,
    person: Person,
    to: Staff | None,
    *,
    expected: Staff | None | str = "as it is",
    request_id: uuid.UUID | None = None,
    although_away: bool = False,
    now: datetime = NOW,
) -> Assigned:
    actor, case = viewer(by), case_of(person)
    shown = case.advisor if expected == "as it is" else expected
    with seen_by(actor):
        return assign(
            actor=actor,
            case=case.pk,
            advisor=str(to.code) if to else None,
            reason=Reason.LOAD,
            expected=str(shown.code) if isinstance(shown, Staff) else None,
            now=now,
            request_id=request_id or uuid.uuid4(),
            although_away=although_away,
        )


def test_the_leader_gives_a_case_and_the_journal_tells_it(people: People) -> None:
    give(people, people.leader, people.own, people.colleague)
    case = case_of(people.own)
    assert case.advisor == people.colleague
    said = {
        "advisor": str(people.colleague.code),
        "team": "korttid",
        "previous": str(people.advisor.code),
        "reason": "load",
    }
    assert told_of(case.pk) == [("assigned", str(people.leader.code), said)]


def test_the_case_goes_to_the_new_advisors_team(people: People) -> None:
    give(people, people.leader, people.own, people.follower)
    assert case_of(people.own).team.code == "oot"
    assert told_of(case_of(people.own).pk)[0][2]["team"] == "oot"


def test_a_case_nobody_has_had_is_given_without_a_previous_one(people: People) -> None:
    give(people, people.team_lead, people.nobodys, people.advisor)
    said = {"advisor": str(people.advisor.code), "team": "korttid", "reason": "load"}
    assert told_of(case_of(people.nobodys).pk) == [("assigned", str(people.team_lead.code), said)]


def test_the_leader_may_leave_a_case_with_nobody(people: People) -> None:
    give(people, people.leader, people.own, None)
    assert case_of(people.own).advisor is None
    ((kind, _, said),) = told_of(case_of(people.own).pk)
    assert (kind, said["previous"], said["advisor"]) == (
        "unassigned",
        str(people.advisor.code),
        str(people.advisor.code),
    )


@pytest.mark.parametrize("who", ["reviewer", "administrator", "privacy_officer", "analyst", "other_advisor"])
def test_nobody_else_gives_a_case(people: People, who: str) -> None:
    with pytest.raises(NotAllowedError):
        give(people, getattr(people, who), people.own, people.colleague)
    assert case_of(people.own).advisor == people.advisor


def test_a_leader_of_another_office_meets_no_such_case(people: People) -> None:
    with pytest.raises(NotAllowedError):
        give(people, people.town.large.leader, people.own, people.other_advisor)


def test_an_advisor_takes_what_nobody_has(people: People) -> None:
    give(people, people.advisor, people.nobodys, people.advisor)
    assert case_of(people.nobodys).advisor == people.advisor


def test_an_advisor_takes_what_one_who_has_left_still_stands_for(people: People) -> None:
    ends_on(people.colleague, date(2026, 10, 30))
    give(people, people.advisor, people.of_team, people.advisor)
    assert case_of(people.of_team).advisor == people.advisor


def test_an_advisor_takes_nothing_from_a_colleague_and_gives_nothing_away(people: People) -> None:
    for person, to in ((people.of_team, people.advisor), (people.nobodys, people.colleague), (people.own, None)):
        with pytest.raises(NotAllowedError):
            give(people, people.advisor, person, to)


def test_only_whoever_is_cleared_gets_or_gives_a_protected_person(people: People) -> None:
    with pytest.raises(NotAllowedError):
        give(people, people.leader, people.protected, people.advisor)
    with working_as_owner():
        Clearance.objects.create(staff=people.leader, level=2, first_day=date(2026, 1, 1))
    with pytest.raises(NotClearedError):
        give(people, people.leader, people.protected, people.advisor)
    assert case_of(people.protected).advisor == people.cleared


@pytest.mark.parametrize("who", ["leader", "other_advisor", "administrator"])
def test_whoever_is_no_advisor_of_the_office_gets_no_case(people: People, who: str) -> None:
    with pytest.raises(NoAdvisorError):
        give(people, people.leader, people.own, getattr(people, who))


def test_an_advisor_who_has_left_gets_no_case(people: People) -> None:
    ends_on(people.colleague, date(2026, 11, 22))
    with pytest.raises(NoAdvisorError):
        give(people, people.leader, people.own, people.colleague)


def test_one_who_is_away_gets_a_case_if_somebody_answers_or_it_is_meant(people: People) -> None:
    give(people, people.leader, people.own, people.absent)
    with working_as_owner():
        Absence.objects.filter(staff=people.absent).update(cover=None)
    with pytest.raises(AwayError) as refused:
        give(people, people.leader, people.nobodys, people.absent)
    assert (refused.value.name, refused.value.last_day) == ("Bo Borte", date(2099, 12, 31))
    give(people, people.leader, people.nobodys, people.absent, although_away=True)
    assert case_of(people.nobodys).advisor == people.absent


def test_an_ended_case_is_given_to_nobody(people: People) -> None:
    with working_as_owner():
        Case.objects.filter(person=people.own).update(ended_at=NOW)
    with pytest.raises(CaseEndedError):
        give(people, people.leader, people.own, people.colleague)


def test_a_form_that_is_behind_is_told_who_has_the_case_now(people: People) -> None:
    with pytest.raises(StaleError) as refused:
        give(people, people.leader, people.own, people.colleague, expected=people.follower)
    assert refused.value.name == people.advisor.name
    with pytest.raises(StaleError):
        give(people, people.leader, people.own, people.colleague, expected=None)


def test_a_form_sent_twice_has_one_effect(people: People) -> None:
    request_id = uuid.uuid4()
    first = give(people, people.leader, people.own, people.colleague, expected=people.advisor, request_id=request_id)
    again = give(people, people.leader, people.own, people.colleague, expected=people.advisor, request_id=request_id)
    assert (first.repeated, again.repeated, again.name) == (False, True, people.colleague.name)
    assert len(told_of(case_of(people.own).pk)) == 1


def test_taking_a_case_twice_by_one_form_has_one_effect(people: People) -> None:
    request_id = uuid.uuid4()
    give(people, people.advisor, people.nobodys, people.advisor, expected=None, request_id=request_id)
    again = give(people, people.advisor, people.nobodys, people.advisor, expected=None, request_id=request_id)
    assert again.repeated


def test_the_journal_is_told_of_the_days_nobody_had_it_after_one_left(people: People) -> None:
    ends_on(people.colleague, date(2026, 10, 30))
    give(people, people.leader, people.of_team, people.advisor)
    case = case_of(people.of_team)
    (left, _, said), (given, _, _) = told_of(case.pk)
    assert (left, given, said["reason"]) == ("unassigned", "assigned", "left")
    with working_as_owner():
        at = Event.objects.get(case=case, kind="unassigned").at
    assert at == datetime(2026, 10, 30, 23, tzinfo=UTC), "midnight after the last day, in Norway"


def test_who_is_responsible_is_told_with_who_answers_meanwhile(people: People) -> None:
    give(people, people.leader, people.own, people.absent)
    with seen_by(viewer(people.leader)):
        told = responsible_for(case_of(people.own).pk, NOW.date())
    assert told is not None
    assert (told.advisor, told.team, told.since, told.reason) == ("Bo Borte", "korttid", NOW, "load")
    assert (told.is_there, told.away_until, told.answering) == (True, date(2099, 12, 31), "Kari Kollega")


def test_who_was_responsible_and_has_left_is_told_as_gone(people: People) -> None:
    ends_on(people.advisor, date(2026, 10, 30))
    with seen_by(viewer(people.leader)):
        told = responsible_for(case_of(people.own).pk, NOW.date())
    assert told is not None
    assert (told.advisor, told.is_there) == (people.advisor.name, False)


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_at_once_one_gives_the_case_and_the_other_is_told() -> None:
    people = make_people(make_town())
    case, at_once = case_of(people.nobodys).pk, Barrier(2)
    actors = {people.colleague: viewer(people.leader), people.follower: viewer(people.team_lead)}

    def try_to_give(to: Staff) -> str:
        try:
            with transaction.atomic():
                enter(scope_of(actors[to]))
                at_once.wait()
                assign(
                    actor=actors[to], case=case, advisor=str(to.code), reason=Reason.LOAD, expected=None, now=NOW,
                    request_id=uuid.uuid4(),
                )  # fmt: skip
        except StaleError as error:
            return f"stale: {error.name}"
        finally:
            connections.close_all()
        return f"given: {to.name}"

    with ThreadPoolExecutor(2) as both:
        told = sorted(both.map(try_to_give, actors))
    won = case_of(people.nobodys).advisor
    assert won is not None
    assert told == [f"given: {won.name}", f"stale: {won.name}"]
    assert len(told_of(case)) == 1


def test_giving_takes_as_many_queries_in_a_large_office(people: People) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            give(people, people.leader, people.own, people.colleague)
            give(people, people.leader, people.own, people.advisor)
        return len(captured)

    few = queries()
    make_cases(people.town.small.office, 300, advisor=people.colleague)
    assert queries() == few
