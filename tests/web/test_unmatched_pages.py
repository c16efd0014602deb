"""Unidentified registrations as staff meet them: the list, whose it is, and undoing what was wrong."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from conformity_reports import make_town
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from people_of_the_town import People, logged_in, make_people
from register_documents import an_id, bare, take_all, wrapped
from walls import reach_nothing, working_as_owner

from framdrift.casework.access.models import Opening
from framdrift.casework.access.rules import Kind
from framdrift.casework.cases.models import Case
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import synthetic
from framdrift.casework.registration.documents import NationalPeriod

pytestmark = pytest.mark.django_db
LIST = "/kontor/lillevik/uidentifiserte/"
ONE = f"{LIST}{an_id(100)}/"
NEW_NUMBER = synthetic(date(1988, 4, 2), "male", 3)


@pytest.fixture
def people(db: None) -> People:
    people = make_people(make_town())
    situation = [{"beskrivelse": "HAR_BLITT_SAGT_OPP", "detaljer": {"stilling": "Kokk", "stilling_styrk08": "5120"}}]
    office = people.town.small.office
    take_all(wrapped(jobbsituasjon=situation), bare(2, sent="2026-05-01T08:00:00Z", helse=None), office=office)
    reach_nothing()
    return people


@pytest.fixture
def advisor(people: People) -> Client:
    return logged_in(people.advisor)


def text_of(response: HttpResponse) -> str:
    without_tags = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", without_tags).replace("\N{NO-BREAK SPACE}", " ")


def hidden(response: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found is not None
    return found.group(1)


def fields(response: HttpResponse, *names: str) -> dict[str, str]:
    return {name: hidden(response, name) for name in ("request_id", "version", *names)}


def logged(kind: Kind) -> list[tuple[str, uuid.UUID | None, str]]:
    with working_as_owner():
        return list(Opening.objects.filter(kind=kind).order_by("at", "found").values_list("page", "person", "about"))


def person_of_case() -> uuid.UUID | None:
    with working_as_owner():
        return NationalPeriod.objects.get(pk=an_id(100)).case.person_id


def make_new_person(advisor: Client) -> HttpResponse:
    found = advisor.post(ONE, {"sok": NEW_NUMBER})
    names = {"given_name": "Nils", "family_name": "Ny"}
    return advisor.post(f"{ONE}koble/", fields(found, "number") | names, follow=True)


def say_why(client: Client, asked: HttpResponse, text: str = "Så over koblingen") -> HttpResponse:
    """From where one is asked why, back to where one was going."""
    assert asked.status_code == 302
    there = asked["Location"]
    form = {"next": hidden(client.get(there), "next"), "chosen": "registering", "text": text}
    return client.post(there, form | {"request_id": str(uuid.uuid4())}, follow=True)


def test_the_list_says_what_may_tell_whose_it_is(advisor: Client) -> None:
    response = advisor.get(LIST)
    text = text_of(response)
    assert "1 venter" in text
    assert "2. mars" in text
    assert "endret 1 gang" in text
    assert ONE in response.content.decode()
    assert [page for page, _, _ in logged(Kind.OPENED)] == ["office:unmatched"]


def test_a_list_without_anybody_says_what_that_means(people: People) -> None:
    response = logged_in(people.other_advisor).get("/kontor/storhavn/uidentifiserte/")
    assert "Ingen venter: alle registreringer" in text_of(response)


def test_one_registration_shows_what_the_register_told_and_what_is_unclear(advisor: Client) -> None:
    text = text_of(advisor.get(ONE))
    assert "Hvem gjelder registreringen?" in text
    assert "Sendt inn 1. mai" in text
    assert "Sendt inn 2. mars" in text
    assert "Kokk" in text
    assert "Helse: Har ikke svart om helsen." in text
    assert "36 år i 2026" in text


def test_a_new_number_asks_for_a_name_and_makes_the_person(advisor: Client) -> None:
    found = advisor.post(ONE, {"sok": NEW_NUMBER})
    assert "Ingen er kjent med dette nummeret" in text_of(found)
    form = fields(found, "number")
    nameless = advisor.post(f"{ONE}koble/", form | {"given_name": "Nils", "family_name": ""})
    assert "Fyll ut «Etternavn»" in text_of(nameless)
    assert hidden(nameless, "number") == NEW_NUMBER
    done = advisor.post(f"{ONE}koble/", form | {"given_name": "Nils", "family_name": "Ny"}, follow=True)
    assert "Registreringen er koblet til personen." in text_of(done)
    assert "Se over koblingen til Nils Ny" in text_of(done)
    again = advisor.post(f"{ONE}koble/", form | {"given_name": "Nils", "family_name": "Ny"}, follow=True)
    assert "Se over koblingen til Nils Ny" in text_of(again)
    with working_as_owner():
        assert Identity.objects.get(number=NEW_NUMBER).person_id == person_of_case()
    listed = text_of(advisor.get(LIST))
    assert "Ingen venter" in listed
    assert "Nils Ny" in listed
    assert [about for _, _, about in logged(Kind.SEARCHED) if about] == [f"{NEW_NUMBER[:6]} *****"]


def test_somebody_found_by_name_is_matched_and_the_search_is_logged(advisor: Client, people: People) -> None:
    with working_as_owner():
        Case.objects.filter(person=people.own).update(ended_at="2026-01-01T00:00:00Z")
    found = advisor.post(ONE, {"sok": "ola østby"})
    assert "Koble til Ola Østby" in text_of(found)
    assert ("office:who", people.own.pk, "") in logged(Kind.SEARCHED)
    done = advisor.post(f"{ONE}koble/", fields(found, "person"), follow=True)
    assert "Se over koblingen til Ola Østby" in text_of(done)
    assert person_of_case() == people.own.pk


def test_another_age_than_the_register_s_is_warned_of(advisor: Client, people: People) -> None:
    take_all(wrapped(7, 107, sent="2026-05-01T08:00:00Z"), office=people.town.small.office)
    reach_nothing()
    page = f"{LIST}{an_id(107)}/"
    assert "36 år i 2026" in text_of(advisor.get(page))
    assert "Ikke samme alder" not in text_of(advisor.post(page, {"sok": "ingen zahl"}))
    with working_as_owner():
        Identity.objects.filter(person=people.nobodys).update(birth_date=date(1970, 1, 1))
    assert "Ikke samme alder som i registeret" in text_of(advisor.post(page, {"sok": "ingen zahl"}))


def test_whoever_has_a_case_already_is_refused_with_what_to_do(advisor: Client, people: People) -> None:
    found = advisor.post(ONE, {"sok": "zahl"})
    refused = advisor.post(f"{ONE}koble/", fields(found, "person"))
    assert "Personen har allerede en sak" in text_of(refused)
    assert person_of_case() is None


@pytest.mark.parametrize("whom", ["other", "protected"])
def test_a_number_of_somebody_one_may_not_find_tells_nothing_of_them(
    advisor: Client, people: People, whom: str
) -> None:
    with working_as_owner():
        number = Identity.objects.get(person=getattr(people, whom)).number
    text = text_of(advisor.post(ONE, {"sok": number}))
    assert "Registreringen kan ikke kobles til dette nummeret her" in text
    assert "Lag person" not in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv et fødselsnummer, et d-nummer eller et navn."),
        ("12345678901", "Kontrollsifrene stemmer ikke"),
        ("123", "Skriv elleve siffer, eller et navn."),
        ("Hvemsomhelst", "Ingen funnet"),
    ],
)
def test_what_is_nothing_to_search_for_is_told(advisor: Client, typed: str, said: str) -> None:
    assert said in text_of(advisor.post(ONE, {"sok": typed}))


def test_the_second_of_two_is_told_who_came_first(people: People, advisor: Client) -> None:
    colleague = logged_in(people.colleague)
    found = colleague.post(ONE, {"sok": NEW_NUMBER})
    make_new_person(advisor)
    late = colleague.post(f"{ONE}koble/", fields(found, "number") | {"given_name": "Nils", "family_name": "Ny"})
    assert "Nils" not in late.content.decode()
    assert "Koblet til Nils Ny. Veileder" in text_of(say_why(colleague, late))


def test_a_wrong_match_is_undone(advisor: Client) -> None:
    make_new_person(advisor)
    form = fields(say_why(advisor, advisor.get(ONE)))
    undone = advisor.post(f"{ONE}los/", form, follow=True)
    assert "Hvem gjelder registreringen?" in text_of(undone)
    assert person_of_case() is None
    assert "1 venter" in text_of(advisor.get(LIST))


def test_what_is_matched_opens_by_the_person_s_own_gate(advisor: Client, people: People) -> None:
    """Nothing of it is shown, and nothing undone, before one has said why; then the opening is logged with the reason."""
    make_new_person(advisor)
    follower, person = logged_in(people.follower), person_of_case()
    sent = {"request_id": str(uuid.uuid4()), "version": "2"}
    for answer in (follower.get(ONE), follower.post(ONE, {"sok": "noor"}), follower.post(f"{ONE}los/", sent)):
        assert answer.status_code == 302
        assert f"/personer/{person}/begrunnelse/" in answer["Location"]
    assert person_of_case() == person
    shown = say_why(follower, follower.get(ONE))
    assert "Koblet til Nils Ny." in text_of(shown)
    with working_as_owner():
        opened = Opening.objects.get(page="office:who", staff=people.follower, person=person)
    assert (opened.kind, opened.relation, opened.reason.text) == ("opened", "office", "Så over koblingen")
    assert follower.post(f"{ONE}los/", sent).status_code == 302
    assert person_of_case() is None


def test_what_is_matched_to_somebody_protected_is_not_there(advisor: Client, people: People) -> None:
    make_new_person(advisor)
    with working_as_owner():
        Person.objects.filter(pk=person_of_case()).update(protection=1)
    assert advisor.get(ONE).status_code == 404
    assert advisor.post(f"{ONE}los/", {"request_id": str(uuid.uuid4()), "version": "2"}).status_code == 404


def test_another_office_s_registration_is_not_there(people: People) -> None:
    other = logged_in(people.other_advisor)
    for address in (ONE, ONE.replace("lillevik", "storhavn"), LIST):
        assert other.get(address).status_code == 404
    for form in ("koble", "los"):
        assert other.post(f"{ONE.replace('lillevik', 'storhavn')}{form}/", {}).status_code == 404


def test_what_no_form_of_ours_sends_is_refused(advisor: Client) -> None:
    assert advisor.post(f"{ONE}koble/", {"person": "x"}).status_code == 400
    assert advisor.post(f"{ONE}los/", {}).status_code == 400
    assert advisor.get(f"{LIST}?etter=x").status_code == 400


def test_everything_stands_in_english_too(advisor: Client) -> None:
    advisor.post(reverse("design:language"), {"language": "en"})
    for response in (advisor.get(LIST), advisor.get(ONE), advisor.post(ONE, {"sok": NEW_NUMBER})):
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        assert not re.search(r"\b(registreringen?|ikke|denne|Uidentifiserte|Søk)\b", re.sub(r"<[^>]+>", " ", main))
