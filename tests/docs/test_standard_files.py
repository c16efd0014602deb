"""The guide to standard files names every key and every complaint, and its example can be used."""

import inspect
import re

import pytest
import write_schema
import write_tables

from framdrift.standard import StandardError, loading, nodes
from framdrift.standard.loading import _COMMON_KEYS, _GOAL_KEYS, _PATTERN_KEYS, _TOP_KEYS, _VERDICT_KEYS, parse

GUIDE = (write_tables.DOCS / "standard-files.md").read_text(encoding="utf-8")


def test_the_schema_is_what_the_script_writes_today():
    assert write_schema.SCHEMA.read_text(encoding="utf-8") == write_schema.written(), "run scripts/write_schema.py"


@pytest.fixture
def example():
    return re.search(r"```yaml\n(standard: .*?)```", GUIDE, re.DOTALL)[1]


def test_the_example_is_a_standard_without_gaps(example):
    standard = parse("example.yaml", example)
    assert [rule.key for rule in standard.rules] == [("S1", "routine"), ("S1", "early")]
    assert standard.gaps == ()


def test_the_example_of_a_mistake_is_what_is_said(example):
    with pytest.raises(StandardError) as caught:
        parse("my-office-2026.yaml", example.replace("routine: {within", "routine: {withn"))
    said = re.search(r"^    (my-office-2026\.yaml, line .*?), …$", GUIDE, re.MULTILINE)[1]
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("key", sorted({*_TOP_KEYS, *_GOAL_KEYS, *_VERDICT_KEYS, *_COMMON_KEYS, "id", "readings"}))
def test_every_key_is_told(key):
    assert f"`{key}`" in GUIDE


@pytest.mark.parametrize("pattern", _PATTERN_KEYS)
def test_every_pattern_is_told_with_its_keys(pattern):
    needs, may = re.search(rf"^\| `{pattern}` \|(.*?)\|(.*?)\|$", GUIDE, re.MULTILINE).groups()
    required, optional = _PATTERN_KEYS[pattern]
    assert all(f"`{key}`" in needs for key in required)
    assert all(f"`{key}`" in may for key in optional)


def test_every_complaint_is_told():
    """What the loader says it expected, up to the first thing that is filled in, stands in the guide."""
    source = inspect.getsource(loading) + inspect.getsource(nodes)
    complaints = re.findall(r"\.refuse\(\s*f?([\"'])(.+?)\1", source)
    assert len(complaints) > 25
    told = {re.split(r"[{:]", complaint)[0].strip().strip("'\"") for _, complaint in complaints}
    missing = {words for words in told if not any(part in GUIDE for part in near(words))}
    assert not missing


def near(words):
    """The words themselves; or the general complaint of which they are an example."""
    yield words
    if words.startswith(("at least one", "each ", "a period", "no key", "either")):
        yield " ".join(words.split()[:3])
    if words.startswith("a key"):
        yield "`a key '…', which is missing`"
    if words.startswith("one of"):
        yield "`one of …`"
