"""Every address against every viewer, and those about a person against every relation (`access_matrix` says who may)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from access_matrix import (
    ABOUT_A_PERSON,
    ASKS,
    FORMS,
    FORMS_ABOUT_A_PERSON,
    HIDDEN,
    LOGIN,
    OPENS,
    PAGES,
    PERSONS,
    PORTAL,
    PORTAL_FORMS,
    REASON_PAGE,
    RELATIONS,
    SENT,
    VIEWERS,
)
from addresses import ADDRESSES, ROUTES, address, of_lillevik
from conformity_reports import Town
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from people_of_the_town import People, account_of, logged_in, make_people
from rows_behind_the_wall import make_rows
from walls import working_as_owner

from framdrift.casework.access.models import Opening
from framdrift.casework.people.models import Person
from framdrift.web.gate import OPEN_BY_NAME, Rule


@pytest.fixture
def people(measured: Town) -> People:
    people = make_people(measured)
    make_rows(*(of(people) for name, of in PERSONS.items() if name != "newcomer"))
    return people


def test_every_address_stands_in_the_matrix() -> None:
    about_persons = {*ABOUT_A_PERSON, *FORMS_ABOUT_A_PERSON, REASON_PAGE}
    assert ADDRESSES.keys() == {*PAGES, *FORMS, *about_persons, *PORTAL, *PORTAL_FORMS}
    assert about_persons == {name for name, route in ROUTES.items() if "<uuid:person>" in route}


def test_every_view_says_who_may_open_it() -> None:
    silent = {
        name for name, entry in ADDRESSES.items() if not isinstance(getattr(entry.callback, "access_rule", None), Rule)
    }
    assert silent == OPEN_BY_NAME


def clients(people: People) -> dict[str, Client]:
    return {viewer: logged_in(of(people)) for viewer, of in VIEWERS.items()}


def test_who_may_open_what(people: People, settings: Any) -> None:
    settings.DEMO_LOGIN = True
    wrong, given = [], of_lillevik(people)
    for viewer, client in clients(people).items():
        for name, allowed in PAGES.items():
            expected = allowed.get(viewer, LOGIN if viewer == "nobody" else 404)
            response = client.get(address(name, given))
            if response.status_code != expected:
                wrong.append((name, viewer, response.status_code, expected))
            if viewer == "nobody" and expected == LOGIN:
                assert response["Location"].startswith(reverse("login"))
    assert wrong == []


@pytest.mark.parametrize("name", FORMS)
def test_who_may_post_what(people: People, name: str) -> None:
    there = address(name, of_lillevik(people))
    for viewer, of in VIEWERS.items():
        expected = FORMS[name].get(viewer, LOGIN if viewer == "nobody" else 404)
        response = logged_in(of(people)).post(there, SENT.get(name, {}))
        assert response.status_code == expected, viewer
        assert logged_in(of(people)).get(there).status_code in {405, LOGIN, 404}


def outcome(response: HttpResponse, name: str) -> str:
    """What the gate did. A page that is let in to may lead on; to the reason page only the gate leads."""
    if response.status_code == 404:
        return HIDDEN
    if response.status_code == 302 and response["Location"].startswith(reverse("login")):
        return "login"
    if response.status_code == 302 and "/begrunnelse/" in response["Location"]:
        return ASKS
    assert response.status_code in {200, 302, 400}, (name, response.status_code)
    return OPENS


def expected_outcome(viewer: str, person: str, may: tuple[str, ...]) -> str:
    if viewer == "nobody":
        return "login"
    return RELATIONS[viewer][person] if viewer in may else HIDDEN


@pytest.mark.slow
def test_who_may_open_which_person(people: People) -> None:
    """All whose work is with cases, against all relations; the others, against two persons of whom they meet none."""
    wrong, given = [], of_lillevik(people)
    for viewer, client in clients(people).items():
        for person in PERSONS if viewer in RELATIONS else ("own", "other"):
            about = given | {"person": PERSONS[person](people).pk}
            for name, may in ABOUT_A_PERSON.items():
                expected = expected_outcome(viewer, person, may)
                found = outcome(client.get(address(name, about)), name)
                if found != expected:
                    wrong.append((name, viewer, person, found, expected))
            for name, may in FORMS_ABOUT_A_PERSON.items():
                expected = expected_outcome(viewer, person, may)
                found = outcome(client.post(address(name, about), SENT.get(name, {})), name)
                if found != expected:
                    wrong.append((name, viewer, person, found, expected))
    assert wrong == []


def test_where_one_says_why_is_open_to_whoever_is_asked(people: People) -> None:
    for viewer, client in clients(people).items():
        for person, of in PERSONS.items():
            response = client.get(address(REASON_PAGE, {"office": "lillevik", "person": of(people).pk}))
            if viewer == "nobody":
                assert response["Location"].startswith(reverse("login"))
            else:
                hidden = RELATIONS.get(viewer, {}).get(person, HIDDEN) == HIDDEN
                assert (response.status_code == 404) == hidden, (viewer, person)


def test_a_reason_opens_that_person_to_that_viewer_and_is_in_the_log(people: People) -> None:
    client, about = logged_in(people.advisor), {"office": "lillevik", "person": people.of_office.pk}
    sent = {"chosen": "asked", "text": "Ringte og spurte om kurs"}
    page = client.get(address(REASON_PAGE, about))
    assert client.post(address(REASON_PAGE, about), sent | hidden_fields(page)).status_code == 302
    there = address("advisor:person", about)
    assert client.get(there).status_code == 200
    another = address("advisor:person", about | {"person": people.of_team.pk})
    assert outcome(client.get(another), "advisor:person") == ASKS
    assert outcome(logged_in(people.colleague).get(there), "advisor:person") == ASKS
    with working_as_owner():
        opened = Opening.objects.filter(staff=people.advisor, person=people.of_office, page="advisor:person").get()
    assert (opened.relation, opened.reason.text) == ("office", "Ringte og spurte om kurs")


def hidden_fields(page: HttpResponse) -> dict[str, str]:
    text = page.content.decode()
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))


def test_another_office_s_advisor_opens_their_own_and_nobody_of_this_office(people: People) -> None:
    client = logged_in(people.other_advisor)

    def status(office: str, person: Person) -> int:
        return client.get(address("advisor:person", {"office": office, "person": person.pk})).status_code

    assert status("storhavn", people.other) == 200
    assert status("lillevik", people.other) == 404, "by another office than theirs"
    assert status("storhavn", people.own) == 404


def test_the_portal_is_the_job_seeker_s(people: People) -> None:
    given = of_lillevik(people)
    for viewer, client in clients(people).items():
        for name in PORTAL:
            response = client.get(address(name, given))
            if viewer == "nobody":
                assert response["Location"].startswith(reverse("login")), name
            elif viewer == "job-seeker":
                assert response.status_code in {200, 302}, (name, response.status_code)
            elif viewer != "newcomer":  # who has no registration to read yet
                assert response.status_code == 404, (name, viewer)
        for name in PORTAL_FORMS:
            response = client.post(address(name, given), SENT.get(name, {}))
            assert (response.status_code in {200, 400}) == (viewer in {"job-seeker", "newcomer"}), (name, viewer)


def without_tokens(response: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_an_office_that_does_not_exist_looks_like_another_office(measured: Town) -> None:
    leader, analyst = logged_in(measured.small.leader), logged_in(measured.analyst)
    there_is, is_not = (leader.get(address("office:conformity", {"office": code})) for code in ("storhavn", "atlantis"))
    assert (there_is.status_code, is_not.status_code) == (404, 404)
    assert without_tokens(there_is).replace("storhavn", "atlantis") == without_tokens(is_not)
    assert analyst.get(address("insight:conformity", {"office": "atlantis"})).status_code == 404


def test_a_cross_site_post_is_refused(measured: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of(measured.small.leader))
    response = client.post(address("office:request_figures", {"office": "lillevik"}), {"standard": "nav-2012"})
    assert response.status_code == 403
    assert "Dette kunne ikke gjøres" in response.content.decode()


@pytest.mark.parametrize("name", ["office:conformity", "office:cases", "office:csv", "office:pdf"])
def test_each_opening_is_written_down_once(measured: Town, name: str) -> None:
    logged_in(measured.small.leader).get(address(name, {"office": "lillevik"}))
    with working_as_owner():
        opened = list(Opening.objects.values_list("staff", "office", "page"))
    assert opened == [(measured.small.leader.pk, measured.small.office.pk, name)]


def test_what_was_refused_is_not_written_down_as_opened(measured: Town) -> None:
    logged_in(measured.advisor).get(address("office:conformity", {"office": "lillevik"}))
    with working_as_owner():
        assert not Opening.objects.exists()


def test_the_gate_stands_behind_the_login_and_before_every_view() -> None:
    order = configured.MIDDLEWARE
    assert order.index("framdrift.web.gate.GateMiddleware") > order.index(
        "django.contrib.auth.middleware.AuthenticationMiddleware"
    )
