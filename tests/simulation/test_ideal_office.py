"""The mechanism can show conformity: an office with time, good habits and job-seekers who come meets the standard.

Without this, a requirement that the thesis's offices miss might be one that nobody in the simulation could keep.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from framdrift.events import open_log, write_log
from framdrift.simulation import cases_of_one_office, load_habits, simulate
from framdrift.standard import conformity, load

IDEAL = Path(__file__).with_name("ideal-office.yaml")
# None is sent back, so there is nothing to judge; the rest of the whole profile is judged.
CANNOT_BE_JUDGED = {"R14b"}


@pytest.mark.slow
def test_time_and_good_habits_conform(tmp_path: Path) -> None:
    habits, start, end = load_habits(IDEAL), date(2012, 1, 1), date(2013, 12, 31)
    file = tmp_path / "ideal.parquet"
    cases = cases_of_one_office(habits, start, end)
    write_log(file, simulate(habits, cases=cases, seed=1, start=start, end=end))
    with open_log(file) as log:
        found = conformity(load("nav-2012"), log).as_dict()["requirements"]
    verdicts = {(item["id"], item["reading"]): item["verdict"] for item in found if item["yardstick"] != "none"}
    assert {key: verdict for key, verdict in verdicts.items() if verdict not in {"conforms", "cannot be judged"}} == {}
    assert {key[0] for key, verdict in verdicts.items() if verdict == "cannot be judged"} == CANNOT_BE_JUDGED
