"""Figures by office, quarter and group are what counting instance by instance gives."""

from datetime import date

import naive_figures
import pytest
import strategies
from hypothesis import given, settings
from test_evaluators_agree import parsed
from written import events_of

from framdrift.events import Log
from framdrift.standard import figures


def counted(scenario):
    """Both tables as dicts like those of ``naive_figures``."""
    with Log.of_events(scenario.rows) as log:
        found = figures(parsed(scenario.standard), log, as_of=scenario.as_of, known_at=scenario.known_at)
    places = ("office", "requirement", "reading", "quarter", "dimension", "value")
    rows = found.figures.to_pylist()
    counts = {tuple(row[name] for name in places): tuple(row[s] for s in naive_figures.STATES) for row in rows}
    assert len(counts) == len(rows)
    behind = {
        tuple(row[name] for name in ("office", "requirement", "reading", "case_id", "quarter")): (
            row["late"],
            row["missed"],
            row["due"],
        )
        for row in found.cases.to_pylist()
    }
    assert len(behind) == found.cases.num_rows
    return counts, behind


def assert_figures_agree(scenario):
    expected = naive_figures.figures(scenario.standard, scenario.rows, as_of=scenario.as_of, known_at=scenario.known_at)
    assert counted(scenario) == expected


RULES = [
    {"id": "R", "pattern": "response", "trigger": {"kind": "registered"}, "target": {"kind": "conversation"}}
    | {"within": "P1M"},
    {"id": "A", "pattern": "absence", "event": {"kind": "transfer_returned"}, "at_most": 1},
]


def by_hand(log):
    """The `all` rows of a log in which each rule has one instance: rule, office and quarter."""
    scenario = strategies.Scenario(
        {"standard": "drawn", "requirements": RULES}, events_of(log), date(2013, 6, 30), None
    )
    assert_figures_agree(scenario)
    counts, _ = counted(scenario)
    return {(rule, office, str(day)) for office, rule, _, day, dimension, _ in counts if dimension == "all"}


def test_an_instance_belongs_to_the_office_and_quarter_of_its_moment():
    """Due on 20 April, in the office of March; the case moved in May and ended there in June."""
    found = by_hand(
        """2012-03-20 registered office=0219
           2012-03-21 transfer_returned office=0219
           2012-05-01 conversation office=0301
           2012-05-02 message_received
           2012-07-10 ended office=0301"""
    )
    assert found == {("R", "0219", "2012-04-01"), ("A", "0301", "2012-07-01")}


def test_what_comes_after_the_end_takes_no_case_to_another_office():
    found = by_hand(
        """2012-03-20 registered office=0219
           2012-03-21 transfer_returned office=0219
           2012-03-30 10:00 ended office=0219
           2012-03-30 10:00 message_received office=0301
           2012-05-01 message_received office=0301"""
    )
    assert found == {("R", "0219", "2012-01-01"), ("A", "0219", "2012-01-01")}


def test_what_is_open_stands_in_the_quarter_of_the_as_of_moment():
    found = by_hand(
        """2013-06-20 registered office=0219
           2013-06-21 transfer_returned office=0301"""
    )
    assert found == {("R", "0301", "2013-04-01"), ("A", "0301", "2013-04-01")}


@settings(max_examples=6)
@given(strategies.of(strategies.plain_scenario))
def test_figures_of_drawn_standards(scenario):
    assert_figures_agree(scenario)


@settings(max_examples=2)
@given(strategies.of(strategies.nav_scenario))
def test_figures_of_nav_2012(scenario):
    assert_figures_agree(scenario)


@pytest.mark.slow
@settings(max_examples=20)
@given(strategies.of(strategies.nav_scenario))
def test_figures_of_nav_2012_many_times(scenario):
    assert_figures_agree(scenario)
