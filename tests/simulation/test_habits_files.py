"""Habits files: those that ship, those built on them, and what is said of a mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from framdrift.events import UserError
from framdrift.simulation import Habits, HabitsError, load_habits, shipped

Changed = Callable[[str], Habits]


def test_the_two_offices_of_the_thesis_ship() -> None:
    assert shipped() == ["large-office", "small-office"]
    small, large = load_habits("small-office"), load_habits("large-office")
    assert (small.office.size, large.office.size) == ("small", "large")


def test_ten_advisors_are_as_the_thesis_counts_them() -> None:
    """8.1: nine usually, one always standard and without contact; two telephone. 8.2: one sees those who ask."""
    ten = [advisor for name in shipped() for advisor in load_habits(name).advisors if advisor.team == "short_term"]
    assert len(ten) == 10
    always = [advisor for advisor in ten if advisor.decisions.first == "always_standard"]
    assert [advisor.decisions.contact_when_unclear for advisor in always] == [0.0]
    assert sum(advisor.decisions.contact_when_unclear == 1 for advisor in ten) == 2
    assert sum(advisor.follow_up.sees == "those_who_ask" for advisor in ten) == 1
    assert sum(advisor.participation.rung == 6 for advisor in ten) == 2
    assert all(advisor.measures.effect_fed_back == 0 for advisor in ten)


def test_a_file_changes_only_what_it_says(changed: Changed) -> None:
    habits = changed("usual:\n  time: {office_days_a_week: 2}\n")
    before = load_habits("small-office")
    assert [advisor.time.office_days_a_week for advisor in habits.advisors] == [2, 2, 2, 2, 2, 4, 4]
    assert habits.advisors[1].decisions == before.advisors[1].decisions
    assert habits.job_seekers == before.job_seekers


def test_one_advisor_is_changed_by_code(changed: Changed) -> None:
    habits = changed("advisors:\n  - {code: a4, follow_up: {sees: all}}\n")
    before = load_habits("small-office")
    assert [advisor.code for advisor in habits.advisors] == [advisor.code for advisor in before.advisors]
    assert habits.advisors[3].follow_up.sees == "all"
    assert habits.advisors[3].decisions == before.advisors[3].decisions
    assert [habits.advisors[place] for place in (0, 1, 2, 4)] == [before.advisors[place] for place in (0, 1, 2, 4)]


def test_a_new_advisor_does_what_is_usual(changed: Changed) -> None:
    habits = changed("advisors:\n  - {code: c1}\n")
    assert habits.advisors[7].decisions == load_habits("small-office").advisors[2].decisions


def test_a_source_may_stand_anywhere(changed: Changed) -> None:
    changed("job_seekers:\n  source: counted by us\n  exits: {source: guessed}\n")


@pytest.mark.parametrize(
    ("lines", "line", "key", "expected"),
    [
        ("habbits: x\n", 2, "habbits", "not a key"),
        ("week: {hours_a_day: many}\n", 2, "week.hours_a_day", "a number from 1 to 12 hours, found 'many'"),
        ("\nweek:\n  vacation_weeks: 2.5\n", 4, "week.vacation_weeks", "a whole number from 0 to 20 weeks"),
        ("week: 5\n", 2, "week", "a mapping with hours_a_day, vacation_weeks, found '5'"),
        ("week: {hours_a_day: .nan}\n", 2, "week.hours_a_day", "a number"),
        ("job_seekers: {women: 1.2}\n", 2, "job_seekers.women", "a share from 0 to 1"),
        ("job_seekers: {women: sometimes}\n", 2, "job_seekers.women", "'never' or 'always'"),
        ("job_seekers:\n  benefits: {none: 0.5}\n", 3, "job_seekers.benefits", "missing: dagpenger"),
        ("job_seekers:\n  language: {nb: 0.5, nn: 0.4}\n", 3, "job_seekers.language", "found the sum 0.9"),
        ("job_seekers:\n  need: {standard: 1, great: 0}\n", 3, "job_seekers.need.great", "not a known name"),
        ("transfers: {to_team: nowhere}\n", 2, "transfers.to_team", "a team that has an advisor"),
        ("office: {size: middling}\n", 2, "office.size", "one of small, large"),
        ("office: {code: Lille vik}\n", 2, "office.code", "small letters"),
        ("advisors:\n  - {code: a1, team: garden}\n", 3, "advisors[1].team", "short_term, long_term"),
        ("advisors:\n  - code: a1\n    follow_up: {counts: [chat]}\n", 4, "advisors[1].follow_up.counts", "'chat'"),
        ("usual: {work_order: [decide, decide]}\n", 2, "advisors[1].work_order", "twice"),
        ("advisors: []\ncourses: []\n", 3, "courses", "a list of 1 or more"),
        ("week: {hours_a_day: 7}\nweek: {hours_a_day: 8}\n", 3, "week", "twice"),
        ("week: [", 2, "", "is not YAML"),
    ],
)
def test_a_mistake_names_file_line_key_and_what_is_expected(
    tmp_path: Path, lines: str, line: int, key: str, expected: str
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("based_on: small-office\n" + lines, encoding="utf-8")
    with pytest.raises(HabitsError) as raised:
        load_habits(file)
    assert isinstance(raised.value, UserError)
    assert (raised.value.file, raised.value.line, raised.value.key) == (str(file), line, key)
    assert expected in raised.value.expected
    assert "\n" not in str(raised.value)


def test_a_missing_key_is_named_with_the_place_it_belongs_in(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("habits: mine\noffice: {code: a, name: A, size: small, teams: []}\n", encoding="utf-8")
    with pytest.raises(HabitsError, match=r"mine\.yaml, line 2: office\.teams: expected a list of 1 or more"):
        load_habits(file)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "an empty file"),
        (b"- a\n- b\n", "found a list"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"a: \x00", "is not YAML"),
        (b"based_on: no-such-office\n", "cannot be read"),
    ],
)
def test_a_file_that_holds_no_habits(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "junk.yaml"
    file.write_bytes(content)
    with pytest.raises(HabitsError, match=why):
        load_habits(file)


def test_a_name_that_is_neither_shipped_nor_a_file(tmp_path: Path) -> None:
    with pytest.raises(HabitsError, match="one of large-office, small-office"):
        load_habits("middling-office")
    with pytest.raises(HabitsError, match="cannot be read"):
        load_habits(tmp_path)


def test_files_that_build_on_each_other_in_a_ring(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("based_on: b.yaml\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("based_on: a.yaml\n", encoding="utf-8")
    with pytest.raises(HabitsError, match="ring"):
        load_habits(tmp_path / "a.yaml")
