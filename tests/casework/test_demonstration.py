"""Invented people behind the cases of a simulated office: everybody once, as their events tell of them."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from walls import seen_by, working_as_owner

from framdrift.casework.access.actions import account_of_person
from framdrift.casework.access.models import Clearance, Persona
from framdrift.casework.access.queries import personas, seeker_of, subject_of, viewer_of
from framdrift.casework.access.rules import may_open_person
from framdrift.casework.cases.models import Case
from framdrift.casework.demonstration.actions import employ_everybody, give_people, offer_personas, set_going
from framdrift.casework.demonstration.personas import SEEKERS, STAFF
from framdrift.casework.demonstration.staff import DESKS
from framdrift.casework.journal.loading import load
from framdrift.casework.offices.absences import away_on
from framdrift.casework.offices.members import members_of
from framdrift.casework.offices.models import Office, Staff, Team
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.models import ContactDetails, Identity, NameWord, Person, SafetyFlag
from framdrift.casework.people.numbers import read_number
from framdrift.casework.people.protection import Protection
from framdrift.casework.registration.queries import latest, version, versions_of
from framdrift.events import Log
from framdrift.simulation import load_habits, simulate

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 10, 31)
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
CASES = 100
OFFICES = {"lillevik": "small-office", "storhavn": "large-office"}


def employ():
    for code, name in OFFICES.items():
        habits = load_habits(name)
        employ_everybody(
            office=code,
            name=habits.office.name,
            teams={team.code: team.name for team in habits.office.teams},
            advisors={advisor.code: advisor.team for advisor in habits.advisors},
            first_day=START,
        )


def make_people(now=NOW):
    for code in OFFICES:
        set_going(office=code, now=now)
        give_people(office=code, now=now)
    offer_personas(now=now)


@pytest.fixture(scope="module")
def logs():
    """Drawn once: the simulation takes longer than all the rest."""
    return {
        code: list(simulate(load_habits(name), cases=CASES, seed=3, start=START, end=END))
        for code, name in OFFICES.items()
    }


@pytest.fixture(autouse=True)
def _demo(db, logs):
    with working_as_owner():
        employ()
        for batches in logs.values():
            with Log.of_batches(batches) as log:
                load(log, progress=lambda rows: None)
        make_people()
        yield


def covering(office, day):
    (away,) = away_on(office, day).values()
    return Staff.objects.get(pk=away.cover).name


def registrations():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.person_id, c.id, e.kind, e.attributes::text FROM journal_event e JOIN cases_case c ON c.id = e.case_id"
            " WHERE e.kind IN ('registered', 'registration_changed') ORDER BY e.at, e.case_id, e.seq"
        )
        return [(person, case, kind, json.loads(told)) for person, case, kind, told in cursor.fetchall()]


def test_everybody_has_a_number_and_a_birth_date_as_their_events_say():
    told = {person: facts for person, _, kind, facts in registrations() if kind == "registered"}
    named = {identity.person_id: identity for identity in Identity.objects.all()}
    assert told.keys() <= named.keys()
    assert set(named) == set(Person.objects.values_list("id", flat=True))
    for person, facts in told.items():
        number = read_number(named[person].number)
        assert (number.birth_date, number.series) == (named[person].birth_date, "month+80")
        assert (number.birth_date.year, number.sex) == (facts["birth_year"], facts["sex"])


def test_contact_details_say_what_the_event_says_of_language():
    details = {row.person_id: row for row in ContactDetails.objects.all()}
    for person, _, kind, facts in registrations():
        if kind == "registered":
            assert (details[person].language, details[person].interpreter) == (facts["language"], facts["interpreter"])


def test_each_registration_is_a_version_that_explains_what_is_unclear():
    sent = {}
    for person, case, kind, facts in registrations():
        sent.setdefault(person, []).append((case, kind, facts))
    for person, events in sent.items():
        versions = list(reversed(versions_of(person)))
        assert [each.case_id for each in versions] == [case for case, _, _ in events]
        assert [each.number for each in versions] == list(range(1, len(versions) + 1))
        for each, (_, kind, facts) in zip(versions, events, strict=True):
            if kind == "registered":
                assert {point.code for point in each.points} == set(facts["unclear"])
                assert (each.answers.help.needs_help, each.source) == (facts["needs_help"], facts["source"])
                assert each.answers.help.wants_contact == facts["wants_contact"]
            else:
                assert each.answers.help.needs_help == "yes"


def test_a_registration_with_help_names_who_helped():
    helped = [each for person in Person.objects.all() for each in versions_of(person.pk) if each.source == "assisted"]
    assert helped
    for each in helped:
        assert each.by_name in [*DESKS["lillevik"].advisors.values(), *DESKS["storhavn"].advisors.values()]
        assert all(part.by == each.by and part.assisted for part in each.contributions)


def test_a_second_time_adds_nothing():
    counted = [Identity, ContactDetails, NameWord, SafetyFlag, Persona, Clearance, Case, Staff, Person]

    def counts():
        return [model.objects.count() for model in counted]

    before = counts()
    employ()
    make_people()
    assert counts() == before


def test_a_year_later_somebody_is_away_again_and_who_left_stays_gone():
    later = NOW.replace(year=2027)
    employ()
    make_people(later)
    assert covering("lillevik", later.date()) == "Arif Hassan"
    assert DESKS["storhavn"].advisors["a4"] not in [member.name for member in members_of("storhavn", later.date())]


def test_who_is_protected_is_found_by_their_advisor_and_by_no_colleague_who_is_not_cleared():
    chosen = Person.objects.exclude(protection=0)
    assert {Protection(person.protection) for person in chosen} == set(Protection)
    colleague = viewer_of(Staff.objects.get(code="lillevik-a4"), today=NOW.date())
    for person in chosen:
        case = Case.objects.get(person=person, ended_at=None)
        assert case.protection == person.protection
        subject = subject_of(person.pk, offices=[person.office_id])
        assert may_open_person(viewer_of(case.advisor, today=NOW.date()), subject)
        assert not may_open_person(colleague, subject)
        address = ContactDetails.objects.get(person=person).address
        assert bool(address) == (person.protection == Protection.SHIELDED)


def test_the_offices_can_be_reached_and_take_in_new_cases():
    for office in Office.objects.all():
        assert office.phone == "00 00 00 00"
        assert office.opening_hours
        assert "0000" in office.visiting_address
        assert Team.objects.get(office=office, takes_new=True).code == "short_term"


def test_somebody_leaves_soon_and_somebody_is_covered_for():
    for code, desk in DESKS.items():
        members = {member.name: member for member in members_of(code, NOW.date())}
        assert members[desk.advisors[desk.leaves]].leaves_on is not None
        assert covering(code, NOW.date()) == desk.advisors[desk.covers]


def test_there_is_a_persona_of_every_role_and_job_seekers_before_them():
    cards = personas()
    assert {card.role for card in cards} == {*Role, None}
    assert [card.role for card in cards[: len(SEEKERS)]] == [None] * len(SEEKERS)
    assert len(cards) == len(SEEKERS) + len(STAFF)
    assert all(card.about["nb"] and card.about["en"] and card.name for card in cards)


def test_newcomers_have_registered_as_anybody_does():
    unclear, interpreter, not_yet = (Identity.objects.get(family_name=name) for name in ("Fossvik", "Tekle", "Myrland"))
    assert {point.code for point in version(unclear.person_id, 1).points} >= {"health", "job_wishes", "work_history"}
    assert {point.code for point in version(interpreter.person_id, 1).points} >= {"education", "language"}
    assert latest(not_yet.person_id) is None
    assert Person.objects.get(pk=not_yet.person_id).office is None
    case = Case.objects.get(person=unclear.person_id)
    assert (case.office.code, case.team.code, case.advisor) == ("storhavn", "short_term", None)


def test_a_job_seeker_to_log_in_as_sees_their_own():
    for card in personas()[: len(SEEKERS)]:
        person = Identity.objects.get(
            person__in=Persona.objects.filter(name=card.name).values("account__person")
        ).person
        assert account_of_person(person.pk).code == card.code
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE framdrift_web")
        with seen_by(seeker_of(person.pk)):
            assert seeker_of(person.pk).name == card.name
            assert set(Person.objects.values_list("pk", flat=True)) == {person.pk}
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE framdrift_owner")
