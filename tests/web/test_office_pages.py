"""The pages about who has whom: the list of people with nobody, giving one person, sharing many out."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from conformity_reports import make_town
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from people_of_the_town import People, logged_in, make_people
from responsibility_cases import advisor_of, case_of, ends_on, make_cases
from walls import working_as_owner

from framdrift.casework.access.models import Opening, Reason
from framdrift.casework.access.rules import Kind
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Absence, Staff
from framdrift.casework.people.models import Person
from framdrift.casework.responsibility import redistributing
from framdrift.casework.responsibility.models import Redistribution

pytestmark = pytest.mark.django_db
LIST = "/kontor/lillevik/uten-veileder/"


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


@pytest.fixture
def leader(people: People) -> Client:
    return logged_in(people.leader)


def text_of(response: HttpResponse) -> str:
    without_tags = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", without_tags).replace("\N{NO-BREAK SPACE}", " ")


def request_id(response: HttpResponse) -> str:
    found = re.search(r'name="request_id" value="([0-9a-f-]+)"', response.content.decode())
    assert found is not None
    return found.group(1)


def hidden(response: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found is not None
    return found.group(1)


def picked(person: Person, had: str = "") -> str:
    return json.dumps([case_of(person).pk, had])


def opened(kind: Kind) -> list[Opening]:
    with working_as_owner():
        return list(Opening.objects.filter(kind=kind).select_related("person").order_by("at", "found"))


class TestTheListOfThoseWithNobody:
    def test_it_says_who_and_why_and_counts_each_way(self, people: People, leader: Client) -> None:
        response = leader.get(LIST)
        text = text_of(response)
        assert "Ingen Zahl" in text
        assert "Har aldri hatt veileder." in text
        assert "1 Ingen veileder" in text
        assert "Ansatt Selv" not in text, "the leader is not cleared for that person"

    def test_that_they_were_listed_is_logged_for_each(self, people: People, leader: Client) -> None:
        leader.get(LIST)
        rows = opened(Kind.LISTED)
        assert [(row.page, row.found, row.person) for row in rows if row.found is not None] == [
            ("office:without_advisor", 1, None)
        ]
        assert [row.person for row in rows if row.person] == [people.nobodys]

    def test_those_whose_advisor_left_stand_on_a_list_of_their_own(self, people: People, leader: Client) -> None:
        ends_on(people.colleague, date(2025, 10, 30))
        text = text_of(leader.get(LIST, {"vis": "sluttet"}))
        assert "Tiril Aasen" in text
        assert "Kari Kollega er ikke veileder her lenger. Siste dag var 30. oktober 2025." in text
        assert "Cecilie Dahl" in text_of(leader.get(LIST, {"vis": "borte"})), "nobody covers for Bo any more"

    def test_a_list_without_anybody_says_what_that_means(self, people: People, leader: Client) -> None:
        assert "Ingen står hos en som har sluttet" in text_of(leader.get(LIST, {"vis": "sluttet"}))

    def test_an_unreadable_address_is_refused(self, people: People, leader: Client) -> None:
        for wrong in (
            {"vis": "alle"},
            {"team": "finnes-ikke"},
            {"etter": "i går"},
            {"etter": "2026-01-01~x"},
            {"etter": "2026-01-01T00:00:00+00:00~a\0b"},
        ):
            assert leader.get(LIST, wrong).status_code == 400

    def test_several_are_given_at_once(self, people: People, leader: Client) -> None:
        cases = make_cases(people.town.small.office, 3, advisor=None)
        page = leader.get(LIST)
        response = leader.post(
            LIST,
            {
                "sak": [json.dumps([case, ""]) for case in cases[:2]],
                "advisor": str(people.colleague.code),
                "reason": "registration",
                "request_id": request_id(page),
            },
            follow=True,
        )
        assert "2 personer har fått veileder." in text_of(response)
        with working_as_owner():
            assert Case.objects.filter(pk__in=cases, advisor=people.colleague).count() == 2

    def test_whoever_has_been_given_meanwhile_is_told_and_the_rest_is_done(
        self, people: People, leader: Client
    ) -> None:
        given = {
            "sak": [picked(people.nobodys), picked(people.own)],
            "advisor": str(people.colleague.code),
            "reason": "registration",
            "request_id": str(uuid.uuid4()),
        }
        text = text_of(leader.post(LIST, given))
        assert "Noen andre ga saken bort mens siden var åpen. Veileder har den nå." in text
        assert "1 person har fått veileder." in text
        assert case_of(people.nobodys).advisor == people.colleague
        assert case_of(people.own).advisor == people.advisor

    def test_nobody_picked_and_no_advisor_chosen_is_said(self, people: People, leader: Client) -> None:
        text = text_of(leader.post(LIST, {"request_id": str(uuid.uuid4())}))
        assert "Kryss av for minst én person i listen." in text
        assert "Velg et svar under «Veileder»." in text

    def test_somebody_away_without_cover_is_asked_about_once(self, people: People, leader: Client) -> None:
        with working_as_owner():
            Absence.objects.filter(staff=people.absent).update(cover=None)
        given = {
            "sak": picked(people.nobodys),
            "advisor": str(people.absent.code),
            "reason": "other",
            "request_id": str(uuid.uuid4()),
        }
        response = leader.post(LIST, given)
        assert "Bo Borte er borte til og med 31. desember 2099, og ingen svarer imens." in text_of(response)
        assert json.loads(picked(people.nobodys))[0] in response.content.decode().replace("&quot;", '"')
        assert leader.post(LIST, given | {"although_away": "on"}).status_code == 302
        assert case_of(people.nobodys).advisor == people.absent

    def test_what_nobody_could_have_sent_is_refused(self, people: People, leader: Client) -> None:
        for wrong in ("ingenting", "[1, 2]", '["a"]', "{}", "5", "[" * 100_000, '["a\\u0000", ""]', '["a\\ud800", ""]'):
            given = {
                "sak": wrong,
                "advisor": str(people.colleague.code),
                "reason": "load",
                "request_id": str(uuid.uuid4()),
            }
            assert leader.post(LIST, given).status_code == 400

    def test_the_file_holds_the_same_and_is_logged_as_taken_out(self, people: People, leader: Client) -> None:
        with working_as_owner():
            case = case_of(people.nobodys)
        response = leader.get(LIST + "uten-veileder.csv")
        rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))
        assert [(row["name"], row["case"], row["why"]) for row in rows] == [
            ("Ingen Zahl", case.pk, "Har aldri hatt veileder.")
        ]
        assert [row.person for row in opened(Kind.EXPORTED) if row.person] == [people.nobodys]

    def test_pages_follow_each_other(self, people: People, leader: Client) -> None:
        make_cases(people.town.small.office, 60, advisor=None)
        first = leader.get(LIST).content.decode()
        following = re.search(r'rel="next" href="([^"]+)"', first)
        assert following is not None
        second = leader.get(following.group(1).replace("&amp;", "&"))
        assert "Ingen Zahl" in text_of(second)
        assert "Fra begynnelsen" in text_of(second)

    def test_it_takes_as_many_queries_whatever_the_size(self, people: People, leader: Client) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert leader.get(LIST).status_code == 200
            return len(captured)

        few = queries()
        make_cases(people.town.small.office, 200, advisor=None)
        assert queries() == few


class TestGivingOnePerson:
    def address(self, person: Person) -> str:
        return reverse("office:assign", args=["lillevik", person.pk])

    def say_why(self, people: People, who: Staff, person: Person) -> None:
        with working_as_owner():
            Reason.objects.create(
                staff=who, person=person, office=people.town.small.office, chosen="assigning", text="Fordeler",
                at=datetime(2020, 1, 1, tzinfo=ZoneInfo("UTC")), valid_until=datetime(2099, 1, 1, tzinfo=ZoneInfo("UTC")),
            )  # fmt: skip

    def test_a_leader_says_why_before_it_opens(self, people: People, leader: Client) -> None:
        response = leader.get(self.address(people.own))
        assert response.status_code == 302
        assert "begrunnelse" in response["Location"]

    def test_the_leader_sees_who_has_the_person_and_gives_them_to_another(self, people: People, leader: Client) -> None:
        self.say_why(people, people.leader, people.own)
        page = leader.get(self.address(people.own))
        assert "Veileder har saken." in text_of(page)
        assert "Bo Borte, korttid: 1 sak. Borte til og med 31. desember 2099. Kari Kollega svarer." in text_of(page)
        given = {
            "advisor": str(people.colleague.code), "reason": "wish", "request_id": request_id(page),
            "expected": hidden(page, "expected"),
        }  # fmt: skip
        leader.post(self.address(people.own), given)
        assert case_of(people.own).advisor == people.colleague

    def test_a_stale_form_is_told_who_has_the_person_now(self, people: People, leader: Client) -> None:
        self.say_why(people, people.leader, people.own)
        page = leader.get(self.address(people.own))
        with working_as_owner():
            Case.objects.filter(person=people.own).update(advisor=people.follower)
        given = {
            "advisor": str(people.colleague.code), "reason": "wish", "request_id": request_id(page),
            "expected": hidden(page, "expected"),
        }  # fmt: skip
        response = leader.post(self.address(people.own), given)
        assert "Fredrik Følger har den nå." in text_of(response)
        assert hidden(response, "expected") == str(people.follower.code), "sent once more, it is meant"
        assert case_of(people.own).advisor == people.follower

    def test_an_advisor_takes_what_nobody_has(self, people: People) -> None:
        client = logged_in(people.advisor)
        self.say_why(people, people.advisor, people.nobodys)
        page = client.get(self.address(people.nobodys))
        assert "Ta saken" in text_of(page)
        for _ in range(2):
            response = client.post(self.address(people.nobodys), {"request_id": request_id(page), "expected": ""})
            assert response.status_code == 302
        assert case_of(people.nobodys).advisor == people.advisor

    def test_an_advisor_only_reads_who_has_a_colleagues_person(self, people: People) -> None:
        client = logged_in(people.advisor)
        self.say_why(people, people.advisor, people.of_team)
        page = client.get(self.address(people.of_team))
        assert "Kari Kollega har saken." in text_of(page)
        assert "Ta saken" not in text_of(page)
        client.post(self.address(people.of_team), {"request_id": str(uuid.uuid4()), "expected": ""})
        assert case_of(people.of_team).advisor == people.colleague

    @pytest.mark.parametrize("who", ["reviewer", "administrator", "other_advisor", "privacy_officer"])
    def test_it_opens_to_nobody_else(self, people: People, who: str) -> None:
        assert logged_in(getattr(people, who)).get(self.address(people.own)).status_code == 404


class TestSharingOut:
    @pytest.fixture
    def leaver(self, people: People) -> Staff:
        staff = advisor_of(people, "Siri", "korttid")
        make_cases(people.town.small.office, 9, advisor=staff)
        return staff

    ADDRESS = "/kontor/lillevik/omfordeling/fra/siri/"

    def numbers(self, page: HttpResponse) -> dict[str, str]:
        found = re.findall(r'name="(antall-[^"]+)" value="(\d+)"', page.content.decode())
        assert found
        return dict(found)

    def whole(self, page: HttpResponse) -> dict[str, str]:
        return self.numbers(page) | {
            "reason": "left", "basis": hidden(page, "basis"), "request_id": request_id(page),
        }  # fmt: skip

    def test_the_overview_shows_load_and_who_is_away(self, people: People, leader: Client, leaver: Staff) -> None:
        ends_on(people.follower, date(2025, 10, 30))
        text = text_of(leader.get("/kontor/lillevik/omfordeling/"))
        assert "Siri korttid 9 Ja" in text
        assert "Borte til og med 31. desember 2099. Kari Kollega svarer." in text
        assert "Fredrik Følger: 1 sak" in text

    def test_a_preview_gives_nobody_anything(self, people: People, leader: Client, leaver: Staff) -> None:
        page = leader.get(self.ADDRESS)
        assert sum(map(int, self.numbers(page).values())) == 9
        leader.post(self.ADDRESS, self.whole(page) | {"vis": "1"})
        with working_as_owner():
            assert Case.objects.filter(advisor=leaver).count() == 9
            assert not Redistribution.objects.exists()

    def test_it_is_carried_out_once_however_often_it_is_sent(
        self, people: People, leader: Client, leaver: Staff
    ) -> None:
        page = leader.get(self.ADDRESS)
        addresses = {leader.post(self.ADDRESS, self.whole(page))["Location"] for _ in range(2)}
        assert len(addresses) == 1
        result = text_of(leader.get(addresses.pop()))
        assert "9 personer har fått ny veileder." in result
        assert "Gjør om fordelingen" in result
        with working_as_owner():
            assert Redistribution.objects.count() == 1

    def test_numbers_that_do_not_add_up_are_said_and_kept(self, people: People, leader: Client, leaver: Staff) -> None:
        page = leader.get(self.ADDRESS)
        changed = self.whole(page) | {f"antall-{people.follower.code}": "4"}
        response = leader.post(self.ADDRESS, changed)
        assert re.search(r"Tallene er til sammen \d+, men det er 9 å fordele\.", text_of(response))
        assert self.numbers(response)[f"antall-{people.follower.code}"] == "4"

    def test_what_is_no_number_is_said(self, people: People, leader: Client, leaver: Staff) -> None:
        changed = self.whole(leader.get(self.ADDRESS)) | {f"antall-{people.follower.code}": "mange"}
        assert "Skriv et helt tall, 0 eller mer, for Fredrik Følger." in text_of(leader.post(self.ADDRESS, changed))

    def test_cases_that_changed_meanwhile_are_looked_at_again(
        self, people: People, leader: Client, leaver: Staff
    ) -> None:
        page = leader.get(self.ADDRESS)
        (new,) = make_cases(people.town.small.office, 1, advisor=leaver)
        with working_as_owner():
            Case.objects.filter(pk=new).update(opened_at=datetime(2025, 1, 1, tzinfo=ZoneInfo("UTC")))
            old = Case.objects.filter(advisor=leaver).exclude(pk=new).order_by("opened_at").first()
            Case.objects.filter(pk=old.pk if old else "").update(advisor=people.colleague)
        response = leader.post(self.ADDRESS, self.whole(page))
        assert "Sakene har endret seg mens siden var åpen." in text_of(response)
        assert hidden(response, "basis") != hidden(page, "basis")

    def test_one_broken_off_shows_how_far_it_came_and_goes_on(
        self, people: People, leader: Client, leaver: Staff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(redistributing, "PORTION", 4)
        page = leader.get(self.ADDRESS)
        result = leader.post(self.ADDRESS, self.whole(page))["Location"]
        assert "4 av 9 er flyttet" in text_of(leader.get(result))
        assert "Ikke ferdig" in text_of(leader.get("/kontor/lillevik/omfordeling/"))
        colleague = logged_in(people.team_lead)
        colleague.post(result + "fortsett/")
        assert "8 av 9 er flyttet" in text_of(colleague.get(result))
        assert "9 personer har fått ny veileder." in text_of(leader.post(result + "fortsett/", follow=True))

    def test_it_is_taken_back(self, people: People, leader: Client, leaver: Staff) -> None:
        result = leader.post(self.ADDRESS, self.whole(leader.get(self.ADDRESS)))["Location"]
        page = leader.get(result)
        back = leader.post(result + "gjor-om/", {"request_id": request_id(page)}, follow=True)
        assert "En fordeling er gjort om" in text_of(back)
        with working_as_owner():
            assert Case.objects.filter(advisor=leaver).count() == 9
        assert "Fordelingen er gjort om." in text_of(leader.get(result))

    def test_what_nobody_has_is_shared_out(self, people: People, leader: Client) -> None:
        address = "/kontor/lillevik/omfordeling/uten-veileder/"
        leader.post(address, self.whole(leader.get(address)))
        assert case_of(people.nobodys).advisor is not None
        assert "Ingen saker å fordele" in text_of(leader.get(address))

    def test_whom_the_preview_names_is_logged(self, people: People, leader: Client) -> None:
        leader.get("/kontor/lillevik/omfordeling/uten-veileder/")
        assert [row.person for row in opened(Kind.LISTED) if row.person] == [people.nobodys]

    def test_an_advisor_who_is_not_of_the_office_has_no_such_page(self, people: People, leader: Client) -> None:
        for code in (str(people.other_advisor.code), "finnes-ikke"):
            address = f"/kontor/lillevik/omfordeling/fra/{code}/"
            assert leader.get(address).status_code == 404
            basis = hashlib.sha256().hexdigest()[:16]  # of no cases
            form = {"reason": "left", "basis": basis, "request_id": str(uuid.uuid4())}
            assert leader.post(address, form).status_code == 404
            assert leader.post(address, form | {"vis": "1"}).status_code == 404
        with working_as_owner():
            assert not Redistribution.objects.exists()
        assert leader.get(f"/kontor/lillevik/omfordeling/{uuid.uuid4()}/").status_code == 404
