"""How numbers and dates are written, how charts are drawn, and what every answer carries."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conformity_reports import Town
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from people_of_the_town import account_of

from framdrift.web import design
from framdrift.web.design import formats
from framdrift.web.design.charts import Chart, Line, Spark
from framdrift.web.design.gallery import specimens

SPACE = formats.NO_BREAK
LIMITS = (0.6, 0.9)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (71, 100, "71 %"),
        (0, 10, "0 %"),
        (10, 10, "100 %"),
        (896, 1000, "89,6 %"),
        (9, 10, "90 %"),
        (999, 1000, "99,9 %"),
        (1, 1000, "0,1 %"),
        (1, 100_000, "under 0,1 %"),
        (5_999, 10_000, "59,9 %"),
        (1, 3, "33 %"),
        (0, 0, ""),
    ],
)
def test_a_share_is_never_rounded_to_a_limit_it_does_not_reach(part: int, whole: int, text: str) -> None:
    assert formats.share(part, whole, LIMITS) == text.replace(" %", f"{SPACE}%")


@given(st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_what_is_written_stands_on_the_right_side_of_each_limit(counts: tuple[int, int]) -> None:
    part, whole = counts
    written = formats.share(part, whole, LIMITS).replace("under ", "").replace(",", ".").removesuffix(f"{SPACE}%")
    for limit in (*LIMITS, 1.0):
        assert (float(written) >= limit * 100) == (part / whole >= limit)


def test_numbers_and_dates_in_both_languages() -> None:
    assert formats.number(2_681_000) == f"2{SPACE}681{SPACE}000"
    assert (formats.signed(3), formats.signed(-16), formats.signed(0)) == ("+3", "−16", "0")
    assert formats.day(date(2026, 11, 3), today=date(2026, 1, 1)) == f"3.{SPACE}november"
    assert formats.day(date(2025, 11, 3), today=date(2026, 1, 1)) == f"3.{SPACE}november 2025"
    assert formats.moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == f"2.{SPACE}juli 2026 kl. 00:30"
    assert formats.quarter(date(2026, 7, 1)) == "3. kvartal 2026"
    with translation.override("en"):
        assert formats.day(date(2026, 5, 17)) == f"17{SPACE}May 2026"
        assert formats.share(2, 3) == "67%"
        assert formats.quarter(date(2026, 7, 1), short=True) == "Q3 26"


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=12), st.integers(1, 4))
def test_a_chart_keeps_its_labels_apart_and_its_points_inside(shares: list[float | None], lines: int) -> None:
    columns = [str(number) for number in range(len(shares))]
    chart = Chart.of("", columns, [Line("a", "guideline", shares, "1 %")] * lines, LIMITS)
    heights = [line.label_y for line in chart.lines]
    assert all(low + 17 <= high for low, high in pairwise(heights))
    for line in chart.lines:
        places = [point for segment in line.segments for point in segment.split()]
        assert all(
            chart.left <= int(x) <= chart.right and 0 <= int(y) <= 232 for x, y in (p.split(",") for p in places)
        )


def test_a_development_needs_two_quarters() -> None:
    assert Spark.of([0.5, None]) is None
    assert Spark.of([0.5, None, 0.7]) is not None


def test_every_component_is_shown_and_says_how_it_is_used() -> None:
    files = (Path(design.__file__).parent / "templates/design/components").glob("*.html")
    shown = specimens()
    assert {specimen.name for specimen in shown} == {file.stem for file in files}
    assert all(specimen.use and specimen.html for specimen in shown)


def test_no_template_has_an_inline_style_or_script() -> None:
    web = Path(design.__file__).parents[1]
    for template in web.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "style=" not in text, template
        assert "<style" not in text, template
        assert "javascript:" not in text, template
        assert not [tag for tag in text.split("<script")[1:] if not tag.startswith(" src=")], template


def test_the_policy_lets_nothing_in_from_outside(client: Client, db: None) -> None:
    policy = client.get("/logg-inn/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy


def test_choices_for_the_eyes_are_kept_in_cookies(client: Client, db: None) -> None:
    assert client.post("/visning/", {"language": "en", "colours": "dark"}).status_code == 302
    html = client.get("/visning/").content.decode()
    assert '<html lang="en" data-color-scheme="dark"' in html
    assert client.post("/visning/", {"language": "xx", "colours": "dark"}).status_code == 400
    client.cookies["colour_scheme"] = '"><script>'
    assert 'data-color-scheme="auto"' in client.get("/visning/").content.decode()


def test_an_error_inside_shows_a_plain_page_and_no_detail(
    town: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("framdrift.web.conformity.answers.conformity_page", fail)
    client = Client(raise_request_exception=False)
    client.force_login(account_of(town.small.leader))
    response = client.get("/kontor/lillevik/samsvar/")
    assert response.status_code == 500
    assert "Noe gikk galt hos oss" in response.content.decode()
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("22334455", "22 33 44 55"),
        ("+4722334455", "+47 22 33 44 55"),
        ("223 34 455", "22 33 44 55"),
        ("+46701234567", "+46701234567"),
    ],
)
def test_a_phone_number_is_told_in_twos(kept: str, told: str) -> None:
    assert formats.phone(kept) == told


def test_an_icon_keeps_clear_of_the_words_of_its_link() -> None:
    rules = (Path(design.__file__).parent / "static/design/framdrift.css").read_text(encoding="utf-8")
    assert re.search(r"\.ds-link:has\(> \.fd-icon\) \{[^}]*gap: ", rules)
