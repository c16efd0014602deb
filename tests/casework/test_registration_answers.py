"""What is typed becomes answers or problems; what is stored is read again as it was; nothing typed is lost."""

import json
import sys
import unicodedata
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registered import CLEAR, TODAY, TYPED, changed

from framdrift.casework.registration import steps
from framdrift.casework.registration.answers import (
    LARGEST_STEP,
    PROBLEM_CODES,
    STEP_FORMS,
    STEPS,
    Problem,
    TooLargeError,
    as_typed,
    dump,
    dump_step,
    load,
    read_step,
)
from framdrift.casework.registration.drafts import Draft, StepDraft
from framdrift.events.vocabulary import BENEFITS


def problems(step, **typed):
    return dict(read_step(step, CLEAR[step] | typed, today=TODAY)[1])


def answered(step, **typed):
    answers, wrong = read_step(step, CLEAR[step] | typed, today=TODAY)
    assert not wrong
    return answers


@given(TYPED)
def test_what_is_stored_is_read_again_as_it_was(typed):
    kept = {}
    for step, data in typed.items():
        answers, wrong = read_step(step, as_typed(data), today=TODAY)
        assert not wrong, (step, wrong)
        kept[step] = dump_step(answers)
        again, _ = read_step(step, kept[step], today=TODAY)
        assert (again, dump_step(again)) == (answers, kept[step])
    stored = json.loads(json.dumps(kept))
    assert dump(load(stored)) == stored


@given(TYPED)
def test_the_draft_s_whole_answers_are_those_of_its_steps(typed):
    kept = {step: StepDraft(as_typed(data), 1) for step, data in typed.items()}
    draft = Draft(None, 1, TODAY, steps=kept)
    assert draft.unfinished == ()
    assert dump(draft.answers) == {step: dump_step(read_step(step, kept[step].data, today=TODAY)[0]) for step in STEPS}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(STEPS), st.data())
def test_whatever_is_sent_gives_answers_or_problems_and_can_be_kept(step, data):
    sent = {name: data.draw(ANYTHING) for name in STEP_FORMS[step].model_fields}
    kept = as_typed(sent)
    answers, wrong = read_step(step, kept, today=TODAY)
    assert (answers is None) == bool(wrong)
    assert {each.code for each in wrong.values()} <= PROBLEM_CODES
    written = json.dumps(kept, ensure_ascii=False)
    assert written.encode()
    assert "\\u0000" not in written
    assert as_typed(json.loads(written)) == kept, "kept once, it stays as it is"


def test_what_is_nested_without_end_is_not_kept():
    nested: list[object] = []
    for _ in range(5_000):
        nested = [nested]
    with pytest.raises(TooLargeError):
        as_typed({"competence": nested})


@given(st.text(st.characters(min_codepoint=0, max_codepoint=sys.maxunicode, exclude_categories=[]), max_size=50))
def test_no_control_character_and_no_half_pair_gets_into_an_answer(text):
    typed = {"needs_help": "yes", "wants_contact": True, "own_words": text}
    answers = read_step("help", as_typed(typed), today=TODAY)[0]
    kept = answers.own_words
    assert kept == unicodedata.normalize("NFC", kept)
    assert not {unicodedata.category(each) for each in kept.replace("\n", "")} & {"Cc", "Cs", "Co", "Cn"}
    kept.encode()


def test_text_is_trimmed_and_keeps_its_lines_and_joiners():
    answers = answered("help", own_words=" Jeg  vil\r\n\r\n\r\n\r\njobbe\u202e.\tمی‌خواهم ")
    assert answers.own_words == "Jeg vil\n\njobbe. می‌خواهم"
    assert answered("about_you", given_name=" Anne\n Lise ").given_name == "Anne Lise"
    assert answered("about_you", given_name="A\u030ase").given_name == "Åse"


