"""Every page in a real browser: no axe finding, no sideways scroll, usable by keyboard, whole without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conformity_reports import Town
from people_of_the_town import account_of
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from walls import working_as_owner

from framdrift.casework.access.actions import offer_persona
from framdrift.casework.offices.models import Staff
from framdrift.casework.offices.roles import Role

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LogIn = Callable[[Staff], None]
Check = Callable[[Page], None]
LEADERS_PAGES = ("/kontor/lillevik/samsvar/?krav=R6/strict", "/kontor/lillevik/samsvar/saker/?krav=R6/strict")
ANALYSTS_PAGES = ("/innsikt/kontorer/", "/innsikt/storhavn/samsvar/")
OPEN_PAGES = ("/logg-inn/", "/visning/", "/finnes-ikke/", "/komponenter/")
WIDTHS = (1280, 390)


@pytest.fixture(autouse=True)
def _demonstration(settings: object) -> None:
    settings.DEMO_LOGIN = True  # type: ignore[attr-defined]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_axe_finding(
    page: Page, live_server: LiveServer, town: Town, *, logged_in: LogIn, has_no_axe_findings: Check, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for staff, addresses in ((town.small.leader, (*LEADERS_PAGES, *OPEN_PAGES)), (town.analyst, ANALYSTS_PAGES)):
        logged_in(staff)
        for address in addresses:
            page.goto(live_server.url + address)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                has_no_axe_findings(page)


def test_no_page_scrolls_sideways_at_320(page: Page, live_server: LiveServer, town: Town, logged_in: LogIn) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    for staff, addresses in ((town.small.leader, (*LEADERS_PAGES, *OPEN_PAGES)), (town.analyst, ANALYSTS_PAGES)):
        logged_in(staff)
        for address in addresses:
            page.goto(live_server.url + address)
            spaced = (
                "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
            )
            for style in ("", spaced):
                page.evaluate(
                    "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
                    " document.adoptedStyleSheets = [sheet] }",
                    style,
                )
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= 320, (address, style)


def test_the_first_stop_skips_to_the_content(page: Page, live_server: LiveServer, town: Town, logged_in: LogIn) -> None:
    logged_in(town.small.leader)
    page.goto(f"{live_server.url}/kontor/lillevik/samsvar/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#innhold")).to_be_focused()


def test_a_period_is_chosen_by_keyboard_and_can_be_linked_to(
    page: Page, live_server: LiveServer, town: Town, logged_in: LogIn
) -> None:
    logged_in(town.small.leader)
    page.goto(f"{live_server.url}/kontor/lillevik/samsvar/")
    page.get_by_label("Periode").focus()
    page.keyboard.type("2. kv")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Vis", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1. april 2026 til 30. juni 2026")).to_be_visible()
    expect(page.get_by_role("button", name="Vis", exact=True)).to_be_visible()
    assert "periode=2026-2" in page.url
    page.reload()
    expect(page.get_by_label("Periode")).to_have_value("2026-2")


def test_a_choice_fetches_the_part_and_going_back_brings_the_page_back(
    page: Page, live_server: LiveServer, town: Town, logged_in: LogIn
) -> None:
    logged_in(town.small.leader)
    page.goto(f"{live_server.url}/kontor/lillevik/samsvar/")
    page.evaluate("document.body.dataset.same = 'page'")
    page.get_by_label("Krav", exact=True).select_option("R19")
    page.get_by_role("button", name="Vis kravet").click()
    expect(page.get_by_role("heading", name="For hvem? R19 fordelt på grupper")).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "page"
    page.go_back()
    expect(page.get_by_role("heading", name="For hvem? R6 streng fordelt på grupper")).to_be_visible()


def test_everything_works_without_script(browser: Browser, live_server: LiveServer, town: Town) -> None:
    with working_as_owner():
        offer_persona(
            account=account_of(town.small.leader),
            place=1,
            name="Leder Lillevik",
            role=Role.OFFICE_LEADER,
            office="Lillevik",
            about_nb="Kontorleder",
            about_en="Office leader",
        )
    with browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="nb-NO") as context:
        page = context.new_page()
        page.goto("/kontor/lillevik/samsvar/")
        page.get_by_role("listitem").filter(has_text="Leder Lillevik").get_by_role("button", name="Logg inn").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Samsvar, Lillevik")
        page.get_by_label("Periode").select_option("2026-3")
        page.get_by_role("button", name="Vis", exact=True).click()
        expect(page.get_by_text("1. juli 2026 til 30. september 2026")).to_be_visible()
        page.get_by_role("link", name="Sakene bak R6 streng").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sakene bak R6 streng")
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The cases behind R6 strict")
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Log in")


def test_colours_are_chosen_and_kept(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/visning/")
    page.get_by_label("Mørke").check()
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    page.goto(f"{live_server.url}/logg-inn/")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")


def test_on_paper_the_report_stands_without_what_is_pressed(
    page: Page, live_server: LiveServer, town: Town, logged_in: LogIn
) -> None:
    logged_in(town.small.leader)
    page.goto(f"{live_server.url}/kontor/lillevik/samsvar/")
    page.emulate_media(media="print")
    for unwanted in ("Vis", "Vis kravet", "Beregn på nytt", "Logg ut"):
        expect(page.get_by_role("button", name=unwanted, exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="Definisjoner og kilder")).to_be_visible()
