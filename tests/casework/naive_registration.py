"""A second implementation of the rules on registrations, written from docs/registration.md: by dates, by plain lists,
one question at a time, and slow.
"""

from __future__ import annotations

from datetime import date, timedelta


def months_back(on: date, count: int) -> list[date]:
    """The first days of the last `count` months, that of `on` first."""
    firsts = [on.replace(day=1)]
    while len(firsts) < count:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return firsts


def works_in(answers, month: date) -> bool:
    return any(
        job.from_month <= month and (job.to_month is None or month <= job.to_month) for job in answers.experience.jobs
    )


def studies_in(answers, month: date) -> bool:
    for studies in answers.education.educations:
        first, last = studies.from_year or studies.to_year, studies.to_year or 9999
        if first is not None and first <= month.year <= last:
            return True
    return False


def years_old(born: date, on: date) -> int:
    birthdays = 0
    for year in range(born.year + 1, on.year + 1):
        leap = born.month == 2 and born.day == 29 and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
        birthdays += (date(year, 3, 1) if leap else date(year, born.month, born.day)) <= on
    return birthdays


def profile(answers, birth_date, on, told=None):
    if answers.hindrances.health == "yes" or answers.hindrances.other == "yes":
        return "stated_hindrances"
    if told is not None and told != "stated_hindrances":
        return str(told)
    months = [works_in(answers, month) for month in months_back(on, 12)]
    six_in_a_row = any(all(months[start : start + 6]) for start in range(7))
    of_age = birth_date is not None and 18 <= years_old(birth_date, on) <= 59
    educated = answers.education.passed == "yes" and answers.education.recognised == "yes"
    return "assumed_good_chances" if six_in_a_row and of_age and educated else "assumed_need_for_guidance"


def longest_gap(answers, on):
    """Text of the months, busy or not, oldest first; the longest run between, after the first busy one."""
    sixty = months_back(on, 61)[1:][::-1]
    anything_before = [
        *(job.from_month for job in answers.experience.jobs),
        *(
            date(studies.from_year or studies.to_year, 1, 1)
            for studies in answers.education.educations
            if studies.from_year or studies.to_year
        ),
    ]
    if not anything_before:
        return 0
    started = min(anything_before)
    line = "".join(
        "B" if works_in(answers, month) or studies_in(answers, month) else "." for month in sixty if month >= started
    )
    return max(len(run) for run in line.split("B"))


def points(answers, found_profile, on):
    """Pairs of code and reason."""
    return [
        *of_hindrances(answers),
        *of_education(answers),
        *of_wishes_and_work(answers, on),
        *of_language(answers),
        *of_own_view(answers, found_profile),
    ]


def of_hindrances(answers):
    told = []
    for code, answer in (("health", answers.hindrances.health), ("other_hindrances", answers.hindrances.other)):
        if answer == "yes":
            told.append((code, "hinders"))
        if answer == "unsure":
            told.append((code, "unsure"))
        if answer is None:
            told.append((code, "not_told"))
    return told


def of_education(answers):
    told = []
    education = answers.education
    beyond_school = education.level in ("3", "4", "5", "6", "7", "8")
    unknown = education.level is None or education.level == "9"
    if unknown:
        told.append(("education", "not_told"))
    for question, answer in (("passed", education.passed), ("recognised", education.recognised)):
        if (beyond_school or unknown) and answer == "no":
            told.append(("education", f"not_{question}"))
        if (beyond_school or unknown) and answer == "unsure":
            told.append(("education", f"unsure_{question}"))
        if beyond_school and answer is None:
            told.append(("education", f"{question}_not_told"))
    return told


def of_wishes_and_work(answers, on):
    told = []
    if len(answers.wishes.goal) == 0 and len(answers.wishes.occupations) == 0:
        told.append(("job_wishes", "no_goal"))

    situation = answers.situation.jobsituation
    never, long_ago = "never_worked" in situation, "not_worked_two_years" in situation
    if never:
        told.append(("work_history", "never_worked"))
    if long_ago:
        told.append(("work_history", "not_worked_two_years"))
    if not never and not long_ago:
        has_jobs = len(answers.experience.jobs) > 0
        if not has_jobs and "just_finished_education" not in situation:
            told.append(("work_history", "no_jobs_told"))
        if has_jobs and longest_gap(answers, on) >= 13:
            told.append(("work_history", "gap"))
    return told


def of_language(answers):
    told = []
    about = answers.about_you
    norwegian = [skill for skill in answers.experience.languages if skill.language in ("nb", "nn")]
    enough = [skill for skill in norwegian if skill.spoken != "beginner" and skill.written != "beginner"]
    if about.interpreter:
        told.append(("language", "interpreter_needed"))
    elif about.language not in ("nb", "nn", "se", "sv", "da"):
        if norwegian and not enough:
            told.append(("language", "norwegian_limited"))
        if not norwegian:
            told.append(("language", "norwegian_not_told"))
    return told


def of_own_view(answers, found_profile):
    told = []
    own, needs = answers.help.own_view, answers.help.needs_help
    if needs == "unsure":
        told.append(("own_view", "unsure_of_need"))
    if (own == "manage_alone" and needs == "yes") or (own == "much_help" and needs == "no"):
        told.append(("own_view", "contradicts_itself"))
    if own == "manage_alone" and found_profile != "assumed_good_chances":
        told.append(("own_view", "sees_less_need"))
    if own == "much_help" and found_profile == "assumed_good_chances":
        told.append(("own_view", "sees_more_need"))
    return told


def differences(before, after):
    """By field: what to put where. `before` and `after` are stored answers."""
    changed = {}
    for step, fields in after.items():
        for name, value in fields.items():
            was = (before or {}).get(step, {}).get(name, [] if isinstance(value, list) else None)
            if was == value:
                continue
            if before is None and (value is None or value is False or value == ""):
                continue
            changed[f"{step}.{name}"] = (was, value)
    return changed
