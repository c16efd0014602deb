"""Individual follow-up: who is seen, in which order, and what is done instead when there is no time (8.2, 8.7.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framdrift.simulation import conditions, decisions, matches, measures
from framdrift.simulation.case import NEVER, Case
from framdrift.simulation.description import SUBSTITUTES, FollowUp
from framdrift.simulation.people import urgent

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker

LONG_TERM_DAYS = 183
_SUBSTITUTE_CONTACT = {
    "sms": '{"channel":"sms","direction":"out","form":"message","initiative":"advisor"}',
    "email": '{"channel":"email","direction":"out","form":"message","initiative":"advisor"}',
    "cv_review": '{"channel":"email","direction":"out","form":"cv_review","initiative":"advisor"}',
}


def follow_up(worker: Worker, day: int) -> None:
    """Works down the private queue: conversations while they fit, then whatever this advisor lets count instead."""
    need_minutes = worker.minutes.conversation
    habit = worker.advisor.follow_up
    least = min((_cost(worker, form) for form in habit.counts if form in SUBSTITUTES), default=need_minutes)
    if worker.left < min(need_minutes, least):
        return
    for case in _queue(worker, day):
        if worker.left >= need_minutes:
            _call_in(worker, case, day)
        elif worker.left >= least:
            _substitute(worker, case, day)
        else:
            return


def _queue(worker: Worker, day: int) -> list[Case]:
    """Those who are due, by the advisor's own order: the private queue of 8.7.1. Equal ones by how long they waited."""
    habit = worker.advisor.follow_up
    latest_first = day + habit.ahead_days - habit.first_conversation_by_days
    latest_counted = day + habit.ahead_days - habit.every_days
    only_asked = habit.sees == "those_who_ask"
    due: list[tuple[int, int, int, Case]] = []
    for place, case in enumerate(worker.cases):
        if case.group is None:
            continue
        if case.asked == NEVER:
            if only_asked:
                continue
            never_seen = case.last_conversation == NEVER and case.registered <= latest_first
            if not never_seen and not case.plan_wanted and case.counted > latest_counted:
                continue
        due.append((_rank(worker, case, day, latest_first, habit), case.counted, place, case))
    due.sort()
    return [entry[3] for entry in due]


def _rank(worker: Worker, case: Case, day: int, latest_first: int, habit: FollowUp) -> int:
    rank = len(habit.first)
    for place, reason in enumerate(habit.first):
        if (
            (reason == "asked" and case.asked != NEVER)
            or (reason == "first_conversation" and _unseen(case, latest_first))
            or (reason == "social_assistance" and urgent(case))
            or (reason == "youth" and case.youth)
            or (reason == "long_term" and day - case.registered >= LONG_TERM_DAYS)
            or (reason == "need" and case.group_need > 0)
        ):
            rank = place
            break
    if case.person.interpreter and worker.chance() < habit.puts_off_without_common_language:
        rank += len(habit.first)
    return rank


def _unseen(case: Case, latest_first: int) -> bool:
    return case.last_conversation == NEVER and case.registered <= latest_first


def _call_in(worker: Worker, case: Case, day: int) -> None:
    seekers = worker.office.habits.job_seekers
    if worker.chance() >= seekers.shows_up:
        at = worker.spend(day, worker.minutes.no_show)
        attempt = '{"channel":"phone","direction":"out","form":"attempt","initiative":"advisor"}'
        case.note(at, "contact", worker.id, attempt)
        case.asked = NEVER
        return
    converse(worker, case, day)


def converse(worker: Worker, case: Case, day: int) -> None:
    """A conversation and what it leads to. What follows takes time too, and may wait for the next one."""
    habit = worker.advisor.follow_up
    at = worker.spend(day, worker.minutes.conversation)
    in_person = worker.chance() < habit.in_person
    initiative = "jobseeker" if case.asked != NEVER else "advisor"
    first = case.last_conversation == NEVER
    broken = worker.chance() < habit.broken_off
    rest = (
        f'"minutes_shared":{_json(worker.chance() < habit.minutes_shared)},"first":{_json(first)}'
        f',"initiative":"{initiative}","broken_off":{_json(broken)}{decisions.rungs(worker, case)}}}'
    )
    channels = ("in_person", "phone") if in_person else ("phone", "in_person")
    right, wrong = (f'{{"channel":"{channel}",{rest}' for channel in channels)
    worker.write(case, at, "conversation", right, mistaken=wrong)
    case.last_conversation = case.counted = day
    case.asked = NEVER
    case.substitutes = None
    case.plan_wanted = False
    if broken:
        return
    if worker.left >= worker.minutes.decision:
        decisions.reconsider(worker, case, day)
    if worker.left >= worker.minutes.plan:
        _plan(worker, case, day)
    if worker.left >= worker.minutes.measure:
        measures.consider(worker, case, day)
    if worker.chance() < worker.advisor.job_matches.discussed and worker.left >= worker.minutes.job_match:
        matches.send_one(worker, case, day, discussed=True)
    conditions.job_log_or_condition(worker, case, day)


def _plan(worker: Worker, case: Case, day: int) -> None:
    """A plan for those who are not expected to manage alone (ch. 5), on a request and a mapping where they are made."""
    habit = worker.advisor.plans
    if case.plan:
        if worker.chance() < habit.evaluated:
            at = worker.spend(day, worker.minutes.plan)
            case.note(at, "plan_evaluated", worker.id, f'{{"by":"{_by(worker)}"}}')
        return
    if case.group_need == 0 or worker.chance() >= habit.made:
        return
    at = worker.spend(day, worker.minutes.plan)
    if worker.chance() < habit.mapped:
        case.note(at, "request_stated", case.person.id, '{"areas":["work"]}')
        case.note(at, "mapping_done", worker.id, '{"areas":["work","competence","obstacles"]}')
    case.note(at, "plan_created", worker.id, f'{{"by":"{_by(worker)}"}}')
    case.plan = True


def _by(worker: Worker) -> str:
    return worker.office.pick_at_work(worker.advisor.plans.by)


def _substitute(worker: Worker, case: Case, day: int) -> None:
    """Follow-up without the person: only for those who did not ask, and only in a form this advisor lets count."""
    habit = worker.advisor.follow_up
    if case.asked != NEVER or case.counted > day + habit.ahead_days - habit.every_days:
        return
    if case.substitutes is None:
        # Settled once for each time the case is due: an advisor at work daily gives way no oftener than a weekly one.
        case.substitutes = worker.chance() < habit.substitutes
    if not case.substitutes:
        return
    forms = [form for form in habit.counts if form in SUBSTITUTES and _cost(worker, form) <= worker.left]
    form = forms[int(worker.chance() * len(forms))]
    if form == "job_match":
        matches.send_one(worker, case, day, discussed=False)
    else:
        at = worker.spend(day, _cost(worker, form))
        worker.write(case, at, "contact", _SUBSTITUTE_CONTACT[form])
    case.counted = day
    case.substitutes = None


def _cost(worker: Worker, form: str) -> float:
    cost: float = getattr(worker.minutes, form)
    return cost


def _json(value: bool) -> str:
    return "true" if value else "false"
