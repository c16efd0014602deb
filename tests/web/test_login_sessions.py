"""How long a login lasts, and what becomes of whoever reads or writes when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from conformity_reports import Town
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from people_of_the_town import People, logged_in, make_people

from framdrift.casework.offices.models import OfficeMembership, Staff
from framdrift.casework.people.models import Person
from framdrift.web.accounts.sessions import BEGAN, JOB_SEEKERS, SEEN, STAFF, seen_at

pytestmark = pytest.mark.django_db
PAGE = "/kontor/lillevik/samsvar/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(town: Town) -> People:
    return make_people(town)


def began(client: Client, ago: timedelta) -> None:
    session = client.session
    session[BEGAN] = (timezone.now() - ago).timestamp()
    session.save()


def last_used(client: Client, ago: timedelta) -> None:
    client.cookies[SEEN] = seen_at(client.session.session_key, timezone.now() - ago)


def may_read(client: Client, page: str) -> bool:
    return client.get(page).status_code == 200


WHO: dict[str, tuple[Callable[[People], Staff | Person], str]] = {
    "staff": (lambda people: people.leader, PAGE),
    "job-seeker": (lambda people: people.own, "/min-side/innsyn/"),
}


@pytest.mark.parametrize("who", WHO)
class TestLimits:
    def test_it_ends_after_some_hours_however_much_it_is_used(self, people: People, who: str) -> None:
        somebody, page = WHO[who]
        limits = STAFF if who == "staff" else JOB_SEEKERS
        client = logged_in(somebody(people))
        began(client, limits.whole - MINUTE)
        last_used(client, MINUTE)
        assert may_read(client, page)
        began(client, limits.whole + MINUTE)
        last_used(client, MINUTE)
        assert not may_read(client, page)

    def test_it_ends_where_nothing_is_done(self, people: People, who: str) -> None:
        somebody, page = WHO[who]
        limits = STAFF if who == "staff" else JOB_SEEKERS
        client = logged_in(somebody(people))
        began(client, limits.idle + 5 * MINUTE)
        last_used(client, limits.idle - MINUTE)
        assert may_read(client, page)
        last_used(client, limits.idle + MINUTE)
        assert not may_read(client, page)


def test_staff_work_a_day_and_an_hour_idle_and_job_seekers_two_hours_and_half_of_one() -> None:
    assert (STAFF.whole, STAFF.idle) == (timedelta(hours=8), timedelta(hours=1))
    assert (JOB_SEEKERS.whole, JOB_SEEKERS.idle) == (timedelta(hours=2), timedelta(minutes=30))
    assert timedelta(seconds=configured.SESSION_COOKIE_AGE) >= STAFF.whole


class TestTheCookie:
    def test_each_page_says_anew_when_it_was_last_used(self, people: People) -> None:
        client = logged_in(people.leader)
        began(client, 3 * STAFF.idle)
        last_used(client, STAFF.idle - MINUTE)
        assert may_read(client, PAGE)
        began(client, 4 * STAFF.idle)
        assert may_read(client, PAGE), "the cookie of the page before counts"

    def test_one_that_is_missing_gains_nobody_time(self, people: People) -> None:
        client = logged_in(people.leader)
        client.get(PAGE)
        began(client, STAFF.idle + MINUTE)
        del client.cookies[SEEN]
        assert not may_read(client, PAGE)

    def test_one_of_another_session_gains_nobody_time(self, people: People) -> None:
        other, client = logged_in(people.advisor), logged_in(people.leader)
        other.get("/visning/")
        began(client, STAFF.idle + MINUTE)
        client.cookies[SEEN] = other.cookies[SEEN].value
        assert not may_read(client, PAGE)

    @pytest.mark.parametrize("forged", ["", "nonsense", "a:1:b", "{digest}:99999999999:{signature}"])
    def test_one_that_is_forged_gains_nobody_time(self, people: People, forged: str) -> None:
        client = logged_in(people.leader)
        began(client, STAFF.idle + MINUTE)
        digest, _, signature = seen_at(client.session.session_key, datetime.now().astimezone()).split(":")
        client.cookies[SEEN] = forged.format(digest=digest, signature=signature)
        assert not may_read(client, PAGE)

    def test_it_ends_with_the_browser_and_is_not_for_scripts(self, people: People) -> None:
        client = logged_in(people.leader)
        client.get(PAGE)
        cookie = client.cookies[SEEN]
        assert not cookie["max-age"]
        assert not cookie["expires"]
        assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")

    def test_it_tells_nothing_of_the_session(self, people: People) -> None:
        client = logged_in(people.leader)
        client.get(PAGE)
        assert client.session.session_key not in client.cookies[SEEN].value


class TestWhenItIsOver:
    def test_a_session_without_a_beginning_is_over(self, people: People) -> None:
        client = logged_in(people.leader)
        session = client.session
        del session[BEGAN]
        session.save()
        assert not may_read(client, PAGE)

    def test_a_reader_comes_back_to_the_page_after_logging_in_and_is_told_why(self, people: People) -> None:
        client = logged_in(people.leader)
        began(client, STAFF.whole + MINUTE)
        response = client.get(f"{PAGE}?krav=R1", follow=True)
        assert response.redirect_chain == [("/logg-inn/?next=/kontor/lillevik/samsvar/%3Fkrav%3DR1", 302)]
        assert "gikk for lang tid" in response.content.decode()

    def test_reading_leaves_the_row_to_be_cleared_and_the_cookies_are_gone(self, people: People) -> None:
        client = logged_in(people.leader)
        client.get(PAGE)
        began(client, STAFF.whole + MINUTE)
        client.get(PAGE)
        assert Session.objects.count() == 1
        assert {client.cookies[name].value for name in (SEEN, configured.SESSION_COOKIE_NAME)} == {""}

    def test_what_somebody_wrote_stands_on_the_page(self, people: People) -> None:
        client = logged_in(people.advisor)
        began(client, STAFF.whole + MINUTE)
        response = client.post(
            "/kontor/lillevik/sok/",
            {"sok": "Kari Nordmann <født> i Bø", "request_id": "b9a1", "version": "3", "channel": "phone"},
        )
        html = response.content.decode()
        assert response.status_code == 403
        assert "Kari Nordmann &lt;født&gt; i Bø" in html
        assert "ikke sendt inn" in html
        assert 'href="/logg-inn/?next=%2Fkontor%2Flillevik%2Fsok%2F"' in html
        assert not {"b9a1", "phone"} & set(html.split())

    def test_a_form_is_not_lost_unsaid_either_when_the_server_has_let_the_session_go(self, people: People) -> None:
        client = logged_in(people.advisor)
        client.get("/kontor/lillevik/sok/")
        Session.objects.all().delete()
        response = client.post("/kontor/lillevik/sok/", {"sok": "noe som er skrevet"})
        assert (response.status_code, "noe som er skrevet" in response.content.decode()) == (403, True)

    def test_a_password_is_never_shown(self, people: People) -> None:
        client = logged_in(people.advisor)
        began(client, STAFF.whole + MINUTE)
        response = client.post("/kontor/lillevik/sok/", {"old_password": "correct horse battery staple"})
        assert "correct horse" not in response.content.decode()

    def test_a_part_of_a_page_is_fetched_no_more_and_the_whole_page_asks_to_log_in(self, people: People) -> None:
        client = logged_in(people.leader)
        began(client, STAFF.whole + MINUTE)
        response = client.get("/kontor/lillevik/samsvar/beregning/", headers={"HX-Request": "true"})
        assert response["HX-Refresh"] == "true"

    def test_a_form_of_a_part_brings_its_answer_in_place_of_the_page(self, people: People) -> None:
        client = logged_in(people.advisor)
        began(client, STAFF.whole + MINUTE)
        response = client.post("/kontor/lillevik/sok/", {"sok": "to ord"}, headers={"HX-Request": "true"})
        assert (response.status_code, response["HX-Retarget"]) == (200, "body")

    def test_one_who_never_logged_in_is_only_asked_to(self, client: Client, people: People) -> None:
        assert client.post("/kontor/lillevik/sok/", {"sok": "x y"})["Location"] == "/logg-inn/"

    def test_the_open_pages_stay_open(self, people: People) -> None:
        client = logged_in(people.leader)
        began(client, STAFF.whole + MINUTE)
        assert may_read(client, "/visning/")
        began(again := logged_in(people.leader), STAFF.whole + MINUTE)
        assert again.post("/logg-ut/").status_code == 302

    def test_logging_out_removes_it_from_the_server(self, people: People) -> None:
        client = logged_in(people.leader)
        client.post("/logg-ut/")
        assert not Session.objects.exists()
        assert SEEN not in client.cookies or not client.cookies[SEEN].value


def test_whoever_loses_every_role_opens_nothing_from_the_next_page_on(people: People, settings: Any) -> None:
    client = logged_in(people.leader)
    assert may_read(client, PAGE)
    OfficeMembership.objects.filter(staff=people.leader).update(last_day=timezone.localdate() - timedelta(days=1))
    assert client.get(PAGE).status_code == 404
    assert client.get("/").status_code == 403
