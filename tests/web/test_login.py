"""Logging in as a persona: only in a demonstration, only by POST, only as somebody who holds a role today."""

from __future__ import annotations

from typing import Any

import pytest
from conformity_reports import Town
from django.test import Client
from django.urls import reverse
from people_of_the_town import account_of

LOGIN = "/logg-inn/"


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMO_LOGIN = True


@pytest.fixture
def no_demonstration(settings: Any) -> None:
    settings.DEMO_LOGIN = False


@pytest.mark.usefixtures("demonstration")
class TestInADemonstration:
    def test_leaders_and_analysts_of_today_are_offered(self, client: Client, town: Town) -> None:
        html = client.get(LOGIN).content.decode()
        assert all(name in html for name in ("Leder Lillevik", "Leder Storhavn", "Analytiker"))
        assert not any(name in html for name in ("Forrige leder", "Uten rolle", "Veileder"))

    def test_a_leader_comes_to_the_office_s_page_and_an_analyst_to_all_offices(
        self, client: Client, town: Town
    ) -> None:
        for staff, address in ((town.small.leader, "/kontor/lillevik/samsvar/"), (town.analyst, "/innsikt/kontorer/")):
            client.post(LOGIN, {"persona": staff.code})
            response = client.get("/", follow=True)
            assert response.redirect_chain[-1][0] == address

    def test_one_comes_to_the_page_one_asked_for(self, client: Client, town: Town) -> None:
        asked = client.get("/kontor/lillevik/samsvar/saker/?krav=R1")
        assert asked.status_code == 302
        html = client.get(asked["Location"]).content.decode()
        assert 'name="next" value="/kontor/lillevik/samsvar/saker/?krav=R1"' in html
        response = client.post(
            LOGIN, {"persona": town.small.leader.code, "next": "/kontor/lillevik/samsvar/saker/?krav=R1"}
        )
        assert response["Location"] == "/kontor/lillevik/samsvar/saker/?krav=R1"

    def test_one_is_not_sent_to_an_address_that_only_takes_a_form(self, client: Client, town: Town) -> None:
        asked = [client.post("/kontor/lillevik/samsvar/beregn/"), client.get("/kontor/lillevik/samsvar/beregn/")]
        asked.append(client.post("/kontor/lillevik/samsvar/"))
        assert [response["Location"] for response in asked] == [LOGIN, LOGIN, LOGIN]

    @pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
    def test_nobody_is_led_away(self, client: Client, town: Town, target: str) -> None:
        response = client.post(LOGIN, {"persona": town.small.leader.code, "next": target})
        assert response["Location"] == reverse("home")
        away = client.post("/visning/sprak/", {"language": "en", "next": target})
        assert away["Location"] == reverse("home")

    def test_nobody_logs_in_as_one_who_is_not_offered(self, client: Client, town: Town) -> None:
        for code in (town.stranger.code, town.former_leader.code, "no-such-code", ""):
            assert client.post(LOGIN, {"persona": code}).status_code == 404
        assert client.get("/kontor/lillevik/samsvar/").status_code == 302

    def test_logging_in_takes_a_post(self, client: Client, town: Town) -> None:
        client.get(LOGIN, {"persona": town.small.leader.code})
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
        assert "Leder Lillevik" not in client.get(LOGIN).content.decode()
        assert client.post(LOGIN, {"persona": town.small.leader.code}).status_code == 404

    def test_the_components_are_not_shown(self, client: Client, town: Town) -> None:
        client.force_login(account_of(town.small.leader))
        assert client.get("/komponenter/").status_code == 404
