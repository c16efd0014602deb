"""The tour goes where the demo leads: its people are offered, its pictures are there, small, told in words and used."""

import re
from datetime import UTC, datetime
from itertools import chain

import pytest
import tour
import write_tables

from framdrift.casework.demonstration.seekers import newcomers
from framdrift.casework.demonstration.staff import DESKS

TEXT = (write_tables.DOCS / "tour.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[([^\]]+)\]\(pictures/(tour-[^)]+\.png)\)", TEXT)
WALK = (write_tables.DOCS.parent / "scripts" / "tour.py").read_text(encoding="utf-8")


def test_each_picture_is_shown_once_and_taken_by_the_walk():
    shown = [name for _, name in SHOWN]
    assert sorted(shown) == sorted(path.name for path in tour.FOLDER.glob("tour-*.png"))
    assert sorted(shown) == sorted(f"tour-{name}.png" for name in re.findall(r'\.picture\(\s*"([a-z-]+)"', WALK))


@pytest.mark.parametrize(("told", "name"), SHOWN, ids=[name for _, name in SHOWN])
def test_a_picture_is_small_and_can_be_read_without_seeing_it(told, name):
    assert (tour.FOLDER / name).stat().st_size <= tour.LARGEST
    assert len(told) > 20


def test_whoever_the_walk_logs_in_as_is_in_the_demo_and_in_the_text():
    people = {f"{each.given_name} {each.family_name}" for each in newcomers(datetime(2026, 11, 2, tzinfo=UTC))}
    people |= set(chain(*(desk.advisors.values() for desk in DESKS.values())))
    people |= {colleague.name for desk in DESKS.values() for colleague in desk.colleagues}
    walked = re.findall(r'log_in\("([^"]+)"\)', WALK)
    assert walked
    assert set(walked) <= people
    assert [name for name in walked if name not in TEXT] == []
