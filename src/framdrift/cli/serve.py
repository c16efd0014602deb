"""`framdrift serve`: the site on this machine, by gunicorn, until interrupted."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Annotated, NoReturn

import typer

from framdrift.events import UserError

HOST = "127.0.0.1"
_STARTS_WITHIN = 60.0
_STOPS_WITHIN = 15.0

Port = Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port on this machine.")]


class PortTakenError(UserError):
    """Another program listens there."""


class NotMigratedError(UserError):
    """The database lacks tables that this version of the site needs."""


class ServingError(UserError):
    """The site did not come up; what it said stands above."""


class Stopped(SystemExit):
    """Somebody asked us to stop."""


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)


def serve(port: Port = 8000) -> None:
    """Serve the site on this machine, with the database as it is, until Ctrl-C."""
    require_free(port)
    with stopping_on_signals(), database():
        require_migrated()
        collect_static()
        with site(port) as served:
            served.run(lambda: typer.echo(f"Served at http://{HOST}:{port}/ until Ctrl-C."))


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Makes Ctrl-C, `kill` and a closed terminal leave by every `finally` on the way; further ones wait for that."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(128 + number)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, stop) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def database() -> Iterator[None]:
    """The server that `DATABASE_URL` names, or the embedded one, held meanwhile."""
    from framdrift.database import running

    with ExitStack() as stack:
        if not os.environ.get("DATABASE_URL"):
            stack.enter_context(running())
        yield


def require_free(port: int) -> None:
    """Tells at once of a taken port, before anything slow is done."""
    listen(port).close()


def listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTakenError(
            f"Port {port} on {HOST} cannot be had ({error.strerror}): stop what uses it, or name another with PORT=…"
        ) from error
    return listener


def require_migrated() -> None:
    import django
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "framdrift.site.settings")
    django.setup()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigratedError(
            "The database is not up to date: run `framdrift manage migrate` first, or make the demo."
        )


def collect_static() -> None:
    """Lays the static files where they are served from, with hashed names, unless that was done since they changed.

    Needs Django set up.
    """
    import hashlib
    from pathlib import Path

    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    state = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            state.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state.hexdigest())


@contextmanager
def site(port: int) -> Iterator[Site]:
    """gunicorn as a process of its own, starting up meanwhile, and stopped on the way out."""
    with listen(port) as listener:
        # One process with threads starts soonest; WEB_CONCURRENCY asks for more.
        command = [
            *(sys.executable, "-m", "gunicorn", "framdrift.site.wsgi:application"),
            *("--bind", f"fd://{listener.fileno()}", "--threads", "8", "--no-control-socket", "--log-level", "warning"),
        ]
        # A session of its own: Ctrl-C comes to us, who tell it, and wait for it, and then stop the database.
        process = subprocess.Popen(  # noqa: S603 - our own words
            command, pass_fds=[listener.fileno()], start_new_session=True
        )
    try:
        yield Site(process, port)
    finally:
        process.terminate()
        try:
            process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass(frozen=True, slots=True)
class Site:
    process: subprocess.Popen[bytes]
    port: int

    def run(self, ready: Callable[[], None]) -> None:
        """Calls `ready` when the first page can be had, and returns when somebody asks us to stop."""
        try:
            _wait_until_healthy(self.process, self.port)
            ready()
            status = self.process.wait()
        except Stopped:
            return  # as it should end
        raise ServingError(f"The site has stopped by itself (status {status}); what it said stands above.")


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    import http.client

    end = time.monotonic() + _STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise ServingError(f"The site did not come up on port {port}; what it said stands above.")
