"""What is unclear, and the register's profiling: by hand, and against a second implementation."""

from __future__ import annotations

from collections import Counter
from datetime import date

import naive_registration as naive
import pytest
from hypothesis import given
from hypothesis import strategies as st
from registered import BORN, CLEAR, TODAY, TYPED, answers

from framdrift.casework.registration.answers import STEP_FORMS, dump, load
from framdrift.casework.registration.differences import differences
from framdrift.casework.registration.profile import Profile, age, profile, worked_lately
from framdrift.casework.registration.unclear import CODES, REASONS, codes, dump_points, load_points, longest_gap, points

BIRTH_DATES = st.none() | st.dates(date(1940, 1, 1), date(2012, 12, 31))
DAYS = st.dates(date(2024, 1, 1), TODAY)


def found(profiled: Profile | None = None, **by_step):
    told = answers(**by_step)
    profiled = profiled or profile(told, birth_date=BORN, on=TODAY)
    return {(point.code, point.reason) for point in points(told, profile=profiled, on=TODAY)}


def jobs(*spans):
    return {"jobs": [{"title": "K", "from_month": first, "to_month": last} for first, last in spans]}


@given(TYPED, BIRTH_DATES, DAYS, st.none() | st.sampled_from(Profile))
def test_the_second_implementation_agrees_on_the_profile(typed, birth_date, on, registers):
    told = load(typed)
    ours = profile(told, birth_date=birth_date, on=on, told=registers)
    assert ours == naive.profile(told, birth_date, on, registers)


@given(TYPED, st.sampled_from(Profile), DAYS)
def test_the_second_implementation_finds_the_same_points(typed, profiled, on):
    told = load(typed)
    assert longest_gap(told, on) == naive.longest_gap(told, on)
    ours = points(told, profile=profiled, on=on)
    assert [(point.code, point.reason) for point in ours] == naive.points(told, profiled, on)


@given(TYPED, st.sampled_from(Profile))
def test_each_point_names_answers_that_are_there_and_is_kept_as_it_is(typed, profiled):
    ours = points(load(typed), profile=profiled, on=TODAY)
    for point in ours:
        assert point.reason in REASONS[point.code]
        for field in point.fields:
            step, name = field.split(".")
            assert name in STEP_FORMS[step].model_fields
    assert load_points(dump_points(ours)) == ours
    assert codes(ours) == [code for code in CODES if code in {point.code for point in ours}]


def test_everything_told_leaves_nothing_unclear():
    assert found() == set()
    assert profile(answers(), birth_date=BORN, on=TODAY) is Profile.GOOD_CHANCES


@pytest.mark.parametrize(("answer", "reason"), [("yes", "hinders"), ("unsure", "unsure"), (None, "not_told")])
def test_health_and_other_hindrances(answer, reason):
    assert ("health", reason) in found(hindrances={"health": answer})
    assert ("other_hindrances", reason) in found(hindrances={"other": answer})


@pytest.mark.parametrize(
    ("told", "reasons"),
    [
        ({"level": None, "passed": None, "recognised": None}, {"not_told"}),
        ({"level": "9"}, {"not_told"}),
        ({"recognised": "no"}, {"not_recognised"}),
        ({"recognised": "unsure", "passed": "no"}, {"unsure_recognised", "not_passed"}),
        ({"recognised": None, "passed": None}, {"recognised_not_told", "passed_not_told"}),
        ({"level": "2", "recognised": None, "passed": None}, set()),
        ({"level": "0", "recognised": "no"}, set()),
    ],
)
def test_education(told, reasons):
    own = {"own_view": None}
    assert found(education=told, help=own) == {("education", reason) for reason in reasons}


def test_a_goal_in_own_words_or_an_occupation_is_a_goal():
    assert found(wishes={"goal": None, "occupations": None}) == {("job_wishes", "no_goal")}
    assert found(wishes={"goal": None}) == found(wishes={"occupations": None}) == set()


@pytest.mark.parametrize(
    ("situation", "experience", "reasons"),
    [
        (["never_worked"], {"jobs": None}, {"never_worked"}),
        (["not_worked_two_years"], {}, {"not_worked_two_years"}),
        (["dismissed"], {"jobs": None}, {"no_jobs_told"}),
        (["just_finished_education"], {"jobs": None}, set()),
        # Registered in November: thirteen whole months from October 2025 to October 2026, or twelve.
        (["dismissed"], jobs(("2020-01", "2025-09")), {"gap"}),
        (["dismissed"], jobs(("2020-01", "2025-10")), set()),
        (["dismissed"], jobs(("2020-01", "2022-12"), ("2024-02", None)), {"gap"}),
        (["dismissed"], jobs(("2020-01", "2022-12"), ("2024-01", None)), set()),
        # A gap of long ago, of more than five years.
        (["dismissed"], jobs(("2010-01", "2011-01"), ("2021-11", None)), set()),
        (["dismissed"], jobs(("2010-01", "2011-01"), ("2023-01", None)), {"gap"}),
    ],
)
def test_work_history(situation, experience, reasons):
    told = found(situation={"jobsituation": situation}, experience=experience, help={"own_view": None})
    assert told == {("work_history", reason) for reason in reasons}


def test_an_education_is_no_gap():
    studied = [{"title": "Fagskole", "from_year": 2023, "to_year": 2024}]
    told = {
        "jobs": [
            {"title": "K", "from_month": "2020-01", "to_month": "2022-12"},
            {"title": "K", "from_month": "2025-01"},
        ]
    }
    assert found(experience=told, education={"educations": studied}) == set()


