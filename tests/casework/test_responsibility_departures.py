"""Advisors who have left: the journal is told from which day nobody had their cases, once, by night or when given on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from conformity_reports import make_town
from people_of_the_town import People, make_people
from responsibility_cases import NOW, case_of, ends_on, make_cases, told_of, viewer
from walls import seen_by, working_as_owner

from framdrift.casework.cases.models import Case
from framdrift.casework.journal.models import Event
from framdrift.casework.offices.models import OfficeMembership, TeamMembership
from framdrift.casework.people.protection import UNPROTECTED
from framdrift.casework.responsibility import departures
from framdrift.casework.responsibility.departures import release
from framdrift.casework.responsibility.queries import Without, standing, without_advisor

LAST = date(2026, 10, 30)


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


def test_the_cases_of_one_who_left_are_freed_from_the_day_after(people: People) -> None:
    ends_on(people.colleague, LAST)
    assert release(office="lillevik", now=NOW) == 1
    case = case_of(people.of_team)
    assert case.advisor is None
    gone = str(people.colleague.code)
    said = {"advisor": gone, "previous": gone, "team": "korttid", "reason": "left"}
    assert told_of(case.pk) == [("unassigned", "system", said)]
    with working_as_owner():
        event = Event.objects.get(case=case, kind="unassigned")
    assert (event.at, event.recorded_at) == (datetime(2026, 10, 30, 23, tzinfo=UTC), NOW)


def test_they_stand_among_those_with_nobody_with_when_and_why(people: People) -> None:
    ends_on(people.colleague, LAST)
    release(office="lillevik", now=NOW)
    with seen_by(viewer(people.leader)):
        rows, _ = without_advisor(standing("lillevik", NOW.date(), UNPROTECTED), Without.NOBODY)
    assert [(row.reason, row.since) for row in rows if row.name == "Tiril Aasen"] == [
        ("left", datetime(2026, 10, 30, 23, tzinfo=UTC))
    ]


def test_nobody_is_freed_twice_nor_from_one_who_is_there_or_still_to_leave(people: People) -> None:
    ends_on(people.advisor, NOW.date())
    assert release(office="lillevik", now=NOW) == 0
    ends_on(people.colleague, LAST)
    assert [release(office="lillevik", now=NOW) for _ in range(2)] == [1, 0]
    assert case_of(people.own).advisor == people.advisor


def test_protected_people_are_freed_too(people: People) -> None:
    ends_on(people.cleared, LAST)
    assert release(office="lillevik", now=NOW) == 1
    assert case_of(people.protected).advisor is None


def test_ended_cases_and_other_offices_are_left_alone(people: People) -> None:
    for staff in (people.colleague, people.other_advisor):
        ends_on(staff, LAST)
    with working_as_owner():
        Case.objects.filter(person=people.of_team).update(ended_at=NOW)
    assert release(office="lillevik", now=NOW) == 0
    assert case_of(people.other).advisor == people.other_advisor


def test_one_who_never_was_an_advisor_here_keeps_what_a_loaded_log_says(people: People) -> None:
    with working_as_owner():
        for kind in (OfficeMembership, TeamMembership):
            kind.objects.filter(staff=people.colleague).delete()
    assert release(office="lillevik", now=NOW) == 0
    assert case_of(people.of_team).advisor == people.colleague


def test_one_who_comes_back_on_a_day_to_come_keeps_nothing_until_then(people: People) -> None:
    ends_on(people.colleague, LAST)
    with working_as_owner():
        OfficeMembership.objects.create(
            staff=people.colleague, office=people.town.small.office, role="advisor", first_day=date(2027, 1, 4),
            last_day=date(2027, 6, 30),
        )  # fmt: skip
    assert release(office="lillevik", now=NOW) == 1
    with working_as_owner():
        assert Event.objects.get(kind="unassigned").at == datetime(2026, 10, 30, 23, tzinfo=UTC)


def test_many_are_freed_in_portions(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departures, "PORTION", 4)
    make_cases(people.town.small.office, 9, advisor=people.colleague)
    ends_on(people.colleague, LAST)
    assert release(office="lillevik", now=NOW) == 10
