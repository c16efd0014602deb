"""`framdrift conformity --log` beside a query written by hand for each requirement, over the same file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import inputs
from benchmarks.measuring import Run, interleaved, median, run
from benchmarks.results import Goal, Result

MEMORY = "3GB"
STATES = ("met", "late", "missed", "open", "void", "cases_missed")
GIGABYTE = 1e9


def measure(rounds: int) -> Result:
    small, large = inputs.one_million(), inputs.ten_million()
    ours_small, hand_small = _compared(small, rounds)
    # The larger one takes minutes, and differs less from run to run.
    ours_large, hand_large = _compared(large, max(1, rounds // 2))
    _require_tenfold(ours_small[0], ours_large[0])
    rows, goals = [], []
    for path, ours, hand in ((small, ours_small, hand_small), (large, ours_large, hand_large)):
        events = inputs.events_of(path)
        ratio = median([mine.seconds / theirs.seconds for mine, theirs in zip(ours, hand, strict=True)])
        for name, runs in (("framdrift conformity", ours), ("39 queries by hand", hand)):
            seconds = median([each.seconds for each in runs])
            rows.append(
                (
                    f"{events:,}",
                    name,
                    f"{seconds:.1f} s",
                    f"{median([each.processor for each in runs]):.1f} s",
                    f"{max(each.peak for each in runs) / GIGABYTE:.2f} GB",
                    f"{1e6 * seconds / events:.1f} µs",
                )
            )
        goals.append(Goal(f"{events:,} events, ours ÷ by hand", ratio, 1.2))
    goals.append(Goal("most memory resident", max(each.peak for each in ours_large) / GIGABYTE, 4, " GB"))
    growth = median([each.seconds for each in ours_large]) / median([each.seconds for each in ours_small])
    goals.append(Goal("ten times the events take so many times as long", growth, 12))
    headings = ("events", "what", "time", "processor", "most memory", "per event")
    return Result(f"All of nav-2012 over a Parquet file, memory limit {MEMORY}", headings, rows, goals)


def _compared(path: Path, rounds: int) -> tuple[list[Run], list[Run]]:
    with tempfile.TemporaryDirectory(prefix="framdrift-benchmark-") as spill:
        options = [str(path), "--memory", MEMORY, "--spill", spill]
        ours, hand = interleaved(
            rounds,
            lambda: run(
                ["-m", "framdrift.cli", "conformity", "--standard", "nav-2012", "--format", "json", "--log", *options]
            ),
            lambda: run(["-m", "benchmarks.by_hand", *options]),
        )
    for mine, theirs in zip(ours, hand, strict=True):
        _require_equal(_counts(mine), json.loads(theirs.output))
    return ours, hand


def _counts(ours: Run) -> dict[str, dict[str, int]]:
    return {
        f"{found['id']}/{found['reading']}" if found["reading"] else found["id"]: {name: found[name] for name in STATES}
        for found in json.loads(ours.output)["requirements"]
    }


def _require_equal(ours: dict[str, dict[str, int]], hand: dict[str, dict[str, Any]]) -> None:
    if ours.keys() != hand.keys():
        raise AssertionError(f"not the same rules: {sorted(ours.keys() ^ hand.keys())}")
    for rule, counts in ours.items():
        theirs = {name: hand[rule][name] for name in STATES}
        if theirs != counts:
            raise AssertionError(f"{rule}: we count {counts}, the query by hand {theirs}")


def _require_tenfold(small: Run, large: Run) -> None:
    """The larger log is the smaller so many times over; of comparisons there is one however large the log."""
    tenfold = _counts(large)
    for rule, counts in _counts(small).items():
        times = 1 if rule.startswith("R11") else inputs.COPIES
        if tenfold[rule] != {name: count * times for name, count in counts.items()}:
            raise AssertionError(f"{rule}: {counts} in the log and {tenfold[rule]} in {inputs.COPIES} of it")
