"""Each pattern over all cases at once: from marked, placed rows to instances, as Ibis expressions.

A row of ``Rows.table`` is an event that some rule asks about: ``case_no``, ``place`` (its order in the case, from 1), ``at``
(microseconds since 1970, UTC), ``day`` (local date), ``midnight`` (whether it is the day's first instant), the bits of
``Marks``, and of its case ``opening_place`` and, null while it runs, ``end_at``, ``end_day`` and ``end_midnight``.

The meaning is the contract's, section 2, as in framdrift.standard.one_case; a test holds both equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from framdrift.standard.engine import date_after, date_variable, instant_variable, truth_variable
from framdrift.standard.marks import Marks, holding
from framdrift.standard.model import (
    Absence,
    CasePattern,
    Compare,
    Content,
    Coverage,
    Precedence,
    Recurring,
    Response,
    Rule,
    Share,
)
from framdrift.standard.period import Period
from framdrift.standard.selector import Selector

_SECOND = 1_000_000
INSTANCE_COLUMNS = ("case_no", "start_place", "target_place", "opened", "due_day", "due_at", "closed", "state")


PLACED = ibis.table(
    {
        "case_no": "int64",
        "place": "int64",
        "at": "int64",
        "day": "date",
        "midnight": "boolean",
        "row": "int64",
        "opening_place": "int64",
        "end_place": "int64",
        "end_at": "int64",
        "end_day": "date",
        "end_midnight": "boolean",
    },
    name="placed",
)


@dataclass(frozen=True)
class Rows:
    """What a rule sees of all cases: the placed rows up to each case's end, or with ``after_end`` all of them and no end.

    The moment they are seen as of is read from the engine's variables ``as_of_at``, ``as_of_day`` and ``as_of_midnight``
    when a query runs, so that a rule's query is the same whatever log it is put to. Due dates in working days are looked
    up in the tables ``working_days_N`` (``day``, ``due_day``).
    """

    marks: Marks
    after_end: bool

    @cached_property
    def table(self) -> ir.Table:
        schema = {**PLACED.schema(), **dict.fromkeys(self.marks.words, dt.int64)}
        placed = ibis.table(schema, name="placed")
        if self.after_end:
            return placed.mutate(
                end_at=ibis.null(dt.int64), end_day=ibis.null(dt.date), end_midnight=ibis.null(dt.boolean)
            )
        return placed.filter((placed.place <= placed.end_place).fill_null(True))

    @property
    def as_of_at(self) -> ir.IntegerValue:
        return instant_variable("as_of_at")

    @property
    def as_of_day(self) -> ir.DateValue:
        return date_variable("as_of_day")

    @property
    def as_of_midnight(self) -> ir.BooleanValue:
        return truth_variable("as_of_midnight")

    def of(self, *selectors: Selector) -> ir.Table:
        return self.table.filter(self.marks.has(self.table, *selectors))

    def with_due(self, table: ir.Table, period: Period | None) -> ir.Table:
        """``table`` (with ``at`` and ``day``) with ``due_day`` or ``due_at``, the other null."""
        nothing = {"due_day": ibis.null(dt.date), "due_at": ibis.null(dt.int64)}
        if period is None:
            return table.mutate(**nothing)
        if period.unit == "span":
            return table.mutate(**{**nothing, "due_at": table.at + period.seconds * _SECOND})
        if period.unit == "working_days":
            days = ibis.table({"day": "date", "due_day": "date"}, name=f"working_days_{period.days}")
            return table.join(days, "day").mutate(due_at=nothing["due_at"])
        return table.mutate(due_day=date_after(table.day, period), due_at=nothing["due_at"])

    def passed(self, table: ir.Table) -> ir.BooleanValue:
        """Whether the due date or instant has passed."""
        return (table.due_day < self.as_of_day).fill_null(False) | (table.due_at < self.as_of_at).fill_null(False)


@dataclass(frozen=True)
class Question:
    """A rule as far as its instances depend on it: what two rules with other titles may share."""

    pattern: CasePattern
    cases: Selector | None
    rows: Rows

    @classmethod
    def of(cls, rule: Rule, marks: Marks) -> Question:
        if isinstance(rule.pattern, Share | Compare):
            raise TypeError(f"{rule.id}: a rule about groups has no instances in cases")
        return cls(rule.pattern, rule.cases, Rows(marks, rule.after_end))

    def instances(self) -> ir.Table:
        """With ``INSTANCE_COLUMNS``: events as their places in the case, instants in microseconds."""
        found = _PATTERNS[type(self.pattern)](self.pattern, self.rows)
        if self.cases is not None:
            found = found.semi_join(self.rows.of(self.cases).select("case_no"), "case_no")
        return found.select(*INSTANCE_COLUMNS)


def working_day_counts(rules: Iterable[Rule]) -> set[int]:
    """For which numbers of working days the rules need a table to look due dates up in."""
    periods = (getattr(rule.pattern, part.name) for rule in rules for part in fields(rule.pattern))
    return {period.days for period in periods if isinstance(period, Period) and period.unit == "working_days"}


def _response(pattern: Response, rows: Rows) -> ir.Table:
    both = rows.of(pattern.trigger, pattern.target)
    is_target = rows.marks.has(both, pattern.target)
    both = both.mutate(is_start=rows.marks.has(both, pattern.trigger), **_next_target(both, is_target))
    starts = rows.with_due(both.filter(both.is_start), pattern.within)
    return _settled(starts, rows)


def _recurring(pattern: Recurring, rows: Rows) -> ir.Table:
    table = rows.table
    is_target = rows.marks.has(table, pattern.target)
    is_start = table.place == table.opening_place if pattern.start is None else rows.marks.has(table, pattern.start)
    both = table.filter(is_target | is_start)
    both = both.mutate(is_target=rows.marks.has(both, pattern.target))
    if pattern.start is None:
        both = both.filter(both.place >= both.opening_place)
    else:
        is_start = rows.marks.has(both, pattern.start)
        started = is_start.max().over(ibis.window(group_by=both.case_no, order_by=both.place, preceding=(None, 0)))
        both = both.mutate(started=started)
        both = both.filter(both.started)
    window = ibis.window(group_by=both.case_no, order_by=both.place)
    borders = both.mutate(
        border_is_target=both.is_target.lead().over(window),
        border_place=both.place.lead().over(window),
        border_at=both.at.lead().over(window),
        border_day=both.day.lead().over(window),
    )
    due = rows.with_due(borders, pattern.every)
    by_target = due.border_is_target.fill_null(False)
    due = due.mutate(
        target_place=ibis.cases((by_target, due.border_place)),
        target_at=ibis.cases((by_target, due.border_at)),
        target_day=ibis.cases((by_target, due.border_day)),
        # A later start that is no target ends the chain before it as the end of the case would.
        end_at=ibis.cases((due.border_place.notnull() & ~by_target, due.border_at), else_=due.end_at),
        end_day=ibis.cases((due.border_place.notnull() & ~by_target, due.border_day), else_=due.end_day),
        restarted=due.border_place.notnull() & ~by_target,
    )
    settled = _settled(due, rows, keep="restarted")
    # What was due before the later start came is missed, whatever the as-of moment: it is not open.
    overdue = settled.restarted & (settled.state == "open")
    return settled.mutate(state=ibis.cases((overdue, "missed"), else_=settled.state))


def _precedence(pattern: Precedence, rows: Rows) -> ir.Table:
    earlier = [pattern.requires, *([pattern.unless] if pattern.unless else [])]
    both = rows.of(pattern.event, *earlier)
    before = ibis.window(group_by=both.case_no, order_by=both.place, preceding=(None, 1))
    place = ibis.cases((rows.marks.has(both, *earlier), both.place)).max().over(before)
    both = both.mutate(is_event=rows.marks.has(both, pattern.event), target_place=place)
    return _event_time(both.filter(both.is_event), met=lambda t: t.target_place.notnull())


def _content(pattern: Content, rows: Rows) -> ir.Table:
    events = rows.of(pattern.event)
    events = events.mutate(holds=rows.marks.has(events, holding(pattern)), target_place=ibis.null(dt.int64))
    return _event_time(events, met=lambda t: t.holds)


def _absence(pattern: Absence, rows: Rows) -> ir.Table:
    selectors = [pattern.event, *([pattern.reset] if pattern.reset else [])]
    both = rows.of(*selectors)
    is_event = rows.marks.has(both, pattern.event)
    is_reset = rows.marks.has(both, pattern.reset) if pattern.reset else ibis.literal(False)
    counted = (is_event & ~is_reset & (both.place >= both.opening_place)).cast("int64")
    running = ibis.window(group_by=both.case_no, order_by=both.place, preceding=(None, 0))
    both = both.mutate(is_event=is_event, is_reset=is_reset, so_far=counted.sum().over(running))
    running = ibis.window(group_by=both.case_no, order_by=both.place, preceding=(None, 0))
    at_reset = ibis.cases((both.is_reset, both.so_far)).max().over(running).fill_null(0)
    both = both.mutate(too_many=both.so_far - at_reset > pattern.at_most)
    cases = both.group_by("case_no").aggregate(
        events=both.is_event.cast("int64").sum(), closed=both.at.min(where=both.too_many)
    )
    cases = cases.filter(cases.events > 0)
    openings = _openings(rows)
    openings = openings.select("case_no", "end_at", start_place=openings.place, opened=openings.at)
    found = cases.join(openings, "case_no")
    return found.mutate(
        # Nothing can come too many times after the end.
        closed=found.closed.fill_null(found.end_at),
        target_place=ibis.null(dt.int64),
        due_day=ibis.null(dt.date),
        due_at=ibis.null(dt.int64),
        state=ibis.cases((found.closed.isnull(), "met"), else_="missed"),
    )


def _coverage(pattern: Coverage, rows: Rows) -> ir.Table:
    cases = rows.with_due(_openings(rows), pattern.after)
    opens = rows.of(pattern.opens)
    # Order within the case is order in time: the first place is the first instant, row and date apart.
    first = opens.group_by("case_no").aggregate(
        first_place=opens.place.min(), first_at=opens.at.min(), first_day=opens.day.min()
    )
    cases = cases.left_join(first, "case_no").drop("case_no_right")
    in_time = _by(cases, cases.first_day, cases.first_at)
    cases = cases.mutate(
        first_place=ibis.cases((in_time, cases.first_place)), first_at=ibis.cases((in_time, cases.first_at))
    )
    gaps = _gaps(pattern, rows, cases)
    cases = cases.left_join(gaps, "case_no").drop("case_no_right")
    ended = _by(cases, cases.end_day, cases.end_at)
    unopened = cases.first_at.isnull()
    gap_at = cases.gap_at
    return cases.select(
        "case_no",
        "due_day",
        "due_at",
        start_place=cases.place,
        target_place=cases.first_place,
        opened=cases.at,
        closed=ibis.cases(
            (ended & unopened, cases.end_at),
            (ended, cases.first_at),
            (~rows.passed(cases), ibis.null(dt.int64)),
            (gap_at.notnull(), gap_at),
            else_=cases.first_at,
        ),
        state=ibis.cases(
            (ended & unopened, "void"),
            (ended, "met"),
            (~rows.passed(cases), "open"),
            (unopened | gap_at.notnull(), "missed"),
            else_="met",
        ),
    )


def _gaps(pattern: Coverage, rows: Rows, cases: ir.Table) -> ir.Table:
    """By case, when the first `closes` came after which some instant past the due date goes by before the next `opens`."""
    both = rows.of(pattern.opens, pattern.closes)
    is_opens = rows.marks.has(both, pattern.opens)
    following = ibis.window(group_by=both.case_no, order_by=both.place, following=(1, None))
    both = both.mutate(
        is_opens=is_opens,
        next_at=ibis.cases((is_opens, both.at)).min().over(following),
        next_day=ibis.cases((is_opens, both.day)).min().over(following),
    )
    both = both.mutate(next_place=ibis.cases((both.is_opens, both.place)).min().over(following))
    closes = both.filter(~both.is_opens)
    dues = cases.select("case_no", "first_place", "due_day", "due_at")
    closes = closes.join(dues, "case_no")
    closes = closes.filter(closes.place > closes.first_place)
    opens = rows.of(pattern.opens)
    opens = opens.select("case_no", next_place=opens.place, next_midnight=opens.midnight)
    closes = closes.left_join(opens, ["case_no", "next_place"]).drop("case_no_right", "next_place_right")
    last_at = closes.next_at.fill_null(closes.end_at).fill_null(rows.as_of_at)
    last_day = closes.next_day.fill_null(closes.end_day).fill_null(rows.as_of_day)
    last_midnight = closes.next_midnight.fill_null(closes.end_midnight).fill_null(rows.as_of_midnight)
    day_after = (closes.due_day.cast("timestamp") + ibis.interval(days=1)).cast("date")
    past_due = ((last_day > closes.due_day) & ~((last_day == day_after) & last_midnight)).fill_null(False) | (
        last_at > closes.due_at
    ).fill_null(False)
    uncovered = closes.filter((last_at > closes.at) & past_due)
    return uncovered.group_by("case_no").aggregate(gap_at=uncovered.at.min())


def _openings(rows: Rows) -> ir.Table:
    return rows.table.filter(rows.table.place == rows.table.opening_place)


def _next_target(table: ir.Table, is_target: ir.BooleanValue) -> dict[str, ir.Value]:
    """Of the first later row that is a target: order within the case is order in time, so the least is the first."""
    following = ibis.window(group_by=table.case_no, order_by=table.place, following=(1, None))
    return {
        f"target_{name}": ibis.cases((is_target, table[name])).min().over(following) for name in ("place", "at", "day")
    }


def _by(table: ir.Table, day: ir.DateValue, at: ir.IntegerValue) -> ir.BooleanValue:
    """Whether a date (for dates) or an instant (for spans) is no later than due; false where either is null."""
    return (day <= table.due_day).fill_null(False) | (at <= table.due_at).fill_null(False)


def _settled(table: ir.Table, rows: Rows, keep: str | None = None) -> ir.Table:
    """Instances of a table with a start, its due date or instant, and the first target after it."""
    came = table.target_at.notnull()
    undated = table.due_day.isnull() & table.due_at.isnull()
    in_time = undated | _by(table, table.target_day, table.target_at)
    ended = table.end_at.notnull()
    void = ~undated & _by(table, table.end_day, table.end_at)
    return table.select(
        "case_no",
        "target_place",
        "due_day",
        "due_at",
        *([keep] if keep else []),
        start_place=table.place,
        opened=table.at,
        closed=ibis.cases((came, table.target_at), (void | (undated & ended), table.end_at)),
        state=ibis.cases(
            (came & in_time, "met"),
            (came, "late"),
            (void, "void"),
            (undated & ended, "missed"),
            (rows.passed(table), "missed"),
            else_="open",
        ),
    )


def _event_time(table: ir.Table, *, met: Callable[[ir.Table], ir.BooleanValue]) -> ir.Table:
    return table.select(
        "case_no",
        "target_place",
        start_place=table.place,
        opened=table.at,
        due_day=ibis.null(dt.date),
        due_at=ibis.null(dt.int64),
        closed=table.at,
        state=ibis.cases((met(table), "met"), else_="missed"),
    )


_PATTERNS: dict[type[CasePattern], Callable[[Any, Rows], ir.Table]] = {
    Response: _response,
    Recurring: _recurring,
    Precedence: _precedence,
    Content: _content,
    Absence: _absence,
    Coverage: _coverage,
}
