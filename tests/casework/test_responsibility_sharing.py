"""Sharing cases out: everyone gets exactly one advisor, as evenly as clearance and teams allow, always the same way."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framdrift.casework.responsibility.sharing import (
    Held,
    NotPossibleError,
    Shares,
    Taker,
    share_by_number,
    share_evenly,
)

PROTECTIONS = st.sampled_from([0, 0, 0, 1, 2, 4, 3])
TEAMS = st.sampled_from([None, 1, 2])


@st.composite
def offices(draw: st.DrawFn, most_cases: int = 6, most_takers: int = 4) -> tuple[list[Held], list[Taker]]:
    cases = [
        Held(f"case-{number}", draw(TEAMS), draw(PROTECTIONS)) for number in range(draw(st.integers(0, most_cases)))
    ]
    takers = [
        Taker(
            f"advisor-{number}",
            draw(st.integers(0, 5)),
            draw(st.frozensets(st.sampled_from([1, 2]), max_size=2)),
            draw(PROTECTIONS),
        )
        for number in range(draw(st.integers(0, most_takers)))
    ]
    return cases, takers


def may_take(case: Held, takers: list[Taker], *, own_team_first: bool = True) -> list[Taker]:
    cleared = [taker for taker in takers if all(taker.clearance & bit for bit in (1, 2, 4) if case.protection & bit)]
    own = [taker for taker in cleared if case.team is not None and case.team in taker.teams]
    return own if own and own_team_first else cleared


def loads(shares: Shares, takers: list[Taker]) -> dict[str, int]:
    return {taker.code: taker.load + shares.count(taker.code) for taker in takers}


def least_squares(cases: list[Held], takers: list[Taker]) -> int:
    """By trying every way to give every case away."""
    choices = [may_take(case, takers) for case in cases if may_take(case, takers)]
    sums = []
    for way in product(*choices):
        counts = Counter(taker.code for taker in way)
        sums.append(sum((taker.load + counts[taker.code]) ** 2 for taker in takers))
    return min(sums)


@given(offices())
def test_no_other_way_is_more_even(drawn: tuple[list[Held], list[Taker]]) -> None:
    cases, takers = drawn
    shares = share_evenly(cases, takers)
    assert sum(load**2 for load in loads(shares, takers).values()) == least_squares(cases, takers)


@given(offices(most_cases=60, most_takers=8))
def test_each_case_has_exactly_one_who_may_take_it_or_nobody_may(drawn: tuple[list[Held], list[Taker]]) -> None:
    cases, takers = drawn
    shares = share_evenly(cases, takers)
    assert sorted([*shares.given, *shares.left]) == sorted(case.case for case in cases)
    for case in cases:
        allowed = {taker.code for taker in may_take(case, takers)}
        assert shares.given[case.case] in allowed if allowed else case.case in shares.left


@given(offices(most_cases=60, most_takers=8))
def test_loads_differ_by_one_at_most_where_one_could_take_of_the_other(drawn: tuple[list[Held], list[Taker]]) -> None:
    cases, takers = drawn
    shares = share_evenly(cases, takers)
    load = loads(shares, takers)
    for case in cases:
        holder = shares.given.get(case.case)
        for other in may_take(case, takers) if holder else []:
            assert load[str(holder)] <= load[other.code] + 1


@given(offices(most_cases=30, most_takers=6), st.randoms(use_true_random=False))
def test_the_order_of_the_advisors_changes_nothing(drawn: tuple[list[Held], list[Taker]], random: object) -> None:
    cases, takers = drawn
    shuffled = list(takers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert share_evenly(cases, takers) == share_evenly(cases, shuffled)


def test_advisors_of_equal_load_get_equally_many() -> None:
    cases = [Held(f"case-{number:02}") for number in range(11)]
    shares = share_evenly(cases, [Taker("anne"), Taker("bo"), Taker("cecilie")])
    assert [shares.count(code) for code in ("anne", "bo", "cecilie")] == [4, 4, 3]


def test_whoever_has_few_gets_more() -> None:
    cases = [Held(f"case-{number:02}") for number in range(6)]
    shares = share_evenly(cases, [Taker("anne", load=10), Taker("bo", load=14), Taker("cecilie", load=40)])
    assert [shares.count(code) for code in ("anne", "bo", "cecilie")] == [5, 1, 0]


def test_a_protected_person_goes_to_who_is_cleared_even_where_the_load_is_higher() -> None:
    cases = [Held("open"), Held("protected", protection=2)]
    shares = share_evenly(cases, [Taker("anne", load=30, clearance=3), Taker("bo")])
    assert shares.given == {"open": "bo", "protected": "anne"}


def test_a_protected_person_whom_nobody_is_cleared_for_is_left() -> None:
    shares = share_evenly([Held("protected", protection=2)], [Taker("anne", clearance=1), Taker("bo")])
    assert (shares.given, shares.left) == ({}, ("protected",))


def test_the_own_team_comes_first_and_another_only_where_it_has_nobody() -> None:
    cases = [Held("a", team=1), Held("b", team=1), Held("c", team=9)]
    shares = share_evenly(cases, [Taker("anne", load=20, teams=frozenset({1})), Taker("bo", teams=frozenset({2}))])
    assert shares.given == {"a": "anne", "b": "anne", "c": "bo"}


def test_who_has_waited_longest_is_dealt_in_turns() -> None:
    cases = [Held(name) for name in ("1", "2", "3", "4")]
    assert share_evenly(cases, [Taker("anne"), Taker("bo")]).given == {"1": "anne", "2": "bo", "3": "anne", "4": "bo"}


def feasible(cases: list[Held], takers: list[Taker], numbers: dict[str, int]) -> bool:
    """By trying every way that keeps to clearance."""
    choices = [may_take(case, takers, own_team_first=False) for case in cases]
    for way in product(*[choice for choice in choices if choice]):
        counts = Counter(taker.code for taker in way)
        if all(counts[taker.code] == numbers[taker.code] for taker in takers):
            return True
    return False


@given(offices(), st.data())
def test_numbers_asked_for_are_kept_wherever_they_can_be(
    drawn: tuple[list[Held], list[Taker]], data: st.DataObject
) -> None:
    cases, takers = drawn
    placeable = sum(1 for case in cases if may_take(case, takers))
    numbers = dict.fromkeys([taker.code for taker in takers], 0)
    for _ in range(placeable):
        numbers[data.draw(st.sampled_from(sorted(numbers)))] += 1
    if not feasible(cases, takers, numbers):
        with pytest.raises(NotPossibleError):
            share_by_number(cases, takers, numbers)
        return
    shares = share_by_number(cases, takers, numbers)
    assert {taker.code: shares.count(taker.code) for taker in takers} == numbers
    assert sorted([*shares.given, *shares.left]) == sorted(case.case for case in cases)
    for case in cases:
        allowed = {taker.code for taker in may_take(case, takers, own_team_first=False)}
        assert case.case in shares.left or shares.given[case.case] in allowed


def test_numbers_keep_to_teams_where_that_is_possible() -> None:
    cases = [Held("a", team=1), Held("b", team=2), Held("c", team=1)]
    takers = [Taker("anne", teams=frozenset({1})), Taker("bo", teams=frozenset({2}))]
    assert share_by_number(cases, takers, {"anne": 2, "bo": 1}).given == {"a": "anne", "b": "bo", "c": "anne"}


def test_numbers_that_clearance_forbids_are_refused() -> None:
    cases = [Held("a", protection=2), Held("b", protection=2)]
    takers = [Taker("anne", clearance=2), Taker("bo")]
    with pytest.raises(NotPossibleError) as refused:
        share_by_number(cases, takers, {"anne": 1, "bo": 1})
    assert refused.value.over == 1
