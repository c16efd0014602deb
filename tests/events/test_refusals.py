"""A file that is no log ends in one sentence that names the file and, where it can, row and field; nothing is taken."""

import gzip
import random
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from framdrift.events import LogError, UserError, open_log, write_log

HEADING = "event_id,case_id,kind,at,seq,corrects,attributes\n"
GOOD = "e1,c1,registered,2012-01-10,1,,\n"


def refused(path, mapping=None):
    """The error, which is one line of text that names the file."""
    with pytest.raises(LogError) as caught:
        open_log(path, mapping or {})
    text = str(caught.value)
    assert text.startswith(str(path)) or str(path) in text
    assert "\n" not in text
    assert "Traceback" not in text
    return caught.value


def written(tmp_path, content, name="log.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def places(error):
    return [(bad.row, bad.field, bad.value) for bad in error.bad_rows]


class TestNoLogAtAll:
    def test_not_there(self, tmp_path):
        assert "no such file" in str(refused(tmp_path / "nowhere.csv"))

    def test_a_folder(self, tmp_path):
        assert "is a folder" in str(refused(tmp_path))

    @pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", b"  \r\n"])
    def test_empty(self, tmp_path, content):
        assert "is empty" in str(refused(written(tmp_path, content)))

    def test_empty_inside_gzip(self, tmp_path):
        assert "is empty" in str(refused(written(tmp_path, gzip.compress(b""), "log.csv.gz")))

    @pytest.mark.parametrize("content", [HEADING, "case_id;kind;at", "case_id,kind,at\n\n"])
    def test_a_heading_and_nothing_else(self, tmp_path, content):
        assert "no events" in str(refused(written(tmp_path, content)))

    def test_a_parquet_file_without_rows(self, tmp_path):
        path = tmp_path / "log.parquet"
        schema = pa.schema([(name, pa.string()) for name in ("case_id", "kind", "at")])
        pq.write_table(schema.empty_table(), path)
        assert "no events" in str(refused(path))

    @pytest.mark.parametrize("name", ["noise", "noise.csv", "noise.parquet", "noise.ndjson"])
    @pytest.mark.parametrize("seed", range(5))
    def test_noise(self, tmp_path, name, seed):
        refused(written(tmp_path, random.Random(seed).randbytes(200_000), name))

    @pytest.mark.parametrize("seed", range(5))
    def test_noise_of_letters(self, tmp_path, seed):
        letters = random.Random(seed).choices('abc ,;"{}[]\n\t0', k=100_000)
        refused(written(tmp_path, "".join(letters)))

    def test_one_line_without_end(self, tmp_path):
        refused(written(tmp_path, "x" * 5_000_000))

    @pytest.mark.parametrize("head", [b"PAR1", b"PK\x03\x04", b"\x1f\x8b", b"\x1f\x8b\x08\x00"])
    def test_noise_under_a_known_beginning(self, tmp_path, head):
        refused(written(tmp_path, head + random.Random(1).randbytes(10_000), "log"))

    def test_a_picture(self, tmp_path):
        assert "neither text nor Parquet" in str(
            refused(written(tmp_path, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "x.png"))
        )

    def test_not_allowed(self, tmp_path, monkeypatch):
        path = written(tmp_path, HEADING + GOOD)

        def closed(*_, **__):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", closed)  # the suite may run as root, who may read everything
        assert "permission denied" in str(refused(path))


class TestArchives:
    def test_of_junk(self, tmp_path):
        path = tmp_path / "log.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("picture.png", b"\x89PNG")
            archive.writestr("__MACOSX/log.csv", b"\x00")
        assert "holds no CSV, Parquet or NDJSON" in str(refused(path))

    def test_of_nothing(self, tmp_path):
        path = tmp_path / "log.zip"
        zipfile.ZipFile(path, "w").close()
        refused(path)

    def test_of_junk_called_csv(self, tmp_path):
        path = tmp_path / "log.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("log.csv", random.Random(1).randbytes(10_000))
        assert "log.csv" in str(refused(path))

    @pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
    def test_cut(self, tmp_path, kept):
        whole = tmp_path / "whole.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("log.csv", HEADING + GOOD * 5_000)
        content = whole.read_bytes()
        refused(written(tmp_path, content[: int(len(content) * kept)], "log.zip"))

    @pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
    def test_gzip_cut(self, tmp_path, kept):
        content = gzip.compress((HEADING + GOOD * 5_000).encode())
        assert "cut or broken" in str(refused(written(tmp_path, content[: int(len(content) * kept)], "log.csv.gz")))

    def test_a_bad_row_inside_is_named_with_the_file_inside(self, tmp_path):
        path = tmp_path / "log.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("good.csv", HEADING + GOOD)
            archive.writestr("sub/bad.csv", HEADING + GOOD + "e2,c1,ended,soon,2,,\n")
        error = refused(path)
        assert error.file == f"{path}/sub/bad.csv"
        assert places(error) == [(2, "at", "soon")]


class TestEncoding:
    @pytest.mark.parametrize("rows_before", [0, 50_000])
    def test_latin_1(self, tmp_path, rows_before):
        content = (HEADING + GOOD * rows_before).encode() + "e2,c1,møte,2012-01-10,1,,\n".encode("latin-1")
        text = str(refused(written(tmp_path, content)))
        assert "is not UTF-8" in text
        assert f"line {rows_before + 2}" in text

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf_16(self, tmp_path, encoding):
        refused(written(tmp_path, (HEADING + GOOD).encode(encoding)))


class TestColumns:
    def test_one_is_missing(self, tmp_path):
        text = str(refused(written(tmp_path, "case_id,activity,at\nc1,registered,2012-01-10\n")))
        assert "lacks the column kind" in text
        assert "activity" in text
        assert "--map kind=" in text

    def test_two_are_missing(self, tmp_path):
        assert "case_id, kind" in str(refused(written(tmp_path, "at,x\n2012-01-10,1\n")))

    def test_missing_in_parquet_and_ndjson(self, tmp_path):
        path = tmp_path / "log.parquet"
        pq.write_table(pa.table({"case_id": ["c1"], "kind": ["k"]}), path)
        assert "lacks the column at" in str(refused(path))
        assert "lacks the column at" in str(
            refused(written(tmp_path, '{"case_id": "c1", "kind": "k"}\n', "log.ndjson"))
        )

    def test_one_stands_twice(self, tmp_path):
        assert "two columns called 'at'" in str(
            refused(written(tmp_path, "case_id,kind,at,at\nc,k,2012-01-10,2012-01-10\n"))
        )

    def test_a_mapping_to_a_column_that_is_not_there(self, tmp_path):
        text = str(refused(written(tmp_path, HEADING + GOOD), {"kind": "Activity"}))
        assert "'Activity'" in text

    def test_a_mapping_of_a_column_that_is_not_ours(self, tmp_path):
        assert "none of our columns" in str(refused(written(tmp_path, HEADING + GOOD), {"activity": "kind"}))

    def test_a_type_that_cannot_be_a_time(self, tmp_path):
        path = tmp_path / "log.parquet"
        pq.write_table(pa.table({"case_id": ["c1"], "kind": ["k"], "at": [True]}), path)
        assert "must be a time" in str(refused(path))


class TestRows:
    @pytest.mark.parametrize(
        "at",
        [
            "soon",
            "10.01.2012",
            "2012-13-01",
            "2012-02-30",
            "2012-01-10T25:00",
            "20120110",
            "2012",
            "1326182400",
            "12:00",
        ],
    )
    def test_a_broken_date(self, tmp_path, at):
        error = refused(written(tmp_path, f"{HEADING}{GOOD}e2,c1,ended,{at},2,,\n"))
        assert places(error) == [(2, "at", at)]
        assert "ISO 8601" in str(error)

    def test_a_broken_date_in_ndjson_and_parquet(self, tmp_path):
        lines = '{"case_id": "c1", "kind": "k", "at": "2012-01-10"}\n{"case_id": "c1", "kind": "k", "at": "soon"}\n'
        assert places(refused(written(tmp_path, lines, "log.ndjson"))) == [(2, "at", "soon")]
        path = tmp_path / "log.parquet"
        pq.write_table(pa.table({"case_id": ["c", "c"], "kind": ["k", "k"], "at": ["2012-01-10", "soon"]}), path)
        assert places(refused(path)) == [(2, "at", "soon")]

    @pytest.mark.parametrize(
        ("row", "field"),
        [
            ("e2,,ended,2012-01-10,2,,", "case_id"),
            ("e2,c1,,2012-01-10,2,,", "kind"),
            ("e2,c1,ended,,2,,", "at"),
            ("e2,c1,ended,2012-01-10,two,,", "seq"),
            ("e2,c1,ended,2012-01-10,2,,{broken", "attributes"),
            ("e2,c1,ended,2012-01-10,2,,[1]", "attributes"),
            ("e2,c1,ended,2012-01-10,2,,7", "attributes"),
        ],
    )
    def test_a_broken_field(self, tmp_path, row, field):
        error = refused(written(tmp_path, f"{HEADING}{GOOD}{row}\n"))
        assert [(bad.row, bad.field) for bad in error.bad_rows] == [(2, field)]
        assert error.bad_count == 1

    def test_the_first_five_are_named_and_all_are_counted(self, tmp_path):
        rows = "".join(f"e{number},c1,ended,{'soon' if number % 2 else '2012-01-10'},1,,\n" for number in range(1, 21))
        error = refused(written(tmp_path, HEADING + rows))
        assert [bad.row for bad in error.bad_rows] == [1, 3, 5, 7, 9]
        assert error.bad_count == 10
        assert "10 rows" in str(error)
        assert "5 more rows" in str(error)

    @pytest.mark.parametrize("row", ["e2,c1,ended", "e2,c1,ended,2012-01-10,2,,,more"])
    def test_too_few_fields_or_too_many(self, tmp_path, row):
        error = refused(written(tmp_path, f"{HEADING}{GOOD}{row}\n{GOOD}"))
        assert [bad.row for bad in error.bad_rows] == [2]

    def test_a_quote_that_is_never_closed(self, tmp_path):
        refused(written(tmp_path, f'{HEADING}{GOOD}"e2,c1,ended,2012-01-10,2,,\n' + GOOD * 100))

    @pytest.mark.parametrize("line", ["{broken", "[1]", '"text"', "7", '{"case_id": "c1"', "null"])
    def test_a_broken_line_of_ndjson(self, tmp_path, line):
        good = '{"case_id": "c1", "kind": "k", "at": "2012-01-10"}\n'
        error = refused(written(tmp_path, good + line + "\n" + good, "log.ndjson"))
        assert {bad.row for bad in error.bad_rows} == {2}
        assert error.bad_count == 1

    def test_one_json_list_is_no_ndjson(self, tmp_path):
        text = str(refused(written(tmp_path, '[{"case_id": "c1", "kind": "k", "at": "2012-01-10"}]', "log.json")))
        assert "one JSON object on each line" in text

    def test_a_field_far_down_in_a_large_file(self, tmp_path):
        content = HEADING + GOOD * 120_000 + "e2,c1,ended,2012-01-10,2,,{broken\n" + GOOD * 10
        assert [(bad.row, bad.field) for bad in refused(written(tmp_path, content)).bad_rows] == [
            (120_001, "attributes")
        ]


class TestCorrections:
    @pytest.mark.parametrize(
        ("rows", "bad"),
        [
            ("e2,c1,retracted,2012-01-11,2,nothing,\n", [(2, "corrects", "nothing")]),
            ("e2,c2,retracted,2012-01-11,2,e1,\n", [(2, "corrects", "e1")]),
            ("e2,c1,retracted,2012-01-11,2,e2,\n", [(2, "corrects", "e2")]),
        ],
    )
    def test_a_target_outside_the_case_is_refused(self, tmp_path, rows, bad):
        assert places(refused(written(tmp_path, HEADING + GOOD + rows))) == bad

    def test_a_target_that_comes_later_in_the_file_is_not(self, tmp_path):
        path = written(tmp_path, f"{HEADING}e2,c1,retracted,2012-01-11,2,e1,\n{GOOD}")
        with open_log(path) as log:
            assert log.has_corrections


class TestWriting:
    @pytest.mark.parametrize("name", ["log.xlsx", "log", "log.parquet.gz", "log.csv.zip"])
    def test_another_ending(self, tmp_path, name):
        with pytest.raises(UserError, match="must end in"):
            write_log(tmp_path / name, [])
        assert not list(tmp_path.iterdir())

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(UserError, match="no folder"):
            write_log(tmp_path / "nowhere" / "log.csv", [])

    def test_what_is_not_finished_leaves_nothing(self, tmp_path):
        def batches():
            raise KeyboardInterrupt
            yield

        with pytest.raises(KeyboardInterrupt):
            write_log(tmp_path / "log.parquet", batches())
        assert not list(tmp_path.iterdir())


def test_nothing_is_left_behind_when_a_log_is_refused(tmp_path):
    spill = tmp_path / "spill"
    spill.mkdir()
    path = written(tmp_path, f"{HEADING}e1,c1,ended,soon,1,,\n")
    with pytest.raises(LogError):
        open_log(path, spill=spill)
    assert not list(spill.iterdir())
