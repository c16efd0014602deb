"""Asking for figures, and computing them: once per office and night, or when somebody asks. Never by opening a page."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from django.db import connection, transaction

from framdrift import standard as standards
from framdrift.casework.access.context import enter, scope_of_measuring
from framdrift.casework.access.rules import Viewer, may_request_figures
from framdrift.casework.conformity.models import COUNTS, Figure, FigureCase, Report, State, Step
from framdrift.casework.conformity.reading import office_log
from framdrift.casework.conformity.standards import shipped
from framdrift.casework.offices.models import Office

# A process that has just been started may not have taken its lock yet.
_STARTS_WITHIN = timedelta(minutes=1)
_LOCK_NAMESPACE = 0x0F0C  # first half of the advisory lock's key; the second is the office
_ROWS_AT_A_TIME = 100_000
_UNDER_WAY = (State.REQUESTED, State.RUNNING)

Clock = Callable[[], datetime]


class RefusedError(Exception):
    """The actor may not do this; the gate should have stopped them."""


class BusyError(Exception):
    """Another process is computing this office's figures."""


def request(*, actor: Viewer | None, office: str, standard: str, at: datetime) -> tuple[uuid.UUID, bool]:
    """Asks for an office's figures; without an actor it is the nightly run that asks.

    Returns the report's id, and whether it is new: while one is under way a further request is that same one, so
    that two at once have one effect. One whose process has died without a word is called failed and replaced.
    """
    if actor is not None and not may_request_figures(actor, office):
        raise RefusedError(office)
    with transaction.atomic():
        place = Office.objects.select_for_update().get(code=office)
        running = Report.objects.filter(office=place, standard=standard, state__in=_UNDER_WAY).first()
        if running is not None:
            if not _has_died(running, at):
                return running.pk, False
            Report.objects.filter(pk=running.pk).update(state=State.FAILED, finished_at=at)
        report = Report.objects.create(
            office=place, standard=standard, requested_at=at, requested_by_id=actor.staff if actor else None
        )
        return report.pk, True


def _has_died(report: Report, at: datetime) -> bool:
    """Whether nobody works on it: the lock of a process goes with its connection."""
    if report.requested_at > at - _STARTS_WITHIN:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK_NAMESPACE, report.office_id])
        return bool(cursor.fetchone()[0])


def compute(
    report_id: uuid.UUID,
    *,
    clock: Clock,
    as_of: datetime | None = None,
    memory_limit: str | None = None,
    spill: Path | None = None,
) -> None:
    """Carries a requested computation out: reads the journal, measures, stores. Runs in a process of its own.

    Not within a transaction: each step is committed, for the page that waits to tell of it. Raises BusyError when
    another process has the office; what was requested is then left to be taken up again.
    """
    report = Report.objects.select_related("office").get(pk=report_id)
    with _alone_with(report.office_id):
        started = clock()
        taken = Report.objects.filter(pk=report_id, state=State.REQUESTED).update(
            state=State.RUNNING, started_at=started, step=Step.READING, as_of=as_of or started
        )
        if not taken:
            return
        try:
            _measure_and_store(report, as_of or started, clock, memory_limit=memory_limit, spill=spill)
        except BaseException:
            Report.objects.filter(pk=report_id).update(state=State.FAILED, finished_at=clock())
            raise


@contextmanager
def _alone_with(office: int) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK_NAMESPACE, office])
        if not cursor.fetchone()[0]:
            raise BusyError
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK_NAMESPACE, office])


def _measure_and_store(
    report: Report, as_of: datetime, clock: Clock, *, memory_limit: str | None, spill: Path | None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        Report.objects.filter(pk=report.pk).update(journal_snapshot=cursor.fetchone()[0])
    with office_log(report.office.code, memory_limit=memory_limit, spill=spill) as log:
        Report.objects.filter(pk=report.pk).update(step=Step.MEASURING)
        found = standards.figures(shipped(report.standard), log, as_of=as_of)
    Report.objects.filter(pk=report.pk).update(step=Step.STORING)
    _finish(report, found, clock)


def _finish(report: Report, found: standards.Figures, clock: Clock) -> None:
    with transaction.atomic():
        enter(scope_of_measuring(report.office.code))
        _store(report, found)
        head = {key: found.head[key] for key in ("cases", "events", "ignored_after_end", "unknown_kinds")}
        Report.objects.filter(pk=report.pk).update(state=State.FINISHED, finished_at=clock(), **head)
        _forget_older(report)


def _store(report: Report, found: standards.Figures) -> None:
    key = ("requirement", "reading", "quarter")
    _copy(report, "conformity_figure", found.figures, (*key, "dimension", "value", *COUNTS))
    _copy(report, "conformity_figurecase", found.cases, (*key, "case_id", "late", "missed", "due"))


def _copy(report: Report, table: str, rows: pa.Table, columns: tuple[str, ...]) -> None:
    """Only what belongs to the report's office: its cases may have instances from their time at another."""
    own = rows.filter(pc.equal(rows["office"], report.office.code)).select(columns)
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        # By way of a table of our own: PostgreSQL copies into no table that row-level security guards.
        cursor.execute(f"CREATE TEMPORARY TABLE measured AS SELECT {listed} FROM {table} WITH NO DATA")
        with cursor.copy(f"COPY measured ({listed}) FROM STDIN (FORMAT csv)") as to:
            for batch in own.to_batches(max_chunksize=_ROWS_AT_A_TIME):
                sink = pa.BufferOutputStream()
                pa_csv.write_csv(pa.Table.from_batches([batch]), sink, pa_csv.WriteOptions(include_header=False))
                to.write(sink.getvalue().to_pybytes())
        cursor.execute(f"INSERT INTO {table} (report_id, {listed}) SELECT %s, {listed} FROM measured", [report.pk])
        cursor.execute("DROP TABLE measured")


def _forget_older(report: Report) -> None:
    """Keeps the report and the one before it, which a page that is being read right now may still rest on."""
    finished = Report.objects.filter(office=report.office, standard=report.standard, state=State.FINISHED)
    kept = list(finished.order_by("-finished_at").values_list("pk", flat=True)[:2])
    older = finished.exclude(pk__in=kept)
    for rows in (FigureCase, Figure):
        rows.objects.filter(report__in=older.values("pk")).delete()
    older.delete()