def test_an_empty_box_is_no_answer():
    assert problems("about_you", given_name="  ") == {"given_name": Problem("required")}
    assert answered("situation", since="", last_occupation={"code": "", "title": " "}).last_occupation is None
    assert answered("education", level="", passed="").level is None
    assert problems("help", wants_contact="") == {"wants_contact": Problem("required")}


def test_rows_in_which_nothing_was_typed_are_dropped_before_they_are_counted():
    typed = as_typed(
        {"jobs": [{"title": "", "employer": " "}, {"title": "Kokk", "from_month": "x"}], "competence": ["", "a"]}
    )
    assert typed == {"jobs": [{"title": "Kokk", "from_month": "x"}], "competence": ["a"]}
    assert problems("experience", **typed) == {"jobs.0.from_month": Problem("not_a_month")}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("99 88 77 66", "99887766"),
        ("+47 998-87-766", "+4799887766"),
        ("0047 99887766", "+4799887766"),
        ("00 00 00 00", "00000000"),
        ("(+46) 70/1234567", "+46701234567"),
    ],
)
def test_a_phone_number_is_read_as_people_write_it(typed, kept):
    assert answered("about_you", phone=typed).phone == kept


@pytest.mark.parametrize("typed", ["12", "9988776", "ring meg", "99887766 eller 11223344", "+", "1" * 16])
def test_what_is_no_phone_number_is_told(typed):
    assert problems("about_you", phone=typed) == {"phone": Problem("not_a_phone")}


@pytest.mark.parametrize(
    "typed", ["a@b", "a b@example.no", "@example.no", "a@example..no", "a@.no", "a@example.no,b@example.no"]
)
def test_what_is_no_address_is_told(typed):
    assert problems("about_you", email=typed) == {"email": Problem("not_an_email")}


def test_the_channel_that_is_preferred_can_be_used():
    for channel in ("phone", "sms"):
        assert problems("about_you", phone="", preferred=channel) == {"phone": Problem("needed_for_preferred")}
    assert problems("about_you", email="", preferred="email") == {"email": Problem("needed_for_preferred")}
    for channel in ("letter", "portal"):
        answered("about_you", phone="", email="", preferred=channel)


def test_what_nobody_answered_is_nobodys_answer():
    untouched = {"given_name": "Ola", "family_name": "Berg", "preferred": "", "language": "", "interpreter": ""}
    answers, wrong = read_step("about_you", untouched, today=TODAY)
    assert answers is None
    assert wrong == {name: Problem("required") for name in ("preferred", "language", "interpreter")}


def test_who_needs_an_interpreter_says_in_which_language():
    assert problems("about_you", interpreter="yes") == {"interpreter_language": Problem("required")}
    assert answered("about_you", interpreter="on", interpreter_language="so").interpreter


def test_no_benefit_stands_alone():
    assert problems("situation", benefits=["none", "aap"]) == {"benefits": Problem("none_with_others")}
    assert problems("situation", benefits=[]) == {"benefits": Problem("required")}


