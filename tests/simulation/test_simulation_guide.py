"""docs/simulation.md explains every key there is, and its example works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from framdrift.simulation import Habits, load_habits
from framdrift.simulation.expectations import expectations

GUIDE = (Path(__file__).parents[2] / "docs" / "simulation.md").read_text(encoding="utf-8")


def keys(shape: type[Any]) -> Iterator[str]:
    for name, expectation in expectations(shape).items():
        yield name
        inner = getattr(expectation, "item", expectation)
        part = getattr(inner, "shape", None)
        if is_dataclass(part):
            assert isinstance(part, type)
            yield from keys(part)


def test_every_key_is_explained() -> None:
    named = set(re.findall(r"`([a-z_]+)`", GUIDE))
    missing = sorted(set(keys(Habits)) - named)
    assert missing == []


def test_the_example_is_a_habits_file(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    file = tmp_path / "two-days.yaml"
    file.write_text(example, encoding="utf-8")
    habits = load_habits(file)
    short_term = [advisor.time for advisor in habits.advisors if advisor.team == "short_term"]
    assert {time.office_days_a_week for time in short_term} == {2}
    assert {loss.to for time in short_term for loss in time.lost_to} == {"payments", "sickness"}
    assert {time.covers_absence for time in short_term} == {0}
