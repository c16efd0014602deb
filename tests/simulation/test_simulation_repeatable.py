"""The same habits, cases, seed and period give the same rows, however they are made."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from framdrift.simulation import SimulationError, cases_of_one_office, load_habits, practice, simulate

FROM, TO = date(2012, 1, 1), date(2012, 3, 31)


def table(cases: int, seed: int = 1, **more: int) -> pa.Table:
    batches = simulate(load_habits("small-office"), cases=cases, seed=seed, start=FROM, end=TO, **more)
    return pa.Table.from_batches(batches)


def whole() -> int:
    return cases_of_one_office(load_habits("small-office"), FROM, TO)


def test_same_seed_same_rows_another_seed_others() -> None:
    assert table(50).equals(table(50))
    assert not table(50).equals(table(50, seed=2))


def test_the_size_of_batches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = table(100)
    monkeypatch.setattr(practice, "ROWS", 37)
    after = table(100)
    assert after.equals(before)
    assert after.column("seq").num_chunks > before.column("seq").num_chunks


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing() -> None:
    cases = 2 * whole() + 1
    assert table(cases, workers=2).equals(table(cases))


def test_more_cases_than_one_office_has_are_spread_over_offices_alike() -> None:
    rows = table(whole() + 1)
    registered = rows.filter(pa.compute.equal(rows["kind"], "registered"))
    per_office = registered.group_by("office").aggregate([("seq", "count")])
    assert sorted(per_office["office"].to_pylist()) == ["lillevik", "lillevik-2"]
    counts = per_office["seq_count"].to_pylist()
    assert sum(counts) == whole() + 1
    assert max(counts) - min(counts) <= 1


def test_fewer_cases_are_part_of_the_same_office() -> None:
    everybody, some = table(whole()), table(20)
    cases = set(some["case_id"].to_pylist())
    assert len(cases) == 20
    shown = everybody.filter(pa.compute.is_in(everybody["case_id"], pa.array(sorted(cases))))
    assert shown.equals(some)


@pytest.mark.parametrize(
    ("cases", "start", "end", "says"),
    [
        (0, FROM, TO, "0 cases"),
        (-3, FROM, TO, "-3 cases"),
        (5, TO, FROM, "before it starts"),
        (5, date(1960, 1, 1), TO, "1972"),
        (5, date(1980, 1, 1), TO, "30 years"),
    ],
)
def test_what_cannot_be_simulated_is_refused(cases: int, start: date, end: date, says: str) -> None:
    with pytest.raises(SimulationError, match=says):
        list(simulate(load_habits("small-office"), cases=cases, seed=1, start=start, end=end))
