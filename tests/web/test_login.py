"""Logging in as a persona: only in a demonstration, only by POST, only as somebody whom it offers."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from conformity_reports import Town, member
from django.test import Client
from django.urls import reverse
from people_of_the_town import People, account_of, logged_in, make_people
from walls import working_as_owner

from framdrift.casework.access.actions import offer_persona
from framdrift.casework.access.models import Account
from framdrift.casework.offices.models import Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.models import Person

LOGIN = "/logg-inn/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMO_LOGIN = True


@pytest.fixture
def no_demonstration(settings: Any) -> None:
    settings.DEMO_LOGIN = False


@pytest.fixture
def people(town: Town) -> People:
    return make_people(town)


def offered(somebody: Staff | Person, place: int, role: Role | None, office: str) -> Account:
    account = account_of(somebody)
    with working_as_owner():
        offer_persona(
            account=account,
            place=place,
            name=f"Persona {place}",
            role=role,
            office=office,
            about_nb=f"Viser {place}",
            about_en=f"Shows {place}",
        )
    return account


@pytest.mark.usefixtures("demonstration")
class TestInADemonstration:
    def test_job_seekers_stand_first_and_staff_by_office(self, client: Client, people: People) -> None:
        offered(people.own, 1, None, "Lillevik")
        offered(people.leader, 2, Role.OFFICE_LEADER, "Lillevik")
        offered(people.town.large.leader, 3, Role.OFFICE_LEADER, "Storhavn")
        html = client.get(LOGIN).content.decode()
        assert re.findall(r'id="group\d">([^<]+)<', html) == [
            "Arbeidssøkere", "Ansatte ved Lillevik", "Ansatte ved Storhavn",
        ]  # fmt: skip
        assert re.findall(r"Viser \d", html) == ["Viser 1", "Viser 2", "Viser 3"]
        client.post("/visning/sprak/", {"language": "en"})
        assert re.findall(r"Shows \d", client.get(LOGIN).content.decode()) == ["Shows 1", "Shows 2", "Shows 3"]

    def test_everybody_comes_to_their_own_first_page(self, people: People) -> None:
        first = {
            "/kontor/lillevik/samsvar/": people.leader,
            "/kontor/lillevik/uten-veileder/": people.team_lead,
            "/kontor/lillevik/sok/": people.advisor,
            "/kontor/lillevik/ansatte/": people.administrator,
            "/innsikt/lillevik/samsvar/": people.representative,
            "/innsikt/kontorer/": people.analyst,
            "/innsikt/innsynslogg/": people.privacy_officer,
            "/min-side/": people.own,
        }
        for place, (address, somebody) in enumerate(first.items(), 1):
            client = Client()
            account = offered(somebody, place, None if isinstance(somebody, Person) else Role.ADVISOR, "Lillevik")
            client.post(LOGIN, {"persona": str(account.code)})
            assert client.get("/").headers["Location"] == address
            html = client.get(address).content.decode()
            assert f'href="{address}" aria-current="page"' in html

    def test_the_reviewer_searches_too(self, people: People) -> None:
        assert logged_in(people.reviewer).get("/").headers["Location"] == "/kontor/lillevik/sok/"

    def test_somebody_of_several_roles_and_offices_finds_every_way(self, people: People) -> None:
        member(people.leader, people.town.large.office, Role.OFFICE_LEADER)
        html = logged_in(people.leader).get("/visning/").content.decode()
        nav = html[html.index("<nav") : html.index("</nav>")]
        assert re.findall(r'href="([^"]+)"', nav) == [
            "/kontor/lillevik/samsvar/", "/kontor/storhavn/samsvar/",
            "/kontor/lillevik/uten-veileder/", "/kontor/storhavn/uten-veileder/",
            "/kontor/lillevik/sok/", "/kontor/storhavn/sok/",
            "/kontor/lillevik/ansatte/", "/kontor/storhavn/ansatte/",
            "/kontor/lillevik/fravaer/", "/kontor/storhavn/fravaer/",
        ]  # fmt: skip

    def test_one_comes_to_the_page_one_asked_for(self, client: Client, town: Town) -> None:
        account = offered(town.small.leader, 1, Role.OFFICE_LEADER, "Lillevik")
        asked = client.get("/kontor/lillevik/samsvar/saker/?krav=R1")
        assert asked.status_code == 302
        html = client.get(asked["Location"]).content.decode()
        assert 'name="next" value="/kontor/lillevik/samsvar/saker/?krav=R1"' in html
        response = client.post(LOGIN, {"persona": str(account.code), "next": "/kontor/lillevik/samsvar/saker/?krav=R1"})
        assert response["Location"] == "/kontor/lillevik/samsvar/saker/?krav=R1"

    def test_one_is_not_sent_to_an_address_that_only_takes_a_form(self, client: Client, town: Town) -> None:
        asked = [client.post("/kontor/lillevik/samsvar/beregn/"), client.get("/kontor/lillevik/samsvar/beregn/")]
        asked.append(client.post("/kontor/lillevik/samsvar/"))
        assert [response["Location"] for response in asked] == [LOGIN, LOGIN, LOGIN]

    @pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
    def test_nobody_is_led_away(self, client: Client, town: Town, target: str) -> None:
        account = offered(town.small.leader, 1, Role.OFFICE_LEADER, "Lillevik")
        response = client.post(LOGIN, {"persona": str(account.code), "next": target})
        assert response["Location"] == reverse("home")
        away = client.post("/visning/sprak/", {"language": "en", "next": target})
        assert away["Location"] == reverse("home")

    def test_nobody_logs_in_as_one_who_is_not_offered(self, client: Client, people: People) -> None:
        for code in (account_of(people.leader).code, account_of(people.own).code, uuid4(), "no-such-code", ""):
            assert client.post(LOGIN, {"persona": str(code)}).status_code == 404
        assert client.get("/kontor/lillevik/samsvar/").status_code == 302

    def test_logging_in_takes_a_post(self, client: Client, town: Town) -> None:
        account = offered(town.small.leader, 1, Role.OFFICE_LEADER, "Lillevik")
        client.get(LOGIN, {"persona": str(account.code)})
        assert client.get("/kontor/lillevik/samsvar/").status_code == 302

    def test_logging_out_closes_the_door(self, client: Client, town: Town) -> None:
        client.force_login(account_of(town.small.leader))
        client.post("/logg-ut/")
        assert client.get("/kontor/lillevik/samsvar/").status_code == 302

    def test_without_anybody_to_log_in_as_it_says_what_to_do(self, client: Client, db: None) -> None:
        assert "make demo" in client.get(LOGIN).content.decode()


@pytest.mark.usefixtures("no_demonstration")
class TestOtherwise:
    def test_nobody_is_offered_and_nobody_gets_in(self, client: Client, town: Town) -> None:
        account = offered(town.small.leader, 1, Role.OFFICE_LEADER, "Lillevik")
        html = client.get(LOGIN).content.decode()
        assert "Persona" not in html
        assert "ikke satt opp" in html
        assert client.post(LOGIN, {"persona": str(account.code)}).status_code == 404

    def test_the_components_are_not_shown(self, client: Client, town: Town) -> None:
        client.force_login(account_of(town.small.leader))
        assert client.get("/komponenter/").status_code == 404


class TestWhoIsWho:
    def test_staff_meet_no_portal_and_job_seekers_no_page_of_staff(self, people: People) -> None:
        for staff in (people.advisor, people.leader, people.administrator):
            assert logged_in(staff).get("/min-side/").status_code == 404
        for page in ("/kontor/lillevik/sok/", "/kontor/lillevik/samsvar/", "/innsikt/kontorer/", "/komponenter/"):
            assert logged_in(people.own).get(page).status_code == 404, page

    def test_the_header_says_who_one_is(self, people: People) -> None:
        assert "Kari Kollega, veileder" in logged_in(people.colleague).get("/visning/").content.decode()
        assert "Ola Østby" in logged_in(people.own).get("/visning/").content.decode()
        assert "Arbeidssøker" in logged_in(people.newcomer).get("/visning/").content.decode()

    def test_whoever_has_lost_every_role_is_told_so(self, town: Town) -> None:
        response = logged_in(town.former_leader).get("/")
        assert response.status_code == 403
        assert "Du har ingen rolle her" in response.content.decode()
        assert "Logg ut" in response.content.decode()
