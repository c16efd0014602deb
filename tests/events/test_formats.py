"""A log is the same log in every format, packed or plain, in our columns or mapped."""

import csv
import gzip
import io
import json
import zipfile
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from framdrift.events import COLUMNS, Event, Log, open_log, write_log

CSV = (
    "event_id,case_id,person,office,team,actor,kind,at,recorded_at,seq,corrects,attributes\n"
    'e1,c1,p1,0301,short,a1,registered,2012-01-10T09:00:00+01:00,2012-01-11T09:00:00+01:00,1,,"{""wants_contact"": true}"\n'
    "e2,c1,p1,0301,,,conversation,2012-07-10T09:00:00+02:00,,2,,\n"
    "e3,c1,,,,a2,conversation,2012-07-10T10:00:00+02:00,2012-07-12T00:00:00Z,3,e2,"
    '"{""channel"": ""phone"", ""rung_advisor"": 4}"\n'
)
EVENTS = [
    Event(
        event_id="e1",
        case_id="c1",
        kind="registered",
        at=datetime(2012, 1, 10, 8, tzinfo=UTC),
        seq=1,
        recorded_at=datetime(2012, 1, 11, 8, tzinfo=UTC),
        attributes={"wants_contact": True},
        person="p1",
        office="0301",
        team="short",
        actor="a1",
    ),
    Event(
        event_id="e2",
        case_id="c1",
        kind="conversation",
        at=datetime(2012, 7, 10, 7, tzinfo=UTC),
        seq=2,
        recorded_at=datetime(2012, 7, 10, 7, tzinfo=UTC),
        person="p1",
        office="0301",
    ),
    Event(
        event_id="e3",
        case_id="c1",
        kind="conversation",
        at=datetime(2012, 7, 10, 8, tzinfo=UTC),
        seq=3,
        recorded_at=datetime(2012, 7, 12, tzinfo=UTC),
        attributes={"channel": "phone", "rung_advisor": 4},
        actor="a2",
        corrects="e2",
    ),
]


def events_in(path, mapping=None):
    with open_log(path, mapping or {}) as log:
        return [event for case in log.cases() for event in case]


