import os
import signal
import stat
import subprocess
import time
import traceback
from pathlib import Path

import psycopg
import pytest
from processes import holder, leave, python, said

from framdrift.database import ServerError, database_url, keep, release, running, status
from framdrift.database.account import server_account


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def test_a_server_answers_while_used_and_is_gone_afterwards(data: Path) -> None:
    with running(data) as server:
        assert ask(server.url, "SELECT current_database()") == "framdrift"
        assert status(data).process is not None
    assert status(data).process is None
    assert not server.home.socket.exists()


def test_it_speaks_to_nobody_but_its_owner(data: Path) -> None:
    with running(data) as server:
        assert ask(server.url, "SHOW listen_addresses") == ""
        for folder in (server.home.folder, server.home.data):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert folder.stat().st_uid == server_account().uid


def test_what_a_refused_statement_says_is_told_to_who_sent_it_and_to_no_file(data: Path) -> None:
    with running(data) as server:
        for statement in ("INSERT INTO nowhere VALUES ('Kari Nordmann')", "SELECT 'Kari Nordmann'::integer"):
            with pytest.raises(psycopg.Error, match=r"Kari|nowhere"):
                ask(server.url, statement)
        assert "Nordmann" not in server.home.log.read_text()


def test_letters_are_those_of_norwegian_and_order_is_code_points(data: Path) -> None:
    with running(data) as server:
        assert ask(server.url, "SELECT lower('ÆØÅ')") == "æøå"
        assert ask(server.url, "SELECT string_agg(n, '' ORDER BY n) FROM (VALUES ('Å'), ('Z'), ('Æ')) v(n)") == "ZÅÆ"


def test_who_leaves_first_does_not_cut_off_the_other(data: Path) -> None:
    with running(data) as mine:
        other = holder(data)
        assert said(other) == "ready"
        assert leave(other) == 0
        assert ask(mine.url, "SELECT 1") == 1
        other = holder(data)
        assert said(other) == "ready"
    assert status(data).process is not None, "the other one still uses it"
    assert leave(other) == 0
    assert status(data).process is None


def test_processes_racing_the_first_start_all_succeed(empty: Path) -> None:
    racers = [holder(empty / "deeper" / "still") for _ in range(3)]
    assert [said(racer) for racer in racers] == ["ready"] * 3
    assert [leave(racer) for racer in racers] == [0] * 3
    assert status(empty / "deeper" / "still").process is None


def test_a_server_whose_user_was_killed_is_used_again_and_then_stopped(data: Path) -> None:
    other = holder(data)
    assert said(other) == "ready"
    process = status(data).process
    other.kill()
    other.communicate()
    assert status(data).process == process
    with running(data):
        assert status(data).process == process
    assert status(data).process is None


def test_a_killed_server_starts_again_with_what_was_committed(data: Path) -> None:
    with running(data) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE committed AS SELECT 42 AS n")
        process = status(data).process
        assert process is not None
        os.kill(process, signal.SIGKILL)
        with running(data) as again:
            assert ask(again.url, "SELECT n FROM committed") == 42
    assert status(data).process is None


def test_pid_files_that_name_a_stranger_are_not_believed(data: Path) -> None:
    with running(data) as server:
        pass
    stranger = subprocess.Popen(["sleep", "60"], **server_account().popen_arguments())
    try:
        for lock in (server.home.data / "postmaster.pid", server.home.folder / ".s.PGSQL.5432.lock"):
            lock.write_text(
                f"{stranger.pid}\n{server.home.data}\n{int(time.time())}\n5432\n{server.home.folder}\n\n0 0\n"
            )
            server_account().own(lock)
        assert status(data).process is None
        with running(data):
            assert ask(server.url, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.slow
def test_a_first_start_that_was_cut_short_is_made_anew(empty: Path) -> None:
    with running(empty) as server:
        pass
    server.home.data.rename(server.home.folder / "data.new")
    with running(empty):
        assert ask(server.url, "SELECT current_database()") == "framdrift"


@pytest.mark.slow
def test_data_of_another_version_is_left_alone(spare: Path) -> None:
    with running(spare) as server:
        pass
    (server.home.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServerError, match=r"was made by PostgreSQL 9, but this machine has 18"), running(spare):
        pass


def test_a_path_too_long_for_a_socket_is_refused_in_words(empty: Path) -> None:
    with pytest.raises(ServerError, match=r"too long .* FRAMDRIFT_DATA"), running(empty / ("x" * 90)):
        pass


def test_a_folder_that_cannot_be_made_is_refused_in_words(empty: Path) -> None:
    (empty / "file").touch()
    words = rf"{empty}/file/postgresql cannot be made .* FRAMDRIFT_DATA"
    with pytest.raises(ServerError, match=words), running(empty / "file"):
        pass


def test_a_folder_the_servers_account_cannot_reach_is_refused_in_words(empty: Path) -> None:
    closed = empty / "closed"
    closed.mkdir(mode=0o700)
    if server_account().switched:
        with pytest.raises(ServerError, match=f"may not pass through {closed}"), running(closed):
            pass
    else:  # our own account opens its own folders
        with running(closed) as server:
            assert ask(server.url, "SELECT 1") == 1


@pytest.mark.slow
def test_an_existing_folder_named_by_hand_keeps_its_owner_and_mode(empty: Path) -> None:
    before = empty.stat()
    with running(empty):
        pass
    assert (empty.stat().st_uid, empty.stat().st_mode) == (before.st_uid, before.st_mode)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_it_works_for_an_ordinary_user(empty: Path) -> None:
    """Where the suite runs as root, a child of ours becomes `nobody` and keeps a server of its own."""
    account = server_account()
    os.chown(empty, account.uid, account.gid)
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            if account.switched:
                os.setgroups([])
                os.setgid(account.gid)
                os.setuid(account.uid)
            assert not server_account().switched
            with running(empty) as server:
                assert ask(server.url, "SELECT 1") == 1
                assert server.home.folder.stat().st_uid == account.uid
            outcome = 0
        finally:
            traceback.print_exc()
            os._exit(outcome)
    assert os.waitpid(child, 0)[1] == 0
    assert status(empty).process is None


def test_a_server_that_is_kept_runs_on_until_released(data: Path) -> None:
    keep(data)
    with running(data):
        pass
    assert status(data).process is not None
    with running(data):
        assert release(data) is False, "one that is in use is left to its users"
    assert status(data).process is None
    keep(data)
    assert release(data) is True
    assert status(data).process is None


def test_the_address_of_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert database_url() == "postgresql://somewhere/else"


def test_a_process_that_asks_for_the_address_holds_the_server_until_it_ends(data: Path) -> None:
    code = """
import os, sys, psycopg
from framdrift.database import database_url
url = database_url()
if os.fork() == 0:  # a web server's worker, which ends the ordinary way
    sys.exit(0)
os.wait()
print(psycopg.connect(url).execute("SELECT 'ready'").fetchone()[0], flush=True)
"""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = python(code, **environment | {"FRAMDRIFT_DATA": str(data)})
    assert said(process) == "ready"
    assert leave(process) == 0
    assert status(data).process is None


def test_asking_for_the_status_makes_nothing(empty: Path) -> None:
    assert status(empty).process is None
    assert release(empty) is True
    assert list(empty.iterdir()) == []
