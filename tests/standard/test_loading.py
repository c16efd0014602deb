"""A standard file that cannot be used: the error names file, line, requirement and key, and says what was expected."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from framdrift.standard import StandardError, load, profiles, standard_in_force
from framdrift.standard.loading import parse
from framdrift.standard.model import AgeBelow, Response, VerdictRule
from framdrift.standard.selector import Alternative, Selector

HEAD = """standard: mine
goals: [{id: G1}]
requirements:
"""
GOOD = """  - id: R1
    pattern: response
    trigger: {kind: registered}
    target: {kind: conversation}
    within: P14D
"""


def refused(text):
    with pytest.raises(StandardError) as caught:
        parse("mine.yaml", text)
    return str(caught.value)


def test_a_smallest_standard_and_what_it_may_leave_out():
    standard = parse("mine.yaml", HEAD + GOOD)
    (rule,) = standard.rules
    assert rule.key == ("R1", None)
    assert (rule.yardstick, rule.origin, rule.owed_by, rule.goals) == ("guideline", "ours", "office", ())
    assert (rule.cases, rule.after_end) == (None, False)
    assert standard.verdict == VerdictRule(Fraction(9, 10), Fraction(6, 10), 10)
    assert standard.in_force is None


def test_gaps_name_what_a_reader_would_miss():
    gaps = parse("mine.yaml", HEAD + GOOD).gaps
    assert "requirement R1 has no source" in gaps
    assert "the standard has no in_force" in gaps


def test_readings_replace_keys_and_the_base_alone_is_no_rule():
    readings = """    readings:
      early: {within: P1M, yardstick: intention, source: ours}
      any: {target: {kind: contact}}
