"""Figures by office, quarter and group are what counting instance by instance gives."""

import naive_figures
import pytest
import strategies
from hypothesis import given, settings
from test_evaluators_agree import parsed

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


@settings(max_examples=15)
@given(strategies.of(strategies.plain_scenario))
def test_figures_of_drawn_standards(scenario):
    assert_figures_agree(scenario)


@settings(max_examples=4)
@given(strategies.of(strategies.nav_scenario))
def test_figures_of_nav_2012(scenario):
    assert_figures_agree(scenario)


@pytest.mark.slow
@settings(max_examples=100)
@given(strategies.of(strategies.nav_scenario))
def test_figures_of_nav_2012_many_times(scenario):
    assert_figures_agree(scenario)
