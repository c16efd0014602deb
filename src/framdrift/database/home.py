"""Where the embedded server lives on disk."""

import hashlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from framdrift.database.account import Account
from framdrift.database.errors import ServerError

PORT = 5432
"""Names the socket file only: the server does not listen on the network."""

_SOCKET_NAME = f".s.PGSQL.{PORT}"
_SOCKET_PATH_LIMIT = 103
"""Bytes in the path of a Unix socket: 107 on Linux, 103 on macOS; we keep to the smaller."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one embedded server: its data, socket, log and locks. Mode 0700, owned by the server's account."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        return self.folder / _SOCKET_NAME

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def mutex(self) -> Path:
        """Locked exclusively by whoever starts or stops the server."""
        return self.folder / "mutex"

    @property
    def users(self) -> Path:
        """Locked shared by everyone who uses the server."""
        return self.folder / "users"

    @property
    def kept(self) -> Path:
        """Present while the server shall run on with no user."""
        return self.folder / "kept"

    def create(self, account: Account) -> None:
        """Makes the folder if it is missing. Touches no folder that was there before."""
        if not _socket_fits(self.folder):
            raise ServerError(
                f"The path of the data folder {self.folder} is too long for PostgreSQL's socket: "
                "name a shorter one in FRAMDRIFT_DATA."
            )
        closed = account.closed_parent(self.folder)
        if closed:
            raise ServerError(
                f"The data folder {self.folder} cannot be used: PostgreSQL runs as user {account.name} here, "
                f"who may not pass through {closed}. Name another folder in FRAMDRIFT_DATA."
            )
        try:
            _make_folders(self.folder, account)
        except OSError as error:
            raise ServerError(
                f"The data folder {self.folder} cannot be made ({error.strerror}): name another in FRAMDRIFT_DATA."
            ) from error
        owner = self.folder.stat().st_uid
        if owner != account.uid:
            raise ServerError(
                f"The data folder {self.folder} belongs to another user (number {owner}): "
                "remove it, or name another in FRAMDRIFT_DATA."
            )


def data_folder() -> Path:
    """Where this installation keeps what it makes: `FRAMDRIFT_DATA`, else a folder of its own.

    As root: `/var/lib/framdrift/…`, since the server's account cannot enter root's home, where the checkout may lie.
    As an ordinary user: the checkout's `var/`, or the XDG data folder where there is no checkout to write in.
    """
    named = os.environ.get("FRAMDRIFT_DATA")
    if named:
        return Path(named).expanduser().resolve()
    place = _checkout() or Path(sys.prefix)
    identity = f"{place.name}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:8]}"
    if os.geteuid() == 0:
        return Path("/var/lib/framdrift") / identity
    var = place / "var"
    if _checkout() and os.access(var if var.exists() else place, os.W_OK) and _socket_fits(var / "postgresql"):
        return var
    xdg = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return xdg / "framdrift" / identity


def home_in(data: Path | None = None) -> Home:
    """The server's home inside a data folder: a subfolder, so that a folder named by hand never changes owner."""
    return Home((data or data_folder()).resolve() / "postgresql")


def _checkout() -> Path | None:
    folder = Path(__file__).resolve().parents[3]
    return folder if (folder / "pyproject.toml").exists() else None


def _socket_fits(folder: Path) -> bool:
    return len(os.fsencode(folder / _SOCKET_NAME)) <= _SOCKET_PATH_LIMIT


def _make_folders(folder: Path, account: Account) -> None:
    for parent in reversed(folder.parents):
        if not parent.exists():
            _make(parent, mode=0o755)
    if not folder.exists():
        _make(folder, mode=0o700, owner=account)


def _make(folder: Path, mode: int, owner: Account | None = None) -> None:
    """Makes a folder that never exists half-made: another process may be making, or already using, the same one."""
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    made.chmod(mode)  # whatever the umask
    if owner:
        owner.own(made)
    try:
        made.rename(folder)
    except OSError:  # there is one already, with something in it
        made.rmdir()
        if not folder.is_dir():
            raise
