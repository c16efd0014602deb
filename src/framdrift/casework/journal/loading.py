"""Bulk load: a validated log into the journal, whole or not at all, as the owner of the tables.

The log is read in the order of recording, case by case, hashed on the way and copied in; nothing of it is ever held in
memory whole. Beside the events it fills the cases: who is followed up, where, since when, and the head of the chain.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import IntegrityError, connection, transaction
from psycopg.copy import QueuedLibpqWriter
from psycopg.errors import UniqueViolation

from framdrift.casework.journal import refusals
from framdrift.casework.journal.bulk import keys_built_at_the_end
from framdrift.casework.journal.copying import csv_bytes
from framdrift.casework.journal.hashing import HEADS, Hasher
from framdrift.casework.offices.actions import ensure_offices
from framdrift.events import Log

_BATCH_ROWS = 50_000

Progress = Callable[[int], None]
"""Called with the number of rows done since the last call."""


@dataclass(frozen=True, slots=True)
class Loaded:
    cases: int
    events: int
    offices_made: list[str]
    teams_made: list[str]
    renumbered: int
    """Events whose `seq` was not the place in the case that it is now (the journal counts 1, 2, 3 … in each case)."""


def load(log: Log, *, progress: Progress) -> Loaded:
    """Writes the whole log to the journal. Raises LogError, which names the first rows in the way, and writes nothing.

    Offices and teams that the log names and we do not know are made, with their code as name.
    """
    refusals.of_log(log)
    heads = log.workdir / "heads.parquet"
    try:
        with transaction.atomic():
            refusals.of_known_cases(log)
            with keys_built_at_the_end():
                hasher = _copy_events(log, heads, progress)
                offices, teams = ensure_offices(_offices_named(log))
                _write_cases(log, heads)
    except (UniqueViolation, IntegrityError):
        refusals.of_repeated_events(log)
        raise
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE journal_event, cases_case, people_person")
    return Loaded(hasher.cases, hasher.events, offices, teams, hasher.renumbered)


def _copy_events(log: Log, heads: Path, progress: Progress) -> Hasher:
    named = log.connection.execute("SELECT NOT bool_and(event_id = row::varchar) FROM log").fetchall()[0][0]
    hasher = Hasher()
    statement = f"COPY journal_event ({', '.join(Hasher.columns)}) FROM STDIN (FORMAT csv)"
    with (
        connection.cursor() as cursor,
        # A thread of its own sends, so that we hash the next rows while the server takes these.
        cursor.copy(statement, writer=QueuedLibpqWriter(cursor.cursor)) as copy,
        pq.ParquetWriter(heads, HEADS) as spool,
    ):
        for batch in _in_order_of_recording(log, named=named):
            table = hasher.chain(batch)
            if not hasher.bad_count:
                copy.write(csv_bytes(table))
                spool.write_table(hasher.finished_heads())
            progress(batch.num_rows)
        spool.write_table(hasher.finished_heads(last=True))
        refusals.of_attributes(log, hasher)
    return hasher


def _in_order_of_recording(log: Log, *, named: bool) -> Iterator[pa.RecordBatch]:
    """The log's rows as they were recorded, case by case.

    A log that names none of its events has only row numbers, which the next log has too: those events get names that
    follow from the case and the row.
    """
    source = "log"
    if not named:
        name = "md5(case_id || ':' || {})::uuid::varchar"
        source = (
            f"(SELECT * REPLACE ({name.format('row')} AS event_id, {name.format('corrects')} AS corrects) FROM log)"
        )
    ordered = log.connection.execute(
        "SELECT event_id, case_id, person, office, team, actor, kind, "
        """strftime("at" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS "at", """
        "strftime(recorded_at AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS recorded_at, "
        f"seq, corrects, attributes, row FROM {source} AS named ORDER BY case_id, seq, named.recorded_at, row"
    )
    yield from ordered.to_arrow_reader(_BATCH_ROWS)


def _offices_named(log: Log) -> list[tuple[str, str | None]]:
    return log.connection.execute(
        "SELECT DISTINCT office, team FROM log WHERE office IS NOT NULL ORDER BY ALL"
    ).fetchall()


def _write_cases(log: Log, heads: Path) -> None:
    facts = log.connection.execute(_facts(log), [str(heads)]).to_arrow_reader(_BATCH_ROWS)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE loaded_case (id text, person uuid, office text, team text, advisor text, "
            "opened_at timestamptz, ended_at timestamptz, next_seq bigint, chain_head bytea)"
        )
        with cursor.copy("COPY loaded_case FROM STDIN (FORMAT csv)") as copy:
            for batch in facts:
                copy.write(csv_bytes(pa.Table.from_batches([batch])))
        cursor.execute(
            """
            INSERT INTO people_person (id) SELECT DISTINCT person FROM loaded_case WHERE person IS NOT NULL
            ON CONFLICT DO NOTHING
            """
        )
        cursor.execute(
            """
            INSERT INTO cases_case
                (id, person_id, office_id, team_id, advisor_id, opened_at, ended_at, next_seq, chain_head)
            SELECT loaded.id, loaded.person, office.id, team.id, staff.id, opened_at, ended_at, next_seq, chain_head
            FROM loaded_case AS loaded
            LEFT JOIN offices_office AS office ON office.code = loaded.office
            LEFT JOIN offices_team AS team ON team.office_id = office.id AND team.code = loaded.team
            LEFT JOIN offices_staff AS staff ON staff.code = loaded.advisor
            """
        )
        cursor.execute("DROP TABLE loaded_case")


def _facts(log: Log) -> str:
    """Each case as its events, corrected, leave it: the office of the latest, the advisor last assigned."""
    live = "SELECT * FROM log"
    if log.has_corrections:
        live += """ WHERE kind <> 'retracted' AND NOT EXISTS (
            SELECT 1 FROM log AS later WHERE later.case_id = log.case_id AND later.corrects = log.event_id)"""
    return f"""
        WITH live AS ({live}),
        facts AS (
            SELECT case_id,
                coalesce(min("at") FILTER (kind = 'registered'), min("at")) AS opened_at,
                min("at") FILTER (kind = 'ended') AS ended_at,
                arg_max({{'office': office, 'team': team}}, ("at", seq, row)) FILTER (office IS NOT NULL) AS place,
                arg_max(
                    CASE kind WHEN 'assigned' THEN coalesce(attributes->>'advisor', '') ELSE '' END, ("at", seq, row)
                ) FILTER (kind IN ('assigned', 'unassigned')) AS advisor
            FROM live GROUP BY case_id
        )
        SELECT heads.case_id, heads.person, place.office, place.team, advisor, opened_at, ended_at, next_seq, chain_head
        FROM read_parquet(?) AS heads LEFT JOIN facts USING (case_id)
    """
