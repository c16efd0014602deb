"""Logging in and out by a provider in a real browser: through the policy that lets a form lead nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from conformity_reports import Town, make_town
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from openid_provider import Provider, provider_on_this_machine
from people_of_the_town import make_people
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from framdrift.casework.offices.models import Staff
from framdrift.casework.people.numbers import synthetic
from framdrift.web.accounts.sessions import BEGAN

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore"),  # the provider's own parts warn of each other
]
NUMBER = synthetic(date(1991, 3, 4), "female", 3)


@pytest.fixture
def town(transactional_db: None) -> Town:
    return make_town()


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with provider_on_this_machine() as there:
        yield there


@pytest.fixture(autouse=True)
def _every_way_in(settings: Any, provider: Provider) -> None:
    cache.clear()
    settings.DEMO_LOGIN = False
    settings.ENVIRONMENT = replace(
        settings.ENVIRONMENT,
        staff_login=provider.staff_login(),
        citizens_login=provider.citizens_login(),
        password_login=True,
    )


def through(page: Page, sub: str) -> None:
    """At the provider."""
    page.get_by_placeholder("sub").fill(sub)
    page.get_by_role("button", name="Authorize").click()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def any_page(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=request.param, base_url=live_server.url, locale="nb-NO") as context:
        # The provider's pages ask for a style sheet on the net, which is not there.
        context.route("https://**", lambda route: route.abort())
        yield context.new_page()


def test_an_employee_goes_to_the_provider_and_back_and_out_again(
    any_page: Page, provider: Provider, town: Town
) -> None:
    provider.knows("sub-leader", preferred_username="leader-lillevik")
    any_page.goto("/kontor/lillevik/samsvar/")
    any_page.get_by_role("button", name="Logg inn med jobbkontoen").click()
    through(any_page, "sub-leader")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Samsvar, Lillevik")
    any_page.get_by_role("button", name="Logg ut").click()
    any_page.get_by_role("button", name="End session").click()
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Logg inn")


def test_a_citizen_comes_to_their_own_page_by_keyboard_on_a_phone(
    any_page: Page, provider: Provider, town: Town
) -> None:
    provider.knows("citizen", pid=NUMBER, acr="idporten-loa-high")
    any_page.set_viewport_size({"width": 320, "height": 700})
    any_page.goto("/logg-inn/")
    any_page.get_by_role("button", name="Logg inn med ID-porten").focus()
    any_page.keyboard.press("Enter")
    through(any_page, "citizen")
    any_page.wait_for_url("**/min-side/**")
    expect(any_page.get_by_role("link", name="Min side")).to_be_visible()


def test_too_low_a_level_says_what_to_do(any_page: Page, provider: Provider, town: Town) -> None:
    provider.knows("low", pid=NUMBER, acr="idporten-loa-substantial")
    any_page.goto("/logg-inn/")
    any_page.get_by_role("button", name="Logg inn med ID-porten").click()
    through(any_page, "low")
    expect(any_page.get_by_role("heading", level=1)).to_have_text("Innloggingen var ikke sikker nok")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_logging_in_has_an_axe_finding_or_scrolls_sideways(
    page: Page, live_server: LiveServer, town: Town, has_no_axe_findings: Callable[[Page], None], scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/logg-inn/")
    steps: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: page.get_by_role("button", name="Logg inn med passord").click(),
        lambda: page.goto(f"{live_server.url}/logg-inn/ansatt/svar/?code=x&state=y"),
    )
    for step in steps:
        step()
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            has_no_axe_findings(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_somebody_wrote_is_on_the_page_when_the_login_was_over(
    page: Page, live_server: LiveServer, town: Town, logged_in: Callable[[Staff], None]
) -> None:
    """The search fetches a part of its page, so that this comes by script and takes the whole page's place."""
    logged_in(make_people(town).colleague)
    page.goto(f"{live_server.url}/kontor/lillevik/sok/")
    page.get_by_label("Navn, fødselsnummer eller fødselsdato").fill("Kari Nordmann fra Bø")
    session = SessionStore(Session.objects.get().session_key)
    session[BEGAN] = (timezone.now() - timedelta(hours=9)).timestamp()
    session.save()
    page.get_by_role("button", name="Søk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ut")
    expect(page.get_by_text("Kari Nordmann fra Bø")).to_be_visible()
    expect(page.get_by_role("button", name="Logg ut")).to_be_hidden()
    page.get_by_role("link", name="Logg inn og kom tilbake").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logg inn")
    assert page.url.endswith("/logg-inn/?next=%2Fkontor%2Flillevik%2Fsok%2F")
