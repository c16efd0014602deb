"""The pages about who works at the office and who is away: list, somebody new, roles, departure, clearance, absence."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
from conformity_reports import make_town
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from people_of_the_town import People, logged_in, make_people
from responsibility_cases import advisor_of

from framdrift.casework.access.models import Clearance
from framdrift.casework.offices.members import members_of
from framdrift.casework.offices.models import Absence, Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.staffing.models import Change

pytestmark = pytest.mark.django_db
STAFF = "/kontor/lillevik/ansatte/"
ABSENCE = "/kontor/lillevik/fravaer/"


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


@pytest.fixture
def administrator(people: People) -> Client:
    return logged_in(people.administrator)


def text_of(response: HttpResponse) -> str:
    without_tags = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", without_tags).replace("\N{NO-BREAK SPACE}", " ").replace("&quot;", '"')


def written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def in_days(number: int) -> str:
    return written(timezone.localdate() + timedelta(days=number))


def new_id() -> str:
    return str(uuid.uuid4())


def of(staff: Staff) -> str:
    return f"{STAFF}{staff.code}/"


def test_the_list_shows_roles_team_absence_and_clearance(people: People, administrator: Client) -> None:
    text = text_of(administrator.get(STAFF))
    assert "Bo Borte veileder korttid Borte til og med 31. desember 2099. Kari Kollega svarer." in text
    assert "Klara Klarert veileder oot Klarert: Fortrolig adresse (kode 7), Strengt fortrolig adresse (kode 6)" in text
    assert "Ada Annen" not in text


def test_the_list_takes_as_many_queries_whatever_the_size(people: People, administrator: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert administrator.get(STAFF).status_code == 200
        return len(captured)

    few = queries()
    for number in range(20):
        advisor_of(people, f"Veileder {number}", "oot")
    assert queries() == few


def test_somebody_new_is_added_once(people: People, administrator: Client) -> None:
    form = {
        "name": "Nora Ny", "username": "nora", "code": "n-17", "roles": ["advisor", "decision_reviewer"], "team": "oot",
        "first_day": in_days(3), "request_id": new_id(),
    }  # fmt: skip
    for _ in range(2):
        assert administrator.post(STAFF + "ny/", form)["Location"] == STAFF + "n-17/"
    text = text_of(administrator.get(STAFF + "n-17/"))
    assert "Nora Ny er lagt til." in text
    assert "Begynner" in text
    assert text_of(administrator.get(STAFF)).count("Nora Ny") == 1


def test_what_is_missing_or_taken_is_said_at_its_field(people: People, administrator: Client) -> None:
    text = text_of(administrator.post(STAFF + "ny/", {"request_id": new_id()}))
    for said in ("Fyll ut «Navn».", "Fyll ut «Brukernavn».", "Velg et svar under «Roller».", "Fyll ut «Første dag»."):
        assert said in text
    form = {"name": "En Annen", "username": "kari-kollega", "roles": "advisor", "first_day": in_days(0)}
    assert "Brukernavnet tilhører en annen." in text_of(
        administrator.post(STAFF + "ny/", form | {"request_id": new_id()})
    )


def test_a_leader_is_offered_only_what_a_leader_gives(people: People) -> None:
    page = logged_in(people.leader).get(STAFF + "ny/").content.decode()
    assert 'value="advisor"' in page
    assert 'value="administrator"' not in page
    form = {
        "name": "Nora Ny", "username": "nora", "roles": "administrator", "first_day": in_days(0), "request_id": new_id(),
    }  # fmt: skip
    response = logged_in(people.leader).post(STAFF + "ny/", form)
    assert "Velg et av svarene under «Roller»." in text_of(response)


def test_roles_are_given_and_ended_and_the_history_tells_it(people: People, administrator: Client) -> None:
    page = of(people.colleague)
    give = {"gjor": "role", "role": "team_lead", "team": "korttid", "first_day": in_days(0), "request_id": new_id()}
    assert administrator.post(page, give).status_code == 302
    end = {"gjor": "end_role", "role": "team_lead", "last_day": in_days(10), "request_id": new_id()}
    assert administrator.post(page, end).status_code == 302
    text = text_of(administrator.get(page))
    assert "Er teamleder fra" in text
    assert "Er teamleder til og med" in text
    assert "Adrian Administrator" in text


def test_a_day_that_has_passed_is_refused_at_its_field(people: People, administrator: Client) -> None:
    end = {"gjor": "end_role", "role": "advisor", "last_day": in_days(-1), "request_id": new_id()}
    response = administrator.post(of(people.colleague), end)
    assert "Dagen er passert. Velg i dag eller senere." in text_of(response)
    assert '<details class="fd-change" open>' in response.content.decode(), "the form it is about stays unfolded"


def test_a_role_ends_now(people: People, administrator: Client) -> None:
    page = of(people.colleague)
    give = {"gjor": "role", "role": "user_representative", "team": "", "first_day": in_days(0), "request_id": new_id()}
    administrator.post(page, give)
    assert 'name="at_once"' in administrator.get(page).content.decode()
    neither = {"gjor": "end_role", "role": "advisor", "last_day": "", "request_id": new_id()}
    assert "Skriv siste dag, eller kryss av for at det ender nå." in text_of(administrator.post(page, neither))
    end = neither | {"at_once": "on", "last_day": "i dag"}
    assert administrator.post(page, end)["Location"] == page
    text = text_of(administrator.get(page))
    assert "Er ikke veileder lenger: avsluttet med en gang." in text
    member = next(each for each in members_of("lillevik", timezone.localdate()) if each.name == "Kari Kollega")
    assert member.roles == {Role.USER_REPRESENTATIVE}


def test_somebody_leaves_now_and_is_logged_out(people: People, administrator: Client) -> None:
    client = logged_in(people.colleague)
    leave = {"gjor": "leave", "last_day": in_days(30), "at_once": "on", "request_id": new_id()}
    assert administrator.post(of(people.colleague), leave)["Location"] == STAFF
    assert "Kari Kollega veileder" not in text_of(administrator.get(STAFF))
    client.post("/visning/sprak/", {"language": "nb"})  # such a session is deleted at its next request
    assert client.get(ABSENCE).status_code == 302


def test_clearance_ends_now(people: People, administrator: Client) -> None:
    page = of(people.cleared)
    end = {"gjor": "end_clearance", "level": "2", "last_day": "", "at_once": "on", "request_id": new_id()}
    assert administrator.post(page, end).status_code == 302
    assert "Er ikke klarert for Strengt fortrolig adresse (kode 6) lenger" in text_of(administrator.get(page))


@pytest.mark.parametrize("code", ["system", "8f14e45f-ceea-467f-a0b0-3f1a5d1f3c11", "nora ny"])
def test_a_code_that_cannot_be_is_said_at_its_field(people: People, administrator: Client, code: str) -> None:
    form = {"name": "Nora Ny", "username": "nora", "code": code, "roles": "advisor", "first_day": in_days(0)}
    response = administrator.post(STAFF + "ny/", form | {"request_id": new_id()})
    assert "Ansattkoden kan ha bokstavene a–z" in text_of(response)


def test_roles_at_odds_are_refused_in_words(people: People, administrator: Client) -> None:
    give = {"gjor": "role", "role": "administrator", "team": "", "first_day": in_days(0), "request_id": new_id()}
    assert "Administrator og personvernombud ser ingen saker." in text_of(administrator.post(of(people.advisor), give))


def test_somebody_leaves_and_stays_after_all(people: People, administrator: Client) -> None:
    page = of(people.colleague)
    administrator.post(page, {"gjor": "leave", "last_day": in_days(30), "request_id": new_id()})
    assert "Slutter. Siste dag er" in text_of(administrator.get(page))
    administrator.post(page, {"gjor": "stay", "request_id": new_id()})
    member = next(each for each in members_of("lillevik", timezone.localdate()) if each.name == "Kari Kollega")
    assert member.leaves_on is None


def test_a_leader_is_offered_to_share_out_the_cases_of_one_who_leaves(people: People) -> None:
    page = logged_in(people.leader).get(of(people.colleague)).content.decode()
    assert f"/omfordeling/fra/{people.colleague.code}/" in page


def test_clearance_is_the_administrators_with_a_reason(people: People, administrator: Client) -> None:
    page = of(people.advisor)
    clear = {
        "gjor": "clear",
        "level": "2",
        "first_day": in_days(0),
        "last_day": "",
        "reason": "Følger opp to",
        "request_id": new_id(),
    }
    assert administrator.post(page, clear).status_code == 302
    assert Clearance.objects.get(staff=people.advisor).level == 2
    text = text_of(administrator.get(page))
    assert "Klarert for Strengt fortrolig adresse (kode 6)" in text
    assert "Grunn: Følger opp to" in text
    leader = logged_in(people.leader)
    assert "Klarer" not in text_of(leader.get(page)).replace("Klarering", "").replace("Klarert", "")
    assert leader.post(page, clear | {"request_id": new_id()}).status_code == 404


def test_nobody_changes_themselves(people: People, administrator: Client) -> None:
    page = administrator.get(of(people.administrator)).content.decode()
    assert 'value="leave"' not in page
    assert 'value="role"' not in page
    for what in ("role", "leave", "clear", "noe annet"):
        assert administrator.post(of(people.administrator), {"gjor": what, "request_id": new_id()}).status_code == 404


def test_somebody_of_another_office_has_no_page_here(people: People, administrator: Client) -> None:
    assert administrator.get(of(people.other_advisor)).status_code == 404


@pytest.mark.parametrize("who", ["advisor", "team_lead", "reviewer", "privacy_officer", "representative", "analyst"])
def test_the_staff_pages_open_to_nobody_else(people: People, who: str) -> None:
    assert logged_in(getattr(people, who)).get(STAFF).status_code == 404


class TestAbsence:
    def given(self, people: People, **other: str) -> dict[str, str]:
        days = {"first_day": in_days(10), "last_day": in_days(20), "cover": str(people.colleague.code)}
        return days | {"request_id": new_id()} | other

    @pytest.mark.parametrize("who", ["advisor", "reviewer", "administrator", "representative"])
    def test_everybody_registers_for_themselves(self, people: People, who: str) -> None:
        staff = getattr(people, who)
        client = logged_in(staff)
        assert client.post(ABSENCE, self.given(people)).status_code == 302
        assert Absence.objects.get(staff=staff).cover == people.colleague
        assert f"{staff.name} " in text_of(client.get(ABSENCE))

    def test_an_advisor_registers_for_nobody_else(self, people: People) -> None:
        client = logged_in(people.advisor)
        assert client.get(ABSENCE, {"for": str(people.colleague.code)}).status_code == 404
        assert client.post(f"{ABSENCE}?for={people.colleague.code}", self.given(people)).status_code == 404

    def test_a_team_lead_registers_for_others(self, people: People) -> None:
        client = logged_in(people.team_lead)
        assert "Registrer at Fredrik Følger blir borte" in text_of(
            client.get(ABSENCE, {"for": str(people.follower.code)})
        )
        client.post(f"{ABSENCE}?for={people.follower.code}", self.given(people))
        assert Absence.objects.filter(staff=people.follower).exists()

    def test_what_cannot_be_is_said_where_it_is_mended(self, people: People) -> None:
        client = logged_in(people.advisor)
        text = text_of(client.post(ABSENCE, self.given(people, cover=str(people.absent.code))))
        assert "Bo Borte er selv borte" in text
        text = text_of(client.post(ABSENCE, self.given(people, last_day=in_days(5))))
        assert "Siste dag kan ikke være før første dag." in text
        text = text_of(client.post(ABSENCE, self.given(people, first_day="i morgen")))
        assert "Skriv datoen som dag.måned.år" in text
        assert not Absence.objects.filter(staff=people.advisor).exists()

    def test_whoever_covers_is_told_whom_it_leaves_and_may_say_yes(self, people: People) -> None:
        client = logged_in(people.colleague)
        given = self.given(people, cover="")
        response = client.post(ABSENCE, given)
        assert "Da svarer ingen for dem som er borte samtidig: Bo Borte" in text_of(response)
        assert client.post(ABSENCE, given | {"leaves_nobody": "on"}).status_code == 302

    def one(self, staff: Staff) -> str:
        return f"{ABSENCE}{Absence.objects.get(staff=staff).pk}/"

    def expected(self, response: HttpResponse) -> str:
        found = re.search(r'name="expected" value="([^"]*)"', response.content.decode())
        assert found is not None
        return found.group(1).replace("&quot;", '"')

    def test_it_is_changed_and_cancelled(self, people: People) -> None:
        client = logged_in(people.advisor)
        client.post(ABSENCE, self.given(people))
        address = self.one(people.advisor)
        page = client.get(address)
        changed = self.given(people, last_day=in_days(25), expected=self.expected(page))
        assert client.post(address, changed).status_code == 302
        page = client.get(address)
        cancelled = {"avlys": "1", "expected": self.expected(page), "request_id": new_id()}
        assert client.post(address, cancelled).status_code == 302
        assert not Absence.objects.filter(staff=people.advisor).exists()
        assert client.get(address).status_code == 404
        assert "Fraværet finnes ikke lenger." in text_of(client.post(address, cancelled, follow=True))
        assert Change.objects.filter(staff=people.advisor).count() == 3

    def test_changed_by_somebody_else_both_are_shown(self, people: People) -> None:
        client = logged_in(people.advisor)
        client.post(ABSENCE, self.given(people))
        address = self.one(people.advisor)
        shown = self.expected(client.get(address))
        Absence.objects.filter(staff=people.advisor).update(cover=None)
        mine = self.given(people, last_day=in_days(40), expected=shown)
        response = client.post(address, mine)
        text = text_of(response)
        assert "Noen andre endret fraværet mens siden var åpen." in text
        assert "og ingen svarer." in text
        assert in_days(40) in response.content.decode(), "what was written is kept"
        assert client.post(address, mine | {"expected": self.expected(response)}).status_code == 302

    def test_a_colleagues_absence_is_not_ones_own_to_change(self, people: People) -> None:
        assert logged_in(people.advisor).get(self.one(people.absent)).status_code == 404
        assert logged_in(people.leader).get(self.one(people.absent)).status_code == 200
        assert logged_in(people.town.large.leader).get(self.one(people.absent)).status_code == 404
        wrong = {"avlys": "1", "expected": "noe", "request_id": new_id()}
        assert logged_in(people.leader).post(self.one(people.absent), wrong).status_code == 400


def test_a_newcomer_has_roles_from_the_first_day(people: People, administrator: Client) -> None:
    form = {
        "name": "Nora Ny", "username": "nora", "roles": "advisor", "team": "", "first_day": in_days(0),
        "request_id": new_id(),
    }  # fmt: skip
    administrator.post(STAFF + "ny/", form)
    nora = Staff.objects.get(username="nora")
    assert logged_in(nora).get(ABSENCE).status_code == 200
    member = next(each for each in members_of("lillevik", timezone.localdate()) if each.code == nora.code)
    assert member.roles == {Role.ADVISOR}
