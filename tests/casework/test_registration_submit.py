"""Sending a registration: one version and one event, at the right office, once, and measured like any other."""

from __future__ import annotations

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from conformity_reports import make_town
from django.db import IntegrityError, ProgrammingError, connection, transaction
from people_of_the_town import People, make_people
from registered import BORN, CLEAR, TODAY, changed
from registration_cases import (
    LATER,
    NOW,
    acting,
    cases_of,
    citizen,
    draft_seen,
    end_case,
    fill,
    save,
    send,
    told_of,
)
from walls import seen_by, working_as_owner

from framdrift.casework.access.context import enter, scope_of_measuring
from framdrift.casework.cases.models import Case
from framdrift.casework.conformity.reading import office_log
from framdrift.casework.journal.queries import event_batches
from framdrift.casework.journal.verification import verify
from framdrift.casework.people.models import ContactDetails, Identity, NameWord, Person
from framdrift.casework.people.numbers import read_number, synthetic
from framdrift.casework.registration import actions, importing, matching, models, queries
from framdrift.casework.registration.actions import (
    IncompleteError,
    NoDraftError,
    NoSuchOfficeError,
    RunsElsewhereError,
    StaleError,
)
from framdrift.casework.registration.answers import load
from framdrift.casework.registration.documents_files import Record
from framdrift.casework.registration.profile import Profile
from framdrift.casework.registration.queries import NoVersionError, Place
from framdrift.casework.registration.unclear import Point
from framdrift.events import open_log, write_log
from framdrift.events.vocabulary import KINDS
from framdrift.standard import figures
from framdrift.standard import load as load_standard

UNCLEAR = changed(
    hindrances={"health": "yes"}, help={"wants_contact": True, "needs_help": "yes", "own_view": "some_help"}
)


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


@pytest.fixture
def newcomer(people: People) -> Person:
    return citizen()


def version_of(person: Person, number: int = 1) -> queries.Version:
    with acting(person):
        return queries.version(person.pk, number)


def test_the_first_time_opens_a_case_at_the_chosen_office(people, newcomer):
    fill(newcomer, newcomer)
    sent = send(newcomer, newcomer, "lillevik")
    (case,) = cases_of(newcomer)
    assert sent == actions.Submitted(case.pk, 1, repeated=False)
    assert (case.office.code, case.team.code, case.opened_at, case.ended_at) == ("lillevik", "korttid", LATER, None)
    with working_as_owner():
        assert Person.objects.get(pk=newcomer.pk).office == case.office
        assert sorted(NameWord.objects.filter(person=newcomer).values_list("word", flat=True)) == [
            "solveig",
            "~as",
            "ås",
        ]
    with acting(newcomer):
        assert queries.running_office(newcomer.pk) == Place("lillevik", "Lillevik", case.pk)
        assert queries.draft_of(newcomer.pk, today=TODAY) is None


def test_the_journal_is_told_codes_and_what_the_number_says(people, newcomer):
    fill(newcomer, newcomer, UNCLEAR)
    send(newcomer, newcomer)
    (event,) = told_of(newcomer)
    assert (event.kind, event.actor, event.at, event.recorded_at) == ("registered", str(newcomer.pk), LATER, LATER)
    assert event.attributes == {
        "birth_year": BORN.year,
        "sex": "male",
        "benefits": ["dagpenger"],
        "language": "nb",
        "interpreter": False,
        "wants_contact": True,
        "unclear": ["health"],
        "needs_help": "yes",
        "source": "online",
    }
    assert event.attributes.keys() == KINDS["registered"].attributes.keys()


def test_what_is_not_known_of_somebody_without_a_number_is_not_told(people):
    somebody = citizen(number=False)
    fill(somebody, somebody)
    send(somebody, somebody)
    (event,) = told_of(somebody)
    assert not event.attributes.keys() & {"birth_year", "sex"}
    assert version_of(somebody).profile is Profile.GUIDANCE


