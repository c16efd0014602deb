"""A log of events: opened whole or not at all, then read by case, in order, or in batches."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from framdrift.events import diagnosis
from framdrift.events.errors import BadRow, LogError
from framdrift.events.event import ARROW_SCHEMA, Event
from framdrift.events.sources import MACROS, Source, canonical, describe, literal, quote
from framdrift.events.unpacking import unpack
from framdrift.events.vocabulary import COLUMNS

DEFAULT_MEMORY_LIMIT = "3GB"
SHOWN_BAD_ROWS = 5
_BATCH_ROWS = 100_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_MAPPING: Mapping[str, str] = {}


class Log:
    """The events of a log behind one DuckDB connection, as the relation ``Log.table``.

    Columns: those of ``COLUMNS`` (``at`` and ``recorded_at`` TIMESTAMPTZ, ``attributes`` JSON text, ``seq`` BIGINT,
    filled from the row where the log has none) and ``row``, BIGINT, 1 for the first data row. Order within a case is
    ``at``, ``seq``, ``row``. A context manager: its spill folder goes with it.
    """

    table = "log"

    def __init__(self, name: str, *, memory_limit: str | None = None, spill: Path | None = None) -> None:
        self.name = name
        self.workdir = Path(tempfile.mkdtemp(prefix="framdrift-", dir=spill))
        self.connection = duckdb.connect()
        self.connection.execute(f"set memory_limit = {literal(memory_limit or DEFAULT_MEMORY_LIMIT)}")
        self.connection.execute(f"set temp_directory = {literal(str(self.workdir / 'spill'))}")
        self.connection.execute("set timezone = 'Europe/Oslo'")
        # The engine would draw it on standard output, in the midst of what we print there.
        self.connection.execute("set enable_progress_bar = false")
        self.connection.execute(MACROS)
        self.has_corrections = False

    @classmethod
    def of_batches(
        cls,
        batches: Iterable[pa.RecordBatch],
        *,
        name: str = "journal",
        memory_limit: str | None = None,
        spill: Path | None = None,
    ) -> Self:
        """A log of record batches in ``ARROW_SCHEMA``, as the journal gives them; they are trusted, not validated.

        They are drawn in the caller's thread: what they are read from may belong to it, as Django's connections do.
        """
        log = cls(name, memory_limit=memory_limit, spill=spill)
        log._append(ARROW_SCHEMA.empty_table(), "create table events as")
        for batch in batches:
            log._append(pa.Table.from_batches([batch]), "insert into events")
        log.connection.execute("create view log as select *, rowid + 1 as row from events")
        log.has_corrections = log.tells_of_corrections()
        return log

    @classmethod
    def of_events(cls, events: Iterable[Event], *, name: str = "events") -> Self:
        """A log of events in memory."""
        rows = [{column: getattr(event, column) for column in COLUMNS} for event in events]
        for row in rows:
            row["attributes"] = json.dumps(row["attributes"], ensure_ascii=False)
        return cls.of_batches([pa.RecordBatch.from_pylist(rows, schema=ARROW_SCHEMA)], name=name)

    def _append(self, table: pa.Table, how: str) -> None:
        self.connection.register("incoming", table)
        self.connection.execute(f"{how} select {', '.join(quote(column) for column in COLUMNS)} from incoming")
        self.connection.unregister("incoming")

    def case(self, case_id: str) -> list[Event]:
        """Every row of one case in the case's order, corrections and retractions among them; empty if there is none."""
        relation = self.connection.execute(
            f'{_SELECT_EVENTS} where case_id = ? order by "at", seq, row', [case_id]
        ).to_arrow_table()
        return [_event(row) for row in relation.to_pylist()]

    def cases(self) -> Iterator[list[Event]]:
        """Case after case as ``case`` gives one, in the order of their ids."""
        reader = self.connection.cursor().execute(f'{_SELECT_EVENTS} order by case_id, "at", seq, row')
        current: list[Event] = []
        for batch in reader.to_arrow_reader(_BATCH_ROWS):
            for row in batch.to_pylist():
                event = _event(row)
                if current and event.case_id != current[0].case_id:
                    yield current
                    current = []
                current.append(event)
        if current:
            yield current

    def arrow_batches(self) -> Iterator[pa.RecordBatch]:
        """The log in ``ARROW_SCHEMA``, in the order of recording within each case, cases in the order of their ids."""
        listed = ", ".join(quote(column) for column in COLUMNS)
        reader = self.connection.cursor().execute(f"select {listed} from log order by case_id, seq, recorded_at, row")
        for batch in reader.to_arrow_reader(_BATCH_ROWS):
            yield batch.cast(ARROW_SCHEMA)

    def close(self) -> None:
        self.connection.close()
        shutil.rmtree(self.workdir, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def tells_of_corrections(self) -> bool:
        """Whether any row corrects another; looked up once, when the log is opened."""
        found = self.connection.execute("select count(*) from (select 1 from log where corrects is not null limit 1)")
        return bool(found.fetchall()[0][0])


_SELECT_EVENTS = """select event_id, case_id, person, office, team, actor, kind, epoch_us("at") as "at",
 epoch_us(recorded_at) as recorded_at, seq, corrects, attributes from log"""


def open_log(
    path: str | Path,
    mapping: Mapping[str, str] = _NO_MAPPING,
    *,
    memory_limit: str | None = None,
    spill: Path | None = None,
) -> Log:
    """Opens and validates a log: CSV, Parquet or NDJSON, plain, gzipped or zipped.

    ``mapping`` names the file's column for ours where they differ. ``memory_limit`` is DuckDB's, as "3GB"; what does not
    fit goes to a folder under ``spill`` (default: the system's temporary folder). Raises LogError, with the first bad
    rows and how many there are, when anything in the file cannot be taken; then nothing of it is.
    """
    log = Log(str(path), memory_limit=memory_limit, spill=spill)
    try:
        sources = [describe(log.connection, file, mapping) for file in unpack(Path(path), log.workdir)]
        if len(sources) == 1 and sources[0].native:
            _read_in_place(log, sources[0])
        else:
            _stage(log, sources, mapping)
        if not log.connection.execute("select count(*) from (select 1 from log limit 1)").fetchall()[0][0]:
            raise LogError(log.name, "has a heading but no events.")
        log.has_corrections = log.tells_of_corrections()
        if log.has_corrections:
            _refuse_strays(log)
    except BaseException:
        log.close()
        raise
    return log


def _read_in_place(log: Log, source: Source) -> None:
    _refuse_bad_rows(log, source, source.relation, "file_row_number + 1")
    columns = canonical(source, "file_row_number + 1", has_seq=_any_seq(log, source, source.relation))
    log.connection.execute(f"create view log as select {columns} from {source.relation}")


def _any_seq(log: Log, source: Source, relation: str) -> bool:
    """Whether the log tells the order of recording at all: a column that is empty throughout tells nothing."""
    if "seq" not in source.columns:
        return False
    found = f"select count(*) from (select 1 from {relation} where {source.columns['seq']} is not null limit 1)"
    return bool(log.connection.execute(found).fetchall()[0][0])


def _stage(log: Log, sources: list[Source], mapping: Mapping[str, str]) -> None:
    """Reads each file once into a table whose row id is the order of the file: text is parsed only here."""
    taken = 0
    for number, described in enumerate(sources):
        raw = f"raw_{number}"
        source = _copied(log, described, raw, mapping)
        _refuse_bad_rows(log, source, raw, "rowid + 1")
        columns = canonical(source, f"rowid + 1 + {taken}", has_seq=_any_seq(log, source, raw))
        how = "insert into events" if number else "create table events as"
        log.connection.execute(f"{how} select {columns} from {raw} order by rowid")
        taken = log.connection.execute("select count(*) from events").fetchall()[0][0]
        log.connection.execute(f"drop table {raw}")
    log.connection.execute("create view log as select * from events")


def _copied(log: Log, source: Source, table: str, mapping: Mapping[str, str]) -> Source:
    """Copies the file into ``table`` as it stands, after a second try with its line endings mended."""
    copy = f"create table {table} as select * from "
    try:
        log.connection.execute(copy + source.relation)
        return source
    except duckdb.Error as error:
        found = diagnosis.of_broken_text(source.file)
        if found or source.file.format != "csv":
            raise found or _unreadable(source, error) from error
    mended = describe(log.connection, diagnosis.with_one_line_ending(source.file, log.workdir), mapping)
    try:
        log.connection.execute(copy + mended.relation)
    except duckdb.Error as error:
        raise _unreadable(source, error) from error
    return mended


def _unreadable(source: Source, error: duckdb.Error) -> LogError:
    reason = str(error).splitlines()[0]
    return LogError(source.file.name, f"could not be read as {source.file.format.upper()}: {reason}")


def _refuse_bad_rows(log: Log, source: Source, relation: str, row: str) -> None:
    any_bad = " or ".join(f"({check.bad})" for check in source.checks)
    counted = f"select count(*) from {relation} where {any_bad}"
    try:
        bad_count = log.connection.execute(counted).fetchall()[0][0]
        if not bad_count:
            return
        cases = " union all ".join(
            f"select {row} as row, {number} as number, coalesce({check.value}, '') as value"
            f" from {relation} where {check.bad}"
            for number, check in enumerate(source.checks)
        )
        found = log.connection.execute(
            f"select * from ({cases}) order by row, number limit {SHOWN_BAD_ROWS}"
        ).fetchall()
    except duckdb.Error as error:
        raise diagnosis.of_broken_text(source.file) or _unreadable(source, error) from error
    bad_rows = [
        BadRow(number_of_row, source.checks[number].field, str(value), source.checks[number].why)
        for number_of_row, number, value in found
    ]
    rows = "1 row" if bad_count == 1 else f"{bad_count} rows"
    raise LogError(source.file.name, f"nothing was taken, {rows} cannot be read:", bad_rows, bad_count)


def _refuse_strays(log: Log) -> None:
    """A correction whose target is not an event of the same case is refused (contract, section 1)."""
    strays = """from log c where c.corrects is not null
        and not exists (select 1 from log t where t.event_id = c.corrects and t.case_id = c.case_id and t.row <> c.row)"""
    count = log.connection.execute(f"select count(*) {strays}").fetchall()[0][0]
    if count:
        found = log.connection.execute(f"select row, corrects {strays} order by row limit {SHOWN_BAD_ROWS}").fetchall()
        bad_rows = [BadRow(row, "corrects", target, "is no other event of the same case") for row, target in found]
        rows = "1 row" if count == 1 else f"{count} rows"
        raise LogError(log.name, f"nothing was taken, {rows} cannot be read:", bad_rows, count)


def _event(row: dict[str, object]) -> Event:
    values = dict(row)
    for name in ("at", "recorded_at"):
        values[name] = _EPOCH + timedelta(microseconds=int(str(row[name])))
    values["attributes"] = json.loads(str(row["attributes"]))
    return Event(**values)  # type: ignore[arg-type]  # the query selects the fields of Event by name
