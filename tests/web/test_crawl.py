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
from django.test import Client
from people_of_the_town import LONG_AGO, People, logged_in, make_people
from rows_behind_the_wall import make_rows
from walls import working_as_owner

from framdrift.casework.access import context
from framdrift.casework.access.models import Clearance
from framdrift.casework.access.queries import subject_of, viewer_of
from framdrift.casework.access.rules import Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.actions import name_person
from framdrift.casework.people.models import ContactDetails, Identity, Person
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
