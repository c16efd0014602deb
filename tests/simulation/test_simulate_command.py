"""The command: a log by the file's ending, a word of what was written, one clear sentence for a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from framdrift.cli.simulate import register
from framdrift.events import UserError, open_log

QUARTER = ["--from", "2012-01-01", "--to", "2012-03-31", "--processes", "1"]


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return CliRunner().invoke(app, ["simulate", *arguments])


def cases_by_office(file: Path) -> dict[str, int]:
    with open_log(file) as log:
        rows = log.connection.execute("select office, count(distinct case_id) from log group by office").fetchall()
    return dict(rows)


@pytest.mark.parametrize("ending", ["parquet", "csv", "csv.gz", "ndjson", "ndjson.gz"])
def test_the_ending_gives_the_format(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"log.{ending}"
    result = run("--habits", "small-office", "--cases", "12", "--seed", "4", "--out", str(out), *QUARTER)
    assert result.exit_code == 0, result.output
    assert f"{out}: " in result.stdout
    assert "of 12 cases (small-office, 2012-01-01 to 2012-03-31, seed 4)" in result.stdout
    assert cases_by_office(out) == {"lillevik": 12}


def test_the_same_command_writes_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.csv", "two.csv")]
    for file in files:
        run("--habits", "large-office", "--cases", "9", "--out", str(file), *QUARTER)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_two_offices_share_the_cases_in_one_log(tmp_path: Path) -> None:
    out = tmp_path / "both.parquet"
    run("--habits", "small-office", "--habits", "large-office", "--cases", "11", "--out", str(out), *QUARTER)
    assert cases_by_office(out) == {"lillevik": 6, "storhavn": 5}


def test_one_case_of_two_offices_is_of_the_first(tmp_path: Path) -> None:
    out = tmp_path / "one.parquet"
    run("--habits", "small-office", "--habits", "large-office", "--cases", "1", "--out", str(out), *QUARTER)
    assert cases_by_office(out) == {"lillevik": 1}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (["--habits", "nowhere"], "one of large-office, small-office"),
        (["--cases", "0"], "0 cases"),
        (["--from", "yesterday"], "--from: 'yesterday' is not a date"),
        (["--from", "2013-01-01"], "before it starts"),
        (["--out", "log.xlsx"], r"must end in \.parquet, \.csv or \.ndjson"),
    ],
)
def test_a_mistake_is_said_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    usual = ["--cases", "5", "--out", "log.csv", *QUARTER]
    habits = [] if changed[0] == "--habits" else ["--habits", "small-office"]
    result = run(*habits, *usual, *changed)
    assert isinstance(result.exception, UserError)
    with pytest.raises(UserError, match=says):
        raise result.exception
    assert list(tmp_path.iterdir()) == []
