"""What comes out is a log of the contract: columns, kinds, attributes, order, corrections."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from simulated import END, START, Practice, Row

from framdrift.events import ARROW_SCHEMA, KINDS, Attribute, open_log, write_log
from framdrift.simulation import load_habits, simulate

OSLO = ZoneInfo("Europe/Oslo")
PYTHON_TYPES = {"text": str, "integer": int, "boolean": bool, "list": list}


def rows(practice: Practice) -> list[Row]:
    return [row for case in practice.values() for row in case]


def holds(attribute: Attribute, value: Any) -> bool:
    if type(value) is not PYTHON_TYPES[attribute.type]:
        return False
    if attribute.lowest is not None and value < attribute.lowest:
        return False
    if attribute.highest is not None and value > attribute.highest:
        return False
    codes = value if attribute.type == "list" else [value]
    return not attribute.codes or set(codes) <= set(attribute.codes)


def test_every_event_is_of_the_vocabulary(practice: Practice) -> None:
    for row in rows(practice):
        if row.kind == "retracted":
            assert row.attributes == {}
            continue
        known = KINDS[row.kind].attributes
        assert row.attributes.keys() <= known.keys(), row
        assert all(holds(known[name], value) for name, value in row.attributes.items()), row


def test_attributes_that_the_standard_reads_are_there(practice: Practice) -> None:
    always = {
        "registered": {
            "birth_year",
            "sex",
            "benefits",
            "language",
            "interpreter",
            "wants_contact",
            "unclear",
            "needs_help",
        },
        "assigned": {"advisor", "team", "reason"},
        "conversation": {"channel", "first", "initiative"},
        "decision_made": {"group", "first", "parts", "own_view"},
        "measure_considered": {"outcome", "measure", "own_view"},
        "ended": {"reason"},
    }
    for row in rows(practice):
        assert always.get(row.kind, set()) <= row.attributes.keys(), row
        if row.kind == "decision_made":
            assert ("change" in row.attributes) is not row.attributes["first"]


def test_office_and_team_are_filled(practice: Practice) -> None:
    for case in practice.values():
        team = None
        for row in sorted(case, key=lambda row: (row.at, row.seq)):
            if row.kind == "assigned":
                team = row.attributes["team"]
                assert row.team == team
            assert row.office in {"lillevik", "storhavn"}
            if team is None:
                assert row.team is None
            elif row.kind == "registration_confirmed":
                assert row.team == team


def test_order_is_that_of_recording_and_nothing_is_recorded_before_it_happened(practice: Practice) -> None:
    closes = datetime(END.year + 1, 1, 1, tzinfo=OSLO)
    opens = datetime(START.year, 1, 1, tzinfo=OSLO)
    for case in practice.values():
        assert [row.seq for row in case] == list(range(1, len(case) + 1))
        assert all(before.recorded_at <= after.recorded_at for before, after in pairwise(case))
        assert all(opens <= row.at <= row.recorded_at < closes for row in case)


def test_ids_are_unique_and_a_case_has_one_person(practice: Practice) -> None:
    assert max(Counter(row.event_id for row in rows(practice)).values()) == 1
    for case in practice.values():
        assert len({row.person for row in case}) == 1
    people = Counter(case[0].person for case in practice.values())
    assert max(people.values()) > 1, "nobody came back"


def test_some_events_are_recorded_late_and_some_corrected(practices: dict[str, Practice]) -> None:
    practice = {**practices["small-office"], **practices["large-office"]}
    late = [row for row in rows(practice) if (row.recorded_at - row.at).days >= 1]
    assert late
    corrections = [row for row in rows(practice) if row.corrects]
    assert {row.kind for row in corrections} >= {"conversation", "retracted"}
    for row in corrections:
        earlier = {other.event_id: other for other in practice[row.case_id][: row.seq - 1]}
        target = earlier[row.corrects or ""]
        assert target.recorded_at < row.recorded_at
        assert row.kind in {target.kind, "retracted"}
        assert row.attributes != target.attributes


def test_work_is_done_on_working_days_in_working_hours(practice: Practice) -> None:
    for row in rows(practice):
        if row.kind in {"conversation", "decision_made", "job_match_sent"}:
            local = row.at.astimezone(OSLO)
            assert local.weekday() < 5, row
            assert 8 <= local.hour < 16, row
            assert (local.month, local.day) not in {(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)}


@pytest.mark.parametrize("name", ["log.parquet", "log.csv", "log.ndjson.gz"])
def test_the_reader_of_logs_takes_it(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    batches = simulate(load_habits("small-office"), cases=40, seed=3, start=START, end=END)
    written = write_log(file, batches)
    with open_log(file) as log:
        assert log.connection.execute("select count(*) from log").fetchone() == (written,)
        cases = list(log.cases())
    assert len(cases) == 40
    assert all(case[0].kind == "registered" for case in cases)


def test_batches_have_the_schema() -> None:
    batches = list(simulate(load_habits("small-office"), cases=5, seed=3, start=START, end=END))
    assert all(batch.schema == ARROW_SCHEMA for batch in batches)
