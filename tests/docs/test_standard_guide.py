"""The guide to the standard tells of every key of the figures, every pattern, and the numbers that are judged by."""

import re
from datetime import date

import pytest
import write_tables
from pictures.cases import events_of

from framdrift.events import Log
from framdrift.standard import conformity, load
from framdrift.standard.loading import _PATTERN_KEYS, parse
from framdrift.standard.model import VerdictRule
from framdrift.standard.verdicts import Counts, rule_verdict

GUIDE = (write_tables.DOCS / "standard.md").read_text(encoding="utf-8")
SMALL = """
standard: small
goals: [{id: G1}]
requirements:
  - {id: S1, goals: [G1], pattern: response, trigger: {kind: registered}, target: {kind: conversation}, within: P2M}
"""


def test_every_key_of_the_json_is_told():
    events = events_of("2012-01-09 registered\n2012-02-20 conversation")
    with Log.of_events(events) as log:
        figures = conformity(parse("small.yaml", SMALL), log, as_of=date(2012, 3, 1)).as_dict()
    told = GUIDE.partition("## 7.")[2]
    whole, _, each = told.partition("Each entry of")
    assert names_in(whole) == [*figures]
    assert names_in(each) == [*figures["requirements"][0]]
    assert all(f"`{key}`" in whole for key in figures["goals"][0])


def names_in(text):
    first_cells = re.findall(r"^\| (`.+?`) \|", text, re.MULTILINE)
    return [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]


@pytest.mark.parametrize("pattern", _PATTERN_KEYS)
def test_every_pattern_has_its_section_with_its_picture(pattern):
    section = re.search(rf"^### {pattern}: .*?(?=^### )", GUIDE, re.MULTILINE | re.DOTALL)[0]
    assert f"(pictures/{pattern}.svg)" in section


@pytest.mark.parametrize(("met", "verdict"), [(9, "conforms"), (6, "partly"), (5, "does not conform")])
def test_the_numbers_told_are_those_judged_by(met, verdict):
    told = re.search(rf"^\| {verdict} \| .*? \| (.*?) \|$", GUIDE, re.MULTILINE)[1]
    rule = load("nav-2012").by_key["R1", None]
    assert rule_verdict(rule, Counts(met=met, missed=10 - met), load("nav-2012").verdict) == verdict
    if verdict != "does not conform":
        assert f"{met * 10} %" in told
        assert getattr(VerdictRule(), verdict) * 10 == met


def test_too_few_is_what_is_told():
    assert f"fewer than {VerdictRule().min_n} closed instances" in GUIDE
