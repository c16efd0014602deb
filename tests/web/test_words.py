"""The sentences that are put together from figures and rules read as sentences, in both languages."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from framdrift.casework.conformity.judging import StoredFigures, judge
from framdrift.standard import load
from framdrift.standard.verdicts import Counts
from framdrift.web.conformity.definitions import definitions
from framdrift.web.conformity.rows import change_of
from framdrift.web.conformity.summary import sentences


def in_short(met: int) -> str:
    """The first sentence where the first ``met`` guidelines are met, and of the intention nothing."""
    standard = load("nav-2012")
    held = [rule.key for rule in standard.rules if rule.yardstick == "guideline"][:met]
    totals = {
        rule.key: {date(2026, 1, 1): Counts(met=50) if rule.key in held else Counts(missed=50)}
        for rule in standard.rules
    }
    return sentences(judge(standard, StoredFigures(totals, {})))[0]


def test_one_sentence_has_one_but() -> None:
    assert in_short(100) == "Kontoret gjør det som er foreskrevet, men når sjelden det reformen ville."
    partly = "Kontoret gjør noe, men langt fra alt, av det som er foreskrevet, og når sjelden det reformen ville."
    assert in_short(14) == partly
    with translation.override("en"):
        assert in_short(14).count("but") == 1


def test_one_percentage_point_is_one() -> None:
    with translation.override("en"):
        changes = [change_of(shares) for shares in ([0.5, 0.49], [0.5, 0.51], [0.5, 0.47])]
    assert changes == ["down 1 percentage point", "up 1 percentage point", "down 3 percentage points"]


def test_each_fact_of_a_definition_begins_as_a_sentence() -> None:
    names = [fact.name for each in definitions(load("nav-2012")) for one in each.readings for fact in one.facts]
    assert {"Eller", "Blant"} <= set(names)
    assert [name for name in names if not name[0].isupper()] == []
