"""Finding a person, saying why, and meeting them: in a real browser, as advisor, job-seeker and privacy officer together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from conformity_reports import make_town
from django.conf import settings
from django.test import Client
from django.utils import timezone
from people_of_the_town import People, account_of, make_people
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from walls import working_as_owner

from framdrift.casework.offices.models import Staff
from framdrift.casework.people.actions import make_person
from framdrift.casework.people.models import ContactDetails, Identity, Person, SafetyFlag
from framdrift.casework.people.numbers import read_number, synthetic
from framdrift.casework.registration.models import Version

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LogIn = Callable[[Staff | Person], None]
Check = Callable[[Page], None]
SEARCH = "/kontor/lillevik/sok/"
WITH_DETAILS_OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def people(transactional_db: None) -> People:
    return make_people(make_town())


@pytest.fixture
def crowd(people: People) -> None:
    with working_as_owner():
        for place in range(60):
            make_person(
                office=people.town.small.office.pk,
                number=read_number(synthetic(date(1970, 1, 1), "male", place)),
                given_name=f"Nr{place:02}",
                family_name="Mange-Etternavnsen",
            )


def page_of(person: Person, rest: str = "") -> str:
    return f"/kontor/lillevik/personer/{person.pk}/{rest}"


def search(page: Page, text: str) -> None:
    page.get_by_label("Navn, fødselsnummer eller fødselsdato").fill(text)
    page.keyboard.press("Enter")


def test_search_say_why_open_and_the_person_and_the_officer_read_it(
    page: Page, live_server: LiveServer, people: People, *, logged_in: LogIn, has_no_axe_findings: Check
) -> None:
    logged_in(people.advisor)
    page.goto(live_server.url + SEARCH)
    search(page, "noor ah")
    expect(page.get_by_role("heading", name="1 person funnet")).to_be_focused()
    assert page.url == live_server.url + SEARCH
    page.get_by_role("link", name="Noor, Ahmed").click()
    expect(page.get_by_role("heading", name="Ahmed Noor")).to_be_visible()
    page.get_by_role("button", name="Åpne siden").click()
    expect(page.get_by_role("link", name="Skriv med egne ord hvorfor du åpner siden.")).to_be_visible()
    has_no_axe_findings(page)
    page.get_by_label("Personen har tatt kontakt").check()
    page.get_by_label("Med egne ord").fill("Ringte og spurte om kurset")
    page.get_by_role("button", name="Åpne siden").click()
    expect(page).to_have_url(live_server.url + page_of(people.of_office))
    expect(page.get_by_text("Ringte og spurte om kurset")).to_be_visible()

    logged_in(people.of_office)
    page.goto(live_server.url + "/min-side/innsyn/")
    expect(page.get_by_text("Ringte og spurte om kurset")).to_be_visible()
    expect(page.get_by_text("Navnet ditt kom opp i et søk").first).to_be_visible()

    logged_in(people.privacy_officer)
    page.goto(live_server.url + "/innsikt/innsynslogg/")
    expect(page.get_by_text("Ringte og spurte om kurset")).to_be_visible()
    expect(page.get_by_text("Ahmed")).to_have_count(0)
    with working_as_owner():
        number = str(Identity.objects.get(person=people.of_office).number)
    page.get_by_label("Fødselsnummer").fill(number)
    page.get_by_role("button", name="Vis loggen").click()
    expect(page.get_by_role("heading", name=re.compile("^Loggen for person"))).to_be_visible()
    assert number not in page.url
    has_no_axe_findings(page)


@pytest.mark.usefixtures("crowd")
def test_further_people_come_below_and_the_focus_goes_along(
    page: Page, live_server: LiveServer, people: People, *, logged_in: LogIn
) -> None:
    logged_in(people.advisor)
    page.goto(live_server.url + SEARCH)
    search(page, "mange")
    for place, shown in (("Viser 1–25", 25), ("Viser 26–50", 50), ("Viser 51–60", 60)):
        expect(page.get_by_role("heading", name=place)).to_be_focused()
        expect(page.get_by_role("rowheader")).to_have_count(shown)
        if shown < 60:
            page.get_by_role("button", name="Vis flere").click()
    expect(page.get_by_text("Det var alle.")).to_be_visible()
    expect(page.get_by_role("button", name="Vis flere")).to_have_count(0)


@pytest.fixture
def without_script(browser: Browser, live_server: LiveServer, people: People) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    client = Client()
    client.force_login(account_of(people.advisor))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.mark.usefixtures("crowd")
def test_all_of_it_works_without_script(without_script: Page, live_server: LiveServer, people: People) -> None:
    page = without_script
    page.goto(live_server.url + SEARCH)
    search(page, "mange")
    expect(page.get_by_role("rowheader")).to_have_count(25)
    page.get_by_role("button", name="Vis flere").click()
    expect(page.get_by_role("heading", name="Viser 26–50")).to_be_visible()
    search(page, "finnes ikke")
    expect(page.get_by_role("heading", name="Ingen funnet ved Lillevik")).to_be_visible()
    page.goto(live_server.url + page_of(people.own, "kontaktopplysninger/"))
    page.get_by_label("Telefon", exact=True).fill("22 33 44 55")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("22 33 44 55")).to_be_visible()


def test_two_who_edit_see_each_other(
    page: Page, live_server: LiveServer, people: People, *, logged_in: LogIn, has_no_axe_findings: Check
) -> None:
    logged_in(people.advisor)
    page.goto(live_server.url + page_of(people.own, "kontaktopplysninger/"))
    page.get_by_label("Telefon", exact=True).fill("22 33 44 55")
    with working_as_owner():
        ContactDetails.objects.filter(person=people.own).update(phone="99 88 77 66", version=2)
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Lagret nå: 99 88 77 66")).to_be_visible()
    expect(page.get_by_text("Du skrev: 22 33 44 55")).to_be_visible()
    has_no_axe_findings(page)
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_role("definition").filter(has_text="22 33 44 55")).to_be_visible()


def test_a_flag_is_set_and_met_at_the_top_by_the_next(
    page: Page, live_server: LiveServer, people: People, *, logged_in: LogIn, has_no_axe_findings: Check
) -> None:
    logged_in(people.advisor)
    page.goto(live_server.url + page_of(people.own))
    page.get_by_role("link", name="Sett sikkerhetsvarsel").click()
    page.get_by_label("Råd til den som skal møte personen").fill("Vær to, og bruk møterom 1")
    page.get_by_label("Gjelder til og med").fill(f"{timezone.localdate():%d.%m.%Y}")
    page.get_by_role("button", name="Sett varselet").click()
    expect(page.get_by_role("heading", name="Sikkerhetsvarsel: les dette")).to_be_visible()
    has_no_axe_findings(page)
    with working_as_owner():
        SafetyFlag.objects.update(last_day=timezone.localdate() + timedelta(days=30))
    page.get_by_role("link", name="Endre", exact=True).click()
    page.get_by_role("button", name="Avslutt varselet med i dag").click()
    expect(page.get_by_text(re.compile("Gjelder til og med"))).to_be_visible()
    with working_as_owner():
        assert SafetyFlag.objects.get().lifted_by_id == people.advisor.pk


def test_registering_together_from_number_to_receipt(
    page: Page, live_server: LiveServer, people: People, *, logged_in: LogIn, has_no_axe_findings: Check
) -> None:
    logged_in(people.advisor)
    page.goto(live_server.url + SEARCH)
    page.get_by_role("link", name="Registrer sammen med en som er ny").click()
    page.get_by_label("Fødselsnummer eller d-nummer").fill("123")
    page.get_by_label("Fornavn").fill("Nina")
    page.get_by_label("Etternavn").fill("Nysgjerrig")
    page.get_by_role("button", name="Begynn").click()
    expect(page.get_by_role("link", name="Et fødselsnummer eller d-nummer har elleve siffer.")).to_be_visible()
    page.get_by_label("Fødselsnummer eller d-nummer").fill(synthetic(date(1999, 1, 2), "female", 6))
    page.get_by_role("button", name="Begynn").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Om deg")
    expect(page.get_by_label("Fornavn")).to_have_value("Nina")
    has_no_axe_findings(page)
    onwards = page.locator("button[value=next]")
    page.get_by_label("Melding på Min side").check()
    page.get_by_label("Hvilket språk vil du helst bruke med oss?").select_option(label="norsk bokmål")
    page.get_by_role("group", name="Trenger du tolk i samtaler?").get_by_label("Nei", exact=True).check()
    onwards.click()
    page.get_by_label("Jeg er permittert").check()
    page.get_by_label("Dagpenger").check()
    for title in ("Utdanning", "Erfaring", "Ønsker", "Helse og annet", "Hjelp"):
        onwards.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    page.locator("[name=needs_help][value=yes]").check()
    page.locator("[name=wants_contact][value=yes]").check()
    onwards.click()
    page.locator("button[value=submit]").click()
    expect(page).to_have_url(re.compile("/kvittering/$"))
    with working_as_owner():
        sent = Version.objects.get()
    assert (sent.source, sent.staff_id, sent.number) == ("assisted", people.advisor.pk, 1)
    page.goto(f"{live_server.url}/kontor/lillevik/personer/{sent.person_id}/")
    expect(page.get_by_role("heading", name="Nina Nysgjerrig")).to_be_visible()
    expect(page.get_by_text("Ingen veileder")).to_be_visible()
    has_no_axe_findings(page)


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_axe_finding_or_scrolls_sideways(
    page: Page, live_server: LiveServer, people: People, *, logged_in: LogIn, has_no_axe_findings: Check, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    own = people.protected
    for staff, addresses in (
        (
            people.cleared,
            (
                SEARCH,
                "/kontor/lillevik/registrer/",
                *(page_of(own, rest) for rest in ("", "innsyn/", "kontaktopplysninger/", "sikkerhetsvarsel/")),
                page_of(people.of_office, "begrunnelse/"),
            ),
        ),
        (people.privacy_officer, ("/innsikt/innsynslogg/",)),
    ):
        logged_in(staff)
        for address in addresses:
            page.goto(live_server.url + address)
            if address == SEARCH:
                search(page, "mange")
                expect(page.get_by_role("rowheader")).to_have_count(25)
            page.evaluate(WITH_DETAILS_OPEN)
            for width in (1280, 390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                if width < 1280:
                    assert page.evaluate(SIDEWAYS) == 0, (address, width)
                if width != 320:
                    has_no_axe_findings(page)
