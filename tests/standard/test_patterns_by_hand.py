"""Every pattern in every state, against what was counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import naive
import pytest
from examples_in_order import WITHOUT_TIME
from examples_in_time import IN_TIME
from strategies import as_yaml
from written import events_of, instant

from framdrift.events import Log
from framdrift.standard import evaluate, loading
from framdrift.standard.all_cases import Evaluation

EXAMPLES = [*IN_TIME, *WITHOUT_TIME]


def standard_of(*rules):
    return {"standard": "by-hand", "requirements": [{"id": f"Q{number}", **rule} for number, rule in enumerate(rules)]}


def written(instances):
    """Instances as the examples write them, in the order of what opened them."""
    return [
        f"{instance.state} {due_text(instance.due)}".strip()
        for instance in sorted(instances, key=lambda found: (found.opened, found.due or date.max, found.start))
    ]


def due_text(due):
    if isinstance(due, datetime):
        return due.astimezone(UTC).isoformat(" ")
    return "" if due is None else due.isoformat()


def wanted(example):
    """The expected lines, due instants told in UTC as ``due_text`` tells them."""
    lines = [line.split(" ", 1) for line in example.expected]
    return [" ".join([state, *(due_text(instant(d)) if ":" in d else d for d in due)]) for state, *due in lines]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_one_case_and_the_naive_evaluator_give_what_was_counted(example):
    standard, events = standard_of(example.rule), events_of(example.log)
    as_of = date.fromisoformat(example.as_of)
    found = evaluate(loading.parse("by-hand.yaml", as_yaml(standard)), events, as_of=as_of)
    assert written(found) == wanted(example)
    assert written(naive.instances(standard, events, as_of=as_of)) == wanted(example)


@pytest.fixture(scope="module")
def found_at_once():
    """All examples as the cases of one log, held against one standard of all their rules."""
    assert len({example.as_of for example in EXAMPLES}) == 1
    # By their text: to Python a rule that asks for 1 equals one that asks for true.
    rules = {as_yaml(example.rule): example.rule for example in EXAMPLES}
    numbers = {text: f"Q{number}" for number, text in enumerate(rules)}
    events = [event for number, example in enumerate(EXAMPLES) for event in named(example.log, f"case-{number}")]
    standard = loading.parse("by-hand.yaml", as_yaml(standard_of(*rules.values())))
    with (
        Log.of_events(events) as log,
        Evaluation(standard, log, as_of=date.fromisoformat(EXAMPLES[0].as_of), known_at=None) as evaluation,
    ):
        found = list(evaluation.instances())
    return {
        example.name: [
            instance
            for instance in found
            if instance.case_id == f"case-{number}" and instance.requirement == numbers[as_yaml(example.rule)]
        ]
        for number, example in enumerate(EXAMPLES)
    }


def named(log, case_id):
    """Event ids of their own for every case."""
    return [
        replace(
            event,
            event_id=f"{case_id}-{event.event_id}",
            corrects=None if event.corrects is None else f"{case_id}-{event.corrects}",
        )
        for event in events_of(log, case_id)
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_all_cases_at_once_give_what_was_counted(example, found_at_once):
    assert written(found_at_once[example.name]) == wanted(example)


def test_every_example_has_a_name_of_its_own():
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)
