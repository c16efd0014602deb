"""The search page: who is found, what each line tells, what a search leaves in the log and never in an address."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from conformity_reports import Town
from django.db import connection
from django.test.utils import CaptureQueriesContext
from people_of_the_town import People, logged_in, make_people
from walls import working_as_owner

from framdrift.casework.access.models import Opening
from framdrift.casework.offices.models import Staff
from framdrift.casework.people.actions import make_person
from framdrift.casework.people.models import ContactDetails, Identity, Person, SafetyFlag
from framdrift.casework.people.numbers import control_digits, read_number, synthetic

SEARCH = "/kontor/lillevik/sok/"


@pytest.fixture
def people(town: Town) -> People:
    return make_people(town)


def searched(staff: Staff, text: str, office: str = "lillevik", **further: str) -> str:
    response = logged_in(staff).post(f"/kontor/{office}/sok/", {"sok": text, **further})
    assert response.status_code == 200
    return text_of(response.content.decode())


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]).split())


def crowd(people: People, family: str, count: int) -> None:
    with working_as_owner():
        for place in range(count):
            make_person(
                office=people.town.small.office.pk,
                number=read_number(synthetic(date(1970, 1, 1 + place // 90), "male", place % 90)),
                given_name=f"Nr{place:03}",
                family_name=family,
            )


def test_a_line_tells_who_it_is_and_who_has_them(people: People) -> None:
    with working_as_owner():
        ContactDetails.objects.filter(person=people.own).update(interpreter=True)
        SafetyFlag.objects.create(person=people.own, advice="Vær to", first_day=date(2026, 1, 1), set_by=people.advisor)
    page = searched(people.advisor, "øst ola")
    for told in ("1 person funnet", "Østby, Ola", "17. mai 1990", "Veileder", "Sikkerhetsvarsel", "Tolk", "korttid"):
        assert told in page, told


def test_nobody_responsible_is_said(people: People) -> None:
    assert "Ingen veileder" in searched(people.advisor, "zahl")


def test_nobody_found_says_what_to_do(people: People) -> None:
    page = searched(people.advisor, "finnes ikke")
    assert "Ingen funnet ved Lillevik" in page
    assert "annet kontor" in page
    assert "registrere sammen" in page
    assert "registrere sammen" not in searched(people.leader, "finnes ikke")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Skriv et navn"),
        ("a", "minst to bokstaver"),
        ("1234", "verken et fødselsnummer"),
        ("01010112345", "Kontrollsifrene stemmer ikke"),
    ],
)
def test_what_is_no_search_is_told_at_the_field(people: People, text: str, told: str) -> None:
    assert told in searched(people.advisor, text)
    assert not Opening.objects.filter(kind="searched").exists()


def test_a_real_persons_series_is_refused_in_a_demonstration(people: People, settings: Any) -> None:
    settings.REAL_NUMBERS = False
    assert "syntetiske" in searched(people.advisor, real_looking())


def real_looking() -> str:
    """A number of the series that living people have, made by taking the added 80 away again: never written down."""
    for serial in range(200):
        digits = synthetic(date(1901, 2, 3), "male", serial)
        nine = f"{digits[:2]}{int(digits[2:4]) - 80:02}{digits[4:9]}"
        if ending := control_digits(nine):
            return nine + ending
    raise AssertionError


def test_another_offices_people_and_protected_ones_leave_no_hint(people: People) -> None:
    without = searched(people.advisor, "finnes ikke")
    with working_as_owner():
        Person.objects.filter(pk=people.other.pk).update(office=people.town.large.office)
        other = Identity.objects.get(person=people.other).number
    for text in ("skjult", "selv", str(other)):
        assert searched(people.advisor, text) == without
    assert "Fortrolig" not in without
    assert "Strengt fortrolig adresse (kode 6)" in searched(people.cleared, "skjult")


def test_the_words_are_in_no_address(people: People) -> None:
    client = logged_in(people.advisor)
    response = client.post(SEARCH, {"sok": "østby"})
    html = response.content.decode()
    addresses = re.findall(r'(?:href|action|src|hx-\w+)="([^"]*)"', html)
    assert not [each for each in addresses if "stby" in each or "sok=" in each or "?" in each]
    assert client.get(f"{SEARCH}?sok=%C3%B8stby").content.decode().count("Østby") == 0


def test_a_search_is_logged_with_whom_it_showed(people: People) -> None:
    searched(people.advisor, "Øst  OLA")
    with working_as_owner():
        rows = list(Opening.objects.order_by("person").values_list("kind", "person", "found", "about", "page"))
    assert ("searched", None, 1, "øst ola", "advisor:search") in rows
    assert ("searched", people.own.pk, None, "", "advisor:search") in rows
    assert len(rows) == 2


def test_the_log_is_not_given_the_number(people: People) -> None:
    with working_as_owner():
        number = str(Identity.objects.get(person=people.own).number)
    assert "Østby" in searched(people.advisor, number)
    with working_as_owner():
        abouts = list(Opening.objects.values_list("about", flat=True))
    assert f"{number[:6]} *****" in abouts
    assert not [about for about in abouts if number[6:] in about]


def test_further_people_come_by_post_and_each_once(people: People) -> None:
    crowd(people, "Mange", 60)
    first = logged_in(people.advisor).post(SEARCH, {"sok": "mange"}).content.decode()
    found: list[str] = []
    html, pages = first, 1
    while True:
        found += re.findall(r"Mange, Nr\d+", html)
        after = re.search(r'name="etter" value="([0-9a-f-]{36})"><button', html)
        if after is None:
            break
        html, pages = (
            logged_in(people.advisor).post(SEARCH, {"sok": "mange", "etter": after[1]}).content.decode(),
            pages + 1,
        )
    assert pages == 3
    assert found == [f"Mange, Nr{place:03}" for place in range(60)]
    assert "60 personer funnet" in text_of(first)
    assert "Viser 1–25" in text_of(first)
    assert "Viser 51–60" in text_of(html)
    assert "Det var alle." in text_of(html)


def test_the_page_takes_as_many_queries_for_many_as_for_one(people: People) -> None:
    client = logged_in(people.advisor)

    def count(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.post(SEARCH, {"sok": text}).status_code == 200
        return len(captured)

    count("østby")
    few = count("østby")
    crowd(people, "Mange", 60)
    assert (few, count("mange")) == (few, few)
