"""Logging in by password: where it is switched on, for employees alone, and not by trying."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from conformity_reports import Town
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from framdrift.casework.access.logins import set_password

LOGIN = "/logg-inn/"
GOOD = "korrekt hest batteri stift"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _passwords(settings: Any, town: Town) -> None:
    settings.DEMO_LOGIN = False
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, password_login=True)
    set_password(staff=town.small.leader, password=GOOD)
    set_password(staff=town.former_leader, password=GOOD)


def attempt(client: Client, username: str = "leader-lillevik", password: str = GOOD, **more: Any) -> Any:
    return client.post(LOGIN, {"username": username, "password": password}, **more)


def test_the_right_one_lets_in_and_leads_back(client: Client) -> None:
    response = client.post(
        LOGIN, {"username": "leader-lillevik", "password": GOOD, "next": "/kontor/lillevik/samsvar/saker/"}
    )
    assert response["Location"] == "/kontor/lillevik/samsvar/saker/"
    assert client.get("/kontor/lillevik/samsvar/").status_code == 200


@pytest.mark.parametrize(
    ("username", "password"), [("leader-lillevik", "wrong"), ("nobody", GOOD), ("leader-storhavn", ""), ("", GOOD)]
)
def test_a_wrong_one_does_not_and_the_page_does_not_say_which(client: Client, username: str, password: str) -> None:
    response = attempt(client, username, password)
    html = response.content.decode()
    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)
    assert "Feil: " in html
    if username and password:
        assert "hører ikke sammen" in html
    assert password not in html or not password


def test_one_who_holds_no_role_is_refused(client: Client, town: Town) -> None:
    response = attempt(client, town.former_leader.username)
    assert (response.status_code, "_auth_user_id" in client.session) == (403, False)


def test_somebody_who_was_never_given_one_has_none(client: Client) -> None:
    assert "hører ikke sammen" in attempt(client, "leader-storhavn", "!").content.decode()


def test_where_it_is_off_there_is_no_such_way(client: Client, settings: Any) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, password_login=False)
    assert 'name="password"' not in client.get(LOGIN).content.decode()
    assert attempt(client).status_code == 404
    assert authenticate(HttpRequest(), username="leader-lillevik", password=GOOD) is None


def test_a_new_one_ends_the_sessions_of_the_former(client: Client, town: Town) -> None:
    attempt(client)
    set_password(staff=town.small.leader, password="another one, and long enough")
    # Django deletes such a session at its next request, and would at a GET too.
    client.post("/visning/sprak/", {"language": "nb"})
    assert client.get("/kontor/lillevik/samsvar/").status_code == 302


class TestLockOut:
    def test_five_wrong_ones_lock_and_the_page_says_until_when(self, client: Client) -> None:
        answers = [attempt(client, password=f"guess {number}").status_code for number in range(5)]
        assert answers == [200, 200, 200, 200, 429]
        response = attempt(client)
        assert (response.status_code, "_auth_user_id" in client.session) == (429, False)
        until = timezone.localtime(timezone.now() + timedelta(minutes=15))
        assert f"{until:%H}." in response.content.decode()
        assert 0 < int(response["Retry-After"]) <= 900

    def test_trying_on_while_it_is_locked_makes_it_no_longer(self, client: Client) -> None:
        for number in range(5):
            attempt(client, password=f"guess {number}")
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
        attempt(client, password="guess on")
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
        assert attempt(client).status_code == 302

    def test_it_is_one_account_s_and_one_address_s(self, client: Client, town: Town) -> None:
        set_password(staff=town.large.leader, password=GOOD)
        for number in range(5):
            attempt(client, password=f"guess {number}")
        assert attempt(Client(), "leader-storhavn").status_code == 302
        assert attempt(Client(), REMOTE_ADDR="192.0.2.7").status_code == 302

    def test_another_browser_or_capital_letters_do_not_get_round_it(self, client: Client) -> None:
        for number in range(5):
            attempt(Client(headers={"User-Agent": f"Browser {number}"}), "Leader-Lillevik", f"guess {number}")
        assert attempt(client).status_code == 429

    def test_getting_in_forgets_what_went_wrong_before(self, client: Client) -> None:
        for _ in range(2):
            for number in range(4):
                attempt(client, password=f"guess {number}")
            assert attempt(client).status_code == 302
        assert not AccessAttempt.objects.exists()

    def test_what_is_too_old_to_count_is_deleted(self, client: Client) -> None:
        attempt(client, "somebody", "guess")
        AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
        attempt(client, "another", "guess")
        assert AccessAttempt.objects.count() == 1

    def test_what_is_kept_names_nobody_and_no_page(self, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        attempt(client, "my secret, typed in the wrong box", "guess", headers={"User-Agent": "Browser"})
        kept = AccessAttempt.objects.get()
        assert not {"secret", "guess", "Browser"} & {
            word for text in (kept.username, kept.user_agent, kept.post_data, kept.get_data) for word in text.split()
        }
        assert "secret" not in caplog.text
        assert "127.0.0.1" not in caplog.text


class TestBehindProxies:
    """Each proxy adds whom it spoke with to the right of what came; only ours are believed."""

    def lock(self, client: Client, forwarded: str) -> int:
        for number in range(5):
            attempt(client, password=f"guess {number}", headers={"X-Forwarded-For": forwarded.format(number)})
        return attempt(client, headers={"X-Forwarded-For": forwarded.format("9")}).status_code

    def test_without_one_the_header_is_anybody_s_word(self, client: Client) -> None:
        assert self.lock(client, "192.0.2.{}") == 429

    def test_behind_one_its_word_counts_and_not_the_client_s(self, client: Client, settings: Any) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, proxies=1)
        assert self.lock(client, "198.51.100.{}, 192.0.2.1") == 429
        assert attempt(client, headers={"X-Forwarded-For": "192.0.2.2"}).status_code == 302
