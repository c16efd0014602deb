"""An advisor at work: the week's time, what it is lost to, and the order in which what is left is spent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from framdrift.simulation import conversations, decisions, inbox, matches, transfers
from framdrift.simulation.case import DAY_US, Case
from framdrift.simulation.description import Advisor
from framdrift.simulation.inbox import Waiting
from framdrift.simulation.period import SUMMER

if TYPE_CHECKING:
    from framdrift.simulation.office import OfficeWork

_OPENS = 8 * 60
_WEEKDAYS = 5
_SUMMER_WEEKS = 3


class Worker:
    """An advisor of one office, with the own list of cases.

    ``left`` is the time that remains of the part of the day being worked, in minutes; every task takes its time from it
    before it is written down, so no day holds more work than it has minutes.
    """

    def __init__(self, advisor: Advisor, office: OfficeWork, place: int) -> None:
        self.advisor = advisor
        self.office = office
        self.id = f"{office.code}-{advisor.code}"
        self.chance = office.work_rng.random
        self.minutes = office.habits.minutes
        self.cases: list[Case] = []
        self.undecided: list[Case] = []
        self.inbox: list[Waiting] = []
        self.job_logs: list[Case] = []
        self.proposed: list[Case] = []
        self.assessing: list[Case] = []
        self.left = 0.0
        self.clock = 0.0
        self._place = place
        self._vacation: set[int] = set()
        self._vacation_year = 0
        self._sickness = sum(loss.chance for loss in advisor.time.lost_to if loss.to == "sickness")

    def away(self, day: int) -> bool:
        """Vacation, planned once a year, or sickness, which nobody plans."""
        moment = self.office.period.dates[day]
        if moment.year != self._vacation_year:
            self._plan_vacation(moment.year)
        if moment.isocalendar().week in self._vacation:
            return True
        return self._sickness > 0 and self.chance() < self._sickness

    def _plan_vacation(self, year: int) -> None:
        rng = self.office.work_rng
        weeks = self.office.habits.week.vacation_weeks
        summer = [week for week in range(1, 53) if _month_of(week) in SUMMER]
        other = [week for week in range(2, 52) if week not in summer]
        taken = rng.sample(summer, min(weeks, _SUMMER_WEEKS)) + rng.sample(other, max(0, weeks - _SUMMER_WEEKS))
        self._vacation, self._vacation_year = set(taken), year

    def work(self, day: int, absent: int) -> None:
        """One working day; ``absent`` colleagues of the team make an extra reception shift likelier."""
        whole = self.office.habits.week.hours_a_day * 60
        planned = self._planned(day) * whole
        kept = self._kept(planned, absent)
        in_reception = whole - kept if planned - kept >= whole else whole - planned
        self.clock = _OPENS
        self.left = self.advisor.time.reception_minutes * in_reception / whole
        self._spend_on(day, self.advisor.time.in_reception)
        self.clock = max(self.clock, _OPENS + whole - kept)
        self.left = kept
        self._spend_on(day, self.advisor.work_order)

    def _planned(self, day: int) -> float:
        """The share of this day that the rota gives to follow-up; advisors have theirs on different weekdays."""
        days = self.advisor.time.office_days_a_week
        return min(1.0, max(0.0, days - (self.office.period.weekday[day] + self._place) % _WEEKDAYS))

    def _kept(self, planned: float, absent: int) -> float:
        if planned <= 0:
            return 0.0
        time = self.advisor.time
        lost = 0.0
        for loss in time.lost_to:
            chance = loss.chance
            if loss.to == "sickness":
                continue
            if loss.to == "reception_shift":
                chance = 1 - (1 - chance) * (1 - time.covers_absence) ** absent
            if self.chance() < chance:
                lost += loss.hours * 60
        return max(0.0, planned - lost)

    def _spend_on(self, day: int, tasks: tuple[str, ...]) -> None:
        for task in tasks:
            if self.left <= 0:
                return
            _TASKS[task](self, day)

    def spend(self, day: int, minutes: float) -> int:
        """Takes the time of a task and returns the instant it began."""
        at = self.office.period.instant(day, self.clock)
        self.clock += minutes
        self.left -= minutes
        return at

    def write(self, case: Case, at: int, kind: str, attributes: str, *, mistaken: str = "") -> None:
        """Writes down what happened as this advisor keeps the journal: at once or late, sometimes twice or wrong.

        ``mistaken`` is what a slip would have written instead; it is put right some days later.
        """
        if not case.logged:
            return
        habit, chance = self.advisor.recording, case.slips.random
        recorded = at + (self._delay(case) if chance() < habit.late else 0)
        if mistaken and chance() < habit.corrected:
            wrong = case.note(at, kind, self.id, mistaken, recorded=recorded)
            case.note(at, kind, self.id, attributes, recorded=recorded + self._delay(case), corrects=wrong)
            return
        case.note(at, kind, self.id, attributes, recorded=recorded)
        if chance() < habit.twice:
            double = case.note(at, kind, self.id, attributes, recorded=recorded + 60_000_000)
            case.note(at, "retracted", self.id, recorded=recorded + self._delay(case), corrects=double)

    def _delay(self, case: Case) -> int:
        days = 1 + case.slips.expovariate(1 / self.advisor.recording.late_days)
        return int(days * DAY_US)


def _month_of(week: int) -> int:
    return min(12, 1 + int((week - 1) * 7 / 30.5))


_TASKS: dict[str, Callable[[Worker, int], None]] = {
    "decide": decisions.decide,
    "answer": inbox.answer,
    "converse": conversations.follow_up,
    "job_match": matches.send,
    "job_log": inbox.answer_job_logs,
    "transfer": transfers.receive,
}
