"""Who has whom, in a real browser: by keyboard, without script, on a phone, with no axe finding."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conformity_reports import make_town
from django.conf import settings
from django.test import Client
from people_of_the_town import People, account_of, make_people
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from responsibility_cases import advisor_of, case_of, make_cases
from walls import working_as_owner

from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Absence, Staff
from framdrift.casework.responsibility import redistributing

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LogIn = Callable[[Staff], None]
Check = Callable[[Page], None]
LEADERS = (
    "/kontor/lillevik/uten-veileder/",
    "/kontor/lillevik/uten-veileder/?vis=sluttet",
    "/kontor/lillevik/omfordeling/",
    "/kontor/lillevik/omfordeling/fra/siri/",
    "/kontor/lillevik/fravaer/",
)
ADMINISTRATORS = (
    "/kontor/lillevik/ansatte/",
    "/kontor/lillevik/ansatte/ny/",
    "/kontor/lillevik/ansatte/siri/",
)


@pytest.fixture
def people(transactional_db: None) -> People:
    return make_people(make_town())


@pytest.fixture
def leaver(people: People) -> Staff:
    staff = advisor_of(people, "Siri", "korttid")
    make_cases(people.town.small.office, 9, advisor=staff)
    return staff


def of(staff: Staff) -> int:
    with working_as_owner():
        return Case.objects.filter(advisor=staff).count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_axe_finding_or_scrolls_sideways(
    page: Page,
    live_server: LiveServer,
    people: People,
    leaver: Staff,
    *,
    logged_in: LogIn,
    has_no_axe_findings: Check,
    scheme: str,
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    with working_as_owner():
        absence = Absence.objects.get(staff=people.absent).pk
    for staff, addresses in (
        (people.leader, (*LEADERS, f"/kontor/lillevik/fravaer/{absence}/")),
        (people.administrator, ADMINISTRATORS),
    ):
        logged_in(staff)
        for address in addresses:
            page.goto(live_server.url + address)
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                has_no_axe_findings(page)
            page.set_viewport_size({"width": 320, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_by_keyboard_the_leader_gives_somebody_who_has_nobody(
    page: Page, live_server: LiveServer, people: People, logged_in: LogIn
) -> None:
    logged_in(people.leader)
    page.goto(live_server.url + LEADERS[0])
    box = page.get_by_label("Ingen Zahl")
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.get_by_label("Veileder", exact=True).focus()
    page.keyboard.type("Kari")
    page.keyboard.press("Tab")
    page.keyboard.type("Ny")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 person har fått veileder.")
    expect(page.get_by_role("heading", name="Alle har en veileder")).to_be_visible()
    assert case_of(people.nobodys).advisor == people.colleague


def test_a_mistake_is_told_on_top_and_at_the_field(
    page: Page, live_server: LiveServer, people: People, logged_in: LogIn, has_no_axe_findings: Check
) -> None:
    logged_in(people.leader)
    page.goto(live_server.url + LEADERS[0])
    page.get_by_role("button", name="Gi til veilederen").click()
    expect(page).to_have_title(re.compile("^Feil:"))
    page.get_by_role("link", name="Velg et svar under «Veileder».").click()
    expect(page.get_by_label("Veileder", exact=True)).to_be_focused()
    has_no_axe_findings(page)


def test_a_long_redistribution_goes_on_by_itself(
    page: Page,
    live_server: LiveServer,
    people: People,
    leaver: Staff,
    *,
    logged_in: LogIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(redistributing, "PORTION", 4)
    logged_in(people.leader)
    page.goto(live_server.url + "/kontor/lillevik/omfordeling/")
    page.get_by_role("link", name="Fordel sakene fra Siri").click()
    expect(page.get_by_label("Hvorfor")).to_have_value("load")
    page.get_by_role("button", name="Gjennomfør fordelingen").click()
    expect(page.get_by_text("9 personer har fått ny veileder.")).to_be_visible()
    assert of(leaver) == 0
    page.get_by_role("button", name="Gjør om").click()
    expect(page.get_by_role("heading", name="En fordeling er gjort om")).to_be_visible()
    expect(page.get_by_text("9 personer har fått ny veileder.")).to_be_visible()
    assert of(leaver) == 9


def test_without_script_one_presses_on(
    browser: Browser, live_server: LiveServer, people: People, leaver: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redistributing, "PORTION", 5)
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    client = Client()
    client.force_login(account_of(people.leader))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/kontor/lillevik/omfordeling/fra/siri/")
    page.get_by_role("button", name="Gjennomfør fordelingen").click()
    expect(page.get_by_text("5 av 9 er flyttet")).to_be_visible()
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_text("9 personer har fått ny veileder.")).to_be_visible()
    context.close()


def test_on_paper_the_list_stands_without_what_is_pressed(
    page: Page, live_server: LiveServer, people: People, logged_in: LogIn
) -> None:
    logged_in(people.leader)
    page.goto(live_server.url + LEADERS[0])
    page.emulate_media(media="print")
    expect(page.get_by_role("rowheader").get_by_text("Ingen Zahl").first).to_be_visible()
    expect(page.get_by_text("Har aldri hatt veileder.")).to_be_visible()
    expect(page.get_by_role("button", name="Gi til veilederen")).to_be_hidden()


def test_an_advisor_says_they_will_be_away_and_the_leader_sees_who_answers(
    page: Page, live_server: LiveServer, people: People, logged_in: LogIn
) -> None:
    logged_in(people.advisor)
    page.goto(live_server.url)
    page.get_by_role("link", name="Fravær").click()
    page.get_by_label("Første dag borte").fill("1.1.2030")
    page.get_by_label("Siste dag borte").fill("11.1.2030")
    page.get_by_label("Hvem svarer imens?").select_option("Kari Kollega")
    page.get_by_role("button", name="Registrer fraværet").click()
    expect(page.get_by_role("status")).to_have_text("Fraværet er registrert.")
    logged_in(people.leader)
    page.goto(live_server.url + "/kontor/lillevik/fravaer/")
    row = page.get_by_role("row").filter(has_text="1. januar 2030 – 11. januar 2030")
    expect(row).to_contain_text("Kari Kollega")
