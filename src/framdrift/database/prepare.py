"""What a PostgreSQL server needs before the first migration: Framdrift's roles, and the database they share."""

from typing import TYPE_CHECKING, LiteralString

from framdrift.database.errors import ServerError

if TYPE_CHECKING:
    import psycopg

ROLES: dict[LiteralString, LiteralString] = {
    "framdrift_owner": "CREATEDB",  # migrates, loads, backs up, makes the test database
    "framdrift_web": "",
    "framdrift_worker": "",
}
"""Each role's extra attribute. None is a superuser or passes row-level security by; web and worker own nothing."""

_LOCK = 0x6672616D  # "fram": two preparations at once take turns


def prepare(url: str) -> None:
    """Makes what is missing of the roles and of the database that `url` names, owned by `framdrift_owner`.

    Needs a login that may create roles and databases. Does nothing the second time, and never changes a role that is
    there: an administrator may have given it a password, or taken its login away.
    """
    import psycopg  # noqa: PLC0415 - only who uses a server needs its client
    from psycopg.conninfo import conninfo_to_dict, make_conninfo  # noqa: PLC0415

    database = str(conninfo_to_dict(url).get("dbname") or "")
    if not database:
        raise ServerError("The database address names no database: end it with /framdrift, for example.")
    try:
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            _make_roles(connection)
            _make_database(connection, database)
    except psycopg.OperationalError as error:
        raise ServerError(f"The PostgreSQL server does not take the login: {_one_line(error)}.") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise ServerError(
            "This login may not make Framdrift's roles or its database; let an administrator of the server do it "
            f"({_one_line(error)})."
        ) from error


def _make_roles(connection: "psycopg.Connection") -> None:
    from psycopg import sql  # noqa: PLC0415

    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (True,)
    for role, attribute in ROLES.items():
        if role in there:
            continue
        statement = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS " + attribute).format(sql.Identifier(role))
        connection.execute(statement)
        if not superuser:  # so that this login can take the role on; a superuser can in any case
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def _make_database(connection: "psycopg.Connection", database: str) -> None:
    from psycopg import sql  # noqa: PLC0415

    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is not None:
        return
    statement = sql.SQL("CREATE DATABASE {} OWNER framdrift_owner TEMPLATE template0 ENCODING 'UTF8' {}")
    # Code point order, UTF-8 letters: the same on every server, whatever locale it was made with.
    locale = sql.SQL(
        "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"
        if connection.info.server_version >= 17_00_00
        else "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    )
    connection.execute(statement.format(sql.Identifier(database), locale))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
