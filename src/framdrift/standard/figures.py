"""Figures by office, quarter and group: counts that add up, so that a page can sum what it shows and compute nothing else.

An instance is counted in the quarter of its moment, when it was due or closed, whichever is earlier (what has neither: the
as-of moment), and in the office and team that its case was in then. Source: the contract, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from framdrift.events import Log
from framdrift.standard.all_cases import STATES, Evaluation, by_state
from framdrift.standard.calendar import local_date
from framdrift.standard.engine import (
    date_after,
    end_of_local_day,
    local_day,
    microseconds_of,
    number_at,
    text_at,
    texts_at,
    to_microseconds,
)
from framdrift.standard.model import AgeBelow, Compare, Lasted, Rule, Share, Standard
from framdrift.standard.period import Period, parse_period

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
        found: list[pa.Table] = []
        behind: list[pa.Table] = []
        for rule in standard.rules:
            if isinstance(rule.pattern, Share):
                found.append(work.share(rule, rule.pattern))
            elif not isinstance(rule.pattern, Compare):
                counted, cases = work.count(rule)
                found.append(counted)
                behind.append(cases)
        head = {
            "as_of": evaluation.as_of,
            "known_at": evaluation.known_at,
            **evaluation.placed_log.totals,
            "unknown_kinds": evaluation.unknown_kinds(),
        }
        return Figures(
            pa.concat_tables([FIGURES_SCHEMA.empty_table(), *found]),
            pa.concat_tables([CASES_SCHEMA.empty_table(), *behind]),
            head,
        )


class _Work:
    """The tables that all rules share: where each case was when, and who its job-seeker is."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._placed_log = evaluation.placed_log
        self._keep = evaluation.placed_log.keep
        self._offices = self._keep("stays_office", self._stays("office"))
        self._teams = self._keep("stays_team", self._stays("team"))
        self._facts = self._keep("facts", self._case_facts())
        self._benefits = self._keep("benefits", self._case_benefits())

    def count(self, rule: Rule) -> tuple[pa.Table, pa.Table]:
        """The figures of a rule about single cases, and the cases behind what was late or missed."""
        placed = self._keep("attributed", self._attributed(rule))
        everybody = placed.mutate(dimension=ibis.literal("all"), value=ibis.literal(""))
        facts = placed.join(self._facts, "case_no")
        groups = [everybody, _by(placed.filter(placed.team.notnull()), "team")]
        groups += [_by(facts, name) for name in ("age", "lasted", "sex", "language")]
        groups.append(_by(placed.join(self._benefits, "case_no"), "benefit"))
        counted = [
            self._placed_log.arrow(
                group.group_by("office", "quarter", "dimension", "value").aggregate(**by_state(group))
            )
            for group in groups
        ]
        return _named(rule, pa.concat_tables(counted), FIGURES_SCHEMA), self._behind(rule, placed)

    def share(self, rule: Rule, pattern: Share) -> pa.Table:
        """The figures of a share: its events by the office and quarter in which they happened, and by group."""
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
        return _named(rule, self._placed_log.arrow(counted), FIGURES_SCHEMA)

    def _behind(self, rule: Rule, placed: ir.Table) -> pa.Table:
        failed = placed.filter(placed.state.isin(["late", "missed"]))
        cases = self._placed_log.cases.select("case_no", "case_id")
        failed = failed.join(cases, "case_no")
        counted = failed.group_by("office", "case_id", "quarter").aggregate(
            late=failed.count(where=failed.state == "late"),
            missed=failed.count(where=failed.state == "missed"),
            due=failed.due.max(),
        )
        return _named(rule, self._placed_log.arrow(counted), CASES_SCHEMA)

    def _attributed(self, rule: Rule) -> ir.Table:
        """A rule's instances with their quarter, and the office and team of their case at their moment."""
        found = self._evaluation.instances_of(rule)
        as_of = ibis.literal(to_microseconds(self._evaluation.as_of), dt.int64)
        moment = ibis.least(end_of_local_day(found.due_day), found.due_at, found.closed, as_of)
        found = found.mutate(
            moment=moment,
            quarter=local_day(moment).truncate("Q"),
            due=found.due_day.fill_null(local_day(found.due_at)),
        )
        found = found.select("case_no", "state", "moment", "quarter", "due")
        found = _at_moment(found, self._offices, "office")
        found = _at_moment(found, self._teams, "team")
        return found.mutate(office=found.office.fill_null(""))

    def _stays(self, name: str) -> ir.Table:
        """By case, from which instant until which the latest event that names an office (or team) names this one."""
        existing = self._placed_log.existing
        existing = existing.filter(existing[name].notnull()).select(
            "case_id", "seq", "row", name, at=microseconds_of(existing["at"])
        )
        events = existing.join(self._placed_log.cases.select("case_no", "case_id"), "case_id")
        in_order = ibis.window(group_by=events.case_no, order_by=[events["at"], events.seq, events.row])
        events = events.mutate(before=events[name].lag().over(in_order))
        changes = events.filter(events.before.isnull() | (events.before != events[name]))
        in_order = ibis.window(group_by=changes.case_no, order_by=[changes["at"], changes.seq, changes.row])
        return changes.select("case_no", name, since=changes["at"], until=changes["at"].lead().over(in_order))

    def _case_facts(self) -> ir.Table:
        cases = self._evaluation.openings()
        pattern = _groups_of(self._evaluation.standard)
        age = cases.opening_day.year() - number_at(cases.attributes, "birth_year")
        last = cases.end_day.fill_null(ibis.literal(local_date(self._evaluation.as_of)))
        return cases.select(
            "case_no",
            age=ibis.cases((age.isnull(), "unknown"), (age < pattern.youth, "under_30"), else_="from_30"),
            lasted=ibis.cases(
                (date_after(cases.opening_day, pattern.long_term) <= last, "six_months"), else_="shorter"
            ),
            sex=text_at(cases.attributes, "sex").fill_null("unknown"),
            language=text_at(cases.attributes, "language").fill_null("unknown"),
        )

    def _case_benefits(self) -> ir.Table:
        cases = self._evaluation.openings()
        cases = cases.select("case_no", benefit=texts_at(cases.attributes, "benefits").unnest())
        return cases.distinct()


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


def _at_moment(found: ir.Table, stays: ir.Table, name: str) -> ir.Table:
    """Adds the stay that an instance's moment falls in; ``[since, until)``, so a stay of no length holds nothing."""
    joined = found.left_join(
        stays,
        [
            found.case_no == stays.case_no,
            stays.since <= found.moment,
            (stays.until > found.moment) | stays.until.isnull(),
        ],
    )
    return joined.select(*found.columns, name)


def _named(rule: Rule, table: pa.Table, schema: pa.Schema) -> pa.Table:
    table = table.append_column("requirement", pa.array([rule.id] * table.num_rows, pa.string()))
    table = table.append_column("reading", pa.array([rule.reading or ""] * table.num_rows, pa.string()))
    return table.select(schema.names).cast(schema)
