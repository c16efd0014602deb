"""What a registration leaves unclear: points that an advisor asks about before deciding (Standard 5.2; thesis 8.1).

Each rule reads the answers and says what it rests on, so that the advisor sees why, and the person can see the same. A
point is no judgement of the person and weighs nothing: it says that reading is not enough. No Django here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from framdrift.casework.registration.answers import Answers
from framdrift.casework.registration.profile import Profile, month_number, months_of_jobs
from framdrift.casework.registration.steps import Studies
from framdrift.events import Json

REASONS: Mapping[str, tuple[str, ...]] = {
    "health": ("hinders", "unsure", "not_told"),
    "other_hindrances": ("hinders", "unsure", "not_told"),
    "education": (
        *("not_told", "not_passed", "unsure_passed", "passed_not_told"),
        *("not_recognised", "unsure_recognised", "recognised_not_told"),
    ),
    "job_wishes": ("no_goal",),
    "work_history": ("never_worked", "not_worked_two_years", "no_jobs_told", "gap"),
    "language": ("interpreter_needed", "norwegian_not_told", "norwegian_limited"),
    "own_view": ("unsure_of_need", "contradicts_itself", "sees_less_need", "sees_more_need"),
}
"""What a point may be, and why: the codes that the journal's `unclear` holds, in the order of telling."""

CODES = tuple(REASONS)

SCHOOL_ONLY = ("0", "1", "2")
"""NUS levels without anything to pass or have recognised: no education, primary and lower secondary school."""
NOT_STATED = "9"
UNDERSTOOD = ("nb", "nn", "se", "sv", "da")
"""Written and spoken with the office without more: Norwegian, Sámi, and the neighbours' by the Nordic convention."""
GAP_MONTHS, GAP_LOOKED_AT = 12, 60
"""A gap is more than a year within the last five without work or education; the numbers are ours."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something unclear: its code, the reason, and the answers it rests on, as `step.field`."""

    code: str
    reason: str
    fields: tuple[str, ...]


def points(answers: Answers, *, profile: Profile, on: date) -> tuple[Point, ...]:
    """All points, in the order of `CODES`. `profile` is the register's own where it is known; `on` the day of it."""
    return (
        *_hindrance("health", answers.hindrances.health),
        *_hindrance("other_hindrances", answers.hindrances.other),
        *_education(answers),
        *_job_wishes(answers),
        *_work_history(answers, on),
        *_language(answers),
        *_own_view(answers, profile),
    )


def dump_points(found: Iterable[Point]) -> list[dict[str, Json]]:
    """The points as a version keeps them."""
    return [{"code": point.code, "reason": point.reason, "fields": list(point.fields)} for point in found]


def load_points(stored: Iterable[Mapping[str, Any]]) -> tuple[Point, ...]:
    return tuple(Point(point["code"], point["reason"], tuple(point["fields"])) for point in stored)


def codes(found: Iterable[Point]) -> list[str]:
    """What the journal is told: the points without their reasons, each once."""
    return list(dict.fromkeys(point.code for point in found))


def _hindrance(code: str, answer: str | None) -> Iterator[Point]:
    """Also a plain yes: that something hinders is known then, not what, nor how much."""
    reason = {"yes": "hinders", "unsure": "unsure", "no": None, None: "not_told"}[answer]
    if reason:
        yield Point(code, reason, ("hindrances.health" if code == "health" else "hindrances.other",))


def _education(answers: Answers) -> Iterator[Point]:
    told = answers.education
    if told.level in SCHOOL_ONLY:
        return
    if told.level in (None, NOT_STATED):
        yield Point("education", "not_told", ("education.level",))
    for field, answer, reasons in (
        ("education.passed", told.passed, {"no": "not_passed", "unsure": "unsure_passed"}),
        ("education.recognised", told.recognised, {"no": "not_recognised", "unsure": "unsure_recognised"}),
    ):
        if answer in reasons:
            yield Point("education", reasons[answer], ("education.level", field))
        elif answer is None and told.level not in (None, NOT_STATED):
            yield Point("education", f"{field.removeprefix('education.')}_not_told", ("education.level", field))


def _job_wishes(answers: Answers) -> Iterator[Point]:
    if not answers.wishes.goal and not answers.wishes.occupations:
        yield Point("job_wishes", "no_goal", ("wishes.goal", "wishes.occupations"))


def _work_history(answers: Answers, on: date) -> Iterator[Point]:
    situation, jobs = answers.situation.jobsituation, answers.experience.jobs
    long_without = [reason for reason in ("never_worked", "not_worked_two_years") if reason in situation]
    for reason in long_without:
        yield Point("work_history", reason, ("situation.jobsituation",))
    if long_without:
        return
    if not jobs:
        if "just_finished_education" not in situation:
            yield Point("work_history", "no_jobs_told", ("situation.jobsituation", "experience.jobs"))
    elif longest_gap(answers, on) > GAP_MONTHS:
        yield Point("work_history", "gap", ("experience.jobs", "education.educations"))


def longest_gap(answers: Answers, on: date) -> int:
    """The most whole months in a row without work or education, since the first of them and not before `GAP_LOOKED_AT`;
    the month of the registration, which is not whole yet, is left out.
    """
    now = month_number(on)
    busy = months_of_jobs(answers.experience.jobs, until=now)
    for studies in answers.education.educations:
        busy.update(_months_of(studies, now))
    if not busy:
        return 0
    longest = gap = 0
    for month in range(max(min(busy), now - GAP_LOOKED_AT), now):
        gap = 0 if month in busy else gap + 1
        longest = max(longest, gap)
    return longest


def _months_of(studies: Studies, now: int) -> range:
    """Of an education only years are known: all their months count. One without a last year still runs."""
    first = studies.from_year if studies.from_year is not None else studies.to_year
    if first is None:
        return range(0)
    last = now if studies.to_year is None else min(studies.to_year * 12 + 11, now)
    return range(first * 12, last + 1)


def _language(answers: Answers) -> Iterator[Point]:
    told = answers.about_you
    if told.interpreter:
        yield Point("language", "interpreter_needed", ("about_you.interpreter", "about_you.interpreter_language"))
        return
    if told.language in UNDERSTOOD:
        return
    norwegian = [skill for skill in answers.experience.languages if skill.language in ("nb", "nn")]
    rests_on = ("about_you.language", "experience.languages")
    if not norwegian:
        yield Point("language", "norwegian_not_told", rests_on)
    elif all("beginner" in (skill.spoken, skill.written) for skill in norwegian):
        yield Point("language", "norwegian_limited", rests_on)


def _own_view(answers: Answers, profile: Profile) -> Iterator[Point]:
    told = answers.help
    if told.needs_help == "unsure":
        yield Point("own_view", "unsure_of_need", ("help.needs_help",))
    if (told.own_view, told.needs_help) in (("manage_alone", "yes"), ("much_help", "no")):
        yield Point("own_view", "contradicts_itself", ("help.own_view", "help.needs_help"))
    if told.own_view == "manage_alone" and profile is not Profile.GOOD_CHANCES:
        yield Point("own_view", "sees_less_need", ("help.own_view",))
    if told.own_view == "much_help" and profile is Profile.GOOD_CHANCES:
        yield Point("own_view", "sees_more_need", ("help.own_view",))
