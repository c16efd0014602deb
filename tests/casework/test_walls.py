"""The second wall: row-level security lets nobody past what access lets them see, whatever a query forgets."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from conformity_reports import make_town
from django.db import ProgrammingError, connection, transaction
from django.db.models import F
from people_of_the_town import People, actor_of, make_people
from rows_behind_the_wall import NOW, OFFICE_OF, PERSON_OF, make_rows, offices_seen, persons_seen
from walls import OWNER, WEB, seen_by, working_as_owner

from framdrift.casework.access import context
from framdrift.casework.access.actions import account_of_citizen, give_reason, person_with, protect
from framdrift.casework.access.queries import openings_about, subject_of
from framdrift.casework.access.rules import Actor, Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import read_number, synthetic
from framdrift.casework.people.protection import Protection

pytestmark = pytest.mark.django_db

NOBODYS_DATA = {
    # What staff and the house itself are. Names and roles of employees are known to all who log in.
    "offices_office", "offices_team", "offices_staff", "offices_officemembership", "offices_teammembership",
    "offices_absence", "access_clearance", "staffing_change",
    # Opaque ids that logging in needs before anybody is known; what comes with them is not kept (docs/login.md).
    "access_account", "access_persona", "account_emailaddress", "account_emailconfirmation",
    "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken", "django_session",
    # Failed logins, pruned: of employees and addresses of machines (docs/login.md).
    "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog",
    # Sums, and what is published.
    "conformity_report", "conformity_figure", "journal_seal", "occupations_occupationname",
    # Django's own.
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations",
}  # fmt: skip


@pytest.fixture
def people(db: None) -> People:
    people = make_people(make_town())
    make_rows(people.own, people.covered, people.of_office, people.protected, people.shielded, people.other)
    return people


def unguarded_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT (relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))"
        )
        return {table for (table,) in cursor.fetchall()}


def test_every_table_has_a_policy_or_is_known_to_tell_of_no_job_seeker() -> None:
    assert unguarded_tables() == NOBODYS_DATA


def test_a_new_table_without_a_policy_would_fail_that() -> None:
    with working_as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE contacts_note (id bigint, person_id uuid)")
        cursor.execute("CREATE TABLE contacts_walled (id bigint, person_id uuid)")
        cursor.execute("ALTER TABLE contacts_walled ENABLE ROW LEVEL SECURITY")
    assert unguarded_tables() - NOBODYS_DATA == {"contacts_note", "contacts_walled"}


def test_every_guarded_table_is_tried_here() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity")
        assert {table for (table,) in cursor.fetchall()} == PERSON_OF.keys() | OFFICE_OF.keys()


def seen_in_every_table(actor: Actor | None) -> dict[str, set[uuid.UUID | None]]:
    """Whose rows a query with no filter finds, table by table."""
    with seen_by(actor):
        return {table: persons_seen(table) for table in PERSON_OF}


@pytest.mark.parametrize("role", [WEB, "framdrift_worker"])
def test_a_query_with_no_filter_finds_the_own_office_and_no_other(people: People, role: str) -> None:
    viewer = actor_of(people.advisor)
    with working_as_owner():
        there = {table: persons_seen(table) for table in PERSON_OF}
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
        without, seen = seen_in_every_table(None), seen_in_every_table(viewer)
        cursor.execute(f"SET ROLE {WEB}")
    own = {people.own.pk, people.covered.pk, people.of_office.pk}
    hidden = {people.protected.pk, people.shielded.pk}
    for table in PERSON_OF:
        assert people.other.pk in there[table], (table, "there is something to find")
        assert without[table] == set(), table
        assert own <= seen[table], table
        assert people.other.pk not in seen[table], table
        # The cases behind a figure go by the office, as opaque ids; the people stay behind their own wall.
        assert not hidden & seen[table] or table == "conformity_figurecase", table


@pytest.mark.parametrize("table", OFFICE_OF)
def test_rows_of_an_office_are_that_office_s(people: People, table: str) -> None:
    assert offices_seen(table) == set()
    with seen_by(actor_of(people.leader)):
        assert offices_seen(table) == {people.town.small.office.pk}


def test_whoever_is_cleared_finds_the_protected_of_the_office(people: People) -> None:
    for table, seen in seen_in_every_table(actor_of(people.cleared)).items():
        assert {people.protected.pk, people.shielded.pk} <= seen, table
        assert people.other.pk not in seen, table


def test_a_job_seeker_finds_themselves_and_nobody_else(people: People) -> None:
    of_offices = {"conformity_figurecase"}
    for table, seen in seen_in_every_table(actor_of(people.own)).items():
        assert seen == (set() if table in of_offices else {people.own.pk}), table
    for table, seen in seen_in_every_table(actor_of(people.newcomer)).items():
        assert seen <= {people.newcomer.pk}, table


def test_whose_work_is_not_with_cases_finds_nobody(people: People) -> None:
    for who in (people.administrator, people.analyst, people.representative):
        assert not any(seen_in_every_table(actor_of(who)).values()), who


def test_the_privacy_officer_finds_the_office_s_log_and_no_person(people: People) -> None:
    seen = seen_in_every_table(actor_of(people.privacy_officer))
    logged = {people.own.pk, people.covered.pk, people.of_office.pk, people.protected.pk, people.shielded.pk}
    assert {table: found for table, found in seen.items() if found} == {
        "access_opening": logged,
        "access_reason": logged,
    }


def test_measuring_finds_the_office_s_events_and_nobody_s_name(people: People) -> None:
    with context.seeing(context.scope_of_measuring("lillevik")):
        seen = {table: persons_seen(table) for table in PERSON_OF}
    assert {table for table, found in seen.items() if found} == {"journal_event", "conformity_figurecase"}
    assert people.other.pk not in seen["journal_event"]
    assert people.protected.pk in seen["journal_event"], "the figures count everybody"


@pytest.mark.parametrize("who", ["advisor", "own"])
def test_nobody_writes_where_they_do_not_see(people: People, who: str) -> None:
    with seen_by(actor_of(getattr(people, who))):
        attempts = (
            lambda: Person.objects.create(office=people.town.large.office),
            lambda: Identity.objects.create(person_id=people.newcomer.pk),
            lambda: Case.objects.create(id="new", person=people.other, office=people.town.large.office),
        )
        for attempt in attempts:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                attempt()
        assert Case.objects.filter(person=people.other).update(advisor=None) == 0
        assert Identity.objects.filter(person=people.other).delete()[0] == 0


def test_nobody_moves_their_own_people_out_of_sight_of_others(people: People) -> None:
    with seen_by(actor_of(people.advisor)), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        Person.objects.filter(pk=people.own.pk).update(office=people.town.large.office)


def test_nobody_logs_in_the_name_of_another(people: People) -> None:
    viewer = actor_of(people.advisor)
    assert isinstance(viewer, Viewer)
    with working_as_owner():
        subject = subject_of(people.of_team.pk, offices=[people.town.small.office.pk])
    assert subject is not None
    given = {"actor": viewer, "subject": subject, "chosen": "asked", "text": "Ringte", "at": NOW}
    with seen_by(actor_of(people.colleague)), pytest.raises(ProgrammingError, match="access_reason"):
        give_reason(**given)


def test_the_context_ends_with_the_transaction(people: People) -> None:
    with context.seeing(context.scope_of(actor_of(people.advisor))):
        inner = context.scope_of(actor_of(people.own))
        with context.seeing(inner):
            assert set(Person.objects.values_list("pk", flat=True)) == {people.own.pk}
        assert Person.objects.count() > 1, "the one before is back"
    assert Person.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_no_context_is_set_outside_a_transaction_and_none_outlives_one() -> None:
    people = make_people(make_town())
    scope = context.scope_of(actor_of(people.advisor))
    with pytest.raises(RuntimeError):
        context.enter(scope)
    with transaction.atomic():
        context.enter(scope)
        assert Person.objects.count() > 1
    assert Person.objects.count() == 0


def test_a_person_and_their_cases_are_protected_together(people: People) -> None:
    with working_as_owner():
        protect(person=people.own.pk, protection=Protection.CONFIDENTIAL | Protection.SHIELDED)
    with seen_by(actor_of(people.advisor)):
        assert not Person.objects.filter(pk=people.own.pk).exists()
        assert not Case.objects.filter(person=people.own.pk).exists()
    with working_as_owner():
        differing = Case.objects.exclude(person__isnull=True).exclude(protection=F("person__protection"))
        assert not differing.exists()


def test_of_somebody_behind_the_wall_one_is_told_the_id_of_a_number_alone(people: People) -> None:
    with working_as_owner():
        number = Identity.objects.get(person=people.other).number
    with seen_by(actor_of(people.advisor)):
        assert person_with(number) == people.other.pk
        assert not Identity.objects.filter(number=number).exists()
    assert person_with("00000000000") is None


def test_a_citizen_who_logs_in_is_the_person_of_that_number_or_a_new_one(people: People) -> None:
    with working_as_owner():
        number = read_number(Identity.objects.get(person=people.other).number)
    assert account_of_citizen(number).person_id == people.other.pk
    assert set(Person.objects.values_list("pk", flat=True)) == {people.other.pk}
    unknown = read_number(synthetic(date(2001, 2, 3), "male", 7))
    first, again = account_of_citizen(unknown), account_of_citizen(unknown)
    assert first == again
    with working_as_owner():
        assert Person.objects.get(pk=first.person_id).office is None


def test_the_log_about_a_person_is_read_by_them_and_by_who_may_see_them(people: People) -> None:
    for who, sees in (("own", 1), ("advisor", 1), ("other_advisor", 0), ("administrator", 0), ("privacy_officer", 1)):
        with seen_by(actor_of(getattr(people, who))):
            assert len(openings_about(people.own.pk)) == sees, who


def test_the_owner_is_not_bound_and_the_others_are() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        assert cursor.fetchall() == []
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'framdrift%' AND (rolbypassrls OR rolsuper)")
        assert cursor.fetchall() == []
        cursor.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity AND relowner <> %s::regrole", [OWNER])
        assert cursor.fetchone() == (0,)
