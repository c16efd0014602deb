"""Why a log that is sound in itself cannot go into this journal: the first rows in the way named, all counted."""

from collections.abc import Sequence

import pyarrow as pa
from django.db import connection

from framdrift.casework.journal.copying import csv_bytes
from framdrift.casework.journal.hashing import SHOWN_BAD_ROWS, Hasher
from framdrift.casework.offices.models import CODE_LENGTH
from framdrift.events import BadRow, Log, LogError

_CODES = ("event_id", "case_id", "person", "office", "team", "actor", "kind", "corrects")
_BATCH_ROWS = 50_000


def of_log(log: Log) -> None:
    """What no journal keeps: codes that are too long or hold a zero character."""
    checks = [
        *((f"length({column}) > {CODE_LENGTH}", column, f"is longer than {CODE_LENGTH} letters") for column in _CODES),
        *((f"contains({column}, chr(0))", column, "holds a zero character") for column in _CODES),
    ]
    any_bad = " OR ".join(condition for condition, _, _ in checks)
    if _count(log, any_bad):
        for condition, column, why in checks:
            _refuse(log, condition, column, why)


def of_known_cases(log: Log) -> None:
    """A case that stands in the journal is not loaded again: its history would be told twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM cases_case)")
        if cursor.fetchone() == (False,):
            return
    known = _known(log, "case_id", "SELECT id FROM cases_case WHERE id IN (SELECT code FROM incoming_code)")
    _refuse_codes(log, "case_id", known, "is a case that the journal holds already")


def of_repeated_events(log: Log) -> None:
    """Called when the database has refused a repeated event: it says so of the first one only."""
    twice = log.connection.execute("SELECT event_id FROM log GROUP BY event_id HAVING count(*) > 1").to_arrow_table()
    _refuse_codes(log, "event_id", twice.column(0), "is the name of more than one event of the log")
    of_known_cases(log)
    known = _known(
        log, "event_id", "SELECT event_id FROM journal_event WHERE event_id IN (SELECT code FROM incoming_code)"
    )
    _refuse_codes(log, "event_id", known, "is an event that the journal holds already")


def of_attributes(log: Log, hasher: Hasher) -> None:
    if hasher.bad_count:
        raise _error(log, hasher.bad_rows, hasher.bad_count)


def _known(log: Log, column: str, statement: str) -> pa.Array:
    """Which codes of the log the database has, asked by a table of them: there may be millions."""
    codes = log.connection.execute(f"SELECT DISTINCT {column} FROM log").to_arrow_reader(_BATCH_ROWS)
    with connection.cursor() as cursor:
        cursor.execute('CREATE TEMPORARY TABLE incoming_code (code text COLLATE "C")')
        try:
            with cursor.copy("COPY incoming_code FROM STDIN (FORMAT csv)") as copy:
                for batch in codes:
                    copy.write(csv_bytes(pa.Table.from_batches([batch])))
            cursor.execute("ANALYZE incoming_code")
            cursor.execute(statement)
            return pa.array([code for (code,) in cursor.fetchall()], pa.string())
        finally:
            cursor.execute("DROP TABLE incoming_code")


def _refuse_codes(log: Log, column: str, codes: pa.Array, why: str) -> None:
    if len(codes):
        log.connection.register("refused_codes", pa.table({"code": codes}))
        _refuse(log, f"{column} IN (SELECT code FROM refused_codes)", column, why)


def _refuse(log: Log, condition: str, column: str, why: str) -> None:
    count = _count(log, condition)
    if not count:
        return
    found = log.connection.execute(
        f"SELECT row, coalesce({column}, '') FROM log WHERE {condition} ORDER BY row LIMIT {SHOWN_BAD_ROWS}"
    ).fetchall()
    raise _error(log, [BadRow(row, column, value, why) for row, value in found], count)


def _count(log: Log, condition: str) -> int:
    count: int = log.connection.execute(f"SELECT count(*) FROM log WHERE {condition}").fetchall()[0][0]
    return count


def _error(log: Log, rows: Sequence[BadRow], count: int) -> LogError:
    return LogError(log.name, f"nothing was loaded, {count} row{'' if count == 1 else 's'} refused:", rows, count)
