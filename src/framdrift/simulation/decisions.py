"""The needs assessment: the registration read, the person asked or not, and the §14a decision (thesis 8.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framdrift.simulation.case import NEVER, Case
from framdrift.simulation.description import NEEDS

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker

NEEDS_ASSESSMENT = "needs_work_ability_assessment"
_STANDARD, _SITUATIONAL, _ADAPTED = 0, 1, 2
_ALL_PARTS = '["a","b","c","d","e"]'
# The letter for those who manage by themselves says least of ability and of help: what is left out is left out there.
_FEWER_PARTS = '["a","b","c"]'


def decide(worker: Worker, day: int) -> None:
    """Takes new registrations in the order they came, as far as the time goes."""
    waiting, worker.undecided = worker.undecided, []
    for place, case in enumerate(waiting):
        if not case.open:
            continue
        if worker.left < worker.minutes.decision:
            worker.undecided += waiting[place:]
            return
        if not _settled(worker, case, day):
            worker.undecided.append(case)


def _settled(worker: Worker, case: Case, day: int) -> bool:
    habit = worker.advisor.decisions
    if case.contacts is None:
        chance = habit.contact_when_unclear if case.prompted else habit.contact_always
        case.contacts = worker.chance() < chance
        if case.prompted and not case.contacts and worker.chance() < habit.waived_with_reason:
            at = worker.spend(day, 0)
            case.note(at, "contact_waived", worker.id, '{"reason":"time"}')
    if case.contacts and not case.heard and case.attempts < habit.attempts:
        if worker.left < worker.minutes.clarifying + worker.minutes.decision:
            return False
        _clarify(worker, case, day)
        if not case.heard and case.attempts < habit.attempts:
            return False
    if worker.left < worker.minutes.decision:
        return False
    _decide_first(worker, case, day)
    return True


def _clarify(worker: Worker, case: Case, day: int) -> None:
    """Calls or writes about what is unclear; a call that is answered is a conversation, two-way and live."""
    habit, seekers = worker.advisor.decisions, worker.office.habits.job_seekers
    reached = worker.chance() < seekers.reached
    channel = "phone" if worker.chance() < habit.by_phone else "email"
    if not reached:
        case.attempts += 1
        at = worker.spend(day, worker.minutes.attempt)
        attributes = f'{{"channel":"{channel}","direction":"out","form":"attempt","initiative":"advisor"}}'
        case.note(at, "contact", worker.id, attributes)
        return
    case.heard = True
    at = worker.spend(day, worker.minutes.clarifying)
    if channel == "phone":
        attributes = (
            '{"channel":"phone","minutes_shared":false,"first":true,"initiative":"advisor","broken_off":false'
            + rungs(worker, case)
            + "}"
        )
        worker.write(case, at, "conversation", attributes)
        case.last_conversation = case.counted = day
        case.asked = NEVER
    else:
        attributes = '{"channel":"email","direction":"out","form":"exchange","initiative":"advisor"}'
        case.note(at, "contact", worker.id, attributes)


def rungs(worker: Worker, case: Case) -> str:
    """Both sides' rung on the ladder, each where it was given (thesis 5.2, 8.4)."""
    habit = worker.advisor.participation
    text = ""
    given = habit.rung + worker.office.work_rng.gauss(0, 0.7)
    if worker.chance() < habit.recorded:
        text += f',"rung_advisor":{_rung(given)}'
    if worker.chance() < habit.jobseeker_recorded:
        text += f',"rung_jobseeker":{_rung(given + habit.jobseeker_differs + case.rung_offset)}'
    return text


def _rung(value: float) -> int:
    return min(8, max(1, round(value)))


def _decide_first(worker: Worker, case: Case, day: int) -> None:
    habit = worker.advisor.decisions
    seen = _STANDARD
    if habit.first == "usually_standard":
        sees = habit.sees_need_in_contact if case.heard else habit.sees_need_in_registration
        seen = case.need if worker.chance() < sees else _STANDARD
    record_decision(worker, case, day, seen, first=True, assessed=False)


def reconsider(worker: Worker, case: Case, day: int) -> None:
    """After a conversation: a need greater than decided may be seen, and the decision is changed (8.1)."""
    if case.need <= case.group_need or worker.chance() >= worker.advisor.decisions.sees_need_in_contact:
        return
    record_decision(worker, case, day, case.need, first=False, assessed=False)


def record_decision(worker: Worker, case: Case, day: int, need: int, *, first: bool, assessed: bool) -> None:
    """Writes the decision. A need beyond situational is not decided without a work ability assessment (ch. 5)."""
    habit = worker.advisor.decisions
    group = NEEDS[need] if assessed or need <= _SITUATIONAL else NEEDS_ASSESSMENT
    if not first and group == case.group:
        return
    at = worker.spend(day, worker.minutes.decision)
    heard = case.heard if first else True
    view = worker.chance() < (habit.own_view_heard if heard else habit.own_view_unheard)
    parts = _ALL_PARTS if worker.chance() < habit.all_parts else _FEWER_PARTS
    attributes = f'{{"group":"{group}","first":{_json(first)},"parts":{parts},"own_view":{_json(view)}'
    if not first:
        change = "first_was_wrong" if worker.chance() < habit.says_first_was_wrong else "need_changed"
        attributes += f',"change":"{change}"'
    case.note(at, "decision_made", worker.id, attributes + "}")
    if group == NEEDS[_ADAPTED]:
        case.plan = False  # what an assessment finds asks for a plan of its own
    case.group, case.group_need = group, need
    case.plan_wanted = need > _STANDARD and not case.plan and worker.chance() < worker.advisor.plans.calls_in
    if need < case.need:
        worker.office.may_complain(case, day)
    if group == NEEDS_ASSESSMENT:
        worker.office.propose_transfer(worker, case, at)


def _json(value: bool) -> str:
    return "true" if value else "false"


def is_adapted(case: Case) -> bool:
    return case.need >= _ADAPTED
