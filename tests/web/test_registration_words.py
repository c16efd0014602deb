"""Whatever a registration may hold, somebody reads in words: each code of the records has some."""

import pytest

from framdrift.casework.registration import steps
from framdrift.casework.registration.answers import PROBLEM_CODES, STEPS
from framdrift.casework.registration.unclear import CODES, REASONS
from framdrift.events.vocabulary import BENEFITS
from framdrift.web.registration import points, problems, words

LISTS = {
    "STEPS": STEPS,
    "CHANNELS": steps.CHANNELS,
    "YES_NO_UNSURE": steps.YES_NO,
    "JOB_SITUATIONS": steps.JOBSITUATIONS,
    "BENEFITS": BENEFITS,
    "EDUCATION_LEVELS": steps.LEVELS,
    "FLUENCIES": steps.FLUENCIES,
    "LICENCES": steps.LICENCES,
    "HOURS": steps.HOURS,
    "ARRANGEMENTS": steps.ARRANGEMENTS,
    "STARTS": steps.STARTS,
    "HELP": steps.WANTED,
    "OWN_VIEWS": steps.OWN_VIEWS,
    "LANGUAGES": steps.LANGUAGES,
}
SAID_BY_THE_FORM = {"required"}
NOT_SAID = {"unknown_field", "not_valid"}
"""No box of ours sends these: the page says that it could not be read."""


@pytest.mark.parametrize("name", LISTS)
def test_each_code_of_a_list_has_words_and_no_words_are_left_over(name):
    assert set(getattr(words, name)) == set(LISTS[name])


def test_each_problem_says_how_to_mend_it():
    assert set(problems.TEXTS) == PROBLEM_CODES - SAID_BY_THE_FORM - NOT_SAID


def test_each_unclear_point_is_an_invitation_to_the_person_and_a_reason_to_staff():
    assert set(points.TITLES) == set(points.INVITATIONS) == set(CODES)
    assert set(points.REASONS) == {(code, reason) for code, reasons in REASONS.items() for reason in reasons}
