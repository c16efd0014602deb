"""Filling an empty journal: indexes and keys are built once over all rows instead of row by row."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

_TABLE = sql.Identifier("journal_event")


@contextmanager
def keys_built_at_the_end() -> Iterator[None]:
    """Inside a transaction, as the owner. A journal that holds events keeps its keys: its readers must not wait.

    What is dropped is read from the database and put back letter by letter, so a later migration needs no change here.
    """
    with connection.cursor() as cursor:
        if not _is_empty(cursor):
            yield
            return
        cursor.execute("LOCK TABLE journal_event IN ACCESS EXCLUSIVE MODE")
        if not _is_empty(cursor):  # another load came first while we waited
            yield
            return
        constraints, indexes = _keys(cursor)
        for name, _ in constraints:
            _run(cursor, sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(_TABLE, sql.Identifier(name)))
        for name, _ in indexes:
            _run(cursor, sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for name, definition in reversed(constraints):
            adding = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}")
            _run(cursor, adding.format(_TABLE, sql.Identifier(name), sql.SQL(definition)))


def _is_empty(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT NOT EXISTS (SELECT FROM journal_event)")
    (empty,) = cursor.fetchone() or (False,)
    return bool(empty)


def _keys(cursor: CursorWrapper) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Constraints, foreign keys first, since they are the first to go; and the indexes that are no constraint's."""
    cursor.execute(
        """
        SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE conrelid = 'journal_event'::regclass AND contype IN ('f', 'u', 'p') ORDER BY contype, conname
        """
    )
    constraints = cursor.fetchall()
    cursor.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = 'journal_event'::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
        ORDER BY indexrelid
        """
    )
    return constraints, cursor.fetchall()


def _run(cursor: CursorWrapper, statement: sql.Composed) -> None:
    cursor.execute(statement.as_string(None))
