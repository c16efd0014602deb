"""An office over a period: who comes, what happens at home, and the days on which advisors' time meets what is owed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple

from framdrift.simulation import home, measures, transfers
from framdrift.simulation.advisor import Worker
from framdrift.simulation.case import Case
from framdrift.simulation.description import Course, Habits
from framdrift.simulation.people import Arrivals, pick
from framdrift.simulation.period import Period

Doing = Callable[[Case, int, Any], None]
_ASSIGNED_AT = 7 * 60 + 15
_LEAVES_AT = 6 * 60 + 40
_EVENING, _EVENING_LASTS = 17 * 60, 6 * 60
_WEEKEND = 0.35  # ours: registrations come on weekends too, electronically, but fewer


class _Arrival(NamedTuple):
    minute: int
    number: int
    logged: bool


def arrivals_in(habits: Habits, period: Period) -> int:
    """How many register in one office in the logged part of the period."""
    return max(1, round(habits.job_seekers.new_a_week * (period.days - period.opens) / 7))


class OfficeWork:
    """One office. ``run`` simulates it whole and returns the cases that are logged.

    Sources of chance are kept apart, so that a changed habit of an advisor changes neither who comes nor when: each
    person's own, what is done at home, and what happens at work.
    """

    def __init__(self, habits: Habits, code: str, period: Period, seed: int) -> None:
        key = f"{seed}/{code}"
        self.habits = habits
        self.code = code
        self.leader = f"{code}-leader"
        self.period = period
        self.today = 0
        self.work_rng = _chance(key, "work")
        self.home_rng = _chance(key, "home")
        self._arrivals = Arrivals(habits.job_seekers, key)
        self._key = key
        self.workers = [Worker(advisor, self, place) for place, advisor in enumerate(habits.advisors)]
        self._new_to = [worker for worker in self.workers if worker.advisor.new_cases > 0]
        self._given = [0 for _ in self._new_to]
        self.first_team = self._new_to[0].advisor.team
        self._office: dict[int, list[tuple[Doing, Case, Any]]] = {}
        self._home: dict[int, list[tuple[Doing, Case, Any]]] = {}
        self._leaving: dict[int, list[Case]] = {}
        self._month = 0
        self._places: dict[str, int] = {}

    def run(self, logged: int) -> list[Case]:
        """Simulates every day; ``logged`` of those who register in the logged part are written down."""
        due = self._plan_arrivals(logged)
        cases: list[Case] = []
        for day in range(self.period.days):
            self.today = day
            self._refill_places(day)
            for case in self._leaving.pop(day, ()):
                if case.open and case.exit_day == day:
                    self._end(case, day)
            self._do(self._office.pop(day, ()), day)
            if self.period.working[day]:
                self._work(day)
            self._do(self._home.pop(day, ()), day)
            for arrival in due.pop(day, ()):
                case = self._register(day, arrival)
                if arrival.logged:
                    cases.append(case)
        return cases

    def _plan_arrivals(self, logged: int) -> dict[int, list[_Arrival]]:
        rng, period = _chance(self._key, "arrivals"), self.period
        weights = [_WEEKEND if weekday >= 5 else 1.0 for weekday in period.weekday]
        before = round(self.habits.job_seekers.new_a_week * period.opens / 7)
        days = sorted(rng.choices(range(period.opens), weights[: period.opens], k=before))
        count = arrivals_in(self.habits, period)
        opened = range(period.opens, period.days)
        days += sorted(rng.choices(opened, weights[period.opens :], k=count))
        chosen = set(_chance(self._key, "logged").sample(range(before, before + count), min(logged, count)))
        plan: dict[int, list[_Arrival]] = {}
        for place, day in enumerate(days):
            arrival = _Arrival(rng.randint(6 * 60, 24 * 60 - 1), place, place in chosen)
            plan.setdefault(day, []).append(arrival)
        for arrivals in plan.values():
            arrivals.sort()
        return plan

    def _do(self, doings: Any, day: int) -> None:
        for doing, case, argument in doings:
            if case.open:
                doing(case, day, argument)

    def _work(self, day: int) -> None:
        present = []
        absent: dict[str, int] = {}
        for worker in self.workers:
            if worker.away(day):
                absent[worker.advisor.team] = absent.get(worker.advisor.team, 0) + 1
            else:
                present.append(worker)
        for worker in present:
            worker.work(day, absent.get(worker.advisor.team, 0))

    def _register(self, day: int, arrival: _Arrival) -> Case:
        year = self.period.dates[day].year
        case = self._arrivals.open(arrival.number, day, year, logged=arrival.logged)
        self._arrivals.register(case, self.period.instant(day, arrival.minute), year)
        self._arrivals.leave(case, day)
        self.expect_exit(case)
        self.later(day + 1, _assign, case, self)
        home.begin(self, case, day, self._arrivals.need_grows(case, day))
        return case

    def assign(self, case: Case, day: int) -> None:
        """The advisor with fewest new cases, by the share each takes, gets the next one."""
        place = min(range(len(self._new_to)), key=lambda n: self._given[n] / self._new_to[n].advisor.new_cases)
        self._given[place] += 1
        worker = self._new_to[place]
        case.advisor = worker
        case.join(worker.advisor.team, day)
        attributes = f'{{"advisor":"{worker.id}","team":"{case.team}","reason":"registration"}}'
        case.note(self.period.instant(day, _ASSIGNED_AT), "assigned", "system", attributes)
        case.next_match = day + worker.advisor.job_matches.every_days
        worker.cases.append(case)
        worker.undecided.append(case)

    def hand_over(self, case: Case, to: Worker, at: int, day: int, reason: str) -> None:
        """Responsibility passes at one instant, or after a gap in which nobody has it."""
        previous = case.responsible
        previous.cases.remove(case)
        attributes = f'{{"advisor":"{previous.id}","team":"{case.team}","reason":"{reason}"}}'
        case.note(at, "unassigned", previous.id, attributes)
        case.advisor = to
        if self.work_rng.random() < self.habits.transfers.gap:
            self.later(day + self.habits.transfers.gap_days, _take_over, case, (previous.id, reason, 0))
        else:
            _take_over(case, day, (previous.id, reason, at))

    def propose_transfer(self, worker: Worker, case: Case, at: int) -> None:
        transfers.propose(worker, case, at)

    def receiver(self) -> Worker:
        """The one in the other team with fewest cases."""
        team = self.habits.transfers.to_team
        return min((worker for worker in self.workers if worker.advisor.team == team), key=lambda w: len(w.cases))

    def sender(self) -> Worker:
        return min(self._new_to, key=lambda worker: len(worker.cases))

    def colleague_of(self, worker: Worker) -> Worker | None:
        others = [other for other in self.workers if other is not worker and other.advisor.team == worker.advisor.team]
        return others[int(self.work_rng.random() * len(others))] if others else None

    def may_complain(self, case: Case, day: int) -> None:
        if self.home_rng.random() < self.habits.job_seekers.complains:
            self.at_home(day + self.home_rng.randint(2, 20), home.complain, case)

    def choose_course(self) -> Course:
        return pick(self.work_rng, {course: course.chosen for course in self.habits.courses})

    def take_place(self, course: Course) -> bool:
        """Places go to whoever asks first: a course may be full before an advisor hears of it (8.8)."""
        if self._places[course.code] <= 0:
            return False
        self._places[course.code] -= 1
        return True

    def _refill_places(self, day: int) -> None:
        month = self.period.dates[day].month
        if month != self._month:
            self._month = month
            self._places = {course.code: course.places_a_month for course in self.habits.courses}

    def pick_at_work(self, shares: Mapping[str, float]) -> str:
        return pick(self.work_rng, shares)

    def later(self, day: int, doing: Doing, case: Case, argument: Any = None) -> None:
        """The office does this in the morning of the first working day on or after ``day``, if the case still runs."""
        self._office.setdefault(self.period.next_working(day), []).append((doing, case, argument))

    def at_home(self, day: int, doing: Doing, case: Case, argument: Any = None) -> None:
        """The person does this in the evening, when the office has closed."""
        self._home.setdefault(day, []).append((doing, case, argument))

    def evening(self, day: int) -> int:
        return self.period.instant(day, _EVENING + int(self.home_rng.random() * _EVENING_LASTS))

    def expect_exit(self, case: Case) -> None:
        self._leaving.setdefault(case.exit_day, []).append(case)

    def redraw_exit(self, case: Case, day: int) -> None:
        self._arrivals.leave(case, day)
        self.expect_exit(case)

    def _end(self, case: Case, day: int) -> None:
        at = self.period.instant(day, _LEAVES_AT)
        if case.measure_runs and case.measure and case.advisor:
            measures.record_end(case, at, case.advisor.id, case.measure, completed=False)
        actor = "system" if case.exit_reason == "inactive" else case.person.id
        case.note(at, "ended", actor, f'{{"reason":"{case.exit_reason}"}}')
        case.open = False
        case.ended_day = day
        if case.advisor and case in case.advisor.cases:
            case.advisor.cases.remove(case)
        self._arrivals.left(day, case.person)


def _chance(key: str, source: str) -> Random:
    return Random(f"{key}/{source}")  # noqa: S311  drawn to be repeated, not to be kept secret


def _assign(case: Case, day: int, office: OfficeWork) -> None:
    office.assign(case, day)


def _take_over(case: Case, day: int, handed: tuple[str, str, int]) -> None:
    previous, reason, at = handed
    worker = case.responsible
    case.join(worker.advisor.team, day)
    attributes = f'{{"advisor":"{worker.id}","team":"{case.team}","previous":"{previous}","reason":"{reason}"}}'
    case.note(at or worker.office.period.instant(day, _ASSIGNED_AT), "assigned", "system", attributes)
    worker.cases.append(case)
