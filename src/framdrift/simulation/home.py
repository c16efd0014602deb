"""What job-seekers do by themselves: ask, write, complain, come to the common meetings, need more as time goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framdrift.simulation.case import NEVER, Case
from framdrift.simulation.description import NEEDS, Meeting
from framdrift.simulation.inbox import Waiting

if TYPE_CHECKING:
    from framdrift.simulation.office import OfficeWork

_MOST = len(NEEDS) - 1
_MEETING_AT = {"information": 10 * 60, "guidance": 12 * 60 + 30}
_AGAIN_AFTER_DAYS = 14
_CONFIRMED_FROM, _CONFIRMED_IN = 17 * 60, 6 * 60
_WORKED = 0.15  # ours: some work some hours while they seek more
_CHANNELS = ("phone", "portal", "in_person")


def begin(office: OfficeWork, case: Case, day: int, need_grows: int) -> None:
    """Sets going what the person will do from registration on."""
    office.at_home(need_grows, _need_grows, case, office)
    office.at_home(_next(office, day, _asks(office, case)), _ask, case, office)
    office.at_home(_next(office, day, office.habits.job_seekers.writes_a_week), _write, case, office)
    meetings = office.habits.meetings
    for name, meeting in (("information", meetings.information), ("guidance", meetings.guidance)):
        if office.home_rng.random() < meeting.invited:
            _invite(office, case, day + meeting.after_days, name)


def _next(office: OfficeWork, day: int, times_a_week: float) -> int:
    if times_a_week <= 0:
        return office.period.days
    return day + 1 + int(min(office.home_rng.expovariate(times_a_week / 7), 36_500))


def _asks(office: OfficeWork, case: Case) -> float:
    times: float = office.habits.job_seekers.asks_a_week[NEEDS[case.need]]
    return times


def _need_grows(case: Case, day: int, office: OfficeWork) -> None:
    """Ties to working life weaken with time (8.1): what was enough is enough no longer."""
    if case.need >= _MOST:
        return
    case.need += 1
    office.redraw_exit(case, day)
    if office.home_rng.random() < office.habits.job_seekers.says_need_grew:
        case.note(office.evening(day), "registration_changed", case.person.id, '{"needs_help":"yes"}')


def _ask(case: Case, day: int, office: OfficeWork) -> None:
    """Asks to talk with the advisor, and waits for it."""
    channel = _CHANNELS[int(office.home_rng.random() * len(_CHANNELS))]
    attributes = f'{{"channel":"{channel}","direction":"in","form":"message","initiative":"jobseeker"}}'
    case.note(office.evening(day), "contact", case.person.id, attributes)
    if case.asked == NEVER:
        case.asked = day
    office.at_home(_next(office, day, _asks(office, case)), _ask, case, office)


def _write(case: Case, day: int, office: OfficeWork) -> None:
    case.note(office.evening(day), "message_received", case.person.id)
    worker = case.advisor
    if worker and office.home_rng.random() < worker.advisor.messages_answered:
        worker.inbox.append(Waiting("message", case))
    office.at_home(_next(office, day, office.habits.job_seekers.writes_a_week), _write, case, office)


def complain(case: Case, day: int, _: object) -> None:
    worker = case.responsible
    case.note(worker.office.evening(day), "complaint_received", case.person.id)
    worker.inbox.append(Waiting("acknowledge", case))


def _invite(office: OfficeWork, case: Case, day: int, name: str) -> None:
    """The next meeting on the office's meeting day."""
    weekday = office.habits.meetings.weekday - 1
    while day < office.period.days and office.period.weekday[day] != weekday:
        day += 1
    office.later(day, _meet, case, (office, name))


def _meet(case: Case, day: int, invited: tuple[OfficeWork, str]) -> None:
    office, name = invited
    meetings = office.habits.meetings
    meeting: Meeting = meetings.guidance if name == "guidance" else meetings.information
    held = name
    if name == "information" and office.home_rng.random() < meetings.workshop:
        held = "job_workshop"
    at = office.period.instant(day, _MEETING_AT[name])
    if office.home_rng.random() < meeting.attended:
        case.note(at, "meeting_attended", "system", f'{{"meeting":"{held}"}}')
        if case.advisor and "meeting" in case.advisor.advisor.follow_up.counts:
            case.counted = day
    else:
        case.note(at, "meeting_missed", "system", f'{{"meeting":"{held}"}}')
        if office.home_rng.random() < meeting.invited_again:
            _invite(office, case, day + _AGAIN_AFTER_DAYS, name)


def confirmations(office: OfficeWork, case: Case) -> None:
    """The report that keeps a registration alive, every so many days; who falls silent stops before the end."""
    every = office.habits.job_seekers.confirms_every_days
    last = office.period.days if case.ended_day == NEVER else case.ended_day
    if case.exit_reason == "inactive" and case.ended_day != NEVER:
        last -= 2 * every
    joined = iter(case.teams)
    next_day, next_team = next(joined, (last, None))
    case.team = None
    for day in range(case.registered + every, last, every):
        while next_day <= day < last:
            case.team = next_team
            next_day, next_team = next(joined, (last, None))
        at = office.period.instant(day, _CONFIRMED_FROM + int(case.slips.random() * _CONFIRMED_IN))
        worked = "true" if case.slips.random() < _WORKED else "false"
        case.note(at, "registration_confirmed", case.person.id, f'{{"worked":{worked},"continues":true}}')
