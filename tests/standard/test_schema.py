"""The published JSON Schema accepts the standard files that the loader accepts, and refuses those it refuses."""

import json
from datetime import date
from importlib import resources
from pathlib import Path

import pytest
import strategies
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from framdrift.standard import StandardError
from framdrift.standard.loading import parse

ROOT = Path(__file__).resolve().parent.parent.parent
STANDARD = resources.files("framdrift.standard")
SCHEMA = json.loads((STANDARD / "schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

HEAD = "standard: mine\nin_force: 2012-01-01\ngoals: [{id: G1, title: Work}]\nrequirements:\n"


def as_json(text):
    """YAML read as JSON, as editors do it: a date is a text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=date.isoformat))


def loader_takes(text):
    try:
        parse("mine.yaml", text)
    except StandardError:
        return False
    return True


def schema_takes(text):
    return VALIDATOR.is_valid(as_json(text))


def of_requirement(keys):
    return f"{HEAD}  - {{id: R0, pattern: content, event: {{kind: a}}, holds: {{x: 1}}}}\n  - {{id: R1, {keys}}}\n"


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("src/framdrift/standard/profiles/*.yaml")), ids=lambda path: path.stem
)
def test_the_standards_that_ship_are_valid(path):
    assert not [error.message for error in VALIDATOR.iter_errors(as_json(path.read_text(encoding="utf-8")))]


RESPONSE = "pattern: response, trigger: {kind: a}, target: {kind: b}"
SHARE = "pattern: share, of: {kind: a}, among: {kind: a}, per: actor, min_n: 1"
COMPARE = "pattern: compare, of: R0, margin: 0.02, min_n: 1"
# What a requirement may say, beside one that is always right.
GOOD = [
    RESPONSE,
    f"{RESPONSE}, within: P14D, title: {{nb: a, en: b}}, source: c, origin: law, yardstick: none, owed_by: jobseeker",
    f"{RESPONSE}, title: plain, goals: [G1], cases: {{kind: [a, b]}}, after_end: true",
    *(
        f"{RESPONSE}, within: {period}"
        for period in ("P0D", "P1Y6M", "P1Y2M3W4D", "P5B", "PT120H", "P1DT12H30M", "PT1S")
    ),
    f"{RESPONSE}, readings: {{r: {{}}}}",
    f"{RESPONSE}, readings: {{r: {{within: P1D}}, s: {{within: P2D, yardstick: intention, title: slow}}}}",
    "pattern: response, trigger: {kind: a}, readings: {r: {target: {kind: b}}, s: {target: {kind: c}}}",
    "trigger: {kind: a}, target: {kind: b}, readings: {r: {pattern: response}}",
    "event: {kind: a}, readings: {r: {pattern: content, holds: {x: 1}}, s: {pattern: absence, at_most: 2}}",
    "pattern: content, event: {kind: a}, readings: {r: {holds: {x: 1}}, s: {pattern: precedence, requires: {kind: b}}}",
    "pattern: recurring, target: {kind: a}, every: P1M, from: {kind: b}",
    "pattern: precedence, event: {kind: a}, requires: {kind: b}, unless: {any: [{kind: c}, {any: [{kind: d}]}]}",
    "pattern: content, event: {kind: a, where: {}}, holds: {}",
    "pattern: content, event: {kind: a}, holds: {x: [1, true, null, ''], y: {at_least: -1.5}, z: {present: true}}",
    "pattern: content, event: {kind: a}, holds: {x: {includes: []}, y: {includes: [1, a]}, z: null}",
    "pattern: absence, event: {kind: a}, at_most: 0, reset: {kind: b}",
    "pattern: coverage, opens: {kind: a}, closes: {kind: b}, after: P14D",
    f"{SHARE}, at_most: 1",
    f"{SHARE}, at_least: 0.5, at_most: 0.9",
    f"{SHARE}, readings: {{r: {{at_most: 0.5}}, s: {{at_least: 0.5}}}}",
    f"{COMPARE}, group: {{age_below: 30}}",
    f"{COMPARE}, group: {{lasted: P6M}}, cases: {{kind: a}}",
]
BROKEN = [
    "title: nothing else",
    "pattern: respond, trigger: {kind: a}, target: {kind: b}",
    "pattern: response, trigger: {kind: a}",
    f"{RESPONSE}, every: P1M",
    f"{RESPONSE}, wihtin: P1M",
    f"{RESPONSE}, id2: R2",
    *(
        f"{RESPONSE}, within: {period}"
        for period in ("14", "P", "P14", "PT", "P5X", "P1B2D", "P1DT", "14D", "p14d", "''")
    ),
    f"{RESPONSE}, within: [P14D]",
    f"{RESPONSE}, yardstick: strict",
    f"{RESPONSE}, yardstick: null",
    f"{RESPONSE}, origin: nav",
    f"{RESPONSE}, owed_by: advisor",
    f"{RESPONSE}, goals: G1",
    f"{RESPONSE}, goals: [1]",
    f"{RESPONSE}, after_end: 1",
    f"{RESPONSE}, title: ''",
    f"{RESPONSE}, title: {{nb: 1}}",
    f"{RESPONSE}, source: [a]",
    f"{RESPONSE}, cases: registered",
    f"{RESPONSE}, readings: {{}}",
    f"{RESPONSE}, readings: [r]",
    f"{RESPONSE}, readings: {{r: null}}",
    f"{RESPONSE}, readings: {{r: {{id: R2}}}}",
    f"{RESPONSE}, readings: {{r: {{readings: {{s: {{}}}}}}}}",
    f"{RESPONSE}, readings: {{r: {{every: P1M}}}}",
    f"{RESPONSE}, readings: {{r: {{}}, s: {{pattern: recurring, every: P1M}}}}",
    "pattern: response, trigger: {kind: a}, readings: {r: {target: {kind: b}}, s: {within: P1D}}",
    "trigger: {kind: a}, target: {kind: b}, readings: {r: {pattern: response}, s: {}}",
    "event: {kind: a}, readings: {r: {pattern: content, holds: {x: 1}}, s: {pattern: absence}}",
    "event: {kind: a}, holds: {x: 1}, readings: {r: {pattern: content}, s: {pattern: absence, at_most: 2}}",
    *(
        f"pattern: response, trigger: {selector}, target: {{kind: b}}"
        for selector in (
            "{}",
            "a",
            "{kind: []}",
            "{kind: 7}",
            "{kind: ''}",
            "{kind: [a, 1]}",
            "{any: []}",
            "{any: {kind: a}}",
            "{any: [{kind: a}], kind: b}",
            "{any: [{kind: a}], where: {x: 1}}",
            "{where: {x: 1}}",
            "{kind: a, whre: {x: 1}}",
            "{kind: a, where: [x]}",
            "{kind: a, where: {x: []}}",
            "{kind: a, where: {x: [[1]]}}",
            "{kind: a, where: {x: {}}}",
            "{kind: a, where: {x: {above: 1}}}",
            "{kind: a, where: {x: {at_least: a}}}",
            "{kind: a, where: {x: {at_least: true}}}",
            "{kind: a, where: {x: {present: false}}}",
            "{kind: a, where: {x: {present: 1}}}",
            "{kind: a, where: {x: {includes: a}}}",
            "{kind: a, where: {x: {at_least: 1, present: true}}}",
        )
    ),
    "pattern: recurring, target: {kind: a}",
    "pattern: precedence, event: {kind: a}, requires: P1D",
    "pattern: content, event: {kind: a}, holds: present",
    "pattern: absence, event: {kind: a}, at_most: 1.5",
    "pattern: absence, event: {kind: a}, at_most: -1",
    "pattern: absence, event: {kind: a}, at_most: true",
    "pattern: coverage, opens: {kind: a}, closes: {kind: b}",
    SHARE,
    f"{SHARE}, at_most: 99",
    f"{SHARE}, at_most: '0.5'",
    f"{SHARE}, at_most: 1, per: team",
    f"{SHARE}, readings: {{r: {{at_most: 0.5}}, s: {{}}}}",
    f"{COMPARE}",
    f"{COMPARE}, group: {{}}",
    f"{COMPARE}, group: {{sex: f}}",
    f"{COMPARE}, group: {{age_below: 0}}",
    f"{COMPARE}, group: {{age_below: 30, lasted: P6M}}",
    f"{COMPARE}, group: {{lasted: PT6H}}",
    f"{COMPARE}, group: {{lasted: P5B}}",
    "pattern: compare, of: {kind: a}, group: {age_below: 30}, margin: 0, min_n: 1",
    "pattern: compare, of: R0, group: {age_below: 30}, margin: 2, min_n: 1",
]
FILES = [
    "just a text",
    "[]",
    "standard: mine",
    "standard: mine\nrequirements: []",
    "standard: mine\nrequirements: [R1]",
    "standard: 2012\nrequirements: [{id: R1, pattern: content, event: {kind: a}, holds: {x: 1}}]",
    "requirements: [{id: R1, pattern: content, event: {kind: a}, holds: {x: 1}}]",
    "standard: mine\nrequirements: [{pattern: content, event: {kind: a}, holds: {x: 1}}]",
    *(
        f"standard: mine\n{line}\nrequirements: [{{id: R1, pattern: content, event: {{kind: a}}, holds: {{x: 1}}}}]"
        for line in (
            "version: 2",
            "in_force: soon",
            "in_force: 2012",
            "title: 1",
            "source: {nb: a}",
            "goals: {G1: a}",
            "goals: [G1]",
            "goals: [{title: a}]",
            "goals: [{id: G1, name: a}]",
            "verdict: {conforms: 90}",
            "verdict: {min_n: -1}",
            "verdict: {conform: 0.9}",
            "verdict: 0.9",
        )
    ),
]


def ids(text):
    return text.replace("\n", " ")[:70]


@pytest.mark.parametrize("keys", GOOD, ids=ids)
def test_both_take_it(keys):
    assert loader_takes(of_requirement(keys))
    assert schema_takes(of_requirement(keys))


@pytest.mark.parametrize("keys", BROKEN, ids=ids)
def test_both_refuse_a_broken_requirement(keys):
    assert not loader_takes(of_requirement(keys))
    assert not schema_takes(of_requirement(keys))


@pytest.mark.parametrize("text", FILES, ids=ids)
def test_both_refuse_a_broken_file(text):
    assert not loader_takes(text)
    assert not schema_takes(text)


# What a schema cannot say; docs/standard-files.md lists it under "Only the loader".
ONLY_THE_LOADER = [
    of_requirement(f"{RESPONSE}, goals: [G7]"),
    of_requirement(f"{RESPONSE}, within: P200Y"),
    of_requirement("pattern: compare, of: R7, group: {age_below: 30}, margin: 0, min_n: 1"),
    of_requirement(RESPONSE).replace("R1", "R0"),
    f"standard: mine\nverdict: {{conforms: 0.5, partly: 0.6}}\n{of_requirement(RESPONSE).split(chr(10), 1)[1]}",
]


@pytest.mark.parametrize("text", ONLY_THE_LOADER, ids=ids)
def test_what_only_the_loader_finds(text):
    assert schema_takes(text)
    assert not loader_takes(text)


@settings(max_examples=40)
@given(strategies.of(strategies.standard))
def test_both_take_whatever_standard_is_drawn(standard):
    text = strategies.as_yaml(standard)
    assert loader_takes(text)
    assert schema_takes(text)


PARTS = st.sampled_from(
    [
        ("pattern", "response"),
        ("pattern", "recurring"),
        ("pattern", "share"),
        ("trigger", {"kind": "a"}),
        ("target", {"kind": "a"}),
        ("of", {"kind": "a"}),
        ("among", {"kind": "a"}),
        ("every", "P1M"),
        ("within", "P1M"),
        ("per", "actor"),
        ("min_n", 1),
        ("at_most", 0.5),
        ("yardstick", "intention"),
    ]
)


@given(
    st.lists(PARTS, max_size=8).map(dict), st.dictionaries(st.sampled_from("rs"), st.lists(PARTS, max_size=5).map(dict))
)
def test_both_say_the_same_of_any_keys_in_requirement_and_readings(base, readings):
    requirement = {"id": "R1", **base} | ({"readings": readings} if readings else {})
    text = json.dumps({"standard": "mine", "requirements": [requirement]})
    assert schema_takes(text) == loader_takes(text)
