"""The guide to registration names every step, field, problem and point there is, and no other."""

import re

import pytest
import write_tables

from framdrift.casework.registration import answers, profile, unclear
from framdrift.casework.registration.fields import EARLIEST_YEAR, JOB_YEARS_AHEAD, YEARS_AHEAD

GUIDE = (write_tables.DOCS / "registration.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[tuple[str, str]]:
    """The first two cells of the table under a heading."""
    part = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = [tuple(row.strip("| ").split(" | ")[:2]) for row in part.splitlines() if row.startswith("| `")]
    assert found
    return found


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_steps_and_their_fields():
    told = {codes(step)[0]: codes(fields) for step, fields in rows("What is asked, and why")}
    assert told == {step: list(form.model_fields) for step, form in answers.STEP_FORMS.items()}


@pytest.mark.parametrize("step", answers.STEPS)
def test_what_must_be_answered(step):
    fields = {codes(name)[0]: cell for name, cell in rows("What is asked, and why")}[step]
    starred = set(re.findall(r"`([^`]+)`\*", fields))
    assert starred == {name for name, field in answers.STEP_FORMS[step].model_fields.items() if field.is_required()}


def test_the_problems():
    told = [code for cell, _ in rows("What is kept of what is typed") for code in codes(cell)]
    assert sorted(told) == sorted(answers.PROBLEM_CODES)


def test_the_points_and_their_reasons():
    told = {codes(point)[0]: tuple(codes(reasons)) for point, reasons in rows("What is unclear")}
    assert told == dict(unclear.REASONS)


def test_the_profiles_and_the_numbers():
    told = [code for code in codes(GUIDE) if code in set(profile.Profile)]
    assert told == list(profile.Profile)
    ages = profile.WORKING_AGE
    for said in (
        f"{ages[0]} to {ages[-1]} years old",
        f"{answers.LARGEST_STEP:,} characters",
        f"before {EARLIEST_YEAR}",
    ):
        assert said in GUIDE
    assert (unclear.GAP_MONTHS, unclear.GAP_LOOKED_AT, JOB_YEARS_AHEAD, YEARS_AHEAD) == (12, 60, 2, 10)
    assert (profile.MONTHS_OF_WORK, profile.MONTHS_LOOKED_AT) == (6, 12)
