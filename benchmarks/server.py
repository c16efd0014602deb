"""A PostgreSQL server and data folder of the benchmarks' own, apart from the demo's and the tests'."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from benchmarks.measuring import run
from framdrift.database import data_folder, running

FOLDER = data_folder() / "benchmarks"
_MIGRATED = "framdrift"
_MIGRATE = ("-m", "framdrift.cli", "manage", "migrate", "--verbosity", "0")


class Database:
    """One database of the server, made anew from the migrated one."""

    def __init__(self, server: str, name: str) -> None:
        self._server = server
        self._name = name
        self.url = f"{server}".replace(f"/{_MIGRATED}?", f"/{name}?")
        self.environment = {
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "framdrift.site.settings",
            "FRAMDRIFT_DATA": str(FOLDER),
            "FRAMDRIFT_SECRET_KEY": secrets.token_urlsafe(64),
        }

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True)

    def make_anew(self) -> None:
        name, template = sql.Identifier(self._name), sql.Identifier(_MIGRATED)
        with psycopg.connect(make_conninfo(self._server, dbname="postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("drop database if exists {} with (force)").format(name))
            connection.execute(sql.SQL("create database {} template {} owner framdrift_owner").format(name, template))


@contextmanager
def database(name: str) -> Iterator[Database]:
    """An empty, migrated database under ``name`` on a server that runs meanwhile."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _let_through(FOLDER)
    with running(FOLDER) as server:
        migrated = Database(server.url, _MIGRATED)
        run(_MIGRATE, migrated.environment)
        made = Database(server.url, name)
        made.make_anew()
        yield made


@contextmanager
def kept_database(name: str, fill: Callable[[Database], None], *, source: str) -> Iterator[Database]:
    """One that takes long to fill: kept from run to run and brought up to date, as long as the file that fills it is the
    same.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    _let_through(FOLDER)
    with running(FOLDER) as server:
        migrated, made = Database(server.url, _MIGRATED), Database(server.url, name)
        mark = hashlib.sha256(Path(source).read_bytes()).hexdigest()
        with migrated.connect() as connection:
            kept = connection.execute(
                "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name]
            ).fetchone()
        if kept is not None and kept[0] == mark:
            run(_MIGRATE, made.environment)
        else:
            run(_MIGRATE, migrated.environment)
            made.make_anew()
            fill(made)
            with made.connect() as connection:
                comment = sql.SQL("comment on database {} is {}").format(sql.Identifier(name), sql.Literal(mark))
                connection.execute(comment)
        yield made


def _let_through(folder: Path) -> None:
    """Where we are root, the server is somebody else, who must pass through to its data."""
    if os.geteuid() == 0:
        folder.chmod(0o755)