"""
    early, either = parse("mine.yaml", HEAD + GOOD + readings).rules
    assert (early.key, either.key) == (("R1", "early"), ("R1", "any"))
    assert (early.yardstick, either.yardstick) == ("intention", "guideline")
    assert isinstance(early.pattern, Response)
    assert isinstance(either.pattern, Response)
    assert (early.pattern.within.text, either.pattern.within.text) == ("P1M", "P14D")
    assert either.pattern.target == Selector((Alternative(("contact",)),))


# What is written in place of a line of GOOD: the line it stands on, the key, and a word of what was expected.
BROKEN = [
    ("    within: P14D", "    within: 14 days", 8, "within", "P14D"),
    ("    within: P14D", "    within: P5X", 8, "within", "P14D"),
    ("    within: P14D", "    within: 14", 8, "within", "P14D"),
    ("    within: P14D", "    within: P1B2D", 8, "within", "P14D"),
    ("    within: P14D", "    within: PT", 8, "within", "P14D"),
    ("    within: P14D", "    within: P200Y", 8, "within", "hundred years"),
    ("    within: P14D", "    withn: P14D", 8, "withn", "withn"),
    ("    within: P14D", "    within: P14D\n    within: P1M", 9, "within", "only once"),
    ("    within: P14D", "    every: P14D", 8, "every", "response"),
    ("    within: P14D", "    yardstick: strict", 8, "yardstick", "guideline, intention, none"),
    ("    within: P14D", "    yardstick: [none]", 8, "yardstick", "one value"),
    ("    within: P14D", "    origin: law!", 8, "origin", "law, thesis, ours"),
    ("    within: P14D", "    owed_by: advisor", 8, "owed_by", "office, jobseeker"),
    ("    within: P14D", "    goals: [G7]", 8, "goals", "G7"),
    ("    within: P14D", "    goals: G1", 8, "goals", "a list"),
    ("    within: P14D", "    after_end: yes", 8, "after_end", "true or false"),
    ("    within: P14D", "    cases: registered", 8, "cases", "keys with values"),
    ("    within: P14D", "    readings: {}", 8, "readings", "at least one"),
    (
        "    within: P14D",
        "    readings:\n      early: {pattern: recurring}",
        6,
        "trigger",
        "with the pattern recurring",
    ),
    ("    within: P14D", "    readings:\n      early: {wthin: P1M}", 9, "wthin", "wthin"),
    ("    trigger: {kind: registered}", "", 4, None, "trigger"),
    ("    pattern: response", "", 4, None, "pattern"),
    ("    pattern: response", "    pattern: respond", 5, "pattern", "response, recurring"),
    ("    trigger: {kind: registered}", "    trigger: {knd: registered}", 6, "knd", "kind"),
    ("    trigger: {kind: registered}", "    trigger: {}", 6, "trigger", "kind"),
    ("    trigger: {kind: registered}", "    trigger: {kind: []}", 6, "kind", "at least one"),
    ("    trigger: {kind: registered}", "    trigger: {kind: 7}", 6, "kind", "a text"),
    ("    trigger: {kind: registered}", "    trigger: {any: []}", 6, "any", "at least one"),
    ("    trigger: {kind: registered}", "    trigger: {any: [{kind: a}], kind: b}", 6, "trigger", "either"),
    ("    trigger: {kind: registered}", "    trigger: {kind: a, where: [x]}", 6, "where", "keys with values"),
    ("    trigger: {kind: registered}", "    trigger: {kind: a, where: {x: []}}", 6, "x", "at least one"),
    ("    trigger: {kind: registered}", "    trigger: {kind: a, where: {x: {above: 1}}}", 6, "above", "at_least"),
    ("    trigger: {kind: registered}", "    trigger: {kind: a, where: {x: {at_least: a}}}", 6, "at_least", "a number"),
    (
        "    trigger: {kind: registered}",
        "    trigger: {kind: a, where: {x: {at_least: true}}}",
        6,
        "at_least",
        "a number",
    ),
    ("    trigger: {kind: registered}", "    trigger: {kind: a, where: {x: {present: false}}}", 6, "present", "true"),
    ("    trigger: {kind: registered}", "    trigger: {kind: a, where: {x: {includes: a}}}", 6, "includes", "a list"),
    (
        "    trigger: {kind: registered}",
        "    trigger: {kind: a, where: {x: {at_least: 1, present: true}}}",
        6,
        "x",
        "one of",
    ),
    ("    trigger: {kind: registered}", "    trigger: {kind: a, where: {x: no}}", 6, "x", '"no"'),
]


@pytest.mark.parametrize(
    ("line", "instead", "number", "key", "expected"), BROKEN, ids=lambda part: str(part).strip()[:50]
)
def test_an_error_in_a_requirement(line, instead, number, key, expected):
    assert line in GOOD
    error = refused(HEAD + GOOD.replace(line, instead))
    assert error.startswith(f"mine.yaml, line {number}, requirement R1")
    assert key is None or f"key {key}" in error
    assert expected in error


PATTERNS = [
    ("pattern: share, of: {kind: a}, among: {kind: a}, per: actor, min_n: 1", "at_most or at_least"),
    ("pattern: share, of: {kind: a}, among: {kind: a}, per: team, min_n: 1, at_most: 1", "actor, office"),
    ("pattern: share, of: {kind: a}, among: {kind: a}, per: actor, min_n: -1, at_most: 1", "whole number"),
    ("pattern: share, of: {kind: a}, among: {kind: a}, per: actor, min_n: 1, at_most: 99", "between 0 and 1"),
    ("pattern: compare, of: R2, group: {age_below: 30}, margin: 0, min_n: 1", "a rule of this file"),
    ("pattern: compare, of: R1/strict, group: {age_below: 30}, margin: 0, min_n: 1", "a rule of this file"),
    ("pattern: compare, of: R9, group: {age_below: 30}, margin: 0, min_n: 1", "a rule of this file"),
    ("pattern: compare, of: R1, group: {sex: f}, margin: 0, min_n: 1", "age_below"),
    ("pattern: compare, of: R1, group: {age_below: 30, lasted: P6M}, margin: 0, min_n: 1", "one of"),
    ("pattern: compare, of: R1, group: {lasted: PT6H}, margin: 0, min_n: 1", "calendar dates"),
    ("pattern: absence, event: {kind: a}, at_most: 1.5", "whole number"),
    ("pattern: absence, event: {kind: a}, at_most: true", "whole number"),
    ("pattern: absence, event: {kind: a}", "at_most"),
    ("pattern: content, event: {kind: a}", "holds"),
    ("pattern: precedence, event: {kind: a}", "requires"),
    ("pattern: recurring, target: {kind: a}", "every"),
    ("pattern: coverage, opens: {kind: a}, closes: {kind: b}", "after"),
]


@pytest.mark.parametrize(("keys", "expected"), PATTERNS)
def test_each_patterns_own_keys(keys, expected):
    error = refused(f"{HEAD}{GOOD}  - {{id: R9, {keys}}}\n")
    assert error.startswith("mine.yaml, line 9, requirement R9")
    assert expected in error


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("", None, "is empty"),
        ("# nothing\n", None, "is empty"),
        ("just a text", 1, "keys with values"),
        ("standard: mine\n", 1, "'requirements'"),
        ("requirements: []\n", 1, "'standard'"),
        ("standard: mine\nrequirements: []\n", 2, "at least one requirement"),
        ("standard: mine\nrequirements: [R1]\n", 2, "a requirement"),
        ("standard: mine\nrequirements:\n  - pattern: response\n", 3, "'id'"),
        ("standard: mine\nversion: 2\nrequirements: []\n", 2, "version"),
        ("standard: mine\nin_force: soon\n" + HEAD[15:] + GOOD, 2, "a date like 2012-01-01"),
        ("standard: mine\nverdict: {conforms: 0.5, partly: 0.6}\n" + HEAD[15:] + GOOD, 2, "partly no higher"),
        ("standard: mine\nverdict: {conforms: 90}\n" + HEAD[15:] + GOOD, 2, "between 0 and 1"),
        (HEAD + GOOD + GOOD, 9, "only once"),
        ("standard: [mine\n", 2, "not readable as YAML"),
        ("standard: mine\n\tx: 1\n", 2, "not readable as YAML"),
        ("? [a]\n: b\n", 1, "a plain key"),
    ],
)
def test_an_error_in_the_file(text, line, expected):
    error = refused(text)
    assert error.startswith("mine.yaml: " if line is None else f"mine.yaml, line {line}")
    assert expected in error


class TestFiles:
    def test_of_ones_own(self, tmp_path):
        path = tmp_path / "mine.yaml"
        path.write_text("\ufeff" + HEAD + GOOD, encoding="utf-8")
        assert load(path).id == "mine"

    def test_json_is_yaml(self, tmp_path):
        path = tmp_path / "mine.json"
        rule = {"id": "R1", "pattern": "content", "event": {"kind": "a"}, "holds": {"x": True}}
        path.write_text(json.dumps({"standard": "mine", "requirements": [rule]}))
        assert load(str(path)).by_key[("R1", None)].id == "R1"

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00\x01\x02", b"PK\x03\x04"])
    def test_that_are_no_text(self, tmp_path, content):
        path = tmp_path / "mine.yaml"
        path.write_bytes(content)
        with pytest.raises(StandardError, match=r"mine\.yaml"):
            load(path)

    def test_that_are_not_there(self):
        with pytest.raises(StandardError, match=r"nav-1812: there is no such standard or file.*nav-2012"):
            load("nav-1812")

    def test_a_folder(self, tmp_path):
        with pytest.raises(StandardError, match="is a folder"):
            load(tmp_path)

    def test_an_error_names_the_file_as_the_user_did(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        Path("mine.yaml").write_text("standard: mine\n")
        with pytest.raises(StandardError, match=r"^mine\.yaml, line 1"):
            load("mine.yaml")


def test_the_one_in_force_by_date():
    assert profiles() == ["nav-2012"]
    assert standard_in_force(date(2012, 1, 1)).id == "nav-2012"
    assert standard_in_force(date(2026, 1, 1)).id == "nav-2012"
    assert standard_in_force(date(2011, 12, 31)).id == "nav-2012"


def test_bounds_are_as_written_and_not_the_nearest_double():
    share = "  - {id: S, pattern: share, of: {kind: a}, among: {kind: a}, per: actor, min_n: 1, at_most: 0.99}\n"
    compare = "  - {id: C, pattern: compare, of: R1, group: {age_below: 30}, margin: 0.02, min_n: 1}\n"
    _, bound, compared = parse("mine.yaml", HEAD + GOOD + share + compare).rules
    assert bound.pattern.at_most == Fraction(99, 100)
    assert (compared.pattern.margin, compared.pattern.group) == (Fraction(2, 100), AgeBelow(30))
