"""The suite runs as the role that serves, on a database of its own that the owner of the tables makes and removes."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import guards
import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker
from walls import OWNER, WEB, reach_nothing, working_as_owner

from framdrift.database import prepare

KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")
"""What migrations fill and tests leave alone."""

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
hypothesis_settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=QUIET
)
hypothesis_settings.register_profile("wild", deadline=None, max_examples=1_000, suppress_health_check=QUIET)
hypothesis_settings.load_profile("steady")


def pytest_configure() -> None:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread of the tests
    settings.MIDDLEWARE = ["guards.ReadsWriteNothing", *settings.MIDDLEWARE]
    settings.SECRET_KEY = "the key of the suite, which a server named in DATABASE_URL would have to be given"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # The manifest is made by collectstatic, which a live server in a test has not run.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    socket.socket.connect = guards.stay_on_this_machine(socket.socket.connect)  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A database of this process alone, so that two runs of the suite on one server never meet."""
    described = connections["default"].settings_dict
    if os.environ.get("DATABASE_URL"):
        prepare(os.environ["DATABASE_URL"])
    described["TEST"]["NAME"] = f"test_{described['NAME']}_{os.getpid()}"
    _connect_as(OWNER)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Migrated by the owner; from here on everything runs as the role that serves."""
    with django_db_blocker.unblock():
        _drop_leftovers()
        _connect_as(WEB)
    yield
    with django_db_blocker.unblock():
        Emptying.close()
        _end_other_sessions()
        _connect_as(OWNER)


def _end_other_sessions() -> None:
    """A thread of a test may have left its connection open, and a database in use cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _drop_leftovers() -> None:
    """The databases of runs that were killed. Only on our own server: elsewhere a process may be another machine's."""
    if not connection.settings_dict["EMBEDDED"]:
        return
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname ~ '^test_framdrift_\D*\d+$'")
        for (name,) in cursor.fetchall():
            if not _is_alive(int(name.rpartition("_")[2])):
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)).as_string(None))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _connect_as(role: str) -> None:
    default = connections["default"]
    default.close()
    # What a test has written need not outlive a power cut.
    default.settings_dict["OPTIONS"]["options"] = f"-c role={role} -c synchronous_commit=off"


@pytest.fixture
def as_owner() -> Callable[[], AbstractContextManager[None]]:
    """`with as_owner(): …` works as the owner of the tables on the test's own connection and transaction."""

    return working_as_owner


class Emptying:
    """Empties the tables after tests that commit. Those tests run as a role that may not, so the owner does it."""

    _owner: psycopg.Connection | None = None
    _tables: tuple[str, ...] = ()
    _guarded: tuple[str, ...] = ()

    @classmethod
    def run(cls) -> None:
        owner = cls._connected()
        with owner.transaction():
            owner.execute("SET LOCAL lock_timeout = '15s'")
            written = [table for (table,) in owner.execute(cls._written()).fetchall()]
            if not written:
                return
            for action in ("DISABLE", "ENABLE"):
                for table in cls._guarded:
                    owner.execute(sql.SQL(f"ALTER TABLE {{}} {action} TRIGGER USER").format(sql.Identifier(table)))
                if action == "DISABLE":
                    listed = sql.SQL(", ").join(map(sql.Identifier, written))
                    owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(listed))

    @classmethod
    def close(cls) -> None:
        if cls._owner is not None:
            cls._owner.close()
            cls._owner = None

    @classmethod
    def _connected(cls) -> psycopg.Connection:
        if cls._owner is None:
            parameters: dict[str, Any] = connections["default"].get_connection_params()
            address = {
                key: parameters[key] for key in ("dbname", "host", "port", "user", "password") if parameters.get(key)
            }
            cls._owner = psycopg.connect(
                **address, options=f"-c role={OWNER} -c synchronous_commit=off", autocommit=True
            )
            cls._tables = tuple(
                table
                for (table,) in cls._owner.execute(
                    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
                    " AND relname <> ALL (%s)",
                    [list(KEPT_TABLES)],
                ).fetchall()
            )
            cls._guarded = tuple(
                table
                for (table,) in cls._owner.execute(
                    "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
                ).fetchall()
            )
        return cls._owner

    @classmethod
    def _written(cls) -> sql.Composed:
        return sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(table), sql.Identifier(table))
            for table in cls._tables
        )


def _empty_instead_of_flush(self: TransactionTestCase) -> None:
    reach_nothing()
    Emptying.run()


TransactionTestCase._fixture_teardown = _empty_instead_of_flush  # type: ignore[attr-defined]
