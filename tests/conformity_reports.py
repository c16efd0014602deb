"""Reports as a computation would have stored them, without computing: offices of any size, with figures one can
foresee.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from framdrift.casework.conformity.models import Figure, FigureCase, Report, State
from framdrift.casework.offices.models import Office, OfficeMembership, Role, Staff, Team
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
    rows = [figure for rule in standard.rules for figure in _figures(report, rule, size)]
    Figure.objects.bulk_create(rows, batch_size=1_000)
    store_cases(report, (f"case-{number:07}" for number in range(cases_behind)))
    return report


def store_cases(report: Report, cases: Iterable[str]) -> None:
    FigureCase.objects.bulk_create(
        [
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
        ],
        batch_size=5_000,
    )


def _figures(report: Report, rule: Rule, size: int) -> Iterator[Figure]:
    if isinstance(rule.pattern, Compare):
        return
    for place_in_time, quarter in enumerate(QUARTERS):
        if isinstance(rule.pattern, Share):
            for actor in range(5):
                counts = Counts(met=20 * size - (actor > 0), missed=int(actor > 0))
                yield _figure(report, rule, quarter, ("group", f"advisor-{actor}"), counts)
            continue
        met, late, missed = PRACTICE.get(rule.key, USUAL)
        moved = min(place_in_time, late, 100 - met)
        whole = Counts((met + moved) * size, (late - moved) * size, missed * size, 3 * size, 2 * size)
        yield _figure(report, rule, quarter, ("all", ""), whole)
        for team, part in (("korttid", 60), ("oot", 40)):
            yield _figure(report, rule, quarter, ("team", team), _part(whole, part))
        for dimension, groups in GROUPS.items():
            left = whole
            for value, part in groups[:-1]:
                counts = _part(whole, part)
                left = _less(left, counts)
                yield _figure(report, rule, quarter, (dimension, value), counts)
            yield _figure(report, rule, quarter, (dimension, groups[-1][0]), left)
        for benefit, part in BENEFITS:
            yield _figure(report, rule, quarter, ("benefit", benefit), _part(whole, part))


def _part(whole: Counts, hundredths: int) -> Counts:
    names = ("met", "late", "missed", "open", "void")
    return Counts(*(getattr(whole, name) * hundredths // 100 for name in names))


def _less(one: Counts, other: Counts) -> Counts:
    names = ("met", "late", "missed", "open", "void")
    return Counts(*(getattr(one, name) - getattr(other, name) for name in names))


def _figure(report: Report, rule: Rule, quarter: date, group: tuple[str, str], counts: Counts) -> Figure:
    return Figure(
        report=report,
        requirement=rule.id,
        reading=rule.reading or "",
        quarter=quarter,
        dimension=group[0],
        value=group[1],
        met=counts.met,
        late=counts.late,
        missed=counts.missed,
        open=counts.open,
        void=counts.void,
    )
