"""Instants as a log may write them, read alike from every format."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framdrift.events import open_log

OSLO = ZoneInfo("Europe/Oslo")

WRITTEN = {
    "2012-01-10T09:30:00+01:00": "2012-01-10T08:30:00",
    "2012-01-10T08:30:00Z": "2012-01-10T08:30:00",
    "2012-01-10T08:30:00z": "2012-01-10T08:30:00",
    "2012-01-10 09:30:00+01": "2012-01-10T08:30:00",
    "2012-01-10 09:30:00 +01:00": "2012-01-10T08:30:00",
    "2012-01-10T04:30:00-04:00": "2012-01-10T08:30:00",
    "2012-01-10T14:00:00+05:30": "2012-01-10T08:30:00",
    # Without an offset it is Norwegian time, winter and summer.
    "2012-01-10T09:30:00": "2012-01-10T08:30:00",
    "2012-07-10T09:30:00": "2012-07-10T07:30:00",
    "2012-07-10 09:30": "2012-07-10T07:30:00",
    "2012-07-10": "2012-07-09T22:00:00",
    " 2012-07-10 ": "2012-07-09T22:00:00",
    "2012-07-10T09:30:00.5": "2012-07-10T07:30:00.500000",
    "2012-07-10T09:30:00,123456": "2012-07-10T07:30:00.123456",
    # The hour that comes twice is read as its first coming, the one that never came with the offset before the change.
    "2012-10-28T01:59:59": "2012-10-27T23:59:59",
    "2012-10-28T02:00:00": "2012-10-28T00:00:00",
    "2012-10-28T02:30:00": "2012-10-28T00:30:00",
    "2012-10-28T02:30:00+02:00": "2012-10-28T00:30:00",
    "2012-10-28T02:30:00+01:00": "2012-10-28T01:30:00",
    "2012-10-28T03:00:00": "2012-10-28T02:00:00",
    "2012-03-25T01:59:59": "2012-03-25T00:59:59",
    "2012-03-25T02:30:00": "2012-03-25T01:30:00",
    "2012-03-25T03:00:00": "2012-03-25T01:00:00",
    # Before 1996 summer time ended in September.
    "1990-09-30T02:30:00": "1990-09-30T00:30:00",
    "1990-10-15T12:00:00": "1990-10-15T11:00:00",
}


def read(path):
    with open_log(path) as log:
        return [event.at for event in sorted(log.case("c"), key=lambda event: event.seq)]


@pytest.fixture(scope="module")
def instants(tmp_path_factory):
    """What each format makes of every written time."""
    folder = tmp_path_factory.mktemp("times")
    texts = list(WRITTEN)
    csv, lines, columns = folder / "log.csv", folder / "log.ndjson", folder / "log.parquet"
    csv.write_text("case_id;kind;at\n" + "".join(f"c;k;{text}\n" for text in texts))
    lines.write_text("".join(f'{{"case_id": "c", "kind": "k", "at": "{text}"}}\n' for text in texts))
    pq.write_table(pa.table({"case_id": ["c"] * len(texts), "kind": ["k"] * len(texts), "at": texts}), columns)
    return {path.suffix: dict(zip(texts, read(path), strict=True)) for path in (csv, lines, columns)}


@pytest.mark.parametrize("ending", [".csv", ".ndjson", ".parquet"])
@pytest.mark.parametrize("text", WRITTEN)
def test_a_written_time(instants, text, ending):
    assert instants[ending][text] == datetime.fromisoformat(WRITTEN[text]).replace(tzinfo=UTC)


@settings(max_examples=10)
@given(
    st.lists(
        st.datetimes(datetime(1996, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001  # clocks on walls
        min_size=1,
        max_size=200,
    )
)
def test_times_without_an_offset_are_read_as_python_reads_them(tmp_path_factory, clocks):
    """The first coming of the hour that comes twice is Python's fold 0; the hours about the change are drawn too."""
    change = datetime(2012, 10, 28, 2)  # noqa: DTZ001
    clocks += [change + timedelta(minutes=minutes) for minutes in range(-90, 91, 15)]
    path = tmp_path_factory.mktemp("clocks") / "log.parquet"
    at = pa.array(clocks, pa.timestamp("us"))
    pq.write_table(pa.table({"case_id": ["c"] * len(clocks), "kind": ["k"] * len(clocks), "at": at}), path)
    expected = [clock.replace(tzinfo=OSLO).astimezone(UTC) for clock in clocks]
    assert read(path) == expected


def test_recorded_at_is_by_default_at(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("case_id,kind,at,recorded_at\nc,k,2012-01-10T09:00,\nc,k,2012-01-10T09:00,2012-10-28T02:30\n")
    with open_log(path) as log:
        first, second = log.case("c")
    assert first.recorded_at == first.at
    assert second.recorded_at == datetime(2012, 10, 28, 0, 30, tzinfo=UTC)
