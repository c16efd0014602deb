"""Importing and matching: each document once, in any order, by one at a time; and whose it is, found out later."""

import threading
import uuid
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from conformity_reports import make_town
from django.db import DatabaseError, connection, transaction
from people_of_the_town import actor_of, make_people
from register_documents import BARE, NOW, STARTED, an_id, an_office, bare, record, take_all, wrapped
from walls import seen_by, working_as_owner

from framdrift.casework.access.actions import RefusedError
from framdrift.casework.access.context import scope_of_office, seeing
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.models import Event
from framdrift.casework.journal.queries import events_of
from framdrift.casework.offices.models import Staff
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import read_number, synthetic
from framdrift.casework.people.protection import UNPROTECTED, Protection
from framdrift.casework.registration import matching
from framdrift.casework.registration.documents import NationalDocument, NationalPeriod
from framdrift.casework.registration.importing import Taken, office_to_import_to, take
from framdrift.casework.registration.models import Source, Version
from framdrift.casework.registration.profile import Profile
from framdrift.events import UserError
from framdrift.standard.timeline import as_known

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
PERIOD = uuid.UUID(an_id(100))
NEW_NUMBER = synthetic(date(1988, 4, 2), "male", 3)


@pytest.fixture
def people():
    with working_as_owner():
        return make_people(make_town())


@pytest.fixture
def office(people):
    return people.town.small.office


@contextmanager
def acting(somebody):
    actor = actor_of(Staff.objects.get(pk=somebody.pk))
    with transaction.atomic(), seen_by(actor):
        yield actor


def kinds(outcomes):
    return [each.taken for each in outcomes]


def live(case_id):
    """What stands in the journal of a case, in the order of the timeline."""
    with working_as_owner():
        told = as_known(events_of(case_id))
    return [(each.kind, each.at, dict(each.attributes)) for each in sorted(told, key=lambda event: event.at)]


def the_case(period=PERIOD):
    with working_as_owner():
        return NationalPeriod.objects.select_related("case").get(pk=period).case


def test_a_document_opens_a_case_of_nobody_when_its_period_began():
    office = an_office()
    assert kinds(take_all(wrapped(), office=office)) == [Taken.NEW_CASE]
    case = the_case()
    assert (case.person, case.office, case.advisor) == (None, office, None)
    assert case.team.code == "mottak"
    began = datetime.fromisoformat(STARTED)
    assert live(case.pk) == [("registered", began, {"source": "import", "unclear": []})]
    assert case.opened_at == began
    with working_as_owner():
        event = Event.objects.get(case=case)
        assert (event.actor, event.recorded_at, event.person) == ("system", NOW, None)
        kept = NationalDocument.objects.get()
    assert kept.registration == bare()
    assert kept.profiling == wrapped()["profilering"]
    assert kept.around == {"arbeidssoekerperiodeStartet": STARTED}


def test_without_the_period_s_beginning_it_is_when_it_was_sent_in():
    take_all(bare(sent="2026-03-05T10:00:00Z"), office=an_office())
    assert the_case().opened_at == datetime(2026, 3, 5, 10, tzinfo=UTC)


def test_the_same_again_changes_nothing():
    office = an_office()
    for again in (wrapped(), wrapped()[BARE], dict(reversed(wrapped().items()))):
        take_all(wrapped(), office=office)
        assert kinds(take_all(again, office=office)) == [Taken.ALREADY]
    with working_as_owner():
        assert Event.objects.count() == Case.objects.count() == NationalDocument.objects.count() == 1


def test_other_content_under_the_same_id_is_refused():
    office = an_office()
    other_profile = wrapped()
    other_profile["profilering"]["profilertTil"] = "OPPGITT_HINDRINGER"
    outcomes = take_all(wrapped(), wrapped(helse=None), other_profile, wrapped(period=101), office=office)
    assert kinds(outcomes) == [Taken.NEW_CASE, None, None, None]
    assert [outcome.problems[0].reason for outcome in outcomes[1:]] == ["was taken before with other content"] * 3
    assert live(the_case().pk) == [("registered", datetime.fromisoformat(STARTED), {"source": "import", "unclear": []})]
    with working_as_owner():
        assert NationalPeriod.objects.count() == Case.objects.count() == 1


