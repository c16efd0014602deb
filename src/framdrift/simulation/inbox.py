"""What job-seekers send: messages, complaints and job logs, answered in the order they came."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from framdrift.simulation.case import Case

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker

# Shares of complaints by outcome; ours: the thesis says that they can be made, not how they end.
_UPHELD = 0.8


class Waiting(NamedTuple):
    what: str
    case: Case


def answer(worker: Worker, day: int) -> None:
    """Answers messages and complaints. A complaint outlives the case; a message does not."""
    waiting, worker.inbox = worker.inbox, []
    for item in waiting:
        if item.what == "message" and not item.case.open:
            continue
        cost = worker.minutes.complaint if item.what == "complaint" else worker.minutes.message
        if worker.left < cost:
            worker.inbox.append(item)
            continue
        at = worker.spend(day, cost)
        if item.what == "message":
            item.case.note(at, "message_answered", worker.id)
        elif item.what == "acknowledge":
            item.case.note(at, "complaint_acknowledged", worker.id)
            worker.inbox.append(Waiting("complaint", item.case))
        else:
            outcome = "upheld" if worker.chance() < _UPHELD else "changed"
            item.case.note(at, "complaint_answered", worker.id, f'{{"outcome":"{outcome}"}}')


def answer_job_logs(worker: Worker, day: int) -> None:
    """Reads and answers job logs; which of them this advisor never answers is settled when they come."""
    waiting, worker.job_logs = worker.job_logs, []
    for place, case in enumerate(waiting):
        if worker.left < worker.minutes.job_log:
            worker.job_logs += waiting[place:]
            return
        if case.open and case.advisor is worker:
            case.note(worker.spend(day, worker.minutes.job_log), "job_log_answered", worker.id)
