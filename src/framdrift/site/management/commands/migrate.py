from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.conninfo import make_conninfo

from framdrift.database import prepare
from framdrift.site.owner import OWNER, role_of_connection

_LOCK = 0x6D696772
"""Two migrations at once take turns; the second finds nothing left to do."""


class Command(migrate.Command):
    """Django's `migrate`, as the owner of the tables, whatever role the site itself runs as.

    The roles belong to the server, not to the database, and must be there before the first connection as one of them:
    so they are made here and not in a migration. What they may do in this database stands in the migrations.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Before the system checks, which ask the database what its role may do."""
        connection = connections[options["database"]]
        with role_of_connection(connection, ""):
            parameters = connection.get_connection_params()
            prepare(make_conninfo(**{key: parameters[key] for key in _ADDRESS if parameters.get(key)}))
            _let_owner_create(connection)
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with role_of_connection(connection, OWNER):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            super().handle(*args, **options)


_ADDRESS = ("host", "port", "user", "password", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey", "service")


def _let_owner_create(connection: BaseDatabaseWrapper) -> None:
    """Where somebody else made the database, its owner has to let ours make tables and extensions in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_schema_privilege(%s, 'public', 'CREATE') "
            "AND has_database_privilege(%s, current_database(), 'CREATE')",
            [OWNER, OWNER],
        )
        if cursor.fetchone() == (True,):
            return
        owner, name = sql.Identifier(OWNER), sql.Identifier(connection.settings_dict["NAME"])
        cursor.execute(sql.SQL("GRANT CREATE, USAGE ON SCHEMA public TO {}").format(owner).as_string(None))
        cursor.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(name, owner).as_string(None))
