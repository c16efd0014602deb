"""An advisor finds out whose an imported registration is, by keyboard, on a phone and a wide screen, and undoes a mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from conformity_reports import Town
from people_of_the_town import People, make_people
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from register_documents import an_id, bare, take_all, wrapped

from framdrift.casework.offices.models import Staff
from framdrift.casework.people.models import Person
from framdrift.casework.people.numbers import synthetic

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LogIn = Callable[[Staff | Person], None]
Check = Callable[[Page], None]
LIST = "/kontor/lillevik/uidentifiserte/"


@pytest.fixture
def people(town: Town) -> People:
    people = make_people(town)
    situation = [
        {"beskrivelse": "HAR_BLITT_SAGT_OPP", "detaljer": {"stilling": "Spesialkonsulent i offentlig forvaltning"}},
        {"beskrivelse": "IKKE_VAERT_I_JOBB_SISTE_2_AAR"},
    ]
    take_all(
        wrapped(jobbsituasjon=situation, helse=None),
        bare(2, sent="2026-05-01T08:00:00Z", utdanning={"nus": "7", "bestaatt": "NEI"}),
        bare(3, 103),
        office=town.small.office,
    )
    return people


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [320, 1280])
def test_whose_it_is_is_found_out_and_undone(
    page: Page, people: People, live_server: LiveServer, logged_in: LogIn, has_no_axe_findings: Check, *, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    logged_in(people.advisor)
    page.goto(f"{live_server.url}{LIST}")
    expect(page.get_by_role("heading", name="2 venter")).to_be_visible()
    has_no_axe_findings(page)
    fits(page)

    page.locator(f"a[href='{LIST}{an_id(100)}/']").click()
    has_no_axe_findings(page)
    fits(page)
    page.get_by_label("Fødselsnummer, d-nummer eller navn").fill("ahmed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Koble til Ahmed Noor")).to_be_visible()
    has_no_axe_findings(page)
    fits(page)
    page.get_by_role("button", name="Koble til Ahmed Noor").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Personen har allerede en sak")
    has_no_axe_findings(page)

    page.get_by_label("Fødselsnummer, d-nummer eller navn").fill(synthetic(date(1988, 4, 2), "male", 3))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lag person og koble").click()
    expect(page.get_by_role("link", name="Fyll ut «Fornavn».")).to_be_visible()
    has_no_axe_findings(page)
    page.get_by_label("Fornavn").fill("Nils")
    page.get_by_label("Etternavn").fill("Ny")
    fits(page)
    page.get_by_role("button", name="Lag person og koble").click()
    expect(page.get_by_text("Registreringen er koblet til personen.")).to_be_visible()
    expect(page.get_by_role("link", name="Nils Ny", exact=True)).to_be_visible()
    has_no_axe_findings(page)
    fits(page)
    page.get_by_role("link", name="Se over koblingen til Nils Ny").click()
    page.get_by_label("Registrerer sammen med personen").check()
    page.locator("textarea").fill("Koblet til feil person")
    page.locator("main form button").click()
    expect(page.get_by_text("Koblet til Nils Ny.")).to_be_visible()
    has_no_axe_findings(page)
    page.get_by_role("button", name="Løs koblingen").click()
    expect(page.get_by_role("heading", name="Hvem gjelder registreringen?")).to_be_visible()
