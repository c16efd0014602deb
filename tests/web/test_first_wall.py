"""The crawl's mirror: every address asked for with the second wall taken away, and the first in its place.

Whoever comes is who they are, and the connection reads as the owner of the tables, whom row-level security does not
bind: so nothing but the gate, and what every query names, stands between them and the people they may not find. Those
are the protected ones of their own office, whom they are not cleared for, and everybody of the other office.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from addresses import ROUTES, address
from conformity_reports import Town
from django.test import Client
from django.utils import timezone
from people_of_the_town import People, logged_in, make_people
from rows_behind_the_wall import make_rows
from walls import working_as_owner

from framdrift.casework.cases.models import Case
from framdrift.casework.conformity.models import FigureCase, Report, State
from framdrift.casework.offices.models import Absence, Office, Staff
from framdrift.casework.people.actions import name_person
from framdrift.casework.people.models import ContactDetails, Identity, Person
from framdrift.casework.registration.documents import NationalPeriod
from framdrift.casework.responsibility.models import Move

MARK, ELSEWHERE = "Kjennemerke", "Fremmedmerke"
"""What those of Lillevik carry, and the one of Storhavn, whom their own office may find."""


@pytest.fixture
def people(measured: Town) -> People:
    people = make_people(measured)
    for person in hidden(people):
        mark = mark_of(person, people)
        make_rows(person, mark=mark)
        with working_as_owner():
            name_person(person=person.pk, given_name=mark, family_name=mark)
            ContactDetails.objects.filter(person=person).update(address=mark)
    with working_as_owner():
        matched = NationalPeriod.objects.filter(case__person__in=hidden(people))
        matched.update(matched_by=people.advisor, matched_at=timezone.now())
        of_lillevik = Report.objects.filter(office=people.town.small.office).exclude(state=State.FAILED)[0]
        for case in Case.objects.filter(person__in=[people.protected, people.shielded]):
            figure = FigureCase.objects.filter(report=of_lillevik, requirement="R6").order_by("-quarter")[0]
            figure.pk, figure.case = None, case
            figure.save(force_insert=True)
    return people


def hidden(people: People) -> list[Person]:
    return [people.protected, people.shielded, people.other]


def mark_of(person: Person, people: People) -> str:
    return ELSEWHERE if person == people.other else MARK


def secrets_of(person: Person, mark: str) -> list[str]:
    """What nobody else carries. Their own id stands in the address that is asked for, so it is no mark."""
    return [mark, str(Identity.objects.get(person=person).number), Case.objects.get(person=person).pk]


def given_of(people: People, person: Person, office: Office) -> dict[str, Any]:
    """What stands in addresses that lead to the person, asked for at an office."""
    case = Case.objects.get(person=person)
    advisor = case.advisor or people.colleague
    return {
        "office": office.code,
        "person": person.pk,
        "step": "wishes",
        "number": 2,
        "advisor": str(advisor.code),
        "staff": str(advisor.code),
        "absence_id": Absence.objects.get(staff=people.absent).pk,
        "run": Move.objects.get(case=case).redistribution_id,
        "period": NationalPeriod.objects.get(case=case).pk,
    }


def answers_of(client: Client, given: dict[str, Any], mark: str) -> Iterator[tuple[str, str]]:
    client.raise_request_exception = False
    # What a search is sent: the mark itself would be shown again in its own field.
    sent = {"sok": mark[:5], "vis": "ingen", "version": "1", "person": str(given["person"])}
    for name in ROUTES:
        if name != "logout":
            there = address(name, given)
            yield name, read(client.get(there, {"krav": "R6/strict"} if name == "office:cases" else {}))
            yield name, read(client.post(there, sent))


def read(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def uncleared(people: People) -> list[Staff]:
    return [people.advisor, people.team_lead, people.leader, people.reviewer]


def told_to(somebody: Staff, people: People, person: Person, office: Office) -> list[tuple[str, str, str]]:
    """Which addresses tell what of the person."""
    client, mark = logged_in(somebody), mark_of(person, people)
    with working_as_owner():
        secrets, given = secrets_of(person, mark), given_of(people, person, office)
        told = [
            (name, somebody.name, secret)
            for name, text in answers_of(client, given, mark)
            for secret in secrets
            if secret in text
        ]
        # In the last request's own context: it was not row-level security that hid them.
        assert Person.objects.filter(pk=person.pk).exists()
    return told


@pytest.mark.slow
def test_nothing_of_people_one_may_not_find_comes_through_the_first_wall_alone(people: People) -> None:
    small, large = people.town.small.office, people.town.large.office
    told = []
    for somebody in uncleared(people):
        for person in hidden(people):
            told += told_to(somebody, people, person, small)
    for person in (people.protected, people.other):
        told += told_to(people.other_advisor if person == people.protected else people.advisor, people, person, large)
    told += told_to(people.other_advisor, people, people.protected, small)
    told += told_to(people.town.large.leader, people, people.protected, large)
    assert told == []


@pytest.mark.slow
def test_the_same_crawl_finds_them_for_the_cleared(people: People) -> None:
    """So that the silence above is the wall's, and not the crawl's."""
    found = {name for name, _, _ in told_to(people.cleared, people, people.protected, people.town.small.office)}
    assert {"advisor:search", "advisor:person", "advisor:version", "advisor:step", "office:who"} <= found
