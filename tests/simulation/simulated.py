"""Simulated events as tests read them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from framdrift.simulation import Habits, cases_of_one_office, simulate

START, END = date(2012, 1, 1), date(2012, 12, 31)


@dataclass(frozen=True)
class Row:
    event_id: str
    case_id: str
    person: str
    office: str
    team: str | None
    actor: str
    kind: str
    at: datetime
    recorded_at: datetime
    seq: int
    corrects: str | None
    attributes: dict[str, Any]


Practice = dict[str, list[Row]]


def by_case(batches: Iterable[pa.RecordBatch]) -> Practice:
    """The rows of each case, as written."""
    cases: Practice = {}
    for batch in batches:
        for row in batch.to_pylist():
            row["attributes"] = json.loads(row["attributes"])
            cases.setdefault(row["case_id"], []).append(Row(**row))
    return cases


def whole_office(habits: Habits, seed: int = 7) -> Practice:
    """Everybody who registers in one office in 2012."""
    cases = cases_of_one_office(habits, START, END)
    return by_case(simulate(habits, cases=cases, seed=seed, start=START, end=END))
