"""The naive evaluator, the one for one case and the one for all cases say the same, field for field."""

from dataclasses import replace
from itertools import groupby

import naive
import pytest
import strategies
from hypothesis import given, settings

from framdrift.events import Log, open_log, write_log
from framdrift.standard import conformity, evaluate, load, loading
from framdrift.standard.all_cases import Evaluation

FIELDS = ("case_id", "requirement", "reading", "start", "target", "opened", "due", "closed", "state")


def told(instances):
    """Instances as comparable tuples, in an order of their own."""
    return sorted((tuple(getattr(instance, field) for field in FIELDS) for instance in instances), key=repr)


def parsed(standard):
    if standard is strategies.nav_2012():
        return load("nav-2012")
    return loading.parse("drawn.yaml", strategies.as_yaml(standard))


def one_by_one(scenario, as_of):
    standard = parsed(scenario.standard)
    ordered = sorted(scenario.rows, key=lambda row: row.case_id)
    return [
        instance
        for _, rows in groupby(ordered, key=lambda row: row.case_id)
        for instance in evaluate(standard, list(rows), as_of=as_of, known_at=scenario.known_at)
    ]


def all_at_once(scenario):
    with (
        Log.of_events(scenario.rows) as log,
        Evaluation(parsed(scenario.standard), log, as_of=scenario.as_of, known_at=scenario.known_at) as evaluation,
    ):
        return list(evaluation.instances())


def conformity_of(scenario):
    with Log.of_events(scenario.rows) as log:
        found = conformity(parsed(scenario.standard), log, as_of=scenario.as_of, known_at=scenario.known_at)
    return found.as_dict()


def naive_instances(scenario):
    return naive.instances(scenario.standard, scenario.rows, as_of=scenario.as_of, known_at=scenario.known_at)


def naive_conformity(scenario):
    return naive.conformity(scenario.standard, scenario.rows, as_of=scenario.as_of, known_at=scenario.known_at)


def assert_one_case_agrees(scenario):
    as_of = scenario.as_of or naive.default_as_of(scenario.rows)
    assert told(one_by_one(scenario, as_of)) == told(naive_instances(scenario))


def assert_all_cases_agree(scenario):
    assert told(all_at_once(scenario)) == told(naive_instances(scenario))
    assert conformity_of(scenario) == naive_conformity(scenario)


@settings(max_examples=120)
@given(strategies.of(strategies.plain_scenario))
def test_one_case_equals_the_naive_evaluator_on_drawn_standards(scenario):
    assert_one_case_agrees(scenario)


@settings(max_examples=25)
@given(strategies.of(strategies.nav_scenario))
def test_one_case_equals_the_naive_evaluator_on_nav_2012(scenario):
    assert_one_case_agrees(scenario)


@settings(max_examples=12)
@given(strategies.of(strategies.plain_scenario))
def test_all_cases_equal_the_naive_evaluator_on_drawn_standards(scenario):
    assert_all_cases_agree(scenario)


@settings(max_examples=3)
@given(strategies.of(strategies.nav_scenario))
def test_all_cases_equal_the_naive_evaluator_on_nav_2012(scenario):
    assert_all_cases_agree(scenario)


@pytest.mark.slow
@settings(max_examples=100)
@given(strategies.of(strategies.plain_scenario))
def test_all_cases_equal_the_naive_evaluator_on_many_drawn_standards(scenario):
    assert_all_cases_agree(scenario)


@pytest.mark.slow
@settings(max_examples=20)
@given(strategies.of(strategies.nav_scenario))
def test_all_cases_equal_the_naive_evaluator_on_nav_2012_many_times(scenario):
    assert_all_cases_agree(scenario)


@settings(max_examples=30)
@given(strategies.of(strategies.plain_scenario))
def test_a_case_read_back_from_a_log_is_evaluated_as_its_rows_are(scenario):
    """``Log.case`` gives the case's order, the file another: neither may change what is found."""
    as_of = scenario.as_of or naive.default_as_of(scenario.rows)
    standard = parsed(scenario.standard)
    with Log.of_events(scenario.rows) as log:
        found = [
            instance
            for rows in log.cases()
            for instance in evaluate(standard, rows, as_of=as_of, known_at=scenario.known_at)
        ]
    assert told(found) == told(naive_instances(scenario))


@settings(max_examples=4)
@given(strategies.of(strategies.plain_scenario))
def test_a_log_in_a_file_is_held_as_its_rows_are(tmp_path_factory, scenario):
    """Parquet is read in place, text is copied first; in a file the order of recording has no ties."""
    rows = [replace(row, seq=number) for number, row in enumerate(scenario.rows)]
    expected = naive.conformity(scenario.standard, rows, as_of=scenario.as_of, known_at=scenario.known_at)
    folder = tmp_path_factory.mktemp("log")
    for name in ("log.parquet", "log.csv.gz"):
        with Log.of_events(rows) as log:
            write_log(folder / name, log.arrow_batches())
        with open_log(folder / name) as log:
            found = conformity(parsed(scenario.standard), log, as_of=scenario.as_of, known_at=scenario.known_at)
        assert found.as_dict() == expected, name