def test_what_was_lacking_is_completed():
    office = an_office()
    taken = take_all(bare(), wrapped(started=None), wrapped(), wrapped(), office=office)
    assert kinds(taken) == [Taken.NEW_CASE, Taken.COMPLETED, Taken.COMPLETED, Taken.ALREADY]
    case = the_case()
    assert case.opened_at == datetime.fromisoformat(STARTED)
    assert [kind for kind, _, _ in live(case.pk)] == ["registered"]


def test_a_document_of_the_future_is_refused():
    (outcome,) = take_all(bare(sent="2026-11-24T09:00:00Z"), office=an_office())
    assert outcome.problems[0].reason == "has not come yet"


HISTORY = [
    wrapped(1, sent="2026-03-02T08:00:00Z"),
    bare(2, sent="2026-03-10T08:00:00Z", helse=None),
    wrapped(3, sent="2026-04-01T08:00:00Z", utdanning={"nus": "7", "bestaatt": "NEI", "godkjent": "JA"}),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_journal_tells_the_same_in_whatever_order_documents_come(order):
    take_all(*(HISTORY[place] for place in order), office=an_office())
    assert live(the_case().pk) == [
        ("registered", datetime.fromisoformat(STARTED), {"source": "import", "unclear": []}),
        ("registration_changed", datetime(2026, 3, 10, 8, tzinfo=UTC), {"source": "import", "unclear": ["health"]}),
        ("registration_changed", datetime(2026, 4, 1, 8, tzinfo=UTC), {"source": "import", "unclear": ["education"]}),
    ]


def test_what_was_known_before_an_earlier_document_came_stays_known():
    office = an_office()
    take_all(bare(2, sent="2026-03-10T08:00:00Z", helse=None), office=office)
    take_all(bare(1, sent="2026-03-02T08:00:00Z"), office=office, now=LATER)
    with working_as_owner():
        events = events_of(the_case().pk)
    then = as_known(events, NOW)
    assert [(event.kind, event.at.day) for event in then] == [("registered", 10)]
    now = as_known(events, LATER)
    assert [(event.kind, event.at.day) for event in now] == [("registered", 2), ("registration_changed", 10)]


def test_another_office_s_periods_and_documents_are_refused_and_not_told_apart():
    small, large = an_office(), an_office("storhavn")
    take_all(wrapped(), office=small)
    same, other_document, moved = take_all(wrapped(), bare(2), bare(1, period=101), office=large)
    assert [each.taken for each in (same, other_document, moved)] == [None] * 3
    assert {each.problems[0].reason for each in (same, other_document, moved)} == {"was taken at another office"}
    with working_as_owner():
        assert set(Case.objects.values_list("office__code", flat=True)) == {"lillevik"}
        assert NationalPeriod.objects.count() == 1


def test_an_office_that_is_not_there_is_told():
    with pytest.raises(UserError, match="no office 'atlantis'"):
        office_to_import_to("atlantis")


def test_the_worker_s_role_may_do_it_behind_the_wall():
    office = an_office()
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE framdrift_worker")
    try:
        assert kinds(take_all(wrapped(), bare(2), office=office)) == [Taken.NEW_CASE, Taken.CHANGE]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE framdrift_web")


def test_the_register_s_documents_lie_behind_the_wall(people, office):
    take_all(wrapped(), office=office)
    for nobody_near in (None, actor_of(people.other_advisor), actor_of(people.newcomer)):
        with transaction.atomic(), seen_by(nobody_near):
            assert not NationalPeriod.objects.exists()
            assert not NationalDocument.objects.exists()
    with acting(people.advisor):
        assert NationalPeriod.objects.count() == NationalDocument.objects.count() == 1


def waiting(actor, office):
    return matching.waiting(actor.offices[office.code])[0]


def do_match(actor, office, *, number=None, person=None, version=1, request_id=None, name=("Nils", "Ny"), at=LATER):
    given, family = name
    return matching.match(
        actor=actor,
        office=office.code,
        period=PERIOD,
        version=version,
        number=read_number(number) if number else None,
        person=person,
        given_name=given,
        family_name=family,
        at=at,
        request_id=request_id or uuid.uuid4(),
    )


def do_unmatch(actor, office, *, version=2, request_id=None):
    matching.unmatch(
        actor=actor,
        office=office.code,
        period=PERIOD,
        version=version,
        at=LATER,
        request_id=request_id or uuid.uuid4(),
    )


def test_those_that_wait_are_listed_the_longest_first(people, office):
    take_all(bare(1, 101, "2026-03-05T08:00:00Z"), wrapped(2, 100), office=office)
    with acting(people.advisor) as actor:
        assert [each.id for each in waiting(actor, office)] == [PERIOD, uuid.UUID(an_id(101))]
        assert matching.count_waiting(office.pk) == 2
        (told,) = waiting(actor, office)[0].documents
        assert told.answers["situation"] == {"jobsituation": ["laid_off"]}
        assert told.document.profile == "assumed_good_chances"
    with acting(people.other_advisor) as actor:
        assert matching.waiting(actor.offices["storhavn"]) == ([], False)


def test_a_page_of_those_that_wait_goes_on_where_the_one_before_ended(people, office):
    take_all(*(bare(number, 200 + number, "2026-03-05T08:00:00Z") for number in range(30)), office=office)
    with acting(people.advisor):
        first, has_more = matching.waiting(office.pk)
        second, has_no_more = matching.waiting(office.pk, after=first[-1].id)
    assert (len(first), has_more, len(second), has_no_more) == (25, True, 5, False)
    assert len({each.id for each in first + second}) == 30


def test_a_number_that_nobody_has_makes_a_person_with_the_case(people, office):
    take_all(wrapped(), bare(2, sent="2026-05-01T08:00:00Z", helse=None), office=office)
    with acting(people.advisor) as actor:
        done = do_match(actor, office, number=NEW_NUMBER)
        assert (done.is_new, done.repeated) == (True, False)
        assert waiting(actor, office) == []
        assert Identity.objects.get(person=done.person).birth_date == date(1988, 4, 2)
        (period,) = matching.periods_of(done.person)
        assert (period.matched_by, period.matched_at) == ("Veileder", LATER)
        assert matching.suggested(done.person)["hindrances"] == {"other": "no"}
        assert matching.register_profile(done.person) is None
    case = the_case()
    assert str(case.person_id) == str(done.person)
    who = {"birth_year": 1988, "sex": "male"}
    assert [(kind, attributes) for kind, _, attributes in live(case.pk)] == [
        ("registered", {**who, "source": "import", "unclear": []}),
        ("registration_changed", {**who, "source": "import", "unclear": ["health"]}),
    ]
    with working_as_owner():
        last = Event.objects.filter(case=case).order_by("-seq").first()
    assert (last.person, last.actor) == (str(done.person), actor.code)


def test_somebody_of_the_office_without_a_running_case_is_matched_by_number_or_choice(people, office):
    take_all(wrapped(), office=office)
    with working_as_owner():
        Case.objects.filter(person=people.own).update(ended_at=NOW)
        number = Identity.objects.get(person=people.own).number
    with acting(people.colleague) as actor:
        done = do_match(actor, office, number=number)
        assert (done.person, done.is_new) == (people.own.pk, False)
        assert matching.register_profile(people.own.pk) is Profile.GOOD_CHANCES
        do_unmatch(actor, office)
        assert do_match(actor, office, person=people.own.pk, version=3).person == people.own.pk
    with working_as_owner():
        assert Identity.objects.get(person=people.own).given_name == "Ola"


def test_whoever_has_a_running_case_gets_no_second_one(people, office):
    take_all(wrapped(), office=office)
    with acting(people.advisor) as actor, pytest.raises(matching.HasRunningCaseError):
        do_match(actor, office, person=people.nobodys.pk)
    assert the_case().person is None


@pytest.mark.parametrize("whom", ["other", "protected", "newcomer"])
def test_whoever_the_viewer_may_not_find_is_not_matched_and_not_told(people, office, whom):
    take_all(wrapped(), office=office)
    person = getattr(people, whom)
    with acting(people.advisor) as actor, pytest.raises(matching.NotOfOfficeError) as refused:
        do_match(actor, office, person=person.pk)
    assert not str(refused.value)


def test_a_new_person_needs_a_name(people, office):
    take_all(wrapped(), office=office)
    for name in (("", "Ny"), ("Nils", " ")):
        with acting(people.advisor) as actor, pytest.raises(matching.NameNeededError):
            do_match(actor, office, number=NEW_NUMBER, name=name)


@pytest.mark.parametrize("who", ["leader", "reviewer", "administrator", "privacy_officer", "other_advisor"])
def test_only_those_who_register_with_people_match(people, office, who):
    take_all(wrapped(), office=office)
    for act in (do_match, do_unmatch):
        with acting(getattr(people, who)) as actor, pytest.raises(RefusedError):
            act(actor, office)


def test_a_double_submit_has_one_effect_and_the_second_of_two_is_told(people, office):
    take_all(wrapped(), office=office)
    request_id = uuid.uuid4()
    with acting(people.advisor) as actor:
        first = do_match(actor, office, number=NEW_NUMBER, request_id=request_id)
        again = do_match(actor, office, number=NEW_NUMBER, request_id=request_id)
    assert (again.person, again.repeated) == (first.person, True)
    with acting(people.colleague) as actor, pytest.raises(matching.StaleError) as stale:
        do_match(actor, office, number=synthetic(date(1990, 1, 1), "female", 9))
    assert (stale.value.period.person, stale.value.period.matched_by) == (first.person, "Veileder")
    with working_as_owner():
        assert Event.objects.filter(case=the_case()).count() == 2


def test_a_wrong_match_is_undone_and_the_journal_remembers_it(people, office):
    take_all(wrapped(), office=office)
    request_id = uuid.uuid4()
    with acting(people.advisor) as actor:
        do_match(actor, office, number=NEW_NUMBER)
        do_unmatch(actor, office, request_id=request_id)
        do_unmatch(actor, office, request_id=request_id)
        assert [each.version for each in waiting(actor, office)] == [3]
        assert matching.matched_by(actor.staff, office=office.pk, since=NOW, clearance=UNPROTECTED) == []
        with pytest.raises(matching.StaleError):
            do_unmatch(actor, office)
    assert live(the_case().pk) == [("registered", datetime.fromisoformat(STARTED), {"source": "import", "unclear": []})]
    with working_as_owner():
        assert Event.objects.filter(case=the_case()).count() == 3


def test_a_match_stays_once_the_person_has_registered_in_the_case(people, office):
    take_all(wrapped(), office=office)
    with acting(people.advisor) as actor:
        done = do_match(actor, office, number=NEW_NUMBER)
    with working_as_owner():
        Version.objects.create(
            person_id=done.person,
            case=the_case(),
            number=1,
            made_at=LATER,
            source=Source.ONLINE,
            answers={},
            profile=Profile.GUIDANCE,
            request_id=uuid.uuid4(),
        )
    with acting(people.advisor) as actor, pytest.raises(matching.HasGoneOnError):
        do_unmatch(actor, office)


def test_a_document_that_comes_after_the_match_is_the_person_s(people, office):
    take_all(wrapped(), office=office)
    with acting(people.advisor) as actor:
        do_match(actor, office, number=NEW_NUMBER)
    assert kinds(take_all(bare(2, sent="2026-06-01T08:00:00Z"), office=office)) == [Taken.CHANGE]
    assert live(the_case().pk)[-1][2]["birth_year"] == 1988


def test_a_protected_person_s_documents_are_taken_and_seen_by_those_who_are_cleared(people, office):
    take_all(wrapped(), office=office)
    with working_as_owner():
        Case.objects.filter(person=people.protected).update(ended_at=NOW)
    with acting(people.cleared) as actor:
        do_match(actor, office, person=people.protected.pk)
    assert the_case().protection == Protection.STRICTLY_CONFIDENTIAL
    assert kinds(take_all(bare(2, sent="2026-06-01T08:00:00Z"), office=office)) == [Taken.CHANGE]
    with acting(people.advisor) as actor, pytest.raises(matching.NoSuchPeriodError):
        do_unmatch(actor, office)
    with acting(people.cleared) as actor:
        do_unmatch(actor, office)
        assert len(waiting(actor, office)) == 1
    assert the_case().protection == 0


def test_lists_ask_as_often_however_long_they_are(people, office, django_assert_num_queries):
    for size in (2, 20):
        take_all(*(bare(size * 100 + number, size * 100 + number) for number in range(size)), office=office)
        with acting(people.advisor), django_assert_num_queries(2):
            matching.waiting(office.pk)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_have_one_effect():
    with working_as_owner():
        office = an_office()
    values = [record(value, number) for number, value in enumerate([*HISTORY, wrapped(9, 109)], 1)]
    failed = []

    def run(order):
        try:
            failed.extend(each.number for each in order if take(each, office=office, now=NOW).taken is None)
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(order,)) for order in (values, values[::-1], values[2:] + values[:2])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with working_as_owner():
        assert (NationalPeriod.objects.count(), Case.objects.count(), NationalDocument.objects.count()) == (2, 2, 4)
        told = as_known(events_of(the_case().pk))
    assert sorted((event.kind, event.at.month) for event in told) == [
        ("registered", 3),
        ("registration_changed", 3),
        ("registration_changed", 4),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_match_at_once_do_not_both_have_it():
    with working_as_owner():
        people = make_people(make_town())
    office = people.town.small.office
    take_all(wrapped(), office=office)
    ready, told = threading.Barrier(2), []

    def run(staff, number):
        try:
            with acting(staff) as actor:
                ready.wait()
                told.append(do_match(actor, office, number=number).person)
        except matching.StaleError as error:
            told.append(error)
        finally:
            connection.close()

    numbers = [synthetic(date(1991, 2, 3), "female", place) for place in (1, 2)]
    threads = [
        threading.Thread(target=run, args=pair)
        for pair in zip((people.advisor, people.colleague), numbers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(each, matching.StaleError) for each in told) == [False, True]
    with working_as_owner():
        assert Person.objects.filter(pk=the_case().person_id).exists()
        assert Identity.objects.filter(number__in=numbers).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_match_is_not_undone_while_the_person_registers_in_the_case():
    """Whoever sends a registration holds the person; undoing waits for them, and sees what they sent."""
    with working_as_owner():
        people = make_people(make_town())
    office = people.town.small.office
    take_all(wrapped(), office=office)
    with acting(people.advisor) as actor:
        person = do_match(actor, office, number=NEW_NUMBER).person
    told = []

    def undo():
        try:
            with acting(people.advisor) as actor:
                told.append(do_unmatch(actor, office))
        except (matching.HasGoneOnError, DatabaseError) as error:
            told.append(type(error))
        finally:
            connection.close()

    thread = threading.Thread(target=undo)
    with transaction.atomic(), working_as_owner():
        Person.objects.select_for_update().get(pk=person)
        thread.start()
        thread.join(timeout=2)
        case = Case.objects.select_for_update().get(pk=the_case().pk)
        Version.objects.create(
            person_id=person,
            case=case,
            number=1,
            made_at=LATER,
            source=Source.ONLINE,
            answers={},
            profile=Profile.GUIDANCE,
            request_id=uuid.uuid4(),
        )
    thread.join()
    assert told == [matching.HasGoneOnError]


def test_the_scope_of_an_import_reaches_its_own_office_alone(people, office):
    with transaction.atomic(), seeing(scope_of_office(office.pk)):
        assert set(Case.objects.values_list("office_id", flat=True)) == {office.pk}