def test_the_version_keeps_what_was_answered_found_and_by_whom(people, newcomer):
    fill(newcomer, newcomer, UNCLEAR)
    sent = send(newcomer, newcomer)
    version = version_of(newcomer)
    assert (version.number, version.made_at, version.case_id, version.source) == (1, LATER, sent.case_id, "online")
    assert (version.by, version.by_name) == (str(newcomer.pk), "")
    assert version.answers == load(UNCLEAR)
    assert version.profile is Profile.HINDRANCES
    assert version.points == (Point("health", "hinders", ("hindrances.health",)),)
    assert {(each.step, each.by) for each in version.contributions} == {(step, str(newcomer.pk)) for step in CLEAR}


def test_name_and_contact_details_go_where_the_house_looks_for_them(people):
    fill(people.own, people.own, changed(about_you={"interpreter": True, "interpreter_language": "so"}))
    send(people.own, people.own)
    with working_as_owner():
        identity, contact = Identity.objects.get(person=people.own), ContactDetails.objects.get(person=people.own)
    assert (identity.given_name, identity.family_name) == ("Solveig", "Ås")
    assert (contact.phone, contact.email, contact.preferred) == ("+4799887766", "solveig@example.no", "sms")
    assert (contact.interpreter, contact.interpreter_language, contact.version) == (True, "so", 2)


def test_what_was_changed_elsewhere_is_not_overwritten_by_an_answer_nobody_touched(people):
    fill(people.own, people.own)
    send(people.own, people.own)
    save(people.own, people.own, "wishes", CLEAR["wishes"] | {"goal": "Lager"})
    with working_as_owner():
        ContactDetails.objects.filter(person=people.own).update(phone="11223344")
    send(people.own, people.own, at=LATER + timedelta(hours=1))
    with working_as_owner():
        assert ContactDetails.objects.get(person=people.own).phone == "11223344"


def test_a_change_while_the_case_runs_is_a_new_version_of_the_same_case(people, newcomer):
    fill(newcomer, newcomer)
    first = send(newcomer, newcomer)
    save(newcomer, newcomer, "wishes", CLEAR["wishes"] | {"goal": None, "occupations": None})
    second = send(newcomer, newcomer, None, at=LATER + timedelta(hours=1))
    assert (second.case_id, second.number) == (first.case_id, 2)
    events = told_of(newcomer)
    assert [(event.kind, event.attributes["unclear"]) for event in events] == [
        ("registered", []),
        ("registration_changed", ["job_wishes"]),
    ]
    with acting(newcomer):
        assert [version.number for version in queries.versions_of(newcomer.pk)] == [2, 1]
        assert queries.latest(newcomer.pk).number == 2
        with pytest.raises(NoVersionError):
            queries.version(newcomer.pk, 3)
    assert version_of(newcomer, 1).answers == load(CLEAR), "the first stays as it was"


def test_a_person_who_has_a_case_already_changes_it(people):
    """As where the case was opened by an import: there is no version before, and no second case."""
    fill(people.own, people.own)
    send(people.own, people.own)
    assert len(cases_of(people.own)) == 1
    assert [event.kind for event in told_of(people.own)] == ["registration_changed"]


def of_the_register(people: People, *, profile: str) -> Person:
    """Somebody whom staff have found behind a document of the national register."""
    document = {
        "opplysningerOmArbeidssoeker": {
            "opplysningerOmArbeidssoekerId": str(uuid.uuid4()),
            "periodeId": str(uuid.uuid4()),
            "sendtInnAv": {"tidspunkt": "2026-11-01T08:00:00Z", "utfoertAv": {"type": "SLUTTBRUKER"}},
            "utdanning": {"nus": "3", "bestaatt": "JA", "godkjent": "VET_IKKE"},
            "jobbsituasjon": [{"beskrivelse": "ER_PERMITTERT", "detaljer": {}}],
        },
        "profilering": {"profileringId": str(uuid.uuid4()), "profilertTil": profile},
    }
    record = Record(1, 1, json.dumps(document))
    taken = importing.take(record, office=people.town.small.office, now=NOW)
    assert taken.problems == ()
    with acting(people.advisor) as actor:
        ((period,), _) = matching.waiting(people.town.small.office.pk)
        matched = matching.match(
            actor=actor,
            office="lillevik",
            period=period.id,
            version=period.version,
            number=read_number(synthetic(BORN, "female", 120)),
            given_name="Solveig",
            family_name="Ås",
            at=NOW,
            request_id=uuid.uuid4(),
        )
    return Person(pk=matched.person)


