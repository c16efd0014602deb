"""Takes the pictures of docs/tour.md: a walk through a running demo, in a real Chromium.

make demo                                       # in one terminal, of a fresh demo
.venv/bin/python scripts/tour.py [ADDRESS]      # in another

What the walk does is what the tour tells the reader to do: it registers somebody, searches, says why, and reads the log.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
ADDRESS = "http://127.0.0.1:8000"
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, PHONE = {"width": 1100, "height": 800}, {"width": 390, "height": 780}
LARGEST = 150_000
"""Bytes of a picture; a larger one is too much for a reader of the docs."""


class Walk:
    """One person's way through the site, in a window of their own."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self._address = address

    def log_in(self, name: str) -> None:
        self.page.goto(f"{self._address}/logg-inn/")
        door = self.page.locator(".fd-doors > li", has_text=name)
        with self.page.expect_navigation():
            door.get_by_role("button", name="Logg inn").click()

    def go(self, path: str) -> None:
        self.page.goto(f"{self._address}{path}")

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def picture(self, name: str, *, top: Locator | None = None, height: int = 800) -> None:
        """The page from its top, or from a little above something on it, down to its end or that many pixels."""
        page = self.page
        box = top.bounding_box() if top else None
        start = box["y"] + page.evaluate("window.scrollY") - 24 if box else 0
        whole = page.evaluate("document.documentElement.scrollHeight")
        width = page.evaluate("document.documentElement.clientWidth")
        path = FOLDER / f"tour-{name}.png"
        page.screenshot(
            path=path,
            full_page=True,
            clip={"x": 0, "y": start, "width": width, "height": min(height, whole - start)},
            animations="disabled",
            caret="hide",
        )
        size = path.stat().st_size
        if size > LARGEST:
            raise SystemExit(f"{path.name} has {size:,} bytes, more than {LARGEST:,}")
        print(path.name, f"{size:,} bytes", flush=True)


@contextmanager
def walking(browser: Browser, address: str, size: dict[str, int]) -> Iterator[Walk]:
    context = browser.new_context(viewport=size, locale="nb-NO", timezone_id="Europe/Oslo")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(30_000)
    try:
        yield Walk(page, address)
    finally:
        context.close()


def newcomer(walk: Walk) -> None:
    """Jonas has not registered: the first page, and the step about work wishes with the search for occupations."""
    walk.log_in("Jonas Myrland")
    walk.picture("portal-new", height=1100)
    walk.go("/min-side/registrering/onsker/")
    occupations = walk.page.get_by_label("Hvilke yrker ønsker du deg?")
    occupations.fill("lager medarb")
    walk.page.get_by_role("button", name="lagermedarbeider", exact=True).wait_for()
    walk.picture("portal-wishes", top=walk.page.get_by_text("Hvilke yrker ønsker du deg?").first, height=700)


def registered(walk: Walk) -> None:
    walk.log_in("Sunniva Fossvik")
    walk.picture("portal-home", height=1500)


def advisor(walk: Walk) -> None:
    """Arif searches, opens somebody who is not his, says why, and sees the person."""
    walk.log_in("Arif Hassan")
    walk.page.get_by_label("Navn, fødselsnummer eller fødselsdato").fill("tekle")
    walk.page.get_by_role("button", name="Søk", exact=True).click()  # swapped in place, where there is a script
    walk.page.get_by_role("link", name="Tekle, Selam").wait_for()
    walk.picture("search")
    walk.follow("Tekle, Selam")
    walk.page.get_by_label("Personen har tatt kontakt").check()
    walk.page.get_by_label("Med egne ord").fill("Hun ringte og spurte om godkjenning av utdanningen.")
    walk.picture("reason")
    walk.press("Åpne siden")
    walk.picture("person", height=850)


def team_lead(walk: Walk) -> None:
    walk.log_in("Tor Teamleder")
    walk.picture("without-advisor")


def leader(walk: Walk) -> None:
    walk.log_in("Stein Styrer")
    walk.picture("conformity")
    walk.go("/kontor/storhavn/omfordeling/")
    walk.picture("redistribution")


def administrator(walk: Walk) -> None:
    walk.log_in("Alma Administrator")
    walk.picture("staff")


def privacy_officer(walk: Walk) -> None:
    walk.log_in("Pia Personvern")
    walk.picture("log")


def opened(walk: Walk) -> None:
    """Selam reads who has opened her case."""
    walk.log_in("Selam Tekle")
    walk.go("/min-side/innsyn/")
    walk.picture("portal-openings", height=1200)


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else ADDRESS
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        with walking(browser, address, WIDE) as walk:
            walk.go("/logg-inn/")
            walk.picture("login")
        for on_phone in (newcomer, registered):
            with walking(browser, address, PHONE) as walk:
                on_phone(walk)
        for at_desk in (advisor, team_lead, leader, administrator, privacy_officer):
            with walking(browser, address, WIDE) as walk:
                at_desk(walk)
        with walking(browser, address, PHONE) as walk:
            opened(walk)
        browser.close()


if __name__ == "__main__":
    main()
