"""What an invented person answers when they register: such that the event's facts follow from it, unclear points too.

The shape is that of a registration's stored answers (docs/registration.md). An answer that would leave a point unclear
is given where the event says so, and nowhere else as far as the facts allow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from framdrift.simulation.lives import work
from framdrift.simulation.lives.life import Life, Registered
from framdrift.simulation.lives.work import TEXTS, Trade

Answers = dict[str, Any]

_GENERAL = "Studieforberedende utdanningsprogram"
_LOST_WORK = ("dismissed", "laid_off", "temporary_job", "bankrupt", "quit")
_LEFT_WORK = ("quit", "temporary_job", "unsure", "other")
_STILL_WORKS = ("part_time_wants_more", "wants_change")
_WORKS_STILL = 0.15  # of those without dagpenger
_LATELY = {True: (0, 1), False: (2, 9)}  # months since the last job, with dagpenger and without
_LONG_AGO = (26, 60)  # months since the last job, where the work history is unclear
_A_NEW_JOB = 3  # months between two registrations that a job may have filled
_WANTED_FOR = {"health": "health", "education": "courses", "language": "language", "work_history": "work_practice"}
_GOOD_CHANCES = range(18, 60)


@dataclass(frozen=True, slots=True)
class Registration:
    """One registration of a person: its day, what its event tells, and the day on which it ended, if it did."""

    on: date
    facts: Registered
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class _Worked:
    """Jobs of the CV, the last first, and what the person says of them now."""

    jobs: list[dict[str, Any]]
    situation: str
    since: date | None = None


def draw_answers(person: str, life: Life, registrations: Sequence[Registration]) -> list[Answers]:
    """The answers of all the registrations of a person, in order of time: a later one goes on from the one before."""
    rng = Random(f"answers/{person}")  # noqa: S311  drawn to be repeated, not to be kept secret
    first = registrations[0]
    birth_year = first.facts.birth_year
    trade = work.draw_trade(rng, age=first.on.year - birth_year)
    studies = work.draw_studies(rng, trade, birth_year=birth_year)
    begins = max(birth_year + work.SCHOOL_UNTIL, *(each["to_year"] + 1 for each in studies), 0) * 12
    given: list[Answers] = []
    jobs: list[dict[str, Any]] = []
    for place, each in enumerate(registrations):
        if place == 0:
            worked = _first_worked(rng, trade, each, begins)
        else:
            worked = _worked_since(rng, trade, each, jobs, registrations[place - 1].ended)
        jobs = worked.jobs
        if not jobs and not studies:
            studies = [work.upper_secondary(rng, _GENERAL, each.on.year)]
        given.append(_answers(rng, trade, life, each, worked=worked, studies=studies))
    return given


def with_more_need(answers: Answers) -> Answers:
    """What the person says after telling that they do need help."""
    own_view = answers["help"]["own_view"]
    told = answers["help"] | {"needs_help": "yes", "own_view": "some_help" if own_view == "manage_alone" else own_view}
    return answers | {"help": told}


def _first_worked(rng: Random, trade: Trade, at: Registration, begins: int) -> _Worked:
    now = at.on.year * 12 + at.on.month - 1
    lately = "dagpenger" in at.facts.benefits
    if "work_history" in at.facts.unclear:
        until = now - rng.randint(*_LONG_AGO)
        jobs = work.draw_jobs(rng, trade, from_month=begins, to_month=until)
        return _Worked(jobs, "not_worked_two_years" if jobs else "never_worked")
    if not lately and rng.random() < _WORKS_STILL:
        jobs = work.draw_jobs(rng, trade, from_month=begins, to_month=now)
        if jobs:
            return _Worked([jobs[0] | {"to_month": None}, *jobs[1:]], rng.choice(_STILL_WORKS))
    until = now - rng.randint(*_LATELY[lately])
    jobs = work.draw_jobs(rng, trade, from_month=begins, to_month=until)
    if not jobs:
        return _Worked([], "just_finished_education")
    return _Worked(jobs, rng.choice(_LOST_WORK if lately else _LEFT_WORK), _after(until, at.on))


def _worked_since(
    rng: Random, trade: Trade, at: Registration, before: list[dict[str, Any]], ended: date | None
) -> _Worked:
    """The same CV, and one job more if there was time for it since the registration before ended."""
    now = at.on.year * 12 + at.on.month - 1
    began = now if ended is None else ended.year * 12 + ended.month
    lately = "dagpenger" in at.facts.benefits
    until = now - rng.randint(*_LATELY[lately])
    closed = [each | {"to_month": each["to_month"] or work.month(began - 1)} for each in before]
    if "work_history" in at.facts.unclear:
        return _Worked(closed, "not_worked_two_years" if closed else "never_worked")
    if until - began >= _A_NEW_JOB or not closed:
        closed = [work.job(rng, trade, min(began, until), until), *closed]
    return _Worked(closed, rng.choice(_LOST_WORK if lately else _LEFT_WORK), _after(until, at.on))


def _after(month: int, latest: date) -> date:
    return min(latest, date((month + 1) // 12, (month + 1) % 12 + 1, 1))


def _answers(
    rng: Random, trade: Trade, life: Life, at: Registration, *, worked: _Worked, studies: list[dict[str, Any]]
) -> Answers:
    facts = at.facts
    return {
        "about_you": _about_you(life),
        "situation": {
            "jobsituation": [worked.situation],
            "since": worked.since.isoformat() if worked.since else None,
            "last_occupation": {"code": trade.code, "title": trade.title} if worked.jobs else None,
            "benefits": list(facts.benefits),
        },
        "education": _education(rng, trade, facts, studies),
        "experience": {
            "jobs": worked.jobs,
            "competence": list(trade.competence) if worked.jobs else [],
            "languages": _languages(rng, facts),
            "licences": list(trade.licences),
        },
        "wishes": _wishes(rng, trade, facts, life),
        "hindrances": _hindrances(rng, facts),
        "help": _help(rng, facts, manages=_has_good_chances(at, life, worked)),
    }


def _about_you(life: Life) -> Answers:
    return {
        "given_name": life.given_name,
        "family_name": life.family_name,
        "phone": life.phone,
        "email": life.email,
        "preferred": life.preferred,
        "language": life.language,
        "interpreter": life.interpreter,
        "interpreter_language": life.interpreter_language or None,
    }


def _education(rng: Random, trade: Trade, facts: Registered, studies: list[dict[str, Any]]) -> Answers:
    level = trade.level if trade.level != "2" or not studies else "3"
    told: Answers = {"level": level, "passed": "yes", "recognised": "yes", "educations": studies}
    if "education" not in facts.unclear:
        return told
    if level == "2":
        title = f"{_GENERAL}, ikke fullført"
        told |= {"level": "3", "educations": [work.upper_secondary(rng, title, facts.birth_year + work.SCHOOL_UNTIL)]}
    taken_abroad = facts.language not in ("nb", "nn")
    field = "recognised" if taken_abroad else "passed"
    return told | {field: rng.choice(("no", "unsure") if taken_abroad else ("no", "no", "unsure"))}


def _languages(rng: Random, facts: Registered) -> list[Answers]:
    unclear = "language" in facts.unclear
    if facts.language in ("nb", "nn"):
        told = [_skill(facts.language, "good" if unclear else "first_language", "beginner" if unclear else None)]
        return [*told, _skill("en", rng.choice(("good", "very_good")))]
    own = [_skill(facts.language, "first_language")]
    if unclear or facts.interpreter:
        return [*own, _skill("nb", "beginner")] if rng.random() < 0.5 else own
    return [*own, _skill("nb", rng.choice(("good", "very_good")), "good")]


def _skill(language: str, spoken: str, written: str | None = None) -> Answers:
    return {"language": language, "spoken": spoken, "written": written or spoken}


def _wishes(rng: Random, trade: Trade, facts: Registered, life: Life) -> Answers:
    without = "job_wishes" in facts.unclear
    goal = "" if without else rng.choice(TEXTS["goals"]).format(title=trade.title)
    return {
        "goal": goal,
        "occupations": [] if without else [{"code": trade.code, "title": trade.title}],
        "places": [life.postal_place] if life.postal_place else [],
        "hours": rng.choice(("full", "full", "full", "either", "part")),
        "arrangements": rng.choice((["day"], ["day", "evening"], ["day", "shift"], ["day", "evening", "weekend"])),
        "start": rng.choice(("now", "now", "within_month")),
    }


def _hindrances(rng: Random, facts: Registered) -> Answers:
    if "health" not in facts.unclear:
        return {"health": "no", "other": "no", "text": ""}
    health = rng.choice(("yes", "unsure"))
    return {"health": health, "other": "no", "text": rng.choice(TEXTS["hindered"])}


def _has_good_chances(at: Registration, life: Life, worked: _Worked) -> bool:
    """As the national register would assume of them: of working age, lately at work, nothing said to hinder."""
    facts = at.facts
    if not worked.jobs or {"work_history", "health", "education"} & set(facts.unclear):
        return False
    now = at.on.year * 12 + at.on.month - 1
    began, ended = (_number(worked.jobs[0][end]) if worked.jobs[0][end] else now for end in ("from_month", "to_month"))
    age = at.on.year - life.birth_date.year - ((at.on.month, at.on.day) < (life.birth_date.month, life.birth_date.day))
    return age in _GOOD_CHANCES and ended - max(began, now - 11) >= 5


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _help(rng: Random, facts: Registered, *, manages: bool) -> Answers:
    alone = facts.needs_help == "no" and manages
    much = facts.needs_help == "yes" and not manages
    own_view = "manage_alone" if alone else rng.choice(("some_help", "much_help") if much else ("some_help",))
    words = "manages" if facts.needs_help == "no" else "asks_for_help"
    if facts.language == "en":
        words += "_en"
    wanted = {_WANTED_FOR[point] for point in facts.unclear if point in _WANTED_FOR}
    if facts.needs_help != "no":
        wanted |= {rng.choice(("cv", "search", "courses", "work_practice"))}
    return {
        "needs_help": facts.needs_help,
        "wants_contact": facts.wants_contact,
        "wanted": sorted(wanted),
        "own_view": own_view,
        "own_words": rng.choice(TEXTS[words]),
    }
