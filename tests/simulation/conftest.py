"""Practices simulated once for the whole room, and habits files made for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from simulated import Practice, whole_office

from framdrift.simulation import Habits, load_habits


@pytest.fixture(scope="session")
def practices() -> dict[str, Practice]:
    return {name: whole_office(load_habits(name)) for name in ("small-office", "large-office")}


@pytest.fixture(scope="session", params=["small-office", "large-office"])
def practice(request: pytest.FixtureRequest, practices: dict[str, Practice]) -> Practice:
    return practices[request.param]


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[str], Habits]:
    """A habits file that is the small office but for the lines given."""

    def write(lines: str) -> Habits:
        file = tmp_path / "changed.yaml"
        file.write_text("based_on: small-office\n" + lines, encoding="utf-8")
        return load_habits(file)

    return write
