"""A standard held against all cases of a log at once, by Ibis on DuckDB.

One scan marks each event with the selectors it matches (framdrift.standard.marks); what no rule asks about is dropped;
each rule is then a window over the few rows it needs (framdrift.standard.set_patterns).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from types import TracebackType
from typing import Any, Self

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from framdrift.events import KINDS, Log
from framdrift.events.vocabulary import RETRACTED
from framdrift.standard.calendar import OSLO, add_working_days, end_of_day, local_date, utc_offsets
from framdrift.standard.instance import Instance
from framdrift.standard.marks import ENDING, OPENING, Marks, number_at
from framdrift.standard.model import AgeBelow, Compare, Rule, Share, Standard
from framdrift.standard.set_patterns import Rows, instances
from framdrift.standard.timeline import displaced, moment
from framdrift.standard.verdicts import Counts, compare_counts, share_counts

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TABLES = ("placed", "cases", "displaced")
RuleKey = tuple[str, str | None]


@ibis.udf.scalar.builtin(name="epoch_us", signature=((dt.Timestamp("UTC"),), dt.int64))
def _microseconds(instant):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Microseconds since 1970, UTC."""


@ibis.udf.scalar.builtin(name="make_timestamp", signature=((dt.int64,), dt.timestamp))
def _wall_clock(microseconds):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """The wall clock that shows so many microseconds since 1970."""


