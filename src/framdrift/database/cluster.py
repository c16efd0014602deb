"""One PostgreSQL cluster on disk: made, started, asked whether it answers, stopped. Callers hold the home's mutex."""

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from framdrift.database.account import Account
from framdrift.database.binaries import Binaries, find_binaries
from framdrift.database.errors import ServerError
from framdrift.database.home import PORT, Home

SUPERUSER = "postgres"
_PATIENCE = 60.0
"""Seconds for a start (which may have to recover after a crash) or a stop (which may have to write much out)."""


class Cluster:
    def __init__(self, home: Home, account: Account) -> None:
        self.home = home
        self.account = account

    def ensure_running(self) -> None:
        if self.answers():
            return
        if self.postmaster() is not None and self._settles():
            return
        binaries = self._binaries()
        if not self.home.data.exists():
            self._initialise(binaries)
        self._remove_strangers_locks()
        self._start(binaries)

    def answers(self) -> bool:
        """Whether a real query is answered; a process, a pid file or a socket alone prove nothing."""
        import psycopg  # noqa: PLC0415 - only who uses a server needs its client

        if not self.home.socket.exists():
            return False
        try:
            with psycopg.connect(
                host=str(self.home.folder), port=PORT, user=SUPERUSER, dbname="postgres", connect_timeout=5
            ) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def postmaster(self) -> int | None:
        """The process id of the server of this very data folder, or None: its pid file may be a leftover."""
        pid = _first_number(self.home.data / "postmaster.pid")
        return pid if pid is not None and self._serves_us(pid) else None

    def stop(self) -> None:
        if self.postmaster() is None:
            return
        for mode in ("fast", "immediate"):  # the second loses nothing: the next start replays the log
            if self._run([self._binaries().command("pg_ctl"), "stop", "-D", str(self.home.data), "-m", mode, *_WAIT]):
                return
        raise ServerError(
            f"The PostgreSQL server in {self.home.folder} does not stop: see {self.home.log}, then end its process."
        )

    def _binaries(self) -> Binaries:
        made_by = _first_number(self.home.data / "PG_VERSION")
        return find_binaries(self.account, self.home.folder / "binaries", made_by)

    def _initialise(self, binaries: Binaries) -> None:
        """Makes the cluster under another name first, so that an interrupted attempt is never taken for a whole one."""
        made = self.home.folder / "data.new"
        shutil.rmtree(made, ignore_errors=True)
        # Code point order and UTF-8 on every machine; names are sorted the Norwegian way by a column of their own.
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if binaries.major >= 17
            else ["--locale=C", "--lc-ctype=C.UTF-8"]
        )
        arguments = ["-A", "trust", "-U", SUPERUSER, "-E", "UTF8", "--no-instructions", *locale]
        if not self._run([binaries.command("initdb"), "-D", str(made), *arguments]):
            raise ServerError(
                f"PostgreSQL could not make its data in {self.home.data}: {self._last_words()} (see {self.home.log})."
            )
        made.rename(self.home.data)

    def _start(self, binaries: Binaries) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.home.folder}"',  # a list: quoted, a comma is part of a name
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            # A statement that fails carries what somebody wrote: its error is told to who sent it, and not to a file.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_min_messages": "fatal",
            "log_parameter_max_length_on_error": "0",
        }
        settings = " ".join(shlex.quote(word) for name, value in options.items() for word in ("-c", f"{name}={value}"))
        command = [
            *(binaries.command("pg_ctl"), "start", "-D", str(self.home.data)),
            *("-l", str(self.home.log), "-o", settings, *_WAIT),
        ]
        end = time.monotonic() + 10
        while not self._run(command):
            # Processes of a server that was killed may need a moment to notice; no other failure mends itself.
            if "still in use" not in self._last_words() or time.monotonic() > end:
                raise ServerError(
                    f"PostgreSQL did not start in {self.home.folder}: {self._last_words()} (see {self.home.log})."
                )
            time.sleep(0.5)
        if not self._settles():
            raise ServerError(f"PostgreSQL started in {self.home.folder} but answers no query: see {self.home.log}.")

    def _settles(self) -> bool:
        """Waits until a server that is there answers (True) or is gone (False)."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self.answers():
                return True
            if self.postmaster() is None:
                return False
            time.sleep(0.05)
        raise ServerError(
            f"The PostgreSQL server in {self.home.folder} has answered no query for {_PATIENCE:.0f} seconds: "
            f"see {self.home.log}, then end its process."
        )

    def _remove_strangers_locks(self) -> None:
        """Removes lock files whose process id some other program has since been given: PostgreSQL would believe them.

        Locks of processes that are gone are left to PostgreSQL, which also looks whether shared memory is still in use.
        """
        for lock in (self.home.data / "postmaster.pid", self.home.socket.with_name(self.home.socket.name + ".lock")):
            pid = _first_number(lock)
            if pid is not None and _alive(pid) and not self._serves_us(pid):
                lock.unlink(missing_ok=True)

    def _serves_us(self, pid: int) -> bool:
        """Whether this process was started as the server of our data folder: its command line says so."""
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            if Path("/proc/self").exists():
                return False
            # No /proc, as on macOS.
            answer = subprocess.run(["/bin/ps", "-o", "args=", "-p", str(pid)], capture_output=True, check=False)  # noqa: S603
            return os.fsencode(self.home.data) in answer.stdout
        return os.fsencode(self.home.data) in words

    def _run(self, command: Sequence[str]) -> bool:
        """Runs one of PostgreSQL's programs as the server's account; what it says goes to the server's log.

        Not to a pipe: the server inherits it and would keep it open for ever.
        """
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with self.home.log.open("ab") as log:
            self.account.own(self.home.log)
            finished = subprocess.run(  # noqa: S603 - programs that `find_binaries` found, paths as whole arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home.folder,
                env=environment | {"LC_ALL": "C"},
                check=False,
                start_new_session=True,  # Ctrl-C is for us, who then stop the server in good order
                **self.account.popen_arguments(),
            )
        return finished.returncode == 0

    def _last_words(self) -> str:
        lines = self.home.log.read_text(encoding="utf-8", errors="replace").splitlines()
        telling = [line for line in lines[-20:] if "FATAL" in line or "error:" in line]
        return (telling or lines or ["it did not say why"])[-1].strip()


_WAIT = ("-w", "-t", f"{_PATIENCE:.0f}")


def _first_number(file: Path) -> int | None:
    try:
        return int(file.read_text(encoding="ascii").split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
