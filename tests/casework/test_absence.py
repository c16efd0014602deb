"""Who is away, who answers meanwhile, and that cover never comes round to somebody who is away."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from conformity_reports import make_town
from django.db import connections
from people_of_the_town import People, make_people
from responsibility_cases import NOW, TODAY, ends_on, viewer
from walls import working_as_owner

from framdrift.casework.offices.absences import answers_for, away_on
from framdrift.casework.offices.models import Absence, OfficeMembership, Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.staffing import absences
from framdrift.casework.staffing.absences import Planned
from framdrift.casework.staffing.errors import Days, HinderedError, NotAllowedError, Obstacle, StaleError

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 11)


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


def away(
    by: Staff,
    staff: Staff,
    cover: Staff | None = None,
    *,
    first: date = FIRST,
    last: date = LAST,
    leaves_nobody: bool = False,
    request_id: uuid.UUID | None = None,
) -> None:
    absences.register(
        actor=viewer(by), office="lillevik", staff=str(staff.code),
        planned=Planned(first, last, str(cover.code) if cover else None), now=NOW,
        request_id=request_id or uuid.uuid4(), leaves_nobody=leaves_nobody,
    )  # fmt: skip


def refused(obstacle: Obstacle, *arguments: Staff, **options: date) -> tuple[Days, ...]:
    with pytest.raises(HinderedError) as hindered:
        away(*arguments, **options)  # type: ignore[arg-type]
    assert hindered.value.obstacle is obstacle
    return hindered.value.about


def answering(day: date) -> dict[str, str | None]:
    names = dict(Staff.objects.values_list("pk", "name"))
    found = away_on("lillevik", day)
    return {names[key]: names.get(each.answering) if each.answering else None for key, each in found.items()}


@pytest.mark.parametrize("by", ["advisor", "team_lead", "leader", "administrator"])
def test_one_registers_for_oneself_and_leads_and_administrators_for_others(people: People, by: str) -> None:
    away(getattr(people, by), people.advisor, people.colleague)
    assert answering(FIRST)["Veileder"] == "Kari Kollega"


@pytest.mark.parametrize("by", ["follower", "reviewer"])
def test_nobody_registers_for_a_colleague(people: People, by: str) -> None:
    with pytest.raises(NotAllowedError):
        away(getattr(people, by), people.advisor)


def test_another_office_does_not_either(people: People) -> None:
    with pytest.raises(NotAllowedError):
        away(people.town.large.leader, people.advisor)


def test_it_counts_on_its_days_alone(people: People) -> None:
    away(people.advisor, people.advisor, people.colleague)
    days = [FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1)]
    assert ["Veileder" in answering(day) for day in days] == [False, True, True, False]
    assert [people.advisor.pk in answers_for(people.colleague.pk, day) for day in days] == [False, True, True, False]


def test_what_cannot_be_is_refused(people: People) -> None:
    by = people.leader
    refused(Obstacle.LAST_BEFORE_FIRST, by, people.advisor, first=LAST, last=FIRST)
    refused(Obstacle.IN_THE_PAST, by, people.advisor, first=date(2026, 11, 1), last=date(2026, 11, 20))
    refused(Obstacle.COVER_IS_SELF, by, people.advisor, people.advisor)
    refused(Obstacle.COVER_NO_ADVISOR, by, people.advisor, people.leader)
    refused(Obstacle.COVER_NO_ADVISOR, by, people.advisor, people.other_advisor)
    assert refused(Obstacle.COVER_AWAY, by, people.advisor, people.absent) == (
        Days("Bo Borte", date(2020, 1, 1), date(2099, 12, 31)),
    )
    away(by, people.advisor, people.follower)
    assert refused(Obstacle.AWAY_ALREADY, by, people.advisor, first=LAST, last=LAST) == (Days("Veileder", FIRST, LAST),)


@pytest.fixture
def lead(people: People) -> Staff:
    """A team lead who has cases too."""
    with working_as_owner():
        OfficeMembership.objects.create(
            staff=people.team_lead, office=people.town.small.office, role=Role.ADVISOR, first_day=date(2020, 1, 1)
        )
    return people.team_lead


def test_nobody_names_themselves_to_answer_for_a_colleague(people: People, lead: Staff) -> None:
    """It opens that colleague's cases without a reason."""
    refused(Obstacle.COVER_IS_ACTOR, lead, people.advisor, lead)
    away(people.advisor, people.advisor, people.colleague)
    with pytest.raises(HinderedError) as hindered:
        change(people, Planned(FIRST, LAST, str(people.colleague.code)), Planned(FIRST, LAST, str(lead.code)), by=lead)
    assert hindered.value.obstacle is Obstacle.COVER_IS_ACTOR
    assert viewer(lead, FIRST).covers == frozenset()


def test_the_absent_one_or_another_lead_names_them(people: People, lead: Staff) -> None:
    away(people.advisor, people.advisor, lead)
    away(people.leader, people.follower, lead)
    assert viewer(lead, FIRST).covers == {people.advisor.pk, people.follower.pk}
    shown, shorter = Planned(FIRST, LAST, str(lead.code)), Planned(FIRST, FIRST, str(lead.code))
    change(people, shown, shorter, by=lead)
    with pytest.raises(HinderedError):
        change(people, shorter, shown, by=lead)


