"""The crawl: every address of an office, asked for by everybody of another, with the first wall taken away.

Here whoever comes holds every role everywhere as far as the gate and the queries know, so that nothing but row-level
security, whose context still follows from who they are, stands between them and the office. What must not come through
are the marks that only that office's people carry: names, numbers, cases, what they wrote and what was written of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from addresses import ROUTES, address
from addresses import of_lillevik as given_of_lillevik
from conformity_reports import Town, member
from django.db import connection
from django.test import Client
from people_of_the_town import LONG_AGO, People, logged_in, make_people
from rows_behind_the_wall import PERSON_OF, make_rows
from walls import working_as_owner

from framdrift.casework.access import context
from framdrift.casework.access.models import Clearance
from framdrift.casework.access.queries import subject_of, viewer_of
from framdrift.casework.access.rules import Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.actions import name_person
from framdrift.casework.people.models import ContactDetails, Identity, Person, SafetyFlag
from framdrift.casework.people.protection import UNPROTECTED, Protection
from framdrift.web import gate

MARK = "Kjennemerke"
SCOPE_OF = context.scope_of


@pytest.fixture
def people(measured: Town) -> People:
    people = make_people(measured)
    make_rows(*of_lillevik(people), mark=MARK)
    make_rows(people.other)
    with working_as_owner():
        for person in of_lillevik(people):
            name_person(person=person.pk, given_name=MARK, family_name=MARK)
        ContactDetails.objects.filter(person__in=of_lillevik(people)).update(address=MARK)
    return people


def of_lillevik(people: People) -> list[Person]:
    return [people.own, people.covered, people.of_office, people.nobodys, people.protected]


def secrets_of(people: People) -> list[str]:
    """What only the people of Lillevik carry. Their own id stands in the address that is asked for, so it is no mark."""
    with working_as_owner():
        numbers = Identity.objects.filter(person__in=of_lillevik(people)).values_list("number", flat=True)
        cases = Case.objects.filter(person__in=of_lillevik(people)).values_list("pk", flat=True)
        return [MARK, *(number for number in numbers if number), *cases]


def staff_of_storhavn(people: People) -> Iterator[Staff]:
    """One of every role there, each cleared for everything."""
    with working_as_owner():
        for role in Role:
            staff = Staff.objects.create(username=f"crawler-{role}", name=f"Storhavn {role}")
            member(staff, people.town.large.office, role)
            for level in Protection:
                Clearance.objects.create(staff=staff, level=int(level), first_day=LONG_AGO)
            yield staff


@pytest.fixture
def first_wall_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody holds every role at every office, for the gate and for what queries name; the context stays theirs."""
    real: dict[str, Any] = {}

    def almighty(staff: Staff, *, today: date) -> Viewer:
        viewer = viewer_of(staff, today=today)
        real["scope"] = SCOPE_OF(viewer)
        with working_as_owner():
            offices = dict(Office.objects.values_list("code", "pk"))
        everywhere = frozenset(offices)
        return replace(
            viewer, offices=offices, roles=dict.fromkeys(Role, everywhere), clearance=~UNPROTECTED, covers=frozenset()
        )

    def as_anybody(person: uuid.UUID, *, offices: Any) -> Any:
        with working_as_owner():
            return subject_of(person, offices=list(Office.objects.values_list("pk", flat=True)))

    monkeypatch.setattr(gate, "viewer_of", almighty)
    monkeypatch.setattr(gate.context, "scope_of", lambda actor: real["scope"])
    monkeypatch.setattr(gate, "subject_of", as_anybody)
    monkeypatch.setattr(gate, "needs_reason", lambda viewer, subject: False)


def answers_of(client: Client, people: People) -> Iterator[tuple[str, str]]:
    """Every address of Lillevik, asked for and sent a form to; those about a person for an open and a protected one."""
    given = given_of_lillevik(people)
    client.raise_request_exception = False  # a page that finds nothing where it expects something may break, not tell
    for name, route in ROUTES.items():
        persons = [people.own.pk, people.protected.pk] if "<uuid:person>" in route else [None]
        for person in persons:
            there = address(name, given | {"person": person})
            if name != "logout":
                yield name, read(client.get(there))
                yield name, read(client.post(there, FORMS.get(name, {})))


