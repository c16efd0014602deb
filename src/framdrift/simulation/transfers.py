"""Cases between the teams: proposed, accepted and assessed, or sent back and sent again (8.7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framdrift.simulation.case import Case
from framdrift.simulation.decisions import is_adapted, record_decision
from framdrift.simulation.description import NEEDS

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker

PROPOSED, UNDER_ASSESSMENT = "proposed", "under_assessment"
_AGAIN_AFTER_DAYS = 14
_MORNING = 8 * 60 + 30


def propose(worker: Worker, case: Case, at: int) -> None:
    """Proposes that the other team takes the case; a case already there is assessed where it is."""
    office = worker.office
    if case.transfer:
        return
    if case.team == office.habits.transfers.to_team:
        _take_up(case, worker)
        return
    case.transfer = PROPOSED
    attributes = f'{{"to_team":"{office.habits.transfers.to_team}","reason":"assessment"}}'
    case.note(at, "transfer_proposed", worker.id, attributes)
    office.later(office.today + 1, _arrive_at_other_team, case)


def _arrive_at_other_team(case: Case, _day: int, _: object) -> None:
    case.responsible.office.receiver().proposed.append(case)


def receive(worker: Worker, day: int) -> None:
    """Answers proposals in the order they came, then works on the assessments already taken up."""
    waiting, worker.proposed = worker.proposed, []
    for place, case in enumerate(waiting):
        if worker.left < worker.minutes.transfer:
            worker.proposed += waiting[place:]
            break
        if case.open:
            _answer(worker, case, day)
    assessing, worker.assessing = worker.assessing, []
    for case in assessing:
        if case.open and case.advisor is worker and not _assessed(worker, case, day):
            worker.assessing.append(case)


def _answer(worker: Worker, case: Case, day: int) -> None:
    habit = worker.office.habits.transfers
    at = worker.spend(day, worker.minutes.transfer)
    if worker.chance() < habit.returned_unassessed:
        _return(worker, case, at, assessed=False)
        case.transfer = ""
        _returned(case, day)
        return
    case.note(at, "transfer_accepted", worker.id, f'{{"to_team":"{worker.advisor.team}"}}')
    worker.office.hand_over(case, worker, at, day, "transfer")
    _take_up(case, worker)


def _take_up(case: Case, worker: Worker) -> None:
    case.transfer = UNDER_ASSESSMENT
    case.assessment_left = worker.minutes.assessment
    worker.assessing.append(case)


def _return(worker: Worker, case: Case, at: int, *, assessed: bool) -> None:
    back = worker.office.first_team
    reason, done = ("need_is_less", "true") if assessed else ("not_ours", "false")
    attributes = f'{{"to_team":"{back}","reason":"{reason}","assessed":{done}}}'
    case.note(at, "transfer_returned", worker.id, attributes)
    case.returns += 1


def _returned(case: Case, day: int) -> None:
    """What the sending advisor does: to the leader where the office has that routine, again, or nothing."""
    worker = case.responsible
    habit = worker.office.habits.transfers
    if case.returns >= habit.escalated_on_return and worker.chance() < habit.escalated:
        worker.office.later(day + 1, _escalate, case)
    elif worker.chance() < habit.proposed_again:
        worker.office.later(day + _AGAIN_AFTER_DAYS, _propose_again, case)


def _propose_again(case: Case, day: int, _: object) -> None:
    worker = case.responsible
    propose(worker, case, worker.office.period.instant(day, _MORNING))


def _escalate(case: Case, day: int, _: object) -> None:
    worker = case.responsible
    office = worker.office
    case.transfer = PROPOSED
    attributes = f'{{"to_team":"{office.habits.transfers.to_team}","reason":"disagreement"}}'
    case.note(office.period.instant(day, _MORNING), "transfer_escalated", worker.id, attributes)
    office.later(day + office.habits.transfers.decided_after_days, _lead, case)


def _lead(case: Case, day: int, _: object) -> None:
    """The leader decides by what the person needs: here someone has looked at the case itself."""
    office = case.responsible.office
    at = office.period.instant(day, _MORNING)
    team = office.habits.transfers.to_team if is_adapted(case) else office.first_team
    case.transfer = ""
    case.note(at, "transfer_decided", office.leader, f'{{"to_team":"{team}","reason":"disagreement"}}')
    if is_adapted(case):
        receiver = office.receiver()
        office.hand_over(case, receiver, at, day, "transfer")
        _take_up(case, receiver)


def _assessed(worker: Worker, case: Case, day: int) -> bool:
    """Works on the assessment as far as the day goes; true when it is done and decided on."""
    if worker.left <= 0 or case not in worker.cases:
        return False
    at = worker.office.period.instant(day, worker.clock)
    if case.assessment_left == worker.minutes.assessment:
        case.note(at, "work_ability_assessment_started", worker.id)
    if worker.left < case.assessment_left + worker.minutes.decision:
        spent = min(worker.left, case.assessment_left)
        worker.spend(day, spent)
        # A started assessment must not look unstarted, even where nothing of the day was left for it.
        case.assessment_left = max(0.0, case.assessment_left - max(spent, 1.0))
        return False
    worker.spend(day, case.assessment_left)
    at = worker.office.period.instant(day, worker.clock)
    case.note(at, "work_ability_assessment_completed", worker.id, f'{{"group":"{NEEDS[case.need]}"}}')
    record_decision(worker, case, day, case.need, first=False, assessed=True)
    case.transfer = ""
    if not is_adapted(case) and worker.chance() < worker.office.habits.transfers.returned_assessed:
        at = worker.office.period.instant(day, worker.clock)
        _return(worker, case, at, assessed=True)
        worker.office.hand_over(case, worker.office.sender(), at, day, "return")
    return True
