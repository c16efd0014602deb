"""Job logs agreed on, and conditions tied to a benefit with what follows when they are not met (8.4, 8.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framdrift.simulation.case import Case

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker

_LAW = {
    "dagpenger": "folketrygdloven_4_5",
    "sosialhjelp": "sosialtjenesteloven_20",
    "tiltakspenger": "tiltakspengeforskriften",
    "aap": "folketrygdloven_11_7",
    "kvp": "sosialtjenesteloven_32",
    "overgangsstonad": "folketrygdloven_15_8",
}
# From notice to condition, from condition to what is found breached, and from there on; in days.
_NOTICE, _CHECKED, _STEP, _LIFTED = 14, 28, 3, 28


def job_log_or_condition(worker: Worker, case: Case, day: int) -> None:
    """After a conversation: a job log may be agreed on, or demanded as a condition of the benefit."""
    paying = next((benefit for benefit in case.benefits if benefit in _LAW), None)
    possible = paying and not case.condition and worker.left >= worker.minutes.condition
    if paying and possible and worker.chance() < worker.advisor.conditions.set:
        _announce(worker, case, day, _LAW[paying])
        return
    if not case.job_log_every and worker.chance() < worker.advisor.job_log.agreed:
        agree_on_job_log(worker, case, worker.spend(day, 0), day)


def agree_on_job_log(worker: Worker, case: Case, at: int, day: int) -> None:
    every = worker.advisor.job_log.every_days
    case.note(at, "job_log_agreed", worker.id, f'{{"every_days":{every}}}')
    case.job_log_every = every
    worker.office.at_home(day + every, _deliver, case)


def _deliver(case: Case, day: int, _: object) -> None:
    """The log is owed every so many days; it comes, comes some days late, or does not come."""
    worker = case.responsible
    office = worker.office
    office.at_home(day + case.job_log_every, _deliver, case)
    if office.home_rng.random() < office.habits.job_seekers.delivers_job_log:
        case.note(office.evening(day), "job_log_delivered", case.person.id)
        if office.home_rng.random() < worker.advisor.job_log.answered:
            worker.job_logs.append(case)


def _announce(worker: Worker, case: Case, day: int, law: str) -> None:
    habit = worker.advisor.conditions
    at = worker.spend(day, worker.minutes.condition)
    case.condition = True
    basis = (
        f'{{"legal_basis":"{law}","purpose":"job_log"}}'
        if worker.chance() < habit.legal_basis
        else '{"purpose":"job_log"}'
    )
    if worker.chance() >= habit.notice:
        _set(case, day, basis, at=at)
        return
    case.note(at, "condition_notice_given", worker.id, basis)
    if worker.chance() < habit.statement:
        worker.office.at_home(day + _NOTICE // 2, _state, case)
    worker.office.later(day + _NOTICE, _set, case, basis)


def _state(case: Case, day: int, _: object) -> None:
    case.note(case.responsible.office.evening(day), "condition_statement_received", case.person.id)


def _set(case: Case, day: int, basis: str, *, at: int = 0) -> None:
    worker = case.responsible
    at = at or worker.office.period.instant(day, 9 * 60)
    case.note(at, "condition_set", worker.id, basis)
    if not case.job_log_every:
        agree_on_job_log(worker, case, at, day)
    breached = worker.chance() >= worker.office.habits.job_seekers.answers_condition
    if breached and worker.chance() < worker.advisor.conditions.breach_followed:
        worker.office.later(day + _CHECKED, _propose, case)
    else:
        worker.office.later(day + _CHECKED, _lift, case)


def _propose(case: Case, day: int, _: object) -> None:
    worker = case.responsible
    case.note(worker.office.period.instant(day, 9 * 60), "consequence_proposed", worker.id)
    second = worker.office.colleague_of(worker)
    if second and worker.chance() < worker.advisor.conditions.second_advisor:
        worker.office.later(day + _STEP, _agree, case, second.id)
    worker.office.later(day + 2 * _STEP + 1, _effect, case)


def _agree(case: Case, day: int, second: str) -> None:
    at = case.responsible.office.period.instant(day, 9 * 60)
    case.note(at, "consequence_agreed", second, f'{{"by":"{second}"}}')


def _effect(case: Case, day: int, _: object) -> None:
    worker = case.responsible
    case.note(worker.office.period.instant(day, 9 * 60), "consequence_effected", worker.id)
    worker.office.later(day + _LIFTED, _lift, case)


def _lift(case: Case, day: int, _: object) -> None:
    worker = case.responsible
    case.note(worker.office.period.instant(day, 9 * 60), "condition_lifted", worker.id, '{"purpose":"job_log"}')
