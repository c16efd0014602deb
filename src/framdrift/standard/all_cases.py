"""A standard held against all cases of a log at once, by Ibis on DuckDB.

One scan marks each event with the selectors it matches (framdrift.standard.marks); what no rule asks about is dropped
(framdrift.standard.placing); each rule is then a window over the few rows it needs (framdrift.standard.set_patterns).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import ibis
import ibis.expr.types as ir

from framdrift.events import KINDS, Log
from framdrift.standard.calendar import local_date
from framdrift.standard.engine import compiled, date_after, from_microseconds, number_at
from framdrift.standard.instance import Instance
from framdrift.standard.model import AgeBelow, Compare, Rule, Share, Standard
from framdrift.standard.placing import PlacedLog
from framdrift.standard.set_patterns import Question, Rows
from framdrift.standard.verdicts import Counts, RuleKey, compare_counts, share_counts

STATES = ("met", "late", "missed", "open", "void")


class Evaluation:
    """A log held against a standard; a context manager that takes its tables with it. Moments as in ``PlacedLog``."""

    def __init__(
        self, standard: Standard, log: Log, *, as_of: date | datetime | None, known_at: date | datetime | None
    ) -> None:
        self.standard = standard
        self.placed_log = PlacedLog(standard.rules, log, as_of=as_of, known_at=known_at)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.placed_log.drop()

    @property
    def as_of(self) -> datetime:
        return self.placed_log.as_of

    @property
    def known_at(self) -> datetime | None:
        return self.placed_log.known_at

    def unknown_kinds(self) -> dict[str, int]:
        """Events of kinds outside the vocabulary, by kind, most first."""
        events = self.placed_log.existing
        unknown = events.filter(events.kind.notin([*KINDS]))
        counted = unknown.group_by("kind").aggregate(n=unknown.count()).order_by(ibis.desc("n"), "kind")
        return {row["kind"]: row["n"] for row in self.placed_log.fetched(compiled(counted))}

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
                row = self.placed_log.fetched(_counting(self.question(rule)))[0]
                cases_missed[rule.key] = row.pop("cases_missed")
                counts[rule.key] = Counts(**row)
        return counts, cases_missed

    def instances(self) -> Iterator[Instance]:
        """Every instance of every rule about single cases, as framdrift.standard.one_case gives them for one case."""
        placed = self.placed_log.placed
        events = placed.join(self.placed_log.existing.select("row", "event_id"), "row")
        starts = events.select("case_no", start_place=events.place, start=events.event_id)
        targets = events.select("case_no", target_place=events.place, target=events.event_id)
        cases = self.placed_log.cases.select("case_no", "case_id")
        for rule in self.standard.rules:
            if isinstance(rule.pattern, Share | Compare):
                continue
            found = self.question(rule).instances().join(cases, "case_no")
            found = found.join(starts, ["case_no", "start_place"]).left_join(targets, ["case_no", "target_place"])
            for row in self.placed_log.fetched(compiled(found.order_by("case_id", "start_place"))):
                yield _instance(rule, row)

    def among_events(self, rule: Rule, pattern: Share) -> ir.Table:
        """The ``among`` events with their ``group``, whether each ``matches`` ``of``, their ``office`` and ``day``."""
        rows = Rows(self.placed_log.marks, rule.after_end)
        among = rows.of(pattern.among)
        if rule.cases is not None:
            among = among.semi_join(rows.of(rule.cases).select("case_no"), "case_no")
        among = among.mutate(matches=rows.marks.has(among, pattern.of)).select("row", "matches", "day", "case_no")
        events = self.placed_log.existing
        among = among.join(events.select("row", "office", group=events[pattern.per]), "row")
        return among.filter(among.group.notnull())

    def openings(self) -> ir.Table:
        """The cases with the ``attributes`` of the event that opens each."""
        events = self.placed_log.existing
        return self.placed_log.cases.join(events.select("attributes", opening_row=events.row), "opening_row")

    def question(self, rule: Rule) -> Question:
        """What ``rule`` asks of this log's placed rows."""
        return Question.of(rule, self.placed_log.marks)

    def _shares(self, rule: Rule, pattern: Share) -> dict[str, tuple[int, int]]:
        events = self.among_events(rule, pattern)
        groups = events.group_by("group").aggregate(matching=events.count(where=events.matches), total=events.count())
        rows = self.placed_log.fetched(compiled(groups))
        return {row["group"]: (row["matching"], row["total"]) for row in rows}

    def _comparison(self, rule: Rule, pattern: Compare) -> Counts:
        compared = self.question(self.standard.by_key[pattern.of]).instances()
        if rule.cases is not None:
            rows = Rows(self.placed_log.marks, rule.after_end)
            compared = compared.semi_join(rows.of(rule.cases).select("case_no"), "case_no")
        compared = compared.join(self._groups_of_cases(pattern), "case_no")
        sides = {False: Counts(), True: Counts()}
        counted = compared.group_by("in_group").aggregate(**by_state(compared))
        for row in self.placed_log.fetched(compiled(counted)):
            side = row.pop("in_group")
            sides[side] = Counts(**row)
        return compare_counts(pattern, sides[True], sides[False])

    def _groups_of_cases(self, pattern: Compare) -> ir.Table:
        """By case: whether it is ``in_group``. Who is not known to be in it is among the others."""
        if isinstance(pattern.group, AgeBelow):
            cases = self.openings()
            belongs = cases.opening_day.year() - number_at(cases.attributes, "birth_year") < pattern.group.years
        else:
            cases = self.placed_log.cases
            last = cases.end_day.fill_null(ibis.literal(local_date(self.as_of)))
            belongs = date_after(cases.opening_day, pattern.group.period) <= last
        return cases.select("case_no", in_group=belongs.fill_null(False))


@lru_cache(maxsize=1024)
def _counting(question: Question) -> str:
    """The query that counts a rule's instances: writing it takes longer than running it on a small log."""
    found = question.instances()
    missed = found.case_no.nunique(where=found.state.isin(["late", "missed"]))
    return compiled(found.aggregate(cases_missed=missed, **by_state(found)))


def by_state(found: ir.Table) -> dict[str, ir.IntegerScalar]:
    """The number of instances in each state, for an aggregate."""
    return {state: found.count(where=found.state == state) for state in STATES}


def _instance(rule: Rule, row: Mapping[str, Any]) -> Instance:
    return Instance(
        case_id=row["case_id"],
        requirement=rule.id,
        reading=rule.reading,
        start=row["start"],
        target=row["target"],
        opened=from_microseconds(row["opened"]),
        due=row["due_day"] if row["due_at"] is None else from_microseconds(row["due_at"]),
        closed=None if row["closed"] is None else from_microseconds(row["closed"]),
        state=row["state"],
    )