def test_whoever_leaves_meanwhile_does_not_cover(people: People) -> None:
    ends_on(people.colleague, LAST - timedelta(days=1))
    refused(Obstacle.COVER_NO_ADVISOR, people.leader, people.advisor, people.colleague)


def test_two_do_not_cover_for_each_other(people: People) -> None:
    away(people.leader, people.advisor, people.follower)
    refused(Obstacle.COVER_AWAY, people.leader, people.follower, people.advisor)


def test_whoever_covers_and_is_away_passes_it_on(people: People) -> None:
    """Bo is away and Kari covers; Kari is away and Fredrik covers: Fredrik answers for both."""
    away(people.leader, people.colleague, people.follower)
    assert answering(FIRST) == {"Bo Borte": "Fredrik Følger", "Kari Kollega": "Fredrik Følger"}
    assert answers_for(people.follower.pk, FIRST) == {people.absent.pk, people.colleague.pk}
    assert answers_for(people.colleague.pk, FIRST) == frozenset(), "is away"
    assert viewer(people.follower, FIRST).covers == {people.absent.pk, people.colleague.pk}
    assert answering(LAST + timedelta(days=1)) == {"Bo Borte": "Kari Kollega"}


def test_whoever_covers_and_names_nobody_is_told_whom_that_leaves(people: People) -> None:
    left = refused(Obstacle.LEAVES_NOBODY, people.leader, people.colleague)
    assert [each.name for each in left] == ["Bo Borte"]
    away(people.leader, people.colleague, leaves_nobody=True)
    assert answering(FIRST) == {"Bo Borte": None, "Kari Kollega": None}


def test_a_form_sent_twice_is_one_absence(people: People) -> None:
    request_id = uuid.uuid4()
    away(people.advisor, people.advisor, request_id=request_id)
    away(people.advisor, people.advisor, request_id=request_id)
    assert Absence.objects.filter(staff=people.advisor).count() == 1


def change(people: People, expected: Planned, planned: Planned, by: Staff | None = None) -> None:
    absences.change(
        actor=viewer(by or people.advisor), office="lillevik", absence=Absence.objects.get(staff=people.advisor).pk,
        expected=expected, planned=planned, now=NOW, request_id=uuid.uuid4(),
    )  # fmt: skip


def test_an_absence_changes_if_it_is_as_it_was_shown(people: People) -> None:
    away(people.advisor, people.advisor, people.colleague)
    shown, longer = Planned(FIRST, LAST, str(people.colleague.code)), Planned(FIRST, LAST + timedelta(days=7), None)
    change(people, shown, longer)
    assert Absence.objects.get(staff=people.advisor).last_day == LAST + timedelta(days=7)
    with pytest.raises(StaleError) as stale:
        change(people, shown, Planned(FIRST, FIRST))
    assert stale.value.now == longer
    with pytest.raises(NotAllowedError):
        change(people, longer, shown, by=people.follower)


def test_an_absence_that_has_not_begun_is_cancelled_and_one_that_has_ends_yesterday(people: People) -> None:
    away(people.advisor, people.advisor)
    coming = Absence.objects.get(staff=people.advisor)
    cancel = {"actor": viewer(people.leader), "office": "lillevik", "now": NOW}
    request_id = uuid.uuid4()
    for _ in range(2):
        absences.cancel(**cancel, absence=coming.pk, expected=Planned(FIRST, LAST), request_id=request_id)  # type: ignore[arg-type]
    assert not Absence.objects.filter(staff=people.advisor).exists()
    running = Absence.objects.get(staff=people.absent)
    shown = Planned(running.first_day, running.last_day, str(people.colleague.code))
    absences.cancel(**cancel, absence=running.pk, expected=shown, request_id=uuid.uuid4())  # type: ignore[arg-type]
    assert Absence.objects.get(staff=people.absent).last_day == TODAY - timedelta(days=1)


def test_an_absence_that_is_gone_is_told(people: People) -> None:
    with pytest.raises(StaleError) as stale:
        absences.cancel(
            actor=viewer(people.leader), office="lillevik", absence=4711, expected=Planned(FIRST, LAST), now=NOW,
            request_id=uuid.uuid4(),
        )  # fmt: skip
    assert stale.value.now is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_each_other_at_once_one_is_refused() -> None:
    people = make_people(make_town())
    at_once = Barrier(2)
    actor = viewer(people.leader)

    def name(pair: tuple[Staff, Staff]) -> str:
        one, other = pair
        try:
            at_once.wait()
            absences.register(
                actor=actor, office="lillevik", staff=str(one.code), planned=Planned(FIRST, LAST, str(other.code)),
                now=NOW, request_id=uuid.uuid4(),
            )  # fmt: skip
        except HinderedError as error:
            return error.obstacle.name
        finally:
            connections.close_all()
        return "registered"

    with ThreadPoolExecutor(2) as both:
        told = sorted(both.map(name, [(people.advisor, people.follower), (people.follower, people.advisor)]))
    assert told == ["COVER_AWAY", "registered"]
