"""Logging in by OpenID Connect, against a provider on this machine: who gets in, as whom, and who does not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from axes.models import AccessAttempt
from conformity_reports import Town
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from openid_provider import Provider, asked, begin, come_back, log_in, provider_on_this_machine, say_who
from walls import working_as_owner

from framdrift.casework.access.models import Account
from framdrift.casework.offices.models import OfficeMembership, Staff, Team, TeamMembership
from framdrift.casework.offices.roles import Origin, Role
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import synthetic
from framdrift.web.accounts.provider import Adapter

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
HIGH = "idporten-loa-high"
NUMBER = synthetic(date(1991, 3, 4), "female", 3)


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provider_on_this_machine() as there:
        yield there


@pytest.fixture(autouse=True)
def _both_ways_in(settings: Any, provider: Provider) -> None:
    cache.clear()
    settings.DEMO_LOGIN = False
    settings.ENVIRONMENT = replace(
        settings.ENVIRONMENT, staff_login=provider.staff_login(), citizens_login=provider.citizens_login()
    )


def running(staff: Staff) -> set[tuple[str, str]]:
    today = timezone.localdate()
    held = OfficeMembership.objects.filter(staff=staff, first_day__lte=today).exclude(last_day__lt=today)
    return set(held.values_list("role", "office__code"))


def told(caplog: pytest.LogCaptureFixture) -> str:
    """What this side has logged; the provider beside it tells the whole of every request."""
    ours = ("framdrift", "django", "axes", "allauth")
    return " ".join(record.getMessage() for record in caplog.records if record.name.startswith(ours))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


class TestStaff:
    def test_somebody_we_know_comes_to_the_page_they_asked_for(
        self, client: Client, town: Town, provider: Provider
    ) -> None:
        provider.knows("sub-leader", preferred_username="leader-lillevik")
        response = log_in(client, "staff", "sub-leader", back="/kontor/lillevik/samsvar/saker/?krav=R1")
        assert (response.status_code, response["Location"]) == (302, "/kontor/lillevik/samsvar/saker/?krav=R1")
        assert client.get("/kontor/lillevik/samsvar/").status_code == 200
        assert client.get("/min-side/").status_code == 404

    def test_the_username_is_the_same_in_capital_letters(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-capital", preferred_username="Leader-Lillevik")
        assert log_in(client, "staff", "sub-capital")["Location"] == "/"

    def test_somebody_new_with_a_valid_role_is_employed(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows(
            "sub-new",
            preferred_username="ny@lillevik",
            name="Nina Ny",
            roles=["office_leader@lillevik", "boss@lillevik"],
        )
        assert log_in(client, "staff", "sub-new").status_code == 302
        staff = Staff.objects.get(username="ny@lillevik")
        assert (staff.name, running(staff)) == ("Nina Ny", {("office_leader", "lillevik")})
        assert client.get("/", follow=True).redirect_chain[-1][0] == "/kontor/lillevik/samsvar/"

    @pytest.mark.parametrize(
        "roles", [[], ["boss@lillevik", "advisor@atlantis", "advisor", "@", ""], "nothing", None, 7]
    )
    def test_somebody_new_without_a_valid_role_is_refused(
        self, client: Client, town: Town, provider: Provider, roles: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        provider.knows("sub-stranger", preferred_username="stranger", name="Frida Fremmed", roles=roles)
        response = log_in(client, "staff", "sub-stranger")
        assert response.status_code == 403
        assert "Du har ingen rolle her" in response.content.decode()
        assert not is_in(client)
        assert not Staff.objects.filter(name="Frida Fremmed").exists()
        assert not any(word in told(caplog) for word in ("Frida", "stranger"))

    def test_somebody_we_know_who_holds_no_role_any_more_is_refused(
        self, client: Client, town: Town, provider: Provider
    ) -> None:
        provider.knows("sub-former", preferred_username=town.former_leader.username)
        assert log_in(client, "staff", "sub-former").status_code == 403
        assert not is_in(client)

    def test_without_a_username_there_is_nobody_to_be(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-nameless", roles=["advisor@lillevik"])
        response = log_in(client, "staff", "sub-nameless")
        assert response.status_code == 403
        assert "Innloggingen sa ikke hvem du er" in response.content.decode()

    def test_a_username_given_to_another_opens_nothing_of_the_former_s(
        self, client: Client, town: Town, provider: Provider
    ) -> None:
        provider.knows("sub-first", preferred_username="leader-lillevik")
        provider.knows("sub-second", preferred_username="leader-lillevik")
        assert log_in(client, "staff", "sub-first").status_code == 302
        other = Client()
        assert log_in(other, "staff", "sub-second").status_code == 403
        assert not is_in(other)

    def test_whoever_changes_username_at_the_employer_stays_who_they_are(
        self, client: Client, town: Town, provider: Provider
    ) -> None:
        provider.knows("sub-married", preferred_username="leader-lillevik")
        log_in(client, "staff", "sub-married")
        provider.knows("sub-married", preferred_username="leader-new-name")
        again = Client()
        assert log_in(again, "staff", "sub-married").status_code == 302
        assert again.get("/kontor/lillevik/samsvar/").status_code == 200

    def test_a_level_asked_for_is_held_to(self, client: Client, town: Town, provider: Provider, settings: Any) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, staff_login=provider.staff_login(levels=("two-factor",)))
        provider.knows("sub-one-factor", preferred_username="leader-lillevik", acr="password")
        response = log_in(client, "staff", "sub-one-factor")
        assert response.status_code == 403
        assert "totrinnsbekreftelse" in response.content.decode()


class TestRolesByClaims:
    def test_they_come_and_go_with_the_logins(self, client: Client, town: Town, provider: Provider) -> None:
        today = timezone.localdate()
        provider.knows("sub-moving", preferred_username="moving", roles=["advisor@lillevik", "analyst@lillevik"])
        log_in(client, "staff", "sub-moving")
        staff = Staff.objects.get(username="moving")
        assert running(staff) == {("advisor", "lillevik"), ("analyst", "lillevik")}
        OfficeMembership.objects.filter(staff=staff).update(first_day=today - timedelta(days=30))

        provider.knows("sub-moving", preferred_username="moving", roles="advisor@lillevik team_lead@storhavn")
        log_in(Client(), "staff", "sub-moving")
        assert running(staff) == {("advisor", "lillevik"), ("team_lead", "storhavn")}
        ended = OfficeMembership.objects.get(staff=staff, role=Role.ANALYST)
        assert ended.last_day == today - timedelta(days=1)

        provider.knows("sub-moving", preferred_username="moving", roles=[])
        log_in(Client(), "staff", "sub-moving")
        assert running(staff) == set()
        assert not OfficeMembership.objects.filter(staff=staff, role=Role.TEAM_LEAD).exists(), "it never held a day"
        assert client.get("/kontor/lillevik/samsvar/").status_code == 404, "the session that runs opens nothing"

    def test_what_an_administrator_gave_is_left_alone(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-given", preferred_username="leader-lillevik", roles=["analyst@lillevik"])
        log_in(client, "staff", "sub-given")
        assert running(town.small.leader) == {("office_leader", "lillevik"), ("analyst", "lillevik")}
        provider.knows("sub-given", preferred_username="leader-lillevik", roles=["office_leader@lillevik"])
        log_in(Client(), "staff", "sub-given")
        assert running(town.small.leader) == {("office_leader", "lillevik")}
        assert OfficeMembership.objects.get(staff=town.small.leader).origin == Origin.GIVEN

    def test_roles_at_odds_give_nothing_at_that_office(
        self, client: Client, town: Town, provider: Provider, caplog: pytest.LogCaptureFixture
    ) -> None:
        roles = ["advisor@lillevik", "administrator@lillevik", "advisor@storhavn"]
        provider.knows("sub-both", preferred_username="both", roles=roles)
        log_in(client, "staff", "sub-both")
        assert running(Staff.objects.get(username="both")) == {("advisor", "storhavn")}
        assert "2 at odds advisor@lillevik administrator@lillevik" in told(caplog)

    def test_somebody_new_with_such_alone_is_refused(self, client: Client, town: Town, provider: Provider) -> None:
        roles = ["advisor@lillevik", "privacy_officer@lillevik"]
        provider.knows("sub-neither", preferred_username="neither", roles=roles)
        assert log_in(client, "staff", "sub-neither").status_code == 403
        assert not Staff.objects.filter(username="neither").exists()

    def test_what_is_at_odds_with_a_role_in_a_team_gives_nothing(
        self, client: Client, town: Town, provider: Provider, caplog: pytest.LogCaptureFixture
    ) -> None:
        team = Team.objects.get(office=town.small.office, code="korttid")
        TeamMembership.objects.create(
            staff=town.stranger, team=team, role=Role.ADVISOR, first_day=timezone.localdate() - timedelta(days=9)
        )
        provider.knows(
            "sub-odd", preferred_username=town.stranger.username, roles=["administrator@lillevik", "analyst@lillevik"]
        )
        assert log_in(client, "staff", "sub-odd").status_code == 302
        assert running(town.stranger) == {("analyst", "lillevik")}
        assert "1 at odds with roles given here" in told(caplog)

    def test_one_that_came_to_be_at_odds_ends(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-grown", preferred_username="grown", roles=["administrator@lillevik"])
        log_in(client, "staff", "sub-grown")
        staff = Staff.objects.get(username="grown")
        team = Team.objects.get(office=town.small.office, code="oot")
        TeamMembership.objects.create(staff=staff, team=team, role=Role.ADVISOR, first_day=timezone.localdate())
        log_in(Client(), "staff", "sub-grown")
        assert running(staff) == set()

    def test_one_that_is_to_begin_later_begins_later_still(
        self, client: Client, town: Town, provider: Provider
    ) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        OfficeMembership.objects.create(
            staff=town.small.leader, office=town.small.office, role=Role.ADVISOR, first_day=tomorrow
        )
        provider.knows("sub-early", preferred_username="leader-lillevik", roles=["advisor@lillevik"])
        log_in(client, "staff", "sub-early")
        assert running(town.small.leader) >= {("advisor", "lillevik")}

    def test_where_no_claim_is_named_none_is_read(
        self, client: Client, town: Town, provider: Provider, settings: Any
    ) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, staff_login=provider.staff_login(roles=""))
        provider.knows("sub-unread", preferred_username="leader-lillevik", roles=["analyst@lillevik"])
        log_in(client, "staff", "sub-unread")
        assert running(town.small.leader) == {("office_leader", "lillevik")}


class TestCitizens:
    def test_somebody_new_becomes_a_person_of_no_office(self, client: Client, db: None, provider: Provider) -> None:
        provider.knows("citizen", pid=NUMBER, acr=HIGH)
        assert log_in(client, "citizens", "citizen").status_code == 302
        with working_as_owner():
            person = Identity.objects.get(number=NUMBER).person
            assert (person.office_id, Person.objects.count()) == (None, 1)
        assert client.get("/min-side/").status_code == 200

    def test_the_same_number_is_the_same_person(self, client: Client, db: None, provider: Provider) -> None:
        for sub in ("citizen-a", "citizen-b"):
            provider.knows(sub, pid=NUMBER, acr=HIGH)
            assert log_in(Client(), "citizens", sub).status_code == 302
        assert Account.objects.count() == 1

    def test_they_reach_no_page_of_the_staff(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("citizen", pid=NUMBER, acr=HIGH)
        log_in(client, "citizens", "citizen")
        for page in ("/kontor/lillevik/samsvar/", "/innsikt/kontorer/", "/kontor/lillevik/sok/", "/komponenter/"):
            assert client.get(page).status_code == 404, page

    @pytest.mark.parametrize("level", ["idporten-loa-substantial", "", None])
    def test_too_low_a_level_is_refused_with_a_way_out(
        self, client: Client, db: None, provider: Provider, level: Any
    ) -> None:
        provider.knows("low", pid=NUMBER, **({} if level is None else {"acr": level}))
        response = log_in(client, "citizens", "low")
        html = response.content.decode()
        assert response.status_code == 403
        assert "BankID" in html
        assert NUMBER not in html
        assert not is_in(client)

    @pytest.mark.parametrize("pid", ["", "12345678901", "not-a-number", None])
    def test_without_a_number_that_we_take_there_is_nobody_to_be(
        self, client: Client, db: None, provider: Provider, pid: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        provider.knows("numberless", acr=HIGH, **({} if pid is None else {"pid": pid}))
        response = log_in(client, "citizens", "numberless")
        assert response.status_code == 403
        assert "fødselsnummer eller d-nummer" in response.content.decode()
        assert not pid or pid not in told(caplog)

    def test_an_employee_s_provider_makes_no_job_seeker(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("both", pid=NUMBER, acr=HIGH, preferred_username="leader-lillevik")
        log_in(client, "staff", "both")
        assert client.get("/min-side/").status_code == 404
        log_in(client, "citizens", "both")
        assert client.get("/min-side/").status_code == 200
        assert client.get("/kontor/lillevik/samsvar/").status_code == 404
        assert Account.objects.count() == 2


class TestTheWayThere:
    def test_what_the_provider_is_asked(self, client: Client, db: None) -> None:
        told = asked(begin(client, "citizens"))
        assert told["redirect_uri"] == "http://testserver/logg-inn/arbeidssoker/svar/"
        assert told["acr_values"] == HIGH
        assert set(told["scope"].split()) == {"openid", "profile"}
        assert told["code_challenge_method"] == "S256"
        assert min(len(told[name]) for name in ("state", "nonce", "code_challenge")) >= 16

    def test_the_address_does_not_decide_what_is_asked(self, client: Client, db: None) -> None:
        sent = client.post("/logg-inn/arbeidssoker/?auth_params=acr_values%3Dlow&scope=everything&process=connect")
        told = asked(sent["Refresh"].removeprefix("0; url="))
        assert (told["acr_values"], "everything" in told["scope"]) == (HIGH, False)

    @pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
    def test_nobody_is_led_away_afterwards(self, client: Client, town: Town, provider: Provider, target: str) -> None:
        provider.knows("sub-led", preferred_username="leader-lillevik")
        assert log_in(client, "staff", "sub-led", back=target)["Location"] == "/"

    def test_nothing_of_tokens_or_claims_is_kept(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-kept", preferred_username="leader-lillevik", email="leder@example.org", secret="hush")
        log_in(client, "staff", "sub-kept")
        kept = SocialAccount.objects.get()
        assert (kept.provider, kept.uid, kept.extra_data) == ("staff", "sub-kept", {})
        assert not SocialToken.objects.exists()
        assert not EmailAddress.objects.exists()
        assert client.session.keys() == {
            "_auth_user_id", "_auth_user_backend", "_auth_user_hash", "began", "provider"
        }  # fmt: skip

    def test_the_session_is_another_than_the_one_before(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-fixed", preferred_username="leader-lillevik")
        there = begin(client, "staff")
        before = client.cookies["sessionid"].value
        come_back(client, say_who(there, sub="sub-fixed"))
        session = client.cookies["sessionid"]
        assert session.value != before
        assert not session["max-age"]
        assert (bool(session["httponly"]), session["samesite"]) == (True, "Lax")

    def test_logging_out_ends_the_provider_s_session_too(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-out", preferred_username="leader-lillevik")
        log_in(client, "staff", "sub-out")
        response = client.post("/logg-ut/")
        there = response["Refresh"].removeprefix("0; url=")
        assert there.startswith(f"{provider.url}/oauth2/end_session?")
        assert asked(there) == {"client_id": "framdrift", "post_logout_redirect_uri": "http://testserver/logg-inn/"}
        assert client.get("/kontor/lillevik/samsvar/").status_code == 302

    @pytest.mark.parametrize("which", ["ansatt", "arbeidssoker"])
    def test_a_provider_that_is_not_set_up_has_no_address(
        self, client: Client, db: None, settings: Any, which: str
    ) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, staff_login=None, citizens_login=None)
        assert client.post(f"/logg-inn/{which}/").status_code == 404
        assert client.get(f"/logg-inn/{which}/svar/?code=x&state=y").status_code == 404

    @pytest.mark.parametrize(
        "page", ["login/", "signup/", "email/", "password/reset/", "social/connections/", "oidc/staff/login/"]
    )
    def test_no_page_of_the_library_s_own_is_reached(self, client: Client, db: None, page: str) -> None:
        for start in ("/", "/accounts/", "/logg-inn/"):
            assert client.get(start + page).status_code in {404, 405}


class TestWhatGoesWrong:
    def test_a_state_of_another_browser_is_refused(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-victim", preferred_username="leader-lillevik")
        answer = say_who(begin(client, "staff"), sub="sub-victim")
        other = Client()
        response = come_back(other, answer)
        assert response.status_code == 400
        assert "må startes på nytt" in response.content.decode()
        assert not is_in(other)

    def test_an_answer_is_taken_once(self, client: Client, town: Town, provider: Provider) -> None:
        provider.knows("sub-once", preferred_username="leader-lillevik")
        answer = say_who(begin(client, "staff"), sub="sub-once")
        assert come_back(client, answer).status_code == 302
        client.post("/logg-ut/")
        assert come_back(client, answer).status_code == 400

    def test_an_answer_to_one_provider_s_question_is_none_to_the_other_s(
        self, client: Client, town: Town, provider: Provider
    ) -> None:
        provider.knows("sub-crossed", preferred_username="leader-lillevik")
        answer = say_who(begin(client, "citizens"), sub="sub-crossed")
        assert come_back(client, answer.replace("arbeidssoker", "ansatt")).status_code == 400
        assert not is_in(client)

    def test_whoever_changes_their_mind_is_not_counted(self, client: Client, db: None) -> None:
        state = asked(begin(client, "citizens"))["state"]
        response = client.get(f"/logg-inn/arbeidssoker/svar/?error=access_denied&state={state}")
        assert response.status_code == 200
        assert "avbrutt" in response.content.decode()
        assert not AccessAttempt.objects.exists()

    @pytest.mark.parametrize("which", ["ansatt", "arbeidssoker"])
    def test_a_provider_that_is_down_is_told(self, client: Client, db: None, settings: Any, which: str) -> None:
        nowhere = replace(settings.ENVIRONMENT.citizens_login, server="http://localhost:9")
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, staff_login=nowhere, citizens_login=nowhere)
        response = client.post(f"/logg-inn/{which}/")
        assert response.status_code == 503
        assert "virker ikke akkurat nå" in response.content.decode()

    def test_one_that_goes_down_meanwhile_is_told(
        self, client: Client, town: Town, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer = say_who(begin(client, "staff"), sub="sub-meanwhile")
        down = cache.get(f"openid:{provider.url}/.well-known/openid-configuration") | {
            "token_endpoint": "http://localhost:9/"
        }
        cache.set(f"openid:{provider.url}/.well-known/openid-configuration", down)
        response = come_back(client, answer)
        assert response.status_code == 503
        assert not is_in(client)

    def test_logging_out_works_while_the_provider_is_down(
        self, client: Client, town: Town, provider: Provider, settings: Any
    ) -> None:
        provider.knows("sub-stuck", preferred_username="leader-lillevik")
        log_in(client, "staff", "sub-stuck")
        cache.clear()
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, staff_login=provider.staff_login(), citizens_login=None)
        settings.ENVIRONMENT = replace(
            settings.ENVIRONMENT, staff_login=replace(settings.ENVIRONMENT.staff_login, server="http://localhost:9")
        )
        assert client.post("/logg-ut/")["Location"] == "/logg-inn/"
        assert not is_in(client)

    @pytest.mark.parametrize(
        "forged",
        [
            {"nonce": "another"},
            {"aud": "somebody-else"},
            {"iss": "http://localhost:1"},
            {"exp": 1},
            {"sub": None},
        ],
    )
    def test_a_token_that_does_not_hold_is_refused(
        self, client: Client, town: Town, provider: Provider, monkeypatch: pytest.MonkeyPatch, forged: dict[str, Any]
    ) -> None:
        """Signed by the provider's own key, so that only what is forged is wrong."""
        provider.knows("sub-forged", preferred_username="leader-lillevik")
        original = jwt.decode

        def decode(token: str, key: Any, **options: Any) -> Any:
            claims = original(token, options={"verify_signature": False}) | forged
            claims = {name: value for name, value in claims.items() if value is not None}
            signed = jwt.encode(claims, "k" * 32, algorithm="HS256")
            return original(signed, "k" * 32, **(options | {"algorithms": ["HS256"]}))

        monkeypatch.setattr("framdrift.web.accounts.provider.jwt.decode", decode)
        response = log_in(client, "staff", "sub-forged")
        assert response.status_code == 502
        assert not is_in(client)

    def test_a_token_signed_by_another_key_is_refused(
        self, client: Client, town: Town, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        provider.knows("sub-signed", preferred_username="leader-lillevik")
        claims = Adapter._claims

        def signed_by_another(self: Adapter, app: Any, credential: str) -> Any:
            head, body, _ = credential.split(".")
            return claims(self, app, f"{head}.{body}.{'A' * 342}")

        monkeypatch.setattr(Adapter, "_claims", signed_by_another)
        assert log_in(client, "staff", "sub-signed").status_code == 502

    def test_a_clock_that_is_some_seconds_ahead_is_borne_with(
        self, client: Client, town: Town, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        provider.knows("sub-ahead", preferred_username="leader-lillevik", iat=int(time.time()) + 10)
        assert log_in(client, "staff", "sub-ahead").status_code == 302


class TestLockOut:
    def test_hammering_with_refused_logins_locks(self, client: Client, db: None, provider: Provider) -> None:
        provider.knows("low", pid=NUMBER, acr="low")
        assert [log_in(client, "citizens", "low").status_code for _ in range(6)] == [403] * 5 + [429]
        provider.knows("low", pid=NUMBER, acr=HIGH)
        response = log_in(client, "citizens", "low")
        assert response.status_code == 429
        assert "Prøv igjen etter klokka" in response.content.decode()
        assert int(response["Retry-After"]) <= 15 * 60

    def test_another_from_the_same_address_is_not_locked(self, client: Client, db: None, provider: Provider) -> None:
        provider.knows("low", pid=NUMBER, acr="low")
        for _ in range(5):
            log_in(client, "citizens", "low")
        provider.knows("neighbour", pid=synthetic(date(1991, 3, 4), "male", 3), acr=HIGH)
        assert log_in(client, "citizens", "neighbour").status_code == 302

    def test_answers_that_nobody_asked_for_lock_nobody_out(self, client: Client, db: None) -> None:
        """Pictures on any page of the web can make a browser send them."""
        answers = [client.get("/logg-inn/ansatt/svar/?code=x&state=y").status_code for _ in range(60)]
        assert answers == [400] * 60
        assert not AccessAttempt.objects.exists()

    def test_what_is_counted_tells_of_nobody(self, client: Client, db: None, provider: Provider) -> None:
        provider.knows("low", pid=NUMBER, acr="low")
        log_in(client, "citizens", "low")
        kept = AccessAttempt.objects.get()
        assert (kept.ip_address, kept.user_agent, kept.path_info) == ("127.0.0.1", "<unknown>", "<unknown>")
        assert (kept.get_data, kept.post_data, kept.failures_since_start) == ("", "", 1)
        assert len(kept.username) == 64
