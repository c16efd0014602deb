"""Figures by office, quarter and group: counts that add up, so that a page can sum what it shows and compute nothing else.

An instance is counted in the quarter of its moment, when it was due or closed, whichever is earlier (what has neither: the
as-of moment), and in the office and team that its case was in then. Source: the contract, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from framdrift.events import Log
from framdrift.events.vocabulary import CLOSES_CASE
from framdrift.standard.all_cases import STATES, Evaluation, by_state
from framdrift.standard.calendar import local_date
from framdrift.standard.engine import (
    compiled,
    date_after,
    end_of_local_day,
    local_day,
    microseconds_of,
    number_at,
    text_at,
    texts_at,
)
from framdrift.standard.model import AgeBelow, Compare, Lasted, Rule, Share, Standard
from framdrift.standard.period import Period, parse_period
from framdrift.standard.set_patterns import Question

YOUTH = 30
LONG_TERM = parse_period("P6M")

FIGURES_SCHEMA = pa.schema(
    [
        ("office", pa.string()),
        ("requirement", pa.string()),
        ("reading", pa.string()),
        ("quarter", pa.date32()),
        ("dimension", pa.string()),
        ("value", pa.string()),
        *((state, pa.int64()) for state in STATES),
    ]
)
CASES_SCHEMA = pa.schema(
    [
        ("office", pa.string()),
        ("requirement", pa.string()),
        ("reading", pa.string()),
        ("case_id", pa.string()),
        ("quarter", pa.date32()),
        ("late", pa.int64()),
        ("missed", pa.int64()),
        ("due", pa.date32()),
    ]
)


@dataclass(frozen=True)
class Figures:
    """``figures`` in FIGURES_SCHEMA, ``cases`` (those with a late or missed instance) in CASES_SCHEMA, ``head``: the log.

    ``dimension`` is ``all`` (value ``''``), ``team``, ``age`` (``under_30``, ``from_30``, ``unknown``), ``lasted``
    (``six_months``, ``shorter``), ``sex``, ``language``, ``benefit`` (a case may have several), or for a share ``group``: then
    ``met`` counts the events that match and ``missed`` the others. A compare has no rows: it follows from those of the rule
    it compares. ``reading`` is ``''`` where there is one; ``office`` is ``''`` where the log names none.
    """

    figures: pa.Table
    cases: pa.Table
    head: dict[str, Any]


def figures(
    standard: Standard, log: Log, *, as_of: date | datetime | None = None, known_at: date | datetime | None = None
) -> Figures:
    """Holds ``log`` against ``standard`` and counts by office, quarter and group. Moments as in ``conformity``."""
    with Evaluation(standard, log, as_of=as_of, known_at=known_at) as evaluation:
        work = _Work(evaluation)
        for number, rule in enumerate(standard.rules):
            if isinstance(rule.pattern, Share):
                work.count_share(number, rule, rule.pattern)
            elif not isinstance(rule.pattern, Compare):
                work.attribute(number, rule)
        work.count()
        head = {
            "as_of": evaluation.as_of,
            "known_at": evaluation.known_at,
            "cases": evaluation.placed_log.totals["cases"],
            "events": evaluation.placed_log.totals["events"],
            "ignored_after_end": evaluation.placed_log.totals["ignored"],
            "unknown_kinds": evaluation.unknown_kinds(),
        }
        return Figures(work.figures(), work.behind(), head)


_ATTRIBUTED = ibis.table(
    {
        "rule_no": "int64",
        "case_no": "int64",
        "state": "string",
        "office": "string",
        "team": "string",
        "quarter": "date",
        "due": "date",
    },
    name="attributed",
)
_COUNTED_SCHEMA = {
    "rule_no": "int64",
    "office": "string",
    "quarter": "date",
    "dimension": "string",
    "value": "string",
    **dict.fromkeys(STATES, "int64"),
}
_FACTS = ibis.table({"case_no": "int64", **dict.fromkeys(("age", "lasted", "sex", "language"), "string")}, name="facts")
_BENEFITS = ibis.table({"case_no": "int64", "benefit": "string"}, name="benefits")


class _Work:
    """The tables that all rules share: where each case was when, who its job-seeker is, each instance with its moment."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._placed_log = evaluation.placed_log
        keep = evaluation.placed_log.keep
        for name in ("office", "team"):
            for after_end in {rule.after_end for rule in evaluation.standard.rules}:
                keep(_stays_name(name, after_end=after_end), self._stays(name, after_end=after_end))
        keep("facts", self._case_facts())
        keep("benefits", self._case_benefits())
        for table in (_ATTRIBUTED, ibis.table(_COUNTED_SCHEMA, name="counted")):
            self._placed_log.keep_empty(table)

    def attribute(self, number: int, rule: Rule) -> None:
        """Adds a rule's instances with their quarter, and the office and team of their case at their moment."""
        self._insert("attributed", _ATTRIBUTED.columns, number, _attributing(self._evaluation.question(rule)))

    def count_share(self, number: int, rule: Rule, pattern: Share) -> None:
        """Counts the events of a share by the office and quarter in which they happened, and by group."""
        events = self._evaluation.among_events(rule, pattern)
        events = events.mutate(
            office=events.office.fill_null(""),
            quarter=events.day.truncate("Q"),
            dimension=ibis.literal("group"),
            value=events.group,
        )
        counted = events.group_by("office", "quarter", "dimension", "value").aggregate(
            met=events.count(where=events.matches),
            late=ibis.literal(0),
            missed=events.count(where=~events.matches),
            open=ibis.literal(0),
            void=ibis.literal(0),
        )
        self._insert("counted", tuple(_COUNTED_SCHEMA), number, compiled(counted))

    def count(self) -> None:
        """Counts what has been attributed, of everybody and by every group."""
        for sql in _grouping():
            self._placed_log.run(f"insert into counted by name {sql}")

    def figures(self) -> pa.Table:
        return self._named("select * from counted", FIGURES_SCHEMA)

    def behind(self) -> pa.Table:
        """The cases behind what was late or missed."""
        return self._named(
            """select rule_no, office, case_id, quarter, count(*) filter (state = 'late') as late,
            count(*) filter (state = 'missed') as missed, max(due) as due
            from attributed join cases using (case_no) where state in ('late', 'missed') group by all""",
            CASES_SCHEMA,
        )

    def _insert(self, table: str, columns: Iterable[str], number: int, sql: str) -> None:
        listed = ", ".join(str(number) if column == "rule_no" else column for column in columns)
        self._placed_log.run(f"insert into {table} select {listed} from ({sql})")

    def _named(self, sql: str, schema: pa.Schema) -> pa.Table:
        """A result with ``requirement`` and ``reading`` in the place of the number of the rule."""
        rules = self._evaluation.standard.rules
        found = self._placed_log.run(sql).to_arrow_table()
        numbers = found.column("rule_no").to_pylist()
        found = found.append_column("requirement", pa.array([rules[number].id for number in numbers], pa.string()))
        readings = [rules[number].reading or "" for number in numbers]
        found = found.append_column("reading", pa.array(readings, pa.string()))
        return found.select(schema.names).cast(schema)

    def _stays(self, name: str, *, after_end: bool) -> ir.Table:
        """By case, from which instant until which the latest event that names an office (or team) names this one.

        What comes after the end of a case takes it nowhere, but for the rules that look beyond it.
        """
        existing = self._placed_log.existing
        events = existing.select("case_id", "kind", "seq", "row", name, at=microseconds_of(existing["at"]))
        events = events.join(self._placed_log.cases.select("case_no", "case_id"), "case_id")
        if not after_end:
            earlier = ibis.window(
                group_by=events.case_no, order_by=[events["at"], events.seq, events.row], preceding=(None, 1)
            )
            events = events.mutate(is_over=(events.kind == CLOSES_CASE).max().over(earlier).fill_null(False))
            events = events.filter(~events.is_over)
        events = events.filter(events[name].notnull())
        in_order = ibis.window(group_by=events.case_no, order_by=[events["at"], events.seq, events.row])
        events = events.mutate(before=events[name].lag().over(in_order))
        changes = events.filter(events.before.isnull() | (events.before != events[name]))
        in_order = ibis.window(group_by=changes.case_no, order_by=[changes["at"], changes.seq, changes.row])
        return changes.select("case_no", name, since=changes["at"], until=changes["at"].lead().over(in_order))

    def _case_facts(self) -> ir.Table:
        cases = self._evaluation.openings()
        groups = _groups_of(self._evaluation.standard)
        age = cases.opening_day.year() - number_at(cases.attributes, "birth_year")
        last = cases.end_day.fill_null(ibis.literal(local_date(self._evaluation.as_of)))
        has_lasted = date_after(cases.opening_day, groups.long_term) <= last
        return cases.select(
            "case_no",
            age=ibis.cases((age.isnull(), "unknown"), (age < groups.youth, "under_30"), else_="from_30"),
            lasted=ibis.cases((has_lasted, "six_months"), else_="shorter"),
            sex=text_at(cases.attributes, "sex").fill_null("unknown"),
            language=text_at(cases.attributes, "language").fill_null("unknown"),
        )

    def _case_benefits(self) -> ir.Table:
        cases = self._evaluation.openings()
        return cases.select("case_no", benefit=texts_at(cases.attributes, "benefits").unnest()).distinct()


