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
from framdrift.standard.timeline import displaced

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
    """Events whose given `seq` was not the place in the case that it is now (a case counts 1, 2, 3 …)."""


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
    named, numbered = log.connection.execute(
        "SELECT bool_or(event_id <> row::varchar), bool_or(seq <> row) FROM log"
    ).fetchall()[0]
    hasher = Hasher(numbered=numbered)
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
    _set_aside_displaced(log)
    facts = log.connection.execute(_FACTS, [str(heads)]).to_arrow_reader(_BATCH_ROWS)
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
            INSERT INTO people_person (id, protection, office_id)
            SELECT DISTINCT ON (person) person, 0, office.id
            FROM loaded_case AS loaded LEFT JOIN offices_office AS office ON office.code = loaded.office
            WHERE person IS NOT NULL ORDER BY person, opened_at DESC NULLS LAST, loaded.id
            ON CONFLICT DO NOTHING
            """
        )
        cursor.execute(
            """
            INSERT INTO cases_case
                (id, person_id, protection, office_id, team_id, advisor_id, opened_at, ended_at, next_seq, chain_head)
            SELECT loaded.id, loaded.person, coalesce(person.protection, 0), office.id, team.id, staff.id,
                opened_at, ended_at, next_seq, chain_head
            FROM loaded_case AS loaded
            LEFT JOIN people_person AS person ON person.id = loaded.person
            LEFT JOIN offices_office AS office ON office.code = loaded.office
            LEFT JOIN offices_team AS team ON team.office_id = office.id AND team.code = loaded.team
            LEFT JOIN offices_staff AS staff ON staff.code = loaded.advisor
            """
        )
        cursor.execute("DROP TABLE loaded_case")


def _set_aside_displaced(log: Log) -> None:
    """The events that corrections have taken the place of, as a table of their names."""
    corrections = log.connection.execute(
        "SELECT case_id, event_id, corrects, epoch_us(recorded_at), seq, row FROM log WHERE corrects IS NOT NULL"
    ).fetchall()
    gone = displaced(
        ((case_id, event_id), (case_id, corrects), rank) for case_id, event_id, corrects, *rank in corrections
    )
    columns = {"case_id": [case_id for case_id, _ in gone], "event_id": [event_id for _, event_id in gone]}
    log.connection.register("displaced", pa.table(columns, pa.schema([(name, pa.string()) for name in columns])))


_FACTS = """
    -- Each case as its events, corrected, leave it: the office of the latest, the advisor last assigned.
    WITH live AS (
        SELECT *, {'at': "at", 'seq': seq, 'row': row} AS place FROM log ANTI JOIN displaced USING (case_id, event_id)
        WHERE kind <> 'retracted' OR corrects IS NULL
    ),
    ends AS (SELECT case_id, min(place) AS place FROM live WHERE kind = 'ended' GROUP BY case_id),
    facts AS (
        SELECT case_id,
            min(live.place) FILTER (kind = 'registered' AND (ends.place IS NULL OR live.place < ends.place)) AS opening,
            min(live.place) AS first,
            min(ends.place) AS ending,
            arg_max({'office': office, 'team': team}, live.place) FILTER (office IS NOT NULL) AS latest,
            arg_max(CASE kind WHEN 'assigned' THEN coalesce(attributes->>'advisor', '') ELSE '' END, live.place)
                FILTER (kind IN ('assigned', 'unassigned')) AS advisor
        FROM live LEFT JOIN ends USING (case_id) GROUP BY case_id
    )
    SELECT heads.case_id, heads.person, latest.office, latest.team, advisor,
        coalesce(opening, first)['at'] AS opened_at, ending['at'] AS ended_at, next_seq, chain_head
    FROM read_parquet(?) AS heads LEFT JOIN facts USING (case_id)
"""
