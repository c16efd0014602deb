"""Labour-market measures: considered in a conversation, granted by the regulation, with places that run out (8.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framdrift.simulation.case import NEVER, Case
from framdrift.simulation.description import NEEDS, Course

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker

_AGAIN_AFTER_DAYS = 90
_LONG_TERM_DAYS = 183


def consider(worker: Worker, case: Case, day: int) -> None:
    """Considers a measure when the case has run long enough, or earlier as this advisor does."""
    habit = worker.advisor.measures
    if case.measure is not None:
        return
    if case.measure_considered != NEVER and day - case.measure_considered < _AGAIN_AFTER_DAYS:
        return
    first_in_line = case.youth or day - case.registered >= _LONG_TERM_DAYS
    times = habit.priority if first_in_line else 1.0
    if day - case.registered < habit.considered_after_days and worker.chance() >= habit.considered_earlier * times:
        return
    at = worker.spend(day, worker.minutes.measure)
    case.measure_considered = day
    course = worker.office.choose_course()
    granted = worker.chance() < habit.granted[NEEDS[case.need]] * times
    refused = not granted and worker.chance() < habit.refused
    outcome = "refused" if refused else "not_needed"
    if granted:
        outcome = "granted" if worker.office.take_place(course) else "unavailable"
    view = "true" if worker.chance() < habit.own_view else "false"
    goal = ',"goal":"work"' if worker.chance() < habit.goal else ""
    attributes = f'{{"outcome":"{outcome}","measure":"{course.code}"{goal},"own_view":{view}}}'
    case.note(at, "measure_considered", worker.id, attributes)
    if outcome == "granted":
        case.measure = course.code
        _plan_course(worker, case, day, course)
    elif outcome == "refused":
        worker.office.may_complain(case, day)


def _plan_course(worker: Worker, case: Case, day: int, course: Course) -> None:
    rng = worker.office.work_rng
    starts = day + 1 + int(course.starts_after_days * rng.uniform(0.5, 1.5))
    completed = rng.random() < course.completed
    lasts = int(course.weeks * 7 * (1 if completed else rng.random())) + 1
    worker.office.later(starts, _start, case, (course, completed, lasts))


def _start(case: Case, day: int, plan: tuple[Course, bool, int]) -> None:
    course, _, lasts = plan
    worker = case.responsible
    at = worker.office.period.instant(day, 8 * 60)
    case.note(at, "measure_started", worker.id, f'{{"measure":"{course.code}"}}')
    case.measure_runs = True
    worker.office.later(day + lasts, _end, case, plan)


def _end(case: Case, day: int, plan: tuple[Course, bool, int]) -> None:
    course, completed, _ = plan
    worker = case.responsible
    office = worker.office
    at = office.period.instant(day, 15 * 60)
    record_end(case, at, worker.id, course.code, completed=completed)
    if office.work_rng.random() < worker.advisor.measures.effect_fed_back:
        office.later(day + 14, _evaluate, case, course.code)
    if office.work_rng.random() < course.finds_work * (1 if completed else 0.5):
        case.exit_day = min(case.exit_day, day + office.work_rng.randint(1, 28))
        case.exit_reason = "work"
        office.expect_exit(case)


def record_end(case: Case, at: int, actor: str, code: str, *, completed: bool) -> None:
    done = "true" if completed else "false"
    case.note(at, "measure_ended", actor, f'{{"measure":"{code}","completed":{done}}}')
    case.measure = None
    case.measure_runs = False


def _evaluate(case: Case, day: int, code: str) -> None:
    worker = case.responsible
    at = worker.office.period.instant(day, 15 * 60)
    case.note(at, "measure_evaluated", worker.id, f'{{"measure":"{code}"}}')
