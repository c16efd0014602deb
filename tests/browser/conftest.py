"""Real Chromium against a live server: as a leader or an analyst, at two widths, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conformity_reports import Town, make_town, measure_town
from django.conf import settings
from django.test import Client
from people_of_the_town import account_of
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from framdrift.casework.offices.models import Staff
from framdrift.casework.people.models import Person

CHROMIUM = "/usr/bin/chromium"
AXE = Path(__file__).parents[2] / "src/framdrift/web/design/static/vendor/axe/axe.min.js"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address but the live server's; in place of a plugin's fixture that pytest has begun to warn of."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"These tests need a browser at {CHROMIUM}: install Debian's chromium.")
    return {"executable_path": CHROMIUM, "args": list(QUIET)}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "nb-NO"}


@pytest.fixture
def town(transactional_db: None) -> Town:
    town = make_town()
    measure_town(town)
    return town


@pytest.fixture
def logged_in(context: BrowserContext, live_server: LiveServer) -> Callable[[Staff | Person], None]:
    """Gives the browser the session of an employee or a job-seeker, as logging in would."""

    def log_in(somebody: Staff | Person) -> None:
        client = Client()
        client.force_login(account_of(somebody))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])

    return log_in


@pytest.fixture(autouse=True)
def _nothing_goes_wrong_unseen(page: Page) -> Iterator[None]:
    """What the browser refuses (CSP), fails to load or throws fails the test."""
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    yield
    assert not [text for text in wrong if "404" not in text and "400" not in text]


@pytest.fixture
def has_no_axe_findings() -> Callable[[Page], None]:
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(source)  # evaluated, not added as a script: the page's own policy stays in force
        found = page.evaluate(
            "async () => (await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}))"
            ".violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`)"
        )
        assert found == []

    return check
