"""Reports as a computation would have stored them, without computing: offices of any size, with figures one can
foresee.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from django.db import connection
from walls import working_as_owner

from framdrift.casework.conformity.models import FigureCase, Report, State
from framdrift.casework.offices.models import Office, OfficeMembership, Staff, Team
from framdrift.casework.offices.roles import Role
from framdrift.standard import Rule, load
from framdrift.standard.model import Compare, Share
from framdrift.standard.verdicts import Counts

QUARTERS = (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1))
AS_OF = datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
COMPUTED = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)
# Out of a hundred: met, late, missed. What is not named here is met by 75, late by 15, missed by 10.
PRACTICE = {
    ("R1", None): (94, 5, 1),
    ("R2", "strict"): (47, 0, 53),
    ("R2", "lenient"): (81, 0, 19),
    ("R5", "early"): (24, 56, 20),
    ("R6", "strict"): (18, 34, 48),
    ("R6", "routine"): (71, 16, 13),
    ("R6", "lenient"): (100, 0, 0),
    ("R19", None): (23, 0, 77),
}
USUAL = (75, 15, 10)
# How each hundred is spread over groups: value and its part. The last group of a dimension takes what is left.
GROUPS: dict[str, tuple[tuple[str, int], ...]] = {
    "age": (("under_30", 26), ("from_30", 74)),
    "lasted": (("six_months", 47), ("shorter", 53)),
    "sex": (("female", 48), ("male", 52)),
    "language": (("nb", 74), ("so", 1), ("en", 25)),
}
BENEFITS = (("dagpenger", 44), ("sosialhjelp", 21), ("none", 40))


@dataclass(frozen=True, slots=True)
class Place:
    office: Office
    leader: Staff


def place(code: str, name: str) -> Place:
    """An office with a leader and two teams."""
    office = Office.objects.create(code=code, name=name)
    for team in ("korttid", "oot"):
        Team.objects.create(office=office, code=team, name=team)
    leader = Staff.objects.create(username=f"leader-{code}", name=f"Leder {name}")
    member(leader, office, Role.OFFICE_LEADER)
    return Place(office, leader)


def member(staff: Staff, office: Office, role: Role, *, last_day: date | None = None) -> None:
    OfficeMembership.objects.create(
        staff=staff, office=office, role=role, first_day=date(2020, 1, 1), last_day=last_day
    )


def analyst(office: Office) -> Staff:
    staff = Staff.objects.create(username=f"analyst-{office.code}", name="Analytiker")
    member(staff, office, Role.ANALYST)
    return staff


@dataclass(frozen=True, slots=True)
class Town:
    """A small office and a large one, each with its leader, and those of the small one who may see less."""

    small: Place
    large: Place
    analyst: Staff
    advisor: Staff
    former_leader: Staff
    stranger: Staff


def make_town() -> Town:
    small, large = place("lillevik", "Lillevik"), place("storhavn", "Storhavn")
    advisor = Staff.objects.create(username="advisor", name="Veileder")
    member(advisor, small.office, Role.ADVISOR)
    former = Staff.objects.create(username="former", name="Forrige leder")
    member(former, small.office, Role.OFFICE_LEADER, last_day=date(2024, 12, 31))
    stranger = Staff.objects.create(username="stranger", name="Uten rolle")
    return Town(small, large, analyst(small.office), advisor, former, stranger)


def measure_town(town: Town) -> None:
    """Figures for both offices, and so many cases behind one of them that they fill three pages."""
    stored_report(town.small.office, cases_behind=130)
    stored_report(town.large.office, size=7)


def stored_report(office: Office, *, size: int = 1, cases_behind: int = 0, as_of: datetime = AS_OF) -> Report:
    """``size`` hundreds of instances of each rule and quarter; ``cases_behind`` cases late in R6/strict."""
    standard = load("nav-2012")
    report = Report.objects.create(
        office=office,
        standard=standard.id,
        state=State.FINISHED,
        requested_at=COMPUTED,
        started_at=COMPUTED,
        finished_at=COMPUTED,
        as_of=as_of,
        cases=390 * size,
        events=12_345 * size,
        ignored_after_end=7,
        unknown_kinds={"coffee_offered": 3},
    )
    columns = ", ".join(_COLUMNS)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY conformity_figure (report_id, {columns}) FROM STDIN") as copy,
    ):
        for row in _rows(size):
            copy.write_row((report.pk, *row))
    store_cases(report, (f"case-{number:07}" for number in range(cases_behind)))
    return report


def store_cases(report: Report, cases: Iterable[str]) -> None:
    rows = [
        FigureCase(
            report=report,
            requirement="R6",
            reading="strict",
            quarter=QUARTERS[number % 4],
            case_id=case,
            late=number % 2,
            missed=1 - number % 2,
            due=QUARTERS[number % 4].replace(day=28),
        )
        for number, case in enumerate(cases)
    ]
    with working_as_owner():  # who measures reaches them; a test that only looks at them need not measure
        FigureCase.objects.bulk_create(rows, batch_size=5_000)


_COLUMNS = ("requirement", "reading", "quarter", "dimension", "value", "met", "late", "missed", "open", "void")
Row = tuple[object, ...]


@cache
def _rows(size: int) -> tuple[Row, ...]:
    return tuple(row for rule in load("nav-2012").rules for row in _figures(rule, size))


def _figures(rule: Rule, size: int) -> Iterator[Row]:
    if isinstance(rule.pattern, Compare):
        return
    for place_in_time, quarter in enumerate(QUARTERS):
        if isinstance(rule.pattern, Share):
            for actor in range(5):
                counts = Counts(met=20 * size - (actor > 0), missed=int(actor > 0))
                yield _figure(rule, quarter, ("group", f"advisor-{actor}"), counts)
            continue
        met, late, missed = PRACTICE.get(rule.key, USUAL)
        moved = min(place_in_time, late, 100 - met)
        whole = Counts((met + moved) * size, (late - moved) * size, missed * size, 3 * size, 2 * size)
        yield _figure(rule, quarter, ("all", ""), whole)
        for team, part in (("korttid", 60), ("oot", 40)):
            yield _figure(rule, quarter, ("team", team), _part(whole, part))
        for dimension, groups in GROUPS.items():
            left = whole
            for value, part in groups[:-1]:
                counts = _part(whole, part)
                left = _less(left, counts)
                yield _figure(rule, quarter, (dimension, value), counts)
            yield _figure(rule, quarter, (dimension, groups[-1][0]), left)
        for benefit, part in BENEFITS:
            yield _figure(rule, quarter, ("benefit", benefit), _part(whole, part))


def _part(whole: Counts, hundredths: int) -> Counts:
    names = ("met", "late", "missed", "open", "void")
    return Counts(*(getattr(whole, name) * hundredths // 100 for name in names))


def _less(one: Counts, other: Counts) -> Counts:
    names = ("met", "late", "missed", "open", "void")
    return Counts(*(getattr(one, name) - getattr(other, name) for name in names))


def _figure(rule: Rule, quarter: date, group: tuple[str, str], counts: Counts) -> Row:
    states = (counts.met, counts.late, counts.missed, counts.open, counts.void)
    return (rule.id, rule.reading or "", quarter, *group, *states)
