"""The guide to logs: every column is told, and what it shows can be read as it says."""

import gzip
import re
from datetime import UTC, date, datetime

import pytest
import write_tables

from framdrift.events import COLUMNS, open_log
from framdrift.events.sources import EARLIEST_YEAR, LATEST_YEAR
from framdrift.events.vocabulary import REQUIRED_COLUMNS
from framdrift.standard import evaluate, load

GUIDE = (write_tables.DOCS / "events.md").read_text(encoding="utf-8")


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "smallest.csv"
    path.write_text(re.search(r"```csv\n(.*?)```", GUIDE, re.DOTALL)[1])
    return path


def test_every_column_is_told_in_its_order_and_whether_it_is_required():
    rows = re.findall(r"^\| `(\w+)` \| .+? \| (.+?) \|$", GUIDE.partition("## A case")[0], re.MULTILINE)
    assert [name for name, _ in rows] == list(COLUMNS)
    assert [name for name, left_out in rows if left_out == "required"] == list(REQUIRED_COLUMNS)


def test_the_smallest_log_can_be_measured(example):
    with open_log(example) as log:
        found = evaluate(load("nav-2012"), log.case("4711"), as_of=date(2012, 5, 4))
    assert [instance.state for instance in found if (instance.requirement, instance.reading) == ("R5", "routine")] == [
        "met"
    ]


def test_the_times_shown_are_read(tmp_path):
    shown = re.search(r"\*\*Times\*\* are ISO 8601 \((.*?)\)", GUIDE)[1].replace("`", "").split(", ")
    path = tmp_path / "times.csv"
    path.write_text("case_id,kind,at\n" + "".join(f"c,contact,{time}\n" for time in shown))
    with open_log(path) as log:
        read = {event.seq: event.at for event in log.case("c")}
    assert read == {
        1: datetime(2012, 3, 1, 8, 30, tzinfo=UTC),
        2: datetime(2012, 3, 1, 8, 30, tzinfo=UTC),
        3: datetime(2012, 2, 29, 23, 0, tzinfo=UTC),
    }
    assert f"between the years {EARLIEST_YEAR} and {LATEST_YEAR}" in GUIDE


def test_the_python_shown_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with gzip.open("ours.csv.gz", "wt") as stream:
        stream.write('Sak,kind,at,attributes\n4711,contact,2012-03-01,"{""channel"": ""sms""}"\n')
    exec(re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1], {})
    assert "contact {'channel': 'sms'}" in capsys.readouterr().out