def test_what_the_national_register_told_is_suggested_and_its_profile_goes_before_ours(people):
    person = of_the_register(people, profile="ANTATT_BEHOV_FOR_VEILEDNING")
    draft = draft_seen(people.advisor, person)
    assert draft.data("situation") == {"jobsituation": ["laid_off"]}
    assert draft.data("education") == {"level": "3", "passed": "yes", "recognised": "unsure"}
    assert draft.data("about_you")["given_name"] == "Solveig"
    assert draft.unfinished == tuple(CLEAR), "told by the register, and still to be looked at"
    fill(people.advisor, person)
    send(people.advisor, person, None)
    version = version_of(person)
    assert version.profile is Profile.GUIDANCE
    assert [(point.code, point.reason) for point in version.points] == [("own_view", "sees_less_need")]
    assert [event.kind for event in told_of(person)][-1] == "registration_changed"


def test_staff_register_with_the_person_and_the_journal_says_assisted(people):
    fill(people.advisor, people.own)
    send(people.advisor, people.own, None)
    (event,) = told_of(people.own)
    assert (event.actor, event.attributes["source"]) == (str(people.advisor.code), "assisted")
    version = version_of(people.own)
    assert (version.by, version.by_name, version.source) == (str(people.advisor.code), "Veileder", "assisted")


def test_what_staff_began_and_the_person_sent_is_assisted_too(people):
    save(people.advisor, people.own, "about_you")
    for step in CLEAR.keys() - {"about_you"}:
        save(people.own, people.own, step)
    send(people.own, people.own, None)
    version = version_of(people.own)
    assert (version.by, version.source) == (str(people.own.pk), "assisted")
    assert told_of(people.own)[0].attributes["source"] == "assisted"


def test_a_repeated_submit_has_one_effect_even_after_a_new_draft_has_begun(people, newcomer):
    draft = fill(newcomer, newcomer)
    request = uuid.uuid4()
    first = send(newcomer, newcomer, request_id=request)
    again = send(newcomer, newcomer, version=draft.version, request_id=request)
    save(newcomer, newcomer, "wishes", CLEAR["wishes"] | {"goal": "Noe nytt"})
    late = send(newcomer, newcomer, request_id=request)
    assert (again, late) == (actions.Submitted(first.case_id, 1, repeated=True),) * 2
    assert len(told_of(newcomer)) == len(cases_of(newcomer)) == 1
    assert draft_seen(newcomer, newcomer).data("wishes")["goal"] == "Noe nytt"


def test_what_has_not_changed_is_not_told_again(people, newcomer):
    fill(newcomer, newcomer)
    first = send(newcomer, newcomer)
    save(newcomer, newcomer, "wishes", CLEAR["wishes"] | {"goal": "Noe nytt"})
    save(newcomer, newcomer, "wishes")
    assert send(newcomer, newcomer) == actions.Submitted(first.case_id, 1, repeated=True)
    assert len(told_of(newcomer)) == 1
    assert draft_seen(newcomer, newcomer).begun_at is None


def test_the_request_of_somebody_else_is_another_request(people, newcomer):
    request, other = uuid.uuid4(), citizen(101)
    for somebody in (newcomer, other):
        fill(somebody, somebody)
        assert not send(somebody, somebody, request_id=request).repeated


def test_only_what_was_seen_is_sent(people, newcomer):
    seen = fill(newcomer, newcomer)
    save(newcomer, newcomer, "wishes", CLEAR["wishes"] | {"goal": "Endret i en annen fane"})
    with pytest.raises(StaleError) as told:
        send(newcomer, newcomer, version=seen.version)
    assert told.value.draft.version == seen.version + 1
    assert cases_of(newcomer) == []


def test_what_is_not_finished_is_not_sent(people, newcomer):
    save(newcomer, newcomer, "about_you")
    with acting(newcomer) as actor, pytest.raises(actions.InvalidError):
        actions.save_step(actor=actor, person=newcomer.pk, step="help", data={}, version=1, at=NOW)
    with pytest.raises(IncompleteError) as told:
        send(newcomer, newcomer)
    assert list(told.value.problems) == ["situation", "education", "experience", "wishes", "hindrances", "help"]
    assert set(told.value.problems["help"]) == {"needs_help", "wants_contact"}
    assert (cases_of(newcomer), told_of(newcomer)) == ([], [])