@pytest.mark.parametrize(
    ("step", "typed", "field", "code"),
    [
        ("situation", {"since": "24.11.2026"}, "since", "in_future"),
        ("situation", {"since": "31.11.2025"}, "since", "no_such_date"),
        ("situation", {"since": "i fjor"}, "since", "not_a_date"),
        ("situation", {"since": "1.1.1899"}, "since", "too_early"),
        ("experience", {"jobs": [{"title": "K", "from_month": "12.2026"}]}, "jobs.0.from_month", "in_future"),
        ("experience", {"jobs": [{"title": "K", "from_month": "13.2020"}]}, "jobs.0.from_month", "not_a_month"),
        ("experience", {"jobs": [{"title": "K"}]}, "jobs.0.from_month", "required"),
        (
            "experience",
            {"jobs": [{"title": "K", "from_month": "3.2020", "to_month": "2.2020"}]},
            "jobs.0.to_month",
            "before_from",
        ),
        (
            "experience",
            {"jobs": [{"title": "K", "from_month": "3.2020", "to_month": "1.2029"}]},
            "jobs.0.to_month",
            "too_late",
        ),
        ("education", {"educations": [{"title": "K", "from_year": "2027"}]}, "educations.0.from_year", "in_future"),
        ("education", {"educations": [{"title": "K", "to_year": "2037"}]}, "educations.0.to_year", "too_late"),
        (
            "education",
            {"educations": [{"title": "K", "from_year": "to tusen"}]},
            "educations.0.from_year",
            "not_a_year",
        ),
        (
            "education",
            {"educations": [{"title": "K", "from_year": "2010", "to_year": "2009"}]},
            "educations.0.to_year",
            "before_from",
        ),
        (
            "experience",
            {"languages": [{"language": "nb", "spoken": "good", "written": "good"}] * 2},
            "languages",
            "twice",
        ),
        ("education", {"level": "10"}, "level", "not_a_choice"),
        ("wishes", {"occupations": [{"code": "52a", "title": "K"}]}, "occupations.0.code", "not_a_choice"),
        ("wishes", {"wage": "much"}, "wage", "unknown_field"),
    ],
)
def test_what_makes_no_sense_is_told_where_it_stands(step, typed, field, code):
    found = problems(step, **typed)
    assert list(found) == [field]
    assert found[field].code == code


def test_limits_are_told_with_their_number():
    assert problems("wishes", goal="x" * 201) == {"goal": Problem("too_long", 200)}
    assert problems("about_you", family_name="x" * 101) == {"family_name": Problem("too_long", 100)}
    assert problems("help", own_words="x" * 2_001) == {"own_words": Problem("too_long", 2_000)}
    assert problems("experience", competence=["x" * 101]) == {"competence.0": Problem("too_long", 100)}
    many = [{"title": f"Kokk {number}", "from_month": "2020-01"} for number in range(31)]
    assert problems("experience", jobs=many) == {"jobs": Problem("too_many", 30)}
    assert problems("situation", since="1.1.1800") == {"since": Problem("too_early", 1900)}


def test_a_flood_is_not_kept():
    as_typed({"own_words": "x" * LARGEST_STEP})
    with pytest.raises(TooLargeError):
        as_typed({"own_words": "x" * LARGEST_STEP, "needs_help": "yes"})


def test_answers_stay_out_of_what_is_logged():
    told = load(CLEAR)
    assert "Solveig" not in repr(told)
    with pytest.raises(ValueError, match="validation error") as broken:
        load(changed(about_you={"family_name": ["Ås"]}))
    assert "Ås" not in str(broken.value)


def test_dates_are_read_as_people_write_them():
    assert answered("situation", since="2.11.2026").since == date(2026, 11, 2)
    assert answered("situation", since="2026-11-02").since == date(2026, 11, 2)
    for typed in ("3.2020", "03.2020", "3/2020", "2020-03", "17.3.2020", date(2020, 3, 9)):
        (job,) = answered("experience", jobs=[{"title": "K", "from_month": typed}]).jobs
        assert job.from_month == date(2020, 3, 1)
    (job,) = answered("experience", jobs=[{"title": "K", "from_month": "2020-01", "to_month": "2.2027"}]).jobs
    assert job.to_month == date(2027, 2, 1), "under notice: the last month lies ahead"


def test_what_was_sane_when_it_was_sent_stays_readable():
    later = changed(situation={"since": "2030-01-01"})
    assert read_step("situation", later["situation"], today=TODAY)[1]
    assert load(later).situation.since == date(2030, 1, 1)


def test_the_order_of_ticking_says_nothing():
    assert answered("wishes", arrangements=["weekend", "day", "day"]).arrangements == ("day", "weekend")
    assert answered("situation", benefits=["aap", "dagpenger"]).benefits == ("dagpenger", "aap")


def test_the_codes_are_the_journal_s():
    assert get_args(steps.Benefit) == BENEFITS
    assert STEPS == ("about_you", "situation", "education", "experience", "wishes", "hindrances", "help")
