"""What the pages read. Their number depends on neither cases nor events: only stored sums are read."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from framdrift.casework.cases.models import Case
from framdrift.casework.conformity.judging import StoredFigures
from framdrift.casework.conformity.models import COUNTS, Figure, FigureCase, Report, State
from framdrift.casework.conformity.suppression import Count
from framdrift.casework.offices.models import Office, Team
from framdrift.casework.people.protection import Protection
from framdrift.casework.people.queries import cleared
from framdrift.standard.verdicts import Counts, RuleKey

CASES_PER_PAGE = 50
GROUP_DIMENSIONS = ("age", "lasted", "sex", "language", "benefit")
_JUDGED_BY_GROUP = ("group", "age", "lasted")
_ALL_TIME = date.min


@dataclass(frozen=True, slots=True)
class OfficeName:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a report is of and what it rests on."""

    id: uuid.UUID
    office: OfficeName
    standard: str
    as_of: datetime
    finished_at: datetime
    cases: int
    events: int
    ignored_after_end: int
    unknown_kinds: dict[str, int]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The latest computation asked for: under way, failed, or finished."""

    state: State
    step: str
    requested_at: datetime

    @property
    def is_under_way(self) -> bool:
        return self.state in (State.REQUESTED, State.RUNNING)

    @property
    def has_failed(self) -> bool:
        return self.state == State.FAILED


@dataclass(frozen=True, slots=True)
class CaseBehind:
    case: str
    quarter: date
    due: date | None
    late: int
    missed: int


def office_named(code: str) -> OfficeName | None:
    name = Office.objects.filter(code=code).values_list("name", flat=True).first()
    return None if name is None else OfficeName(code, name)


def teams_of(office: str) -> list[OfficeName]:
    rows = Team.objects.filter(office__code=office).order_by("name").values_list("code", "name")
    return [OfficeName(*row) for row in rows]


def latest_attempt(office: str, standard: str) -> Attempt | None:
    row = (
        Report.objects.filter(office__code=office, standard=standard)
        .order_by("-requested_at")
        .values_list("state", "step", "requested_at")
        .first()
    )
    return None if row is None else Attempt(State(row[0]), row[1], row[2])


def latest_heads(standard: str | None = None, office: str | None = None) -> list[Head]:
    """The newest finished report of each office and standard, largest office first."""
    rows = Report.objects.filter(state=State.FINISHED).select_related("office")
    if standard is not None:
        rows = rows.filter(standard=standard)
    if office is not None:
        rows = rows.filter(office__code=office)
    newest = rows.order_by("office", "standard", "-finished_at").distinct("office", "standard")
    return sorted((_head(row) for row in newest), key=lambda head: (-head.cases, head.office.name))


def _head(row: Report) -> Head:
    if row.as_of is None or row.finished_at is None:
        raise ValueError("an unfinished report has no head")
    return Head(
        row.pk,
        OfficeName(row.office.code, row.office.name),
        row.standard,
        row.as_of,
        row.finished_at,
        row.cases,
        row.events,
        row.ignored_after_end,
        row.unknown_kinds,
    )


def offices() -> list[OfficeName]:
    return [OfficeName(*row) for row in Office.objects.order_by("name").values_list("code", "name")]


def stored_figures(
    report: uuid.UUID, *, quarters: Collection[date] | None = None, team: str | None = None
) -> StoredFigures:
    """Two queries. ``quarters`` limits the groups; the totals carry theirs. A team has totals and no groups."""
    whole = Figure.objects.filter(report=report)
    shown = whole.filter(dimension="all") if team is None else whole.filter(dimension="team", value=team)
    totals: defaultdict[RuleKey, dict[date, Counts]] = defaultdict(dict)
    for requirement, reading, quarter, *counts in shown.values_list("requirement", "reading", "quarter", *COUNTS):
        totals[requirement, reading or None][quarter] = Counts(*counts)
    groups: defaultdict[RuleKey, defaultdict[str, dict[str, Counts]]] = defaultdict(lambda: defaultdict(dict))
    if team is None:
        judged = _of_quarters(whole.filter(dimension__in=_JUDGED_BY_GROUP), quarters)
        for requirement, reading, dimension, value, *counts in _summed(judged):
            groups[requirement, reading or None][dimension][value] = Counts(*counts)
    return StoredFigures(totals, groups)


def stored_figures_of(reports: Collection[uuid.UUID]) -> dict[uuid.UUID, StoredFigures]:
    """The sums of whole offices over all their time, for an overview. Two queries for all of them."""
    found: dict[uuid.UUID, tuple[defaultdict, defaultdict]] = {  # type: ignore[type-arg]
        report: (defaultdict(dict), defaultdict(lambda: defaultdict(dict))) for report in reports
    }
    rows = Figure.objects.filter(report__in=list(reports))
    for report, requirement, reading, _, _, *counts in _summed(rows.filter(dimension="all"), "report"):
        found[report][0][requirement, reading or None][_ALL_TIME] = Counts(*counts)
    for report, requirement, reading, dimension, value, *counts in _summed(
        rows.filter(dimension__in=_JUDGED_BY_GROUP), "report"
    ):
        found[report][1][requirement, reading or None][dimension][value] = Counts(*counts)
    return {report: StoredFigures(*parts) for report, parts in found.items()}


def counts_by_group(report: uuid.UUID, rule: RuleKey) -> dict[str, dict[str, Count]]:
    """Closed instances of one rule by dimension and value, over the whole time of the report. One query."""
    rows = Figure.objects.filter(
        report=report, requirement=rule[0], reading=rule[1] or "", dimension__in=GROUP_DIMENSIONS
    )
    found: dict[str, dict[str, Count]] = {dimension: {} for dimension in GROUP_DIMENSIONS}
    for _, _, dimension, value, met, late, missed, _, _ in _summed(rows):
        if met + late + missed:
            found[dimension][value] = Count(met, late + missed)
    return found


def _of_quarters(rows: QuerySet[Figure], quarters: Collection[date] | None) -> QuerySet[Figure]:
    return rows if quarters is None else rows.filter(quarter__in=list(quarters))


def _summed(rows: QuerySet[Figure], *by: str) -> list[tuple]:  # type: ignore[type-arg]
    keys = (*by, "requirement", "reading", "dimension", "value")
    sums = {f"sum_{count}": Sum(count) for count in COUNTS}
    return list(rows.order_by().values(*keys).annotate(**sums).values_list(*keys, *sums))


def cases_behind(
    report: uuid.UUID,
    rule: RuleKey,
    *,
    quarters: Collection[date] | None,
    after: tuple[date, str] | None,
    clearance: Protection,
) -> tuple[list[CaseBehind], bool]:
    """One page of the cases that were late or missed, newest quarter first; whether more follow. Cases of people one
    is not cleared for are not among them.

    ``after`` is the last row of the page before (its quarter and case): the page is found by index, however far in.
    """
    rows = FigureCase.objects.filter(report=report, requirement=rule[0], reading=rule[1] or "")
    beyond = Case.objects.exclude(cleared(clearance)).filter(pk=OuterRef("case_id"))
    rows = rows.filter(~Exists(beyond))
    if quarters is not None:
        rows = rows.filter(quarter__in=list(quarters))
    if after is not None:
        quarter, case = after
        rows = rows.filter(Q(quarter__lt=quarter) | Q(quarter=quarter, case_id__gt=case), quarter__lte=quarter)
    in_order = rows.order_by("-quarter", "case_id").values_list("case_id", "quarter", "due", "late", "missed")
    found = list(in_order[: CASES_PER_PAGE + 1])
    page = [CaseBehind(*row) for row in found[:CASES_PER_PAGE]]
    return page, len(found) > CASES_PER_PAGE