def test_without_a_draft_there_is_nothing_to_send(people, newcomer):
    with pytest.raises(NoDraftError):
        send(newcomer, newcomer)


@pytest.mark.parametrize("office", [None, "", "nowhere"])
def test_an_office_is_chosen(people, newcomer, office):
    fill(newcomer, newcomer)
    with pytest.raises(NoSuchOfficeError):
        send(newcomer, newcomer, office)


def test_a_running_case_at_another_office_is_not_left_by_registering(people):
    fill(people.own, people.own)
    with pytest.raises(RunsElsewhereError) as told:
        send(people.own, people.own, "storhavn")
    assert told.value.office_name == "Lillevik"
    assert told_of(people.own) == []


def test_whoever_comes_back_gets_a_new_case_at_any_office_and_keeps_their_versions(people, newcomer):
    fill(newcomer, newcomer)
    first = send(newcomer, newcomer, "lillevik")
    end_case(cases_of(newcomer)[0])
    back = LATER + timedelta(days=90)
    save(newcomer, newcomer, "situation", CLEAR["situation"] | {"jobsituation": ["dismissed"]}, at=back)
    second = send(newcomer, newcomer, "storhavn", at=back)
    assert second.case_id != first.case_id
    assert second.number == 2
    assert [(event.case_id, event.kind) for event in told_of(newcomer) if event.at == back] == [
        (second.case_id, "registered")
    ]
    with working_as_owner():
        assert Person.objects.get(pk=newcomer.pk).office.code == "storhavn"
        assert set(NameWord.objects.filter(person=newcomer).values_list("office__code", flat=True)) == {"storhavn"}


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_two_connections_sends_once():
    make_people(make_town())
    somebody = citizen()
    seen, request = fill(somebody, somebody).version, uuid.uuid4()

    def click(_: int) -> actions.Submitted:
        try:
            return send(somebody, somebody, version=seen, request_id=request)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = list(pool.map(click, range(4)))
    assert {(each.case_id, each.number) for each in sent} == {(cases_of(somebody)[0].pk, 1)}
    assert sorted(each.repeated for each in sent) == [False, True, True, True]
    assert len(told_of(somebody)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_draft_make_one_case():
    """Of two requests of their own, as by the person and an advisor, one finds that it has been sent."""
    people = make_people(make_town())
    seen = fill(people.own, people.own).version

    def click(somebody) -> str:
        try:
            send(somebody, people.own, None, version=seen)
            return "sent"
        except (NoDraftError, StaleError) as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ended = sorted(pool.map(click, [people.own, people.advisor]))
    assert ended == ["NoDraftError", "sent"]
    assert len(told_of(people.own)) == len(cases_of(people.own)) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_in_a_case_that_somebody_takes_away_meanwhile():
    """Whoever sends waits for whoever holds the case, and is told that it changed."""
    people = make_people(make_town())
    seen = fill(people.own, people.own).version
    told = []

    def click() -> None:
        try:
            told.append(send(people.own, people.own, None, version=seen))
        except StaleError as error:
            told.append(type(error))
        finally:
            connection.close()

    thread = threading.Thread(target=click)
    with transaction.atomic(), working_as_owner():
        case = Case.objects.select_for_update().get(person=people.own)
        thread.start()
        thread.join(timeout=2)
        Case.objects.filter(pk=case.pk).update(person=None)
    thread.join()
    assert told == [StaleError]
    assert told_of(people.own) == []


FORBIDDEN = (
    "UPDATE registration_version SET answers = '{}'",
    "DELETE FROM registration_version",
    "TRUNCATE registration_version",
)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_version_is_never_changed(people, newcomer):
    fill(newcomer, newcomer)
    send(newcomer, newcomer)
    for statement in FORBIDDEN:
        with acting(newcomer), pytest.raises(ProgrammingError, match="permission denied"):
            execute(statement)
    with working_as_owner():
        execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in (FORBIDDEN[0], FORBIDDEN[2]):
            with pytest.raises(IntegrityError, match="never changed"):
                execute(statement)
        execute(FORBIDDEN[1])  # the law's erasure
        assert not models.Version.objects.exists()


def test_versions_are_numbered_once_per_person_and_request(people, newcomer):
    fill(newcomer, newcomer)
    send(newcomer, newcomer)
    with working_as_owner():
        for changes, named in (
            ({"request_id": uuid.uuid4()}, "version_numbered_per_person"),
            ({"number": 2}, "version_once_per_request"),
        ):
            row = models.Version.objects.get()
            row.pk = uuid.uuid4()
            for name, value in changes.items():
                setattr(row, name, value)
            with transaction.atomic(), pytest.raises(IntegrityError, match=named):
                row.save(force_insert=True)


def everything_of_registrations() -> tuple[int, int]:
    return models.Draft.objects.count(), models.Version.objects.count()


def test_the_wall_shows_drafts_and_versions_to_whom_it_shows_the_person(people, newcomer):
    """Every query here names nobody: what comes back is what the second wall lets through."""
    for somebody, office in ((newcomer, "lillevik"), (people.other, "storhavn"), (people.protected, "lillevik")):
        fill(somebody, somebody)
        send(somebody, somebody, office)
        save(somebody, somebody, "help", CLEAR["help"] | {"own_words": "mer"})
    seen = {
        name: _seen(getattr(people, name))
        for name in (
            "advisor",
            "cleared",
            "leader",
            "other_advisor",
            "other",
            "own",
            "administrator",
            "privacy_officer",
        )
    }
    assert seen == {
        "advisor": (1, 1),
        "cleared": (2, 2),
        "leader": (1, 1),
        "other_advisor": (1, 1),
        "other": (1, 1),
        "own": (0, 0),
        "administrator": (0, 0),
        "privacy_officer": (0, 0),
    }
    with transaction.atomic(), seen_by(None):
        assert everything_of_registrations() == (0, 0)


def _seen(somebody) -> tuple[int, int]:
    with acting(somebody):
        return everything_of_registrations()


def test_nobody_writes_a_draft_or_a_version_behind_the_wall(people):
    with (
        acting(people.other_advisor),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        models.Draft.objects.create(person=people.own)


def measured(log):
    standard = load_standard("nav-2012")
    found = figures(standard, log, as_of=LATER + timedelta(days=20))
    rows = found.figures.to_pylist()
    return sorted(map(str, rows)), [row for row in rows if row["requirement"] == "R1" and row["dimension"] == "all"]


def test_a_registration_is_measured_equally_from_the_database_and_from_its_export(people, newcomer, tmp_path):
    fill(newcomer, newcomer, UNCLEAR)
    send(newcomer, newcomer)
    save(newcomer, newcomer, "wishes", CLEAR["wishes"] | {"goal": "Lager"})
    send(newcomer, newcomer, at=LATER + timedelta(days=1))
    with office_log("lillevik") as log:
        of_database, opened = measured(log)
    assert [row["missed"] for row in opened] == [1], "decided by nobody within fourteen days"
    path = tmp_path / "export.parquet"
    with transaction.atomic():
        enter(scope_of_measuring("lillevik"))
        write_log(path, event_batches("lillevik", ordered=True))
    with open_log(path) as exported:  # holds every attribute against the vocabulary
        of_export, _ = measured(exported)
    assert of_export == of_database
    with working_as_owner():
        assert verify(progress=lambda rows: None).breaches == 0


def test_reading_costs_the_same_queries_however_many_versions_there_are(people, newcomer, django_assert_num_queries):
    fill(newcomer, newcomer)
    send(newcomer, newcomer)
    for turn in range(2):
        with acting(newcomer), django_assert_num_queries(1):
            assert len(queries.versions_of(newcomer.pk)) == 1 + 4 * turn
        for change in range(4):
            goal = f"{turn} {change}"
            save(newcomer, newcomer, "wishes", CLEAR["wishes"] | {"goal": goal})
            send(newcomer, newcomer, at=LATER + timedelta(hours=10 * turn + change + 1))
