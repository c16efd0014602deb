"""A log made ready for rules: the events that exist, each case's opening and end, and the marked rows in their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_
from typing import Any

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from framdrift.events import Log, LogError
from framdrift.events.vocabulary import RETRACTED
from framdrift.standard.calendar import OSLO, add_working_days, end_of_day, local_date, utc_offsets
from framdrift.standard.engine import compiled, from_microseconds, microseconds_of, to_microseconds, wall_clock
from framdrift.standard.marks import ENDING, OPENING, Marks
from framdrift.standard.model import Rule
from framdrift.standard.set_patterns import PLACED, working_day_counts
from framdrift.standard.timeline import displaced, moment


class PlacedLog:
    """The events of a log as of a moment, as known at another, in the places they have in their cases.

    ``as_of`` and ``known_at`` are instants, or dates for the end of that local day. ``as_of`` is by default the end of the
    last local day on which a row of the log has its ``at``. Its tables lie in the log's connection until ``drop``.
    """

    def __init__(
        self, rules: Sequence[Rule], log: Log, *, as_of: date | datetime | None, known_at: date | datetime | None
    ) -> None:
        self.marks = Marks.of(rules)
        self.log = log
        self._backend = ibis.duckdb.from_connection(log.connection)
        self._made: list[str] = []
        self._first, self._last = span_of(log, as_of)
        self.as_of = end_of_day(local_date(self._last)) if as_of is None else moment(as_of)
        self.known_at = None if known_at is None else moment(known_at)
        self._backend.create_view("existing", self._existing_events(), overwrite=True)
        self._set_moment()
        self._look_up_working_days(working_day_counts(rules))
        self._number_and_place()

    @property
    def existing(self) -> ir.Table:
        """The events that exist as of the moment and are known at the other, corrections in their places."""
        return self._backend.table("existing")

    @property
    def cases(self) -> ir.Table:
        """One row a case: ``case_no``, ``case_id``, ``events``, ``opening_place``, ``opening_row``, ``opening_day``, and
        null while it runs ``end_place``, ``end_at``, ``end_day``, ``end_midnight``."""
        return self._backend.table("cases")

    @property
    def placed(self) -> ir.Table:
        """The rows that some rule asks about, see framdrift.standard.set_patterns, and their ``row`` in the log."""
        return self._backend.table("placed")

    def keep(self, name: str, table: ir.Table) -> ir.Table:
        """Computes ``table`` once and keeps it under ``name``, in the place of what was kept there."""
        self._made.append(name)
        return self._backend.create_table(name, table, temp=True, overwrite=True)

    def keep_rows(self, name: str, rows: pa.Table) -> ir.Table:
        """Keeps under ``name`` what was made in Python: Ibis would first import pandas, which takes longer than the rest."""
        self._made.append(name)
        self.log.connection.register("incoming", rows)
        self.log.connection.execute(f"create or replace temp table {name} as from incoming")
        self.log.connection.unregister("incoming")
        return self._backend.table(name)

    def keep_empty(self, table: ir.Table) -> None:
        """Makes an empty table of the shape and name of an unbound one."""
        self._made.append(table.get_name())
        self._backend.create_table(table.get_name(), schema=table.schema(), temp=True, overwrite=True)

    def run(self, sql: str) -> duckdb.DuckDBPyConnection:
        return self.log.connection.execute(sql)

    def fetched(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a small result."""
        # The engine sums whole numbers into wider ones, which Arrow gives as decimals.
        return [
            {name: int(value) if isinstance(value, Decimal) else value for name, value in row.items()}
            for row in self.log.connection.execute(sql).to_arrow_table().to_pylist()
        ]

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """How many ``cases`` and ``events`` exist, and how many of the events are ``ignored`` as after an end."""
        cases = self.cases
        totals = cases.aggregate(
            cases=cases.count(),
            events=cases.events.sum().fill_null(0),
            ignored=(cases.events - cases.end_place.fill_null(cases.events)).sum().fill_null(0),
        )
        return self.fetched(compiled(totals))[0]

    def drop(self) -> None:
        self.log.connection.execute("drop view if exists existing")
        for name in dict.fromkeys(self._made):
            self.log.connection.execute(f"drop table if exists {name}")

    def _existing_events(self) -> ir.Table:
        existing = self._backend.table("log")
        if self.known_at is not None:
            existing = existing.filter(microseconds_of(existing.recorded_at) <= to_microseconds(self.known_at))
        if self.log.has_corrections:
            existing = existing.filter(~((existing.kind == RETRACTED) & existing.corrects.notnull()))
            existing = existing.anti_join(self._displaced(), ["case_id", "event_id"])
        if self.as_of < self._last:
            existing = existing.filter(microseconds_of(existing["at"]) <= to_microseconds(self.as_of))
        return existing

    def _displaced(self) -> ir.Table:
        """Corrections are few: who has lost a place is worked out in Python, by the same function as for one case."""
        known = "" if self.known_at is None else f"and epoch_us(recorded_at) <= {to_microseconds(self.known_at)}"
        rows = self.log.connection.execute(
            "select case_id, event_id, corrects, epoch_us(recorded_at), seq, row from log"
            f" where corrects is not null {known}"
        ).fetchall()
        gone = displaced(((case, event), (case, target), rank) for case, event, target, *rank in rows)
        columns = {"case_id": [case for case, _ in gone], "event_id": [event for _, event in gone]}
        schema = pa.schema([("case_id", pa.string()), ("event_id", pa.string())])
        return self.keep_rows("displaced", pa.table(columns, schema=schema))

    def _number_and_place(self) -> None:
        existing = self.existing
        ids = existing.select("case_id").distinct()
        numbers = self.keep("case_numbers", ids.mutate(case_no=ibis.row_number().over(ibis.window())))
        instants = microseconds_of(existing["at"])
        marked = existing.select("case_id", "seq", "row", at=instants, **self.marks.columns(existing))
        marked = marked.join(numbers, "case_id")
        in_order = ibis.window(group_by=marked.case_no, order_by=[marked["at"], marked.seq, marked.row])
        place = ibis.row_number().over(in_order) + 1
        ordered = self.keep("ordered", marked.select("case_no", "row", "at", *self.marks.words, place=place))
        cases = self.keep("cases", self._cases(ordered, numbers))
        self.keep("placed", self._placed(ordered, cases))
        self.log.connection.execute("drop table ordered; drop table case_numbers")

    def _cases(self, ordered: ir.Table, numbers: ir.Table) -> ir.Table:
        is_end = self.marks.has(ordered, ENDING)
        cases = ordered.group_by("case_no").aggregate(
            events=ordered.count(),
            end_place=ordered.place.min(where=is_end),
            end_at=ordered["at"].min(where=is_end),
            registered_place=ordered.place.min(where=self.marks.has(ordered, OPENING)),
        )
        registered = (cases.registered_place <= cases.end_place.fill_null(cases.events)).fill_null(False)
        cases = cases.mutate(opening_place=ibis.cases((registered, cases.registered_place), else_=1))
        openings = ordered.select(
            "case_no", opening_place=ordered.place, opening_row=ordered.row, opening_at=ordered["at"]
        )
        cases = cases.join(openings, ["case_no", "opening_place"]).join(numbers, "case_no")
        end = self._local(cases.end_at)
        return cases.select(
            "case_no",
            "case_id",
            "events",
            "opening_place",
            "opening_row",
            "end_place",
            "end_at",
            opening_day=self._local(cases.opening_at).cast("date"),
            end_day=end.cast("date"),
            end_midnight=_is_midnight(end),
        )

    def _placed(self, ordered: ir.Table, cases: ir.Table) -> ir.Table:
        of_case = cases.select("case_no", "opening_place", "end_place", "end_at", "end_day", "end_midnight")
        rows = ordered.join(of_case, "case_no")
        asked = reduce(or_, [rows[word] != 0 for word in self.marks.words])
        rows = rows.filter(asked | (rows.place == rows.opening_place))
        local = self._local(rows["at"])
        rows = rows.mutate(day=local.cast("date"), midnight=_is_midnight(local))
        return rows.select(*PLACED.columns, *self.marks.words)

    def _local(self, at: ir.IntegerValue) -> ir.TimestampValue:
        """The wall clock in Norway at an instant, by the offsets between the log's first moment and its last.

        The engine's own conversion asks a zone library row by row; this compares with the few changes there are.
        """
        changes = utc_offsets(self._first, max(self._last, self.as_of))
        offset: ir.Value = ibis.literal(_length(changes[-1][1]), dt.int64)
        if len(changes) > 1:
            before = [
                (at < to_microseconds(until), ibis.literal(_length(now), dt.int64))
                for (_, now), (until, _) in pairwise(changes)
            ]
            offset = ibis.cases(*before, else_=offset)
        return wall_clock(at + offset)

    def _set_moment(self) -> None:
        local = self.as_of.astimezone(OSLO)
        midnight = local == local.replace(hour=0, minute=0, second=0, microsecond=0)
        for name, value in (
            ("as_of_at", f"{to_microseconds(self.as_of)}::bigint"),
            ("as_of_day", f"date '{local.date()}'"),
            ("as_of_midnight", str(midnight).lower()),
        ):
            self.log.connection.execute(f"set variable {name} = {value}")

    def _look_up_working_days(self, counts: set[int]) -> None:
        """For each count of working days a table from ``day`` to ``due_day``, over the days of the log."""
        first, last = local_date(self._first), local_date(self._last)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        for count in counts:
            dues = ", ".join(f"(date '{day}', date '{add_working_days(day, count)}')" for day in days)
            self.run(f"create or replace temp table working_days_{count} as from (values {dues}) t(day, due_day)")
            self._made.append(f"working_days_{count}")


def span_of(log: Log, as_of: date | datetime | None = None) -> tuple[datetime, datetime]:
    """The first and the last instant of a log, both ``as_of`` for one that is empty. Raises LogError without either."""
    found = log.connection.execute('select epoch_us(min("at")), epoch_us(max("at")) from log').fetchall()[0]
    if None not in found:
        first, last = map(from_microseconds, found)
        return first, last
    if as_of is None:
        raise LogError(log.name, "holds no events, so it has no last day. Say the moment it is to be measured as of.")
    return moment(as_of), moment(as_of)


def _is_midnight(local: ir.TimestampValue) -> ir.BooleanValue:
    return local == local.cast("date").cast("timestamp")


def _length(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