def read(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


# What a search is sent: the mark itself would be shown again in its own field.
FORMS = {"advisor:search": {"sok": MARK[:5]}}


@pytest.mark.slow
def test_nothing_of_another_office_s_people_comes_through_the_second_wall_alone(
    people: People, first_wall_removed: None
) -> None:
    secrets = secrets_of(people)
    told = []
    for somebody in (*staff_of_storhavn(people), people.other_advisor):
        for name, text in answers_of(logged_in(somebody), people):
            told += [(name, somebody.name, secret) for secret in secrets if secret in text]
    assert told == []


def forged(people: People, person: uuid.UUID | None) -> dict[str, Any]:
    """A form filled in with what only Lillevik's own staff would know: every form of the site takes some of it."""
    with working_as_owner():
        case = Case.objects.get(person=person or people.own.pk)
        number = Identity.objects.get(person=person or people.own.pk).number
        flag = SafetyFlag.objects.get(person=person or people.own.pk).pk
    return {
        "request_id": uuid.uuid4(), "version": 1, "expected": "", "sak": [case.pk], "case": case.pk,
        "person": str(person or people.own.pk), "number": number, "nummer": number, "flag": flag, "do": "submit",
        "given_name": "Ny", "family_name": "Ny", "phone": "10000000", "preferred": "phone", "language": "nb",
        "chosen": "asked", "text": "Ny", "advice": "Ny", "goal": "Ny", "reason": "load", "advisor": "",
        "first_day": "1.1.2026", "last_day": "1.1.2027", "question": "occupations",
    }  # fmt: skip


def kept_of_lillevik(people: People) -> dict[str, str]:
    """What each table behind the wall holds of the people of Lillevik, but for the log of who came."""
    persons = [person.pk for person in of_lillevik(people)]
    kept = {}
    with working_as_owner(), connection.cursor() as cursor:
        for table, person in PERSON_OF.items():
            if table != "access_opening":
                cursor.execute(
                    f"SELECT md5(string_agg({table}::text, '|' ORDER BY {table}::text)) FROM {table}"
                    f" WHERE {person} = ANY (%s)",
                    [persons],
                )
                kept[table] = cursor.fetchone()[0]
    return kept


@pytest.mark.slow
def test_nothing_of_another_office_s_people_is_changed_through_the_second_wall_alone(
    people: People, first_wall_removed: None
) -> None:
    """Forms filled in with ids of theirs, by whoever works with cases elsewhere."""
    before = kept_of_lillevik(people)
    assert all(before.values()), "there is something to change"
    for name, text in sent_forms(logged_in(people.other_advisor), people):
        assert MARK not in text, name
    assert kept_of_lillevik(people) == before
    list(sent_forms(logged_in(people.cleared), people))
    assert kept_of_lillevik(people) != before, "the same forms change something for whoever may"


def sent_forms(client: Client, people: People) -> Iterator[tuple[str, str]]:
    given = given_of_lillevik(people)
    client.raise_request_exception = False
    for name, route in ROUTES.items():
        if name != "logout" and not name.startswith("login"):
            for person in [people.own.pk, people.protected.pk] if "<uuid:person>" in route else [None]:
                yield name, read(client.post(address(name, given | {"person": person}), forged(people, person)))


@pytest.mark.slow
def test_the_same_crawl_finds_them_where_the_second_wall_lets_it(people: People, first_wall_removed: None) -> None:
    """So that the silence above is the wall's, and not the crawl's."""
    found: dict[str, set[str]] = {}
    secrets = secrets_of(people)
    for name, text in answers_of(logged_in(people.cleared), people):
        found.setdefault(name, set()).update(secret for secret in secrets if secret in text)
    pages_with_people = {name for name, secrets in found.items() if secrets}
    assert {"advisor:search", "advisor:person", "advisor:version", "advisor:step", "office:without_advisor"} <= (
        pages_with_people
    )


@pytest.mark.slow
def test_a_job_seeker_finds_nothing_of_others_on_any_address(people: People) -> None:
    secrets = secrets_of(people)
    for somebody in (people.other, people.newcomer):
        for name, text in answers_of(logged_in(somebody), people):
            assert not [secret for secret in secrets if secret in text], name
