"""The national register's profiling of a registration, computed from the answers. No Django here.

Source: the register's own rule. Hindrances, if health or other conditions hinder; good chances, if of working age, with
six continuous months of work in the last twelve, and an education that is passed and recognised; else guidance. The
register knows work from the employers' reports, day by day; we know it from the CV, in whole months, as the register's
first version did. So where the register has told its own profile, that goes before ours on what rests on work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from framdrift.casework.registration.answers import Answers
from framdrift.casework.registration.steps import Job

WORKING_AGE = range(18, 60)
"""The ages, in whole years, that the register counts as working age here."""
MONTHS_LOOKED_AT, MONTHS_OF_WORK = 12, 6


class Profile(StrEnum):
    HINDRANCES = "stated_hindrances"
    GOOD_CHANCES = "assumed_good_chances"
    GUIDANCE = "assumed_need_for_guidance"


def profile(answers: Answers, *, birth_date: date | None, on: date, told: Profile | None = None) -> Profile:
    """`on` is the day of the registration. Without a birth date nobody is assumed to be of working age.

    `told` is what the register has said of an earlier registration. Whether something hinders is for the person to say,
    and these answers are newer.
    """
    if "yes" in (answers.hindrances.health, answers.hindrances.other):
        return Profile.HINDRANCES
    if told in (Profile.GOOD_CHANCES, Profile.GUIDANCE):
        return told
    education = answers.education
    good = (
        birth_date is not None
        and age(birth_date, on) in WORKING_AGE
        and worked_lately(answers.experience.jobs, on)
        and education.passed == education.recognised == "yes"
    )
    return Profile.GOOD_CHANCES if good else Profile.GUIDANCE


def age(birth_date: date, on: date) -> int:
    """Whole years; who is born on 29 February turns a year older on 1 March of the others."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def worked_lately(jobs: Iterable[Job], on: date) -> bool:
    """Six months in a row with work, whoever the employer, among the twelve up to and with this month."""
    now = month_number(on)
    worked = months_of_jobs(jobs, until=now)
    in_a_row = 0
    for month in range(now - MONTHS_LOOKED_AT + 1, now + 1):
        in_a_row = in_a_row + 1 if month in worked else 0
        if in_a_row == MONTHS_OF_WORK:
            return True
    return False


def months_of_jobs(jobs: Iterable[Job], *, until: int) -> set[int]:
    """The numbers of the months in which any of the jobs ran, up to and with `until`."""
    months: set[int] = set()
    for job in jobs:
        last = until if job.to_month is None else min(month_number(job.to_month), until)
        months.update(range(month_number(job.from_month), last + 1))
    return months