def _stays_name(name: str, *, after_end: bool) -> str:
    return f"stays_{name}_beyond_end" if after_end else f"stays_{name}"


@lru_cache(maxsize=1024)
def _attributing(question: Question) -> str:
    """The query of a rule's instances with their quarter, office and team."""
    found = question.instances()
    moment = ibis.least(end_of_local_day(found.due_day), found.due_at, found.closed, question.rows.as_of_at)
    found = found.mutate(moment=moment, due=found.due_day.fill_null(local_day(found.due_at)))
    found = found.mutate(quarter=local_day(found.moment).truncate("Q"))
    found = found.select("case_no", "state", "moment", "quarter", "due")
    for name in ("office", "team"):
        stays = ibis.table(
            {"case_no": "int64", name: "string", "since": "int64", "until": "int64"},
            name=_stays_name(name, after_end=question.rows.after_end),
        )
        # [since, until): a stay of no length holds nothing.
        within = (stays.since <= found.moment) & ((stays.until > found.moment) | stays.until.isnull())
        columns = found.columns
        found = found.left_join(stays, [found.case_no == stays.case_no, within]).select(*columns, name)
    return compiled(found.mutate(office=found.office.fill_null("")))


@lru_cache(maxsize=1)
def _grouping() -> list[str]:
    """The queries that count attributed instances: of everybody, and by every group."""
    with_facts = _ATTRIBUTED.join(_FACTS, "case_no")
    groups = [_ATTRIBUTED.mutate(dimension=ibis.literal("all"), value=ibis.literal(""))]
    groups.append(_by(_ATTRIBUTED.filter(_ATTRIBUTED.team.notnull()), "team"))
    groups += [_by(with_facts, name) for name in ("age", "lasted", "sex", "language")]
    groups.append(_by(_ATTRIBUTED.join(_BENEFITS, "case_no"), "benefit"))
    keys = ("rule_no", "office", "quarter", "dimension", "value")
    return [compiled(group.group_by(*keys).aggregate(**by_state(group))) for group in groups]


@dataclass(frozen=True)
class _Groups:
    youth: int = YOUTH
    long_term: Period = LONG_TERM


def _groups_of(standard: Standard) -> _Groups:
    """Who counts as youth and as long-term: as the standard compares them, else as nav-2012 does."""
    compared = [rule.pattern.group for rule in standard.rules if isinstance(rule.pattern, Compare)]
    youth = next((group.years for group in compared if isinstance(group, AgeBelow)), YOUTH)
    long_term = next((group.period for group in compared if isinstance(group, Lasted)), LONG_TERM)
    return _Groups(youth, long_term)


def _by(table: ir.Table, dimension: str) -> ir.Table:
    return table.mutate(dimension=ibis.literal(dimension), value=table[dimension])
