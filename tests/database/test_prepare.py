from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from framdrift.database import ROLES, ServerError, prepare, running


def test_the_roles_pass_by_no_wall_and_own_the_database_between_them(data: Path) -> None:
    with running(data) as server, psycopg.connect(server.url) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname = ANY (%s) ORDER BY rolname",
            [list(ROLES)],
        ).fetchall()
        assert rows == [
            ("framdrift_owner", False, False, False, True),
            ("framdrift_web", False, False, False, False),
            ("framdrift_worker", False, False, False, False),
        ]
        owner = connection.execute("SELECT datdba::regrole::text FROM pg_database WHERE datname = 'framdrift'")
        assert owner.fetchone() == ("framdrift_owner",)


def test_preparing_again_and_at_once_changes_nothing(spare: Path) -> None:
    with running(spare) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("ALTER ROLE framdrift_worker NOLOGIN")
        with ThreadPoolExecutor() as pool:
            list(pool.map(prepare, [server.url, server.url.replace("/framdrift?", "/another?")] * 3))
        with psycopg.connect(server.url) as connection:
            login = connection.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'framdrift_worker'")
            assert login.fetchone() == (False,)
            made = connection.execute("SELECT count(*) FROM pg_database WHERE datname IN ('framdrift', 'another')")
            assert made.fetchone() == (2,)


@pytest.mark.slow
def test_a_login_that_is_no_superuser_can_prepare_and_take_the_roles_on(spare: Path) -> None:
    with running(spare) as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE ROLE administrator LOGIN CREATEROLE CREATEDB")
            connection.execute("ALTER DATABASE framdrift OWNER TO postgres")
            for role in ROLES:
                connection.execute(f"DROP ROLE {role}")
        url = make_conninfo(server.url, user="administrator", dbname="elsewhere")
        prepare(url)
        for role in ROLES:
            with psycopg.connect(url, options=f"-c role={role}") as connection:
                assert connection.execute("SELECT current_user").fetchone() == (role,)


def test_a_login_that_may_not_is_told_so(data: Path) -> None:
    with running(data) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE ROLE guest LOGIN")
        url = make_conninfo(server.url, user="guest", dbname="elsewhere")
        with pytest.raises(ServerError, match=r"may not make .* administrator"):
            prepare(url)
        with pytest.raises(ServerError, match="does not take the login"):
            prepare(make_conninfo(server.url, user="nobody_of_that_name"))
