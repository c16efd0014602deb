"""Job matches: vacancies found from the person's wishes and sent, monthly by routine (8.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framdrift.simulation.case import Case

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker


def send(worker: Worker, day: int) -> None:
    """Sends what is due, the longest due first, as far as the time goes."""
    habit, cost = worker.advisor.job_matches, worker.minutes.job_match
    latest = day + habit.ahead_days
    due = [
        case for case in worker.cases if case.next_match <= latest and case.group is not None and case.measure is None
    ]
    due.sort(key=lambda case: case.next_match)
    for case in due:
        if worker.left < cost:
            return
        if worker.chance() < habit.kept_up:
            send_one(worker, case, day, discussed=False)
        else:
            case.next_match = day + habit.every_days


def send_one(worker: Worker, case: Case, day: int, *, discussed: bool) -> None:
    at = worker.spend(day, worker.minutes.job_match)
    count = 1 + int(worker.chance() * 6)
    worker.write(case, at, "job_match_sent", f'{{"count":{count},"discussed":{"true" if discussed else "false"}}}')
    case.next_match = day + worker.advisor.job_matches.every_days
