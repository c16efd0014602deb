"""`framdrift demo` and `framdrift serve` as somebody would type them: processes of their own, a server of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from framdrift.cli.serve import HOST, PortTakenError, listen, require_free
from framdrift.database import status
from framdrift.standard import standard_in_force

COMMAND = Path(sys.executable).with_name("framdrift")


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder that the database server's account can reach: pytest's own are closed to all but us."""
    folder = Path(tempfile.mkdtemp(prefix="framdrift-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def framdrift(data: Path, *words: str) -> subprocess.Popen[str]:
    ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.Popen(
        [COMMAND, *words],
        env=environment | {"FRAMDRIFT_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    pytest.fail(f"ended without saying {words!r}: {said}{process.communicate()[1]}")


@pytest.mark.slow
def test_two_demos_at_once_both_succeed_and_leave_nothing_running(data: Path) -> None:
    both = [framdrift(data, "demo", "--no-serve") for _ in range(2)]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sum("Simulating" in errors for _, errors in said) == 1, "the second found it made"
    assert status(data).process is None
    assert [lines for lines, _ in said] == [said[0][0]] * 2


@pytest.mark.slow
def test_off_a_terminal_each_requirement_of_each_office_is_one_line(data: Path) -> None:
    process = framdrift(data, "demo", "--no-serve")
    lines, errors = process.communicate()
    assert process.returncode == 0, errors
    rules = [
        f"{rule.id}/{rule.reading}" if rule.reading else rule.id
        for rule in standard_in_force(datetime.now(tz=UTC).date()).rules
    ]
    for office in ("storhavn", "lillevik"):
        rows = [line.split("  ") for line in lines.splitlines() if line.startswith(office)]
        assert [row[1] for row in rows] == [*rules, "overall", "overall"]
        assert {len(row) for row in rows} == {6, 4}
    assert "Liv Leder, office leader (Lillevik)" in lines
    assert "Jonas Myrland, job-seeker" in lines


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "kill"])
def test_it_serves_until_stopped_and_leaves_the_port_to_the_first(data: Path, port: int, by: signal.Signals) -> None:
    first = framdrift(data, "demo", "--port", str(port))
    try:
        until(first, "Served at")
        with urllib.request.urlopen(f"http://{HOST}:{port}/logg-inn/") as page:
            assert "Liv Leder" in page.read().decode()
        second = framdrift(data, "demo", "--port", str(port))
        assert "Another `framdrift demo` serves it" in second.communicate()[0]
        assert second.returncode == 0
        assert status(data).process is not None
    finally:
        first.send_signal(by)
        first.communicate()
    assert first.returncode == 0
    assert status(data).process is None
    require_free(port)


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_taken_port_is_said_in_one_sentence(empty_data: Path, port: int, command: str) -> None:
    with listen(port):
        process = framdrift(empty_data, command, "--port", str(port))
        said, errors = process.communicate()
    assert process.returncode == 2
    assert said == ""
    assert errors.startswith(f"Error: Port {port} on {HOST} cannot be had (Address already in use)")
    assert errors.count("\n") == 1


@pytest.mark.slow
def test_a_database_without_tables_is_not_served(data: Path, port: int) -> None:
    process = framdrift(data / "new", "serve", "--port", str(port))
    said, errors = process.communicate()
    assert (process.returncode, said) == (2, "")
    assert errors.startswith("Error: The database is not up to date: run `framdrift manage migrate` first")
    assert errors.count("\n") == 1
    assert status(data / "new").process is None


@pytest.fixture
def empty_data(tmp_path: Path) -> Path:
    """Nothing is started in it: the port is asked for first."""
    return tmp_path


def test_a_port_is_free_again_at_once(port: int) -> None:
    with listen(port), pytest.raises(PortTakenError):
        require_free(port)
    require_free(port)
