"""Who has nobody, and why each stands there; how much each advisor has."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from conformity_reports import make_town
from django.db import connection
from django.test.utils import CaptureQueriesContext
from people_of_the_town import People, make_people
from responsibility_cases import NOW, TODAY, advisor_of, case_of, ends_on, make_cases, viewer
from walls import seen_by, working_as_owner

from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Absence
from framdrift.casework.people.protection import UNPROTECTED
from framdrift.casework.responsibility.actions import assign
from framdrift.casework.responsibility.advisors import advisors_and_former
from framdrift.casework.responsibility.queries import (
    PER_PAGE,
    Counts,
    Row,
    Without,
    all_without_advisor,
    counts,
    standing,
    without_advisor,
)
from framdrift.casework.responsibility.reasons import Reason


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


def rows(people: People, without: Without, **options: object) -> list[Row]:
    with seen_by(viewer(people.leader)):
        return without_advisor(standing("lillevik", TODAY, UNPROTECTED), without, **options)[0]  # type: ignore[arg-type]


def counted(people: People) -> Counts:
    with seen_by(viewer(people.leader)):
        return counts(standing("lillevik", TODAY, UNPROTECTED))


def test_nobody_has_them_and_some_never_had(people: People) -> None:
    (row,) = rows(people, Without.NOBODY)
    assert (row.name, row.reason, row.since) == ("Ingen Zahl", "", row.registered)
    assert counted(people) == Counts(running=5, nobody=1, left=0, away=0)


def test_who_lost_the_advisor_stands_there_with_when_and_why(people: People) -> None:
    actor = viewer(people.leader)
    with seen_by(actor):
        assign(
            actor=actor, case=case_of(people.own).pk, advisor=None, reason=Reason.IMPARTIALITY,
            expected=str(people.advisor.code), now=NOW, request_id=uuid.uuid4(),
        )  # fmt: skip
    found = {row.name: row for row in rows(people, Without.NOBODY)}
    assert (found["Ola Østby"].since, found["Ola Østby"].reason) == (NOW, "impartiality")


def test_the_people_of_one_who_left_stand_apart_with_since_when(people: People) -> None:
    ends_on(people.colleague, date(2026, 10, 30))
    (row,) = rows(people, Without.LEFT)
    assert (row.name, row.advisor, row.since) == ("Tiril Aasen", "Kari Kollega", date(2026, 10, 30))
    assert counted(people) == Counts(running=5, nobody=1, left=1, away=1), "and nobody covers for Bo any more"


def test_the_people_of_one_who_is_away_stand_there_only_if_nobody_answers(people: People) -> None:
    assert rows(people, Without.AWAY) == []
    with working_as_owner():
        Absence.objects.filter(staff=people.absent).update(cover=None, last_day=date(2026, 12, 3))
    (row,) = rows(people, Without.AWAY)
    assert (row.name, row.advisor, row.until) == ("Cecilie Dahl", "Bo Borte", date(2026, 12, 3))


def test_an_ended_case_needs_nobody(people: People) -> None:
    with working_as_owner():
        Case.objects.filter(person=people.nobodys).update(ended_at=NOW)
    assert rows(people, Without.NOBODY) == []


def test_people_of_another_office_and_those_one_is_not_cleared_for_are_not_listed(people: People) -> None:
    make_cases(people.town.large.office, 3, advisor=None)
    assert [row.name for row in rows(people, Without.NOBODY)] == ["Ingen Zahl"]
    with seen_by(viewer(people.cleared)):
        found, _ = without_advisor(standing("lillevik", TODAY, ~UNPROTECTED), Without.NOBODY)
    assert [row.name for row in found] == ["Ansatt Selv", "Ingen Zahl"] or [row.name for row in found] == [
        "Ingen Zahl", "Ansatt Selv",
    ]  # fmt: skip


def test_pages_follow_each_other_without_a_gap_whoever_was_registered_first_first(people: People) -> None:
    made = make_cases(people.town.small.office, 2 * PER_PAGE + 5, advisor=None)
    seen: list[Row] = []
    after: tuple[datetime, str] | None = None
    with seen_by(viewer(people.leader)):
        there = standing("lillevik", TODAY, UNPROTECTED)
        while True:
            page, more = without_advisor(there, Without.NOBODY, after=after)
            seen += page
            if not more:
                break
            after = (page[-1].registered, page[-1].case)
        whole = [row.case for row in all_without_advisor(there, Without.NOBODY)]
    assert [row.case for row in seen] == [*made, case_of(people.nobodys).pk] == whole


def test_a_list_may_be_of_one_team(people: People) -> None:
    make_cases(people.town.small.office, 2, advisor=None, team="oot")
    assert len(rows(people, Without.NOBODY, team="oot")) == 2
    with seen_by(viewer(people.leader)):
        assert counts(standing("lillevik", TODAY, UNPROTECTED), team="oot").nobody == 2


@pytest.mark.parametrize("without", list(Without))
def test_a_page_takes_as_many_queries_whatever_the_size(people: People, without: Without) -> None:
    ends_on(people.colleague, date(2026, 10, 30))

    def queries() -> int:
        with seen_by(viewer(people.leader)), CaptureQueriesContext(connection) as captured:
            there = standing("lillevik", TODAY, UNPROTECTED)
            counts(there)
            without_advisor(there, without)
        return len(captured)

    few = queries()
    for advisor in (None, people.colleague, people.absent):
        make_cases(people.town.small.office, 120, advisor=advisor)
    assert queries() == few


def test_loads_say_how_many_each_has_who_is_away_and_who_has_left_cases_behind(people: People) -> None:
    make_cases(people.town.small.office, 4, advisor=people.advisor)
    ends_on(people.follower, date(2026, 10, 30))
    with seen_by(viewer(people.leader)):
        present, former = advisors_and_former("lillevik", TODAY)
    told = {each.name: (each.running, each.answering, [team.code for team in each.teams]) for each in present}
    assert told == {
        "Veileder": (5, "", ["korttid"]),
        "Kari Kollega": (1, "", ["korttid"]),
        "Bo Borte": (1, "Kari Kollega", ["korttid"]),
        "Klara Klarert": (0, "", ["oot"]),
    }, "the leader does not count whom they are not cleared for"
    assert [(each.name, each.running) for each in former] == [("Fredrik Følger", 1)]


def test_advisors_stand_in_the_order_of_the_norwegian_alphabet(people: People) -> None:
    for name in ("Åse", "Ørjan", "Ægir", "Zahid", "åsmund"):
        advisor_of(people, name, "oot")
    present, _ = advisors_and_former("lillevik", TODAY)
    assert [each.name for each in present][-5:] == ["Zahid", "Ægir", "Ørjan", "Åse", "åsmund"]


def test_a_known_last_day_shows(people: People) -> None:
    ends_on(people.advisor, date(2026, 12, 31))
    with seen_by(viewer(people.leader)):
        present, _ = advisors_and_former("lillevik", TODAY)
    leaving = {each.name: (each.leaves_on, each.is_free) for each in present}
    assert leaving["Veileder"] == (date(2026, 12, 31), False)
    assert leaving["Kari Kollega"] == (None, True)


def test_since_is_a_moment_in_utc(people: People) -> None:
    (row,) = rows(people, Without.NOBODY)
    assert row.since == datetime(2026, 9, 1, 8, tzinfo=UTC)
