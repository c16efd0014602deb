"""A job-seeker registers on a phone, by keyboard alone, and loses the session on the way; an advisor goes on with them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conformity_reports import Town
from django.urls import reverse
from people_of_the_town import People, make_people
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from walls import working_as_owner

from framdrift.casework.journal.models import Event
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.people.models import Person

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LogIn = Callable[[Staff | Person], None]
Check = Callable[[Page], None]
AT = "/min-side/registrering/"


@pytest.fixture
def people(town: Town) -> People:
    made = make_people(town)
    with working_as_owner():
        Office.objects.filter(code="lillevik").update(phone="00 00 00 00", opening_hours="9–15")
    return made


def tab_to(page: Page, aim: Locator) -> None:
    """By the Tab key alone, as somebody without a mouse comes there."""
    handle = aim.element_handle()
    for _ in range(90):
        if page.evaluate("aim => document.activeElement === aim", handle):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {aim}")


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_role("textbox", name=label))
    page.keyboard.type(text)


def choose(page: Page, group: str, answer: str) -> None:
    """A radio button: the group is one stop, and the arrows move within it."""
    buttons = page.get_by_role("group", name=group).get_by_role("radio")
    tab_to(page, buttons.first)
    page.keyboard.press("Space")
    wanted = page.get_by_role("group", name=group).get_by_label(answer, exact=True)
    for _ in range(buttons.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {answer}")


def pick(page: Page, label: str, answer: str) -> None:
    """In a list: typing goes to the first that begins so. One word: a space would open the list."""
    tab_to(page, page.get_by_role("combobox", name=label))
    page.keyboard.type(answer)


def tick(page: Page, label: str) -> None:
    tab_to(page, page.get_by_role("checkbox", name=label, exact=True))
    page.keyboard.press("Space")


def press(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def follow(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("link", name=name, exact=True))
    page.keyboard.press("Enter")


def at_step(page: Page, number: int, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()
    expect(page.get_by_text(f"Steg {number} av 7", exact=True)).to_be_visible()


def fill_in_the_first_steps(page: Page) -> None:
    at_step(page, 1, "Om deg")
    write(page, "Fornavn", "Jonas")
    press(page, "Lagre og gå videre")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the summary's link leads to the field
    expect(page.get_by_role("textbox", name="Etternavn")).to_be_focused()
    page.keyboard.type("Berg")
    choose(page, "Hvordan vil du helst at vi tar kontakt?", "Brev i posten")
    pick(page, "Hvilket språk vil du helst bruke med oss?", "norsk")
    choose(page, "Trenger du tolk i samtaler?", "Nei")
    press(page, "Lagre og gå videre")

    at_step(page, 2, "Situasjonen din")
    tick(page, "Jeg har blitt sagt opp")
    write(page, "Hva jobbet du med sist?", "truckf")
    expect(page.get_by_text("treff på «truckf»")).to_be_visible()  # while one writes
    press(page, "truckfører")
    expect(page.get_by_role("button", name="Fjern truckfører")).to_be_visible()
    tick(page, "Ingen av disse")
    press(page, "Lagre og gå videre")


def fill_in_the_rest(page: Page) -> None:
    """All but the sixth step, which is left out on the way."""
    at_step(page, 3, "Utdanning")
    press(page, "Lagre og gå videre")
    at_step(page, 4, "Erfaring")
    press(page, "Legg til en jobb")
    expect(page.get_by_role("textbox", name="Stilling")).to_be_focused()
    page.keyboard.type("Lagermedarbeider")
    write(page, "Fra måned", "8.2011")
    page.keyboard.press("Enter")  # goes on, as on any form
    at_step(page, 5, "Ønsker")
    write(page, "Hva er målet ditt?", "Fast jobb på lager")
    press(page, "Tilbake")
    at_step(page, 4, "Erfaring")
    press(page, "7. Hjelp")
    at_step(page, 7, "Hjelp")
    choose(page, "Trenger du hjelp for å komme i jobb?", "Ja")
    choose(page, "Vil du at en veileder tar kontakt med deg?", "Ja")
    press(page, "Lagre og les gjennom")


def test_from_start_to_receipt_by_keyboard_on_a_phone_with_a_lost_session(
    page: Page, context: BrowserContext, live_server: LiveServer, people: People, logged_in: LogIn
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    logged_in(people.newcomer)
    page.goto(f"{live_server.url}/min-side/")
    follow(page, "Se hva det betyr, og begynn")
    expect(page.get_by_text("Dette er ikke en søknad om penger.")).to_be_visible()
    follow(page, "Begynn")

    fill_in_the_first_steps(page)
    at_step(page, 3, "Utdanning")
    context.clear_cookies()  # the session is lost; what was saved is not
    page.goto(f"{live_server.url}{AT}utdanning/")
    expect(page).to_have_url(re.compile("/logg-inn/"))
    logged_in(people.newcomer)
    page.goto(f"{live_server.url}/min-side/")
    expect(page.get_by_text("5 steg er igjen")).to_be_visible()
    follow(page, "Fortsett registreringen")

    fill_in_the_rest(page)
    expect(page.get_by_text("Noe mangler eller må rettes før du kan sende")).to_be_visible()
    follow(page, "Fyll ut det som mangler")
    at_step(page, 6, "Helse og annet")
    press(page, "Les gjennom og send")
    choose(page, "Kontoret ditt", "Lillevik")
    press(page, "Send registreringen")
    expect(page.get_by_role("heading", level=1, name="Du er registrert som arbeidssøker")).to_be_visible()
    expect(page.get_by_text("Et vedtak om hva slags hjelp du får").first).to_be_visible()
    expect(page.get_by_role("link", name="00 00 00 00")).to_be_visible()
    page.go_back()
    page.go_back()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with working_as_owner():
        assert Event.objects.filter(kind="registered", person=str(people.newcomer.pk)).count() == 1


def test_what_was_written_outlives_a_session_that_ends_before_it_is_sent(
    page: Page, context: BrowserContext, live_server: LiveServer, people: People, logged_in: LogIn
) -> None:
    logged_in(people.newcomer)
    page.goto(f"{live_server.url}{AT}onsker/")
    page.get_by_label("Hva er målet ditt?").fill("Fast jobb på lager")
    page.keyboard.press("Tab")
    expect(page.locator("#kept")).to_contain_text("Lagret")
    expect(page.locator("#version")).to_have_value("1")
    page.get_by_label("Heltid").check()
    page.get_by_role("textbox", name="Hvor kan du jobbe?").fill("Lillevik")
    page.keyboard.press("Tab")
    expect(page.locator("#version")).to_have_value("2")
    context.clear_cookies()
    page.goto(f"{live_server.url}{AT}onsker/")
    expect(page).to_have_url(re.compile("/logg-inn/"))
    logged_in(people.newcomer)
    page.goto(f"{live_server.url}{AT}onsker/")
    expect(page.get_by_label("Hva er målet ditt?")).to_have_value("Fast jobb på lager")
    expect(page.get_by_role("textbox", name="Hvor kan du jobbe?")).to_have_value("Lillevik")
    page.get_by_role("button", name="Lagre og gå videre").click()
    expect(page.get_by_text("Steg 6 av 7", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_portal_has_an_axe_finding_or_scrolls_sideways(
    page: Page, live_server: LiveServer, people: People, *, logged_in: LogIn, has_no_axe_findings: Check, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    steps = [f"{AT}{slug}/" for slug in ("om-deg", "situasjon", "erfaring/?ny=jobs", "onsker", "hjelp")]
    pages = ["/min-side/", "/min-side/innsyn/", "/min-side/kontorer/", AT, *steps, f"{AT}gjennomgang/"]
    for somebody, addresses in ((people.newcomer, pages), (people.own, ("/min-side/", f"{AT}versjoner/"))):
        logged_in(somebody)
        for address in addresses:
            page.goto(live_server.url + address.replace("/?ny=jobs/", "/?ny=jobs"))
            for width in (1280, 390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
                if width > 320:
                    has_no_axe_findings(page)


def test_everything_works_without_script(
    browser: Browser, live_server: LiveServer, people: People, context: BrowserContext, logged_in: LogIn
) -> None:
    logged_in(people.newcomer)
    plain = browser.new_context(java_script_enabled=False, locale="nb-NO")
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"{live_server.url}{AT}onsker/")
    page.get_by_role("textbox", name="Hvilke yrker ønsker du deg?").fill("sykepl")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="sykepleier", exact=True).click()
    page.get_by_role("textbox", name="Hvilke yrker ønsker du deg?").fill("drageflyger")
    page.get_by_role("button", name="Søk etter yrke").click()
    page.get_by_role("button", name="Bruk «drageflyger» slik jeg skrev det").click()
    for name in ("sykepleier", "drageflyger"):
        expect(page.get_by_role("button", name=f"Fjern {name}")).to_be_visible()
    page.get_by_role("button", name="4. Erfaring").click()
    page.get_by_role("button", name="Legg til et språk").click()
    page.get_by_role("combobox", name="Språk").select_option("polsk")
    page.get_by_role("button", name="Legg til et språk").click()
    expect(page.get_by_role("combobox", name="Språk")).to_have_count(2)
    page.get_by_role("button", name="Fjern språk 1").click()
    expect(page.get_by_role("combobox", name="Språk")).to_have_count(0)
    plain.close()


def test_an_advisor_goes_on_with_the_same_draft_and_nobody_overwrites_the_other(
    page: Page, browser: Browser, live_server: LiveServer, people: People, *, logged_in: LogIn, context: BrowserContext
) -> None:
    logged_in(people.own)
    page.goto(f"{live_server.url}{AT}onsker/")
    page.get_by_label("Hva er målet ditt?").fill("Fast jobb")
    page.get_by_role("button", name="Lagre og fortsett senere").click()
    expect(page.get_by_text("Lagret. Du kan fortsette når du vil")).to_be_visible()
    page.goto(f"{live_server.url}{AT}onsker/")  # stays open at home, while the two meet at the office

    together = reverse("advisor:step", args=["lillevik", people.own.pk, "wishes"])
    office = browser.new_context(locale="nb-NO")
    seat = office.new_page()
    at_home = context.cookies()
    logged_in(people.advisor)
    office.add_cookies(context.cookies())  # type: ignore[arg-type]
    context.clear_cookies()
    context.add_cookies(at_home)  # type: ignore[arg-type]
    seat.goto(live_server.url + together)
    expect(seat.get_by_text("Registrering sammen med Ola Østby")).to_be_visible()
    expect(seat.get_by_label("Hva er målet ditt?")).to_have_value("Fast jobb")
    seat.get_by_label("Hva er målet ditt?").fill("Fast jobb på lager")
    seat.get_by_role("button", name="Lagre og gå videre").click()
    expect(seat.get_by_text("Steg 6 av 7", exact=True)).to_be_visible()

    page.get_by_label("Hva er målet ditt?").fill("Bli kokk")
    page.get_by_role("button", name="Lagre og gå videre").click()
    expect(page.get_by_role("heading", name="Her finnes to versjoner")).to_be_visible()
    expect(page.get_by_text("av Veileder, mens du skrev")).to_be_visible()
    expect(page.get_by_text("Fast jobb på lager")).to_be_visible()
    page.get_by_role("button", name="Bruk det jeg skrev").click()
    expect(page.get_by_text("Steg 6 av 7", exact=True)).to_be_visible()
    seat.goto(live_server.url + together)
    expect(seat.get_by_label("Hva er målet ditt?")).to_have_value("Bli kokk")
    page.goto(f"{live_server.url}/min-side/innsyn/")
    expect(page.get_by_text("veilederen din").first).to_be_visible()
    office.close()
