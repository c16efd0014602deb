"""The pictures and tables of the docs are what the code says today, and can be read without seeing them."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import draw_patterns
import pytest
import write_tables
from pictures import cases, groups, timeline

from framdrift.standard.loading import _PATTERN_KEYS
from framdrift.standard.model import State

DOCS = write_tables.DOCS
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn():
    return draw_patterns.drawn()


def test_every_picture_is_what_the_script_draws_today(drawn):
    committed = {path.name: path.read_text(encoding="utf-8") for path in draw_patterns.FOLDER.glob("*.svg")}
    assert committed.keys() == drawn.keys()
    stale = [name for name in drawn if committed[name] != drawn[name]]
    assert not stale, "run scripts/draw_patterns.py"


@pytest.mark.parametrize("name", write_tables.PAGES)
def test_every_table_is_what_the_script_writes_today(name):
    assert (DOCS / name).read_text(encoding="utf-8") == write_tables.written(name), "run scripts/write_tables.py"


def test_every_table_stands_on_a_page():
    text = "".join((DOCS / page).read_text(encoding="utf-8") for page in write_tables.PAGES)
    assert set(re.findall(r"<!-- table: (\S+) -->", text)) == {
        name for name in write_tables.TABLES if name != "rule-periods"
    }


def test_there_is_a_picture_for_every_pattern(drawn):
    assert {f"{pattern}.svg" for pattern in _PATTERN_KEYS} <= drawn.keys()


def test_the_pictures_show_every_state():
    shown = {
        instance.state for picture in cases.PICTURES for case in timeline.held(picture) for instance in case.instances
    }
    assert shown == set(State.__args__)


def test_each_state_drawn_is_the_state_that_was_found(drawn):
    for picture in cases.PICTURES:
        found = [line.rpartition(": ")[2] for case in timeline.held(picture) for line in timeline.told(case)]
        words = [text.text for text in ET.fromstring(drawn[f"{picture.name}.svg"]).iter(f"{SVG}text")]
        known = {*State.__args__, timeline.NO_INSTANCE}
        assert [word for word in words if word in known] == [
            timeline.NO_INSTANCE if state == "nothing is asked" else state for state in found
        ]


def test_a_picture_has_a_title_and_says_in_words_what_it_shows(drawn):
    for picture in [*cases.PICTURES, *groups.PICTURES]:
        root = ET.fromstring(drawn[f"{picture.name}.svg"])
        ids = root.get("aria-labelledby").split()
        named = {child.get("id"): child for child in root if child.get("id")}
        assert root.get("role") == "img"
        assert [named[part].tag for part in ids] == [f"{SVG}title", f"{SVG}desc"]
        assert all(named[part].text for part in ids)
        description = named[ids[1]].text
        if isinstance(picture, cases.Picture):
            assert all(lane.told in description for lane in picture.lanes)
        else:
            assert all(name in description for name in picture.members)


@pytest.mark.parametrize(
    ("log", "why"),
    [
        ("2012-01-30 registered", "outside the days drawn"),
        ("2012-02-09 registered", "does not exist yet"),
    ],
)
def test_a_picture_that_would_not_show_what_was_evaluated_is_not_drawn(log, why):
    with pytest.raises(ValueError, match=why):
        timeline.draw(replace(cases.RESPONSE, lanes=(cases.Lane("beyond", log),)))


@pytest.mark.parametrize("scheme", ["", "dark"])
@pytest.mark.parametrize("look", ["ink", "soft", "met", "late", "missed", "open", "void"])
def test_words_stand_out_from_the_paper(drawn, scheme, look):
    """WCAG 2.1, 1.4.3: at least 4.5 to 1 for text of this size, in light and in dark."""
    style = drawn["response.svg"].split("@media")[1 if scheme else 0]
    colours = dict(re.findall(r"\.(\w+)\{fill:(#\w+)\}", style))
    assert contrast(colours[look], colours["paper"]) >= 4.5


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_pictures_are_where_the_pages_look_for_them():
    for page in write_tables.PAGES:
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (DOCS / page).read_text(encoding="utf-8")):
            assert Path(DOCS / target).is_file()
