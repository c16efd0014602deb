"""Using the embedded server: start it if need be, hold it, and stop it when the last one leaves."""

import atexit
import fcntl
import functools
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from framdrift.database.account import server_account
from framdrift.database.cluster import SUPERUSER, Cluster
from framdrift.database.errors import ServerError
from framdrift.database.home import PORT, Home, home_in
from framdrift.database.prepare import prepare

DATABASE = "framdrift"


@dataclass(frozen=True, slots=True)
class Server:
    home: Home

    @property
    def url(self) -> str:
        """The address for libpq, the login being the server's superuser: only who can open the home gets this far."""
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(self.home.folder), safe='/')}&port={PORT}"


@dataclass(frozen=True, slots=True)
class Status:
    home: Home
    process: int | None
    in_use: bool
    kept: bool


@contextmanager
def running(data: Path | None = None) -> Iterator[Server]:
    """The embedded server of a data folder (default: `data_folder()`), ready for queries, while inside."""
    cluster = _cluster(data)
    cluster.home.create(cluster.account)
    holder = os.getpid()
    with cluster.home.users.open("ab") as users:
        try:
            with _alone(cluster.home):
                fcntl.flock(users, fcntl.LOCK_SH)
                cluster.ensure_running()
                prepare(Server(cluster.home).url)
            yield Server(cluster.home)
        finally:
            if os.getpid() == holder:  # a forked child leaves nothing: the lock is its parent's
                with _alone(cluster.home):
                    if _sole_user(users) and not cluster.home.kept.exists():
                        cluster.stop()


def database_url() -> str:
    """`DATABASE_URL`, else the address of the embedded server, held until this process ends."""
    return os.environ.get("DATABASE_URL") or _held_by_this_process().url


@functools.cache
def _held_by_this_process() -> Server:
    stack = ExitStack()
    server = stack.enter_context(running())
    atexit.register(stack.close)
    return server


def keep(data: Path | None = None) -> Server:
    """Starts the server and lets it run on without users, until `release`."""
    with running(data) as server:
        server.home.kept.touch()
    return server


def release(data: Path | None = None) -> bool:
    """Takes `keep` back. True where the server is stopped; False where users are left, the last of whom stops it."""
    cluster = _cluster(data)
    if not cluster.home.folder.exists():
        return True
    with _alone(cluster.home), cluster.home.users.open("ab") as users:
        cluster.home.kept.unlink(missing_ok=True)
        if not _sole_user(users):
            return False
        cluster.stop()
        return True


def status(data: Path | None = None) -> Status:
    cluster = _cluster(data)
    home = cluster.home
    if not home.folder.exists():
        return Status(home, process=None, in_use=False, kept=False)
    with _alone(home), home.users.open("ab") as users:
        return Status(home, cluster.postmaster(), in_use=not _sole_user(users), kept=home.kept.exists())


def _cluster(data: Path | None) -> Cluster:
    return Cluster(home_in(data), server_account())


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One process at a time; the kernel frees the lock of a process that dies."""
    try:
        file: IO[bytes] = home.mutex.open("ab")
    except OSError as error:
        raise ServerError(
            f"The data folder {home.folder} cannot be used ({error.strerror}): name another in FRAMDRIFT_DATA."
        ) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sole_user(users: IO[bytes]) -> bool:
    """Whether nobody else holds the server. Gives up one's own hold where somebody does. Needs the mutex."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