@pytest.mark.parametrize(
    ("language", "skills", "reasons"),
    [
        ("sv", [], set()),
        ("so", [], {"norwegian_not_told"}),
        ("so", [("nb", "beginner", "good")], {"norwegian_limited"}),
        ("so", [("nb", "beginner", "beginner"), ("nn", "good", "good")], set()),
        ("en", [("nb", "very_good", "good")], set()),
    ],
)
def test_language(language, skills, reasons):
    rows = [{"language": name, "spoken": spoken, "written": written} for name, spoken, written in skills]
    told = found(about_you={"language": language}, experience={"languages": rows})
    assert told == {("language", reason) for reason in reasons}


def test_an_interpreter_is_asked_for_and_nothing_else_said_of_the_language():
    told = found(about_you={"language": "so", "interpreter": True, "interpreter_language": "so"})
    assert told == {("language", "interpreter_needed")}


@pytest.mark.parametrize(
    ("profiled", "own_view", "needs_help", "reasons"),
    [
        (Profile.GOOD_CHANCES, "manage_alone", "no", set()),
        (Profile.GOOD_CHANCES, "much_help", "yes", {"sees_more_need"}),
        (Profile.GOOD_CHANCES, "some_help", "yes", set()),
        (Profile.GUIDANCE, "manage_alone", "no", {"sees_less_need"}),
        (Profile.HINDRANCES, "manage_alone", "yes", {"sees_less_need", "contradicts_itself"}),
        (Profile.GUIDANCE, "much_help", "no", {"contradicts_itself"}),
        (Profile.GUIDANCE, "much_help", "unsure", {"unsure_of_need"}),
        (Profile.GUIDANCE, None, "yes", set()),
    ],
)
def test_the_own_view_is_held_against_the_profile_and_the_other_answers(profiled, own_view, needs_help, reasons):
    told = found(profiled, help={"own_view": own_view, "needs_help": needs_help})
    assert told == {("own_view", reason) for reason in reasons}


@pytest.mark.parametrize(
    ("spans", "has_worked"),
    [
        ([("2026-06", None)], True),
        ([("2026-07", None)], False),
        ([("2010-01", "2026-05")], True),
        ([("2010-01", "2026-04")], False),
        ([("2025-12", "2026-02"), ("2026-03", "2026-05")], True),
        ([("2025-12", "2026-02"), ("2026-04", "2026-06")], False),
        ([("2026-01", "2026-06")], True),
        ([], False),
    ],
)
def test_six_months_in_a_row_among_the_last_twelve(spans, has_worked):
    assert worked_lately(answers(experience=jobs(*spans)).experience.jobs, TODAY) is has_worked


@pytest.mark.parametrize(
    ("born", "years"),
    [(date(1966, 11, 23), 60), (date(1966, 11, 24), 59), (date(2008, 11, 23), 18), (date(2008, 11, 24), 17)],
)
def test_working_age_is_from_18_to_59_years(born, years):
    assert age(born, TODAY) == years
    is_good = profile(answers(), birth_date=born, on=TODAY) is Profile.GOOD_CHANCES
    assert is_good is (18 <= years <= 59)


def test_the_register_s_own_profile_goes_before_ours_but_not_before_newer_answers_on_hindrances():
    for told in (Profile.GUIDANCE, Profile.GOOD_CHANCES):
        assert profile(answers(), birth_date=BORN, on=TODAY, told=told) is told
        hindered = answers(hindrances={"other": "yes"})
        assert profile(hindered, birth_date=BORN, on=TODAY, told=told) is Profile.HINDRANCES
    assert profile(answers(), birth_date=BORN, on=TODAY, told=Profile.HINDRANCES) is Profile.GOOD_CHANCES


def test_without_a_birth_date_nobody_is_taken_to_be_of_working_age():
    assert profile(answers(), birth_date=None, on=TODAY) is Profile.GUIDANCE


@given(TYPED, TYPED)
def test_differences_are_those_of_the_second_implementation(one, other):
    before, after = load(one), load(other)
    expected = naive.differences(dump(before), dump(after))
    told = differences(before, after)
    assert [each.field for each in told] == list(expected)
    for each in told:
        was, became = expected[each.field]
        if not isinstance(became, list):
            assert (each.before, each.after) == (was, became)
            continue
        gone, new = Counter(map(repr, each.before)), Counter(map(repr, each.after))
        assert Counter(map(repr, was)) - gone + new == Counter(map(repr, became))
        assert (each.before, each.after) == (was, became) or not gone & new


@given(TYPED)
def test_nothing_differs_from_itself_and_a_first_version_is_all_new(typed):
    told = load(typed)
    assert differences(told, told) == []
    first = {each.field: each.after for each in differences(None, told)}
    assert first == {field: became for field, (_, became) in naive.differences(None, dump(told)).items()}


def test_a_row_that_is_gone_and_a_row_that_is_new_stand_apart():
    before = answers(wishes={"places": ["Vika", "Nes"]}, about_you={"phone": "11223344"})
    after = answers(wishes={"places": ["Nes", "Ås"]})
    told = {each.field: (each.before, each.after) for each in differences(before, after)}
    assert told == {
        "about_you.phone": ("11223344", CLEAR["about_you"]["phone"]),
        "wishes.places": (["Vika"], ["Ås"]),
    }
    turned = differences(answers(wishes={"places": ["a", "b"]}), answers(wishes={"places": ["b", "a"]}))
    assert [(each.before, each.after) for each in turned] == [(["a", "b"], ["b", "a"])]