@pytest.fixture
def csv_file(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


class TestCsv:
    def test_in_our_columns(self, csv_file):
        assert events_in(csv_file) == EVENTS

    @pytest.mark.parametrize(
        ("how", "change"),
        [
            ("a byte order mark", lambda text: b"\xef\xbb\xbf" + text.encode()),
            ("Windows line endings", lambda text: text.replace("\n", "\r\n").encode()),
            ("line endings mixed", lambda text: text.replace("\n", "\r\n", 2).encode()),
            ("no line ending at the end", lambda text: text.removesuffix("\n").encode()),
            ("empty lines at the end", lambda text: (text + "\n\n").encode()),
        ],
    )
    def test_as_other_systems_write_it(self, tmp_path, how, change):
        path = tmp_path / "log.csv"
        path.write_bytes(change(CSV))
        assert events_in(path) == EVENTS, how

    @pytest.mark.parametrize("delimiter", [";", "\t", "|"])
    def test_with_another_separator(self, tmp_path, delimiter):
        path = tmp_path / "log.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(csv.reader(io.StringIO(CSV)))
        assert events_in(path) == EVENTS

    def test_a_semicolon_file_may_hold_commas(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text('case_id;kind;at;attributes\nc1;"a;b";2012-01-10;"{""x"": [1, 2]}"\n')
        (event,) = events_in(path)
        assert (event.kind, event.attributes) == ("a;b", {"x": [1, 2]})

    def test_text_in_quotes_may_hold_line_breaks_and_quotes(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text('case_id,kind,at,attributes\n"c\n1",k,2012-01-10,"{""x"": ""a \\""b\\""""}"\n')
        (event,) = events_in(path)
        assert (event.case_id, event.attributes) == ("c\n1", {"x": 'a "b"'})

    def test_norwegian_letters(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text("case_id,kind,at\nSØR-1,møte,2012-01-10\n", encoding="utf-8")
        (event,) = events_in(path)
        assert (event.case_id, event.kind) == ("SØR-1", "møte")


class TestNdjson:
    def lines(self):
        rows = [
            {"event_id": "e1", "case_id": "c1", "person": "p1", "office": "0301", "team": "short", "actor": "a1"}
            | {"kind": "registered", "at": "2012-01-10T09:00:00+01:00", "recorded_at": "2012-01-11T09:00:00+01:00"}
            | {"seq": 1, "attributes": {"wants_contact": True}},
            {"event_id": "e2", "case_id": "c1", "person": "p1", "office": "0301", "kind": "conversation"}
            | {"at": "2012-07-10T09:00:00+02:00", "seq": 2, "actor": None, "attributes": None},
            {"event_id": "e3", "case_id": "c1", "kind": "conversation", "at": "2012-07-10T10:00:00+02:00"}
            | {"recorded_at": "2012-07-12T00:00:00Z", "seq": 3, "actor": "a2", "corrects": "e2"}
            | {"attributes": '{"channel": "phone", "rung_advisor": 4}'},
        ]
        return [json.dumps(row) for row in rows]

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n"])
    def test_objects_or_texts_of_attributes_and_keys_that_come_later(self, tmp_path, ending):
        path = tmp_path / "log.ndjson"
        path.write_bytes(ending.join(self.lines()).encode())
        assert events_in(path) == EVENTS

    def test_numbers_as_ids(self, tmp_path):
        path = tmp_path / "log.ndjson"
        path.write_text('{"case_id": 7, "kind": "registered", "at": "2012-01-10"}\n')
        (event,) = events_in(path)
        assert event.case_id == "7"


def parquet(path, **columns):
    pq.write_table(pa.table(columns), path)
    return path


class TestParquet:
    def test_native_times_and_attributes_as_json_text(self, tmp_path):
        path = parquet(
            tmp_path / "log.parquet",
            **{name: [getattr(event, name) for event in EVENTS] for name in COLUMNS if name != "attributes"},
            attributes=[json.dumps(event.attributes) for event in EVENTS],
        )
        assert events_in(path) == EVENTS

    def test_times_as_text(self, tmp_path):
        path = parquet(
            tmp_path / "log.parquet",
            case_id=["c1", "c1"],
            kind=["registered", "conversation"],
            at=["2012-01-10T09:00:00", "2012-07-10T09:00:00+02:00"],
        )
        assert [event.at.hour for event in events_in(path)] == [8, 7]

    def test_times_without_a_zone_are_norwegian(self, tmp_path):
        path = parquet(
            tmp_path / "log.parquet",
            case_id=["c1", "c1"],
            kind=["registered", "conversation"],
            at=pa.array([datetime(2012, 1, 10, 9), datetime(2012, 7, 10, 9)], pa.timestamp("ms")),  # noqa: DTZ001
        )
        assert [event.at.hour for event in events_in(path)] == [8, 7]

    def test_attributes_as_a_struct(self, tmp_path):
        path = parquet(
            tmp_path / "log.parquet",
            case_id=["c1", "c1"],
            kind=["registered", "decision_made"],
            at=["2012-01-10", "2012-01-11"],
            attributes=[{"wants_contact": True, "parts": None}, {"wants_contact": None, "parts": ["a", "b"]}],
        )
        registered, decision = events_in(path)
        assert registered.attributes["wants_contact"] is True
        assert decision.attributes["parts"] == ["a", "b"]

    def test_ids_as_numbers(self, tmp_path):
        path = parquet(tmp_path / "log.parquet", case_id=[7], kind=["registered"], at=["2012-01-10"], office=[301])
        (event,) = events_in(path)
        assert (event.case_id, event.office) == ("7", "301")


class TestPacked:
    def test_gzip(self, csv_file, tmp_path):
        path = tmp_path / "log.csv.gz"
        path.write_bytes(gzip.compress(csv_file.read_bytes()))
        assert events_in(path) == EVENTS

    def test_the_name_need_not_tell_the_format(self, csv_file, tmp_path):
        path = tmp_path / "download"
        path.write_bytes(gzip.compress(csv_file.read_bytes()))
        assert events_in(path) == EVENTS

    def test_zip_beside_what_is_no_data(self, csv_file, tmp_path):
        path = tmp_path / "log.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("__MACOSX/._log.csv", b"\x00\x05\x16\x07")
            archive.writestr("readme.pdf", b"%PDF")
            archive.writestr(".DS_Store", b"\x00")
            archive.writestr("folder/", b"")
            archive.write(csv_file, "folder/log.csv")
        assert events_in(path) == EVENTS

    def test_zip_of_several_files_is_one_log_in_the_order_of_their_names(self, tmp_path):
        path = tmp_path / "log.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("2.csv", "case_id,kind,at\nc1,second,2012-01-10\n")
            archive.writestr("1.csv.gz", gzip.compress(b"kind;at;case_id\nfirst;2012-01-10;c1\n"))
        assert [event.kind for event in events_in(path)] == ["first", "second"]

    def test_a_correction_may_stand_in_another_file_of_the_archive(self, tmp_path):
        path = tmp_path / "log.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("1.csv", "event_id,case_id,kind,at,corrects\ne2,c1,retracted,2012-01-11,e1\n")
            archive.writestr("2.csv", "event_id,case_id,kind,at\ne1,c1,registered,2012-01-10\n")
        assert [event.corrects for event in events_in(path)] == [None, "e1"]


class TestLeftOut:
    def test_all_but_three_columns_may_be(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text("case_id,kind,at\nc1,registered,2012-01-10\nc1,conversation,2012-01-10\n")
        first, second = events_in(path)
        assert first == Event(
            event_id=first.event_id,
            case_id="c1",
            kind="registered",
            at=datetime(2012, 1, 9, 23, tzinfo=UTC),
            seq=first.seq,
            recorded_at=datetime(2012, 1, 9, 23, tzinfo=UTC),
            actor="system",
        )
        assert first.event_id != second.event_id
        assert first.seq < second.seq

    def test_rows_without_seq_come_after_those_that_have_one(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text("case_id,kind,at,seq\nc1,third,2012-01-10,\nc1,second,2012-01-10,9\nc1,first,2012-01-10,8\n")
        assert [event.kind for event in events_in(path)] == ["first", "second", "third"]

    def test_columns_that_are_not_ours_are_passed_over(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text("note,case_id,kind,at\nhello,c1,registered,2012-01-10\n")
        assert len(events_in(path)) == 1


class TestMapped:
    def test_columns_by_other_names(self, tmp_path):
        path = tmp_path / "incidents.csv"
        path.write_text("SR Number,Change Date+Time,Activity,kind\n1-3,2010-03-31T15:59:42+01:00,Accepted,other\n")
        mapping = {"case_id": "SR Number", "at": "Change Date+Time", "kind": "Activity"}
        (event,) = events_in(path, mapping)
        assert (event.case_id, event.kind) == ("1-3", "Accepted")
        assert event.at == datetime(2010, 3, 31, 14, 59, 42, tzinfo=UTC)

    def test_parquet_and_ndjson_too(self, tmp_path):
        mapping = {"case_id": "sak", "attributes": "felt"}
        lines = tmp_path / "log.ndjson"
        lines.write_text('{"sak": "c1", "kind": "k", "at": "2012-01-10", "felt": {"x": 1}}\n')
        columns = parquet(tmp_path / "log.parquet", sak=["c1"], kind=["k"], at=["2012-01-10"], felt=[{"x": 1}])
        for path in (lines, columns):
            (event,) = events_in(path, mapping)
            assert (event.case_id, event.attributes) == ("c1", {"x": 1})


class TestWritten:
    @pytest.mark.parametrize(
        "name", ["log.parquet", "log.csv", "log.csv.gz", "log.ndjson", "log.jsonl", "log.ndjson.gz"]
    )
    def test_and_read_back(self, tmp_path, name):
        path = tmp_path / name
        with Log.of_events(EVENTS) as log:
            assert write_log(path, log.arrow_batches()) == 3
        assert events_in(path) == EVENTS
        assert [left.name for left in tmp_path.iterdir()] == [name]

    def test_twice_gives_the_same_bytes(self, tmp_path):
        for name in ("a.csv.gz", "b.csv.gz"):
            with Log.of_events(EVENTS) as log:
                write_log(tmp_path / name, log.arrow_batches())
        assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "b.csv.gz").read_bytes()

    def test_texts_that_trip_over_commas_quotes_and_line_breaks(self, tmp_path):
        odd = 'a,"b"\r\n;\t{æ'
        event = Event(
            event_id="e;1",
            case_id=odd,
            kind="it's",
            at=datetime(2012, 1, 10, 8, 0, 0, 1, tzinfo=UTC),
            seq=1,
            recorded_at=datetime(2012, 1, 10, 8, tzinfo=UTC),
            attributes={"a.b": [1, 1.5, True, None, "1", {"x": odd}]},
        )
        for name in ("log.parquet", "log.csv", "log.ndjson"):
            with Log.of_events([event]) as log:
                write_log(tmp_path / name, log.arrow_batches())
            assert events_in(tmp_path / name) == [event], name


class TestOrder:
    def test_by_at_then_seq_then_row(self, tmp_path):
        path = tmp_path / "log.csv"
        path.write_text(
            "event_id,case_id,kind,at,seq\n"
            "d,c1,k,2012-01-11,1\n"
            "b,c1,k,2012-01-10,2\n"
            "c,c1,k,2012-01-10,2\n"
            "a,c1,k,2012-01-10,1\n"
        )
        with open_log(path) as log:
            assert [event.event_id for event in log.case("c1")] == ["a", "b", "c", "d"]
            assert log.case("c2") == []

    def test_by_row_where_there_is_no_seq(self, tmp_path):
        path = tmp_path / "log.csv"
        rows = "".join(f"e{number},c1,k,2012-01-10\n" for number in range(30))
        path.write_text("event_id,case_id,kind,at\n" + rows)
        assert [event.event_id for event in events_in(path)] == [f"e{number}" for number in range(30)]