class Evaluation:
    """A log held against a standard as of a moment, as known at another; a context manager that cleans up its tables.

    ``as_of`` and ``known_at`` are instants, or dates for the end of that local day. ``as_of`` is by default the end of the
    last local day on which a row of the log has its ``at``.
    """

    def __init__(
        self, standard: Standard, log: Log, *, as_of: date | datetime | None, known_at: date | datetime | None
    ) -> None:
        self.standard = standard
        self.log = log
        self._backend = ibis.duckdb.from_connection(log.connection)
        self._marks = Marks.of(standard.rules)
        first, last = log.connection.execute('select epoch_us(min("at")), epoch_us(max("at")) from log').fetchall()[0]
        self._first, self._last = _instant(first), _instant(last)
        self.as_of = end_of_day(local_date(self._last)) if as_of is None else moment(as_of)
        self.known_at = None if known_at is None else moment(known_at)
        self._place()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in _TABLES:
            self.log.connection.execute(f"drop table if exists {table}")
        self.log.connection.execute("drop view if exists existing")

    @cached_property
    def _totals(self) -> tuple[int, int, int]:
        cases = self._backend.table("cases")
        totals = cases.aggregate(
            cases=cases.count(),
            events=cases.events.sum(),
            ignored=(cases.events - cases.end_place.fill_null(cases.events)).sum(),
        )
        row = self._fetched(totals)[0]
        return row["cases"], row["events"] or 0, row["ignored"] or 0

    @property
    def cases(self) -> int:
        return self._totals[0]

    @property
    def events(self) -> int:
        """Events that exist as of and as known, those after an end among them."""
        return self._totals[1]

    @property
    def ignored_after_end(self) -> int:
        return self._totals[2]

    def unknown_kinds(self) -> dict[str, int]:
        """Events of kinds outside the vocabulary, by kind, most first."""
        events = self._existing
        unknown = events.filter(events.kind.notin([*KINDS]))
        counted = unknown.group_by("kind").aggregate(n=unknown.count()).order_by(ibis.desc("n"), "kind")
        return {row["kind"]: row["n"] for row in self._fetched(counted)}

    def counts(self) -> tuple[dict[RuleKey, Counts], dict[RuleKey, int]]:
        """The counts of every rule by state, and the cases with a late or missed instance."""
        counts: dict[RuleKey, Counts] = {}
        cases_missed: dict[RuleKey, int] = {}
        for rule in self.standard.rules:
            if isinstance(rule.pattern, Share):
                counts[rule.key], cases_missed[rule.key] = (
                    share_counts(rule.pattern, self._shares(rule, rule.pattern)),
                    0,
                )
            elif isinstance(rule.pattern, Compare):
                counts[rule.key], cases_missed[rule.key] = self._comparison(rule, rule.pattern), 0
            else:
                found = self.instances_of(rule)
                missed = found.case_no.nunique(where=found.state.isin(["late", "missed"]))
                by_state = found.aggregate(
                    cases_missed=missed,
                    **{state: found.count(where=found.state == state) for state in _STATES},
                )
                row = self._fetched(by_state)[0]
                cases_missed[rule.key] = row.pop("cases_missed")
                counts[rule.key] = Counts(**row)
        return counts, cases_missed

    def instances(self) -> Iterator[Instance]:
        """Every instance of every rule about single cases, as framdrift.standard.one_case gives them for one case."""
        events = self._placed_events
        cases = self._backend.table("cases")
        for rule in self.standard.rules:
            if isinstance(rule.pattern, Share | Compare):
                continue
            found = self.instances_of(rule).join(cases.select("case_no", "case_id"), "case_no")
            starts = events.select("case_no", start_place=events.place, start=events.event_id)
            targets = events.select("case_no", target_place=events.place, target=events.event_id)
            found = found.join(starts, ["case_no", "start_place"]).left_join(targets, ["case_no", "target_place"])
            for row in self._fetched(found.order_by("case_id", "start_place")):
                yield _instance(rule, row)

    def instances_of(self, rule: Rule) -> ir.Table:
        """The instances of a rule about single cases, with the columns of framdrift.standard.set_patterns."""
        if isinstance(rule.pattern, Share | Compare):
            raise TypeError(f"{rule.id}: a rule about groups has no instances in cases")
        return instances(rule, rule.pattern, self._rows(after_end=rule.after_end))

    def _rows(self, *, after_end: bool) -> Rows:
        placed = self._backend.table("placed")
        if after_end:
            running = {name: ibis.null(placed[name].type()) for name in ("end_at", "end_day", "end_midnight")}
            table = placed.mutate(**running)
        else:
            table = placed.filter((placed.place <= placed.end_place).fill_null(True))
        local = self.as_of.astimezone(OSLO)
        return Rows(
            table=table,
            marks=self._marks,
            as_of_at=_to_microseconds(self.as_of),
            as_of_day=local.date(),
            as_of_midnight=local == local.replace(hour=0, minute=0, second=0, microsecond=0),
            after_working_days=self._after_working_days,
        )

    def _shares(self, rule: Rule, pattern: Share) -> dict[str, tuple[int, int]]:
        return {row["group"]: (row["matching"], row["total"]) for row in self._fetched(self.shares_of(rule, pattern))}

    def shares_of(self, rule: Rule, pattern: Share) -> ir.Table:
        """By group: how many ``among`` events match ``of``, and how many there are."""
        events = self.among_events(rule, pattern)
        return events.group_by("group").aggregate(matching=events.matches.cast("int64").sum(), total=events.count())

    def among_events(self, rule: Rule, pattern: Share) -> ir.Table:
        """The ``among`` events with their ``group``, whether each ``matches`` ``of``, their ``office`` and ``day``."""
        rows = self._rows(after_end=rule.after_end)
        among = rows.of(pattern.among)
        if rule.cases is not None:
            among = among.semi_join(rows.of(rule.cases).select("case_no"), "case_no")
        among = among.mutate(matches=self._marks.has(among, pattern.of))
        events = self._existing
        named = events.select("row", group=events[pattern.per], office=events.office)
        among = among.select("row", "matches", "day", "case_no").join(named, "row")
        return among.filter(among.group.notnull())

    def _comparison(self, rule: Rule, pattern: Compare) -> Counts:
        compared = self.instances_of(self.standard.by_key[pattern.of])
        rows = self._rows(after_end=rule.after_end)
        if rule.cases is not None:
            compared = compared.semi_join(rows.of(rule.cases).select("case_no"), "case_no")
        groups = self.groups_of_cases(pattern)
        counted = compared.join(groups, "case_no").group_by("in_group")
        sides = {False: Counts(), True: Counts()}
        by_state = counted.aggregate(**{state: (ibis._.state == state).cast("int64").sum() for state in _STATES})
        for row in self._fetched(by_state):
            side = row.pop("in_group")
            sides[side] = Counts(**row)
        return compare_counts(pattern, sides[True], sides[False])

    def groups_of_cases(self, pattern: Compare) -> ir.Table:
        """By case: whether it is ``in_group``. Who is not known to be in it is among the others."""
        cases = self._backend.table("cases")
        if isinstance(pattern.group, AgeBelow):
            openings = self._existing.select("attributes", opening_row=self._existing.row)
            cases = cases.join(openings, "opening_row")
            cases = cases.mutate(birth_year=number_at(cases.attributes, "birth_year"))
            belongs = cases.opening_day.year() - cases.birth_year < pattern.group.years
        else:
            last = cases.end_day.fill_null(ibis.literal(local_date(self.as_of)))
            period = pattern.group.period
            lasted = cases.opening_day.cast("timestamp") + ibis.interval(months=period.months)
            belongs = (lasted + ibis.interval(days=period.days)).cast("date") <= last
        return cases.select("case_no", in_group=belongs.fill_null(False))

    @property
    def _existing(self) -> ir.Table:
        return self._backend.table("existing")

    def _fetched(self, table: ir.Table) -> list[dict[str, Any]]:
        """The rows of a small result: compiled by Ibis, run as it stands, without Ibis's own second look at the types."""
        found = self.log.connection.execute(self._backend.compile(table)).to_arrow_table()
        # The engine sums whole numbers into wider ones, which Arrow gives as decimals.
        return [
            {name: int(value) if isinstance(value, Decimal) else value for name, value in row.items()}
            for row in found.to_pylist()
        ]

    @cached_property
    def _placed_events(self) -> ir.Table:
        """The rows that rules ask about, with the ids of their events."""
        placed = self._backend.table("placed")
        return placed.join(self._existing.select("row", "event_id"), "row").select("case_no", "place", "event_id")

    def _place(self) -> None:
        """Makes the tables every rule works on: ``existing`` events, ``cases``, and ``placed`` rows with their marks."""
        self._backend.create_view("existing", self._existing_events(), overwrite=True)
        existing = self._existing
        numbers = existing.select("case_id").distinct()
        numbers = self._backend.create_table(
            "case_numbers", numbers.mutate(case_no=ibis.row_number().over(ibis.window())), temp=True, overwrite=True
        )
        marked = existing.select(
            "case_id", "seq", "row", at=_microseconds(existing["at"]), **self._marks.columns(existing)
        ).join(numbers, "case_id")
        in_order = ibis.window(group_by=marked.case_no, order_by=[marked["at"], marked.seq, marked.row])
        ordered = marked.select("case_no", "row", "at", *self._marks.words, place=ibis.row_number().over(in_order) + 1)
        ordered = self._backend.create_table("ordered", ordered, temp=True, overwrite=True)
        cases = self._backend.create_table("cases", self._cases(ordered, numbers), temp=True, overwrite=True)
        self._backend.create_table("placed", self._placed(ordered, cases), temp=True, overwrite=True)
        self._backend.drop_table("ordered")
        self._backend.drop_table("case_numbers")

    def _existing_events(self) -> ir.Table:
        """The events that exist as of the moment and are known at the other, corrections in their places."""
        log = self._backend.table("log")
        existing = log
        if self.known_at is not None:
            existing = existing.filter(_microseconds(existing.recorded_at) <= _to_microseconds(self.known_at))
        if self.log.has_corrections:
            existing = existing.filter(~((existing.kind == RETRACTED) & existing.corrects.notnull()))
            existing = existing.anti_join(self._displaced(), ["case_id", "event_id"])
        if self.as_of < self._last:
            existing = existing.filter(_microseconds(existing["at"]) <= _to_microseconds(self.as_of))
        return existing

    def _displaced(self) -> ir.Table:
        """Corrections are few: who has lost a place is worked out in Python, by the same function as for one case."""
        known = "" if self.known_at is None else f"and epoch_us(recorded_at) <= {_to_microseconds(self.known_at)}"
        rows = self.log.connection.execute(
            "select case_id, event_id, corrects, epoch_us(recorded_at), seq, row from log"
            f" where corrects is not null {known}"
        ).fetchall()
        gone = displaced(((case, event), (case, target), rank) for case, event, target, *rank in rows)
        table = pa.table(
            {"case_id": [case for case, _ in gone], "event_id": [event for _, event in gone]},
            schema=pa.schema([("case_id", pa.string()), ("event_id", pa.string())]),
        )
        return self._backend.create_table("displaced", table, temp=True, overwrite=True)

    def _cases(self, ordered: ir.Table, numbers: ir.Table) -> ir.Table:
        is_end = self._marks.has(ordered, ENDING)
        is_opening = self._marks.has(ordered, OPENING)
        cases = ordered.group_by("case_no").aggregate(
            events=ordered.count(),
            end_place=ordered.place.min(where=is_end),
            end_at=ordered["at"].min(where=is_end),
            registered_place=ordered.place.min(where=is_opening),
        )
        registered = cases.registered_place <= cases.end_place.fill_null(cases.events)
        cases = cases.mutate(opening_place=ibis.cases((registered.fill_null(False), cases.registered_place), else_=1))
        openings = ordered.select(
            "case_no", opening_place=ordered.place, opening_row=ordered.row, opening_at=ordered["at"]
        )
        cases = cases.join(openings, ["case_no", "opening_place"]).join(numbers, "case_no")
        return cases.select(
            "case_no",
            "case_id",
            "events",
            "opening_place",
            "opening_row",
            "end_place",
            "end_at",
            opening_day=self._local(cases.opening_at).cast("date"),
            end_day=self._local(cases.end_at).cast("date"),
            end_midnight=_is_midnight(self._local(cases.end_at)),
        )

    def _placed(self, ordered: ir.Table, cases: ir.Table) -> ir.Table:
        rows = ordered.join(
            cases.select("case_no", "opening_place", "end_place", "end_at", "end_day", "end_midnight"), "case_no"
        )
        asked = reduce(or_, [rows[word] != 0 for word in self._marks.words])
        rows = rows.filter(asked | (rows.place == rows.opening_place))
        local = self._local(rows["at"])
        return rows.mutate(day=local.cast("date"), midnight=_is_midnight(local))

    def _local(self, at: ir.IntegerValue) -> ir.TimestampValue:
        """The wall clock in Norway at an instant, by the offsets between the log's first moment and its last.

        The engine's own conversion asks a zone library row by row; this compares with the few changes there are.
        """
        changes = utc_offsets(self._first, max(self._last, self.as_of))
        offset: ir.Value = ibis.literal(_to_span(changes[-1][1]), dt.int64)
        if len(changes) > 1:
            later = zip(changes, changes[1:], strict=False)
            before = [
                (at < _to_microseconds(until), ibis.literal(_to_span(now), dt.int64)) for (_, now), (until, _) in later
            ]
            offset = ibis.cases(*before, else_=offset)
        return _wall_clock(at + offset)  # type: ignore[no-any-return]

    def _after_working_days(self, table: ir.Table, count: int) -> ir.Table:
        """``table`` with ``due_day``, ``count`` working days after ``day``, looked up day by day of the log."""
        name = f"working_days_{count}"
        if name not in self._backend.list_tables():
            first, last = local_date(self._first), local_date(self._last)
            days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
            dues = pa.table({"day": days, "due_day": [add_working_days(day, count) for day in days]})
            self._backend.create_table(name, dues, temp=True)
        return table.join(self._backend.table(name), "day")


_STATES = ("met", "late", "missed", "open", "void")


def _is_midnight(local: ir.TimestampValue) -> ir.BooleanValue:
    return local == local.cast("date").cast("timestamp")


def _to_microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def _to_span(length: timedelta) -> int:
    return length // timedelta(microseconds=1)


def _instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _instance(rule: Rule, row: Mapping[str, Any]) -> Instance:
    due = row["due_day"] if row["due_at"] is None else _instant(row["due_at"])
    return Instance(
        case_id=row["case_id"],
        requirement=rule.id,
        reading=rule.reading,
        start=row["start"],
        target=row["target"],
        opened=_instant(row["opened"]),
        due=due,
        closed=None if row["closed"] is None else _instant(row["closed"]),
        state=row["state"],
    )
