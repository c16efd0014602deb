"""Hidden rows cannot be worked out from the shown ones: tried against every table a reader could imagine."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framdrift.casework.conformity.suppression import NOTHING, Count, hidden_groups

THRESHOLD = 3  # as 5, in tables small enough to try all of them
numbers = st.one_of(st.integers(0, 3), st.integers(0, 9))
counts = st.builds(Count, numbers, numbers)
tables = st.dictionaries(st.sampled_from("abcd"), counts, min_size=1, max_size=4)


def total_of(table: dict[str, Count]) -> Count:
    return sum(table.values(), NOTHING)


def splits(total: int, parts: int) -> list[tuple[int, ...]]:
    """Every way to split a number over parts, naively."""
    return [way for way in product(range(total + 1), repeat=parts) if sum(way) == total]


@given(tables)
def test_no_shown_row_holds_a_small_number(table: dict[str, Count]) -> None:
    hidden = hidden_groups(table, total_of(table), threshold=THRESHOLD)
    for group in table.keys() - hidden:
        shown = table[group]
        assert not {shown.met, shown.unmet, shown.closed} & set(range(1, THRESHOLD))


@settings(max_examples=300, deadline=None)
@given(tables)
def test_no_hidden_row_can_be_worked_out(table: dict[str, Count]) -> None:
    total = total_of(table)
    hidden = sorted(hidden_groups(table, total, threshold=THRESHOLD))
    if not hidden or len(hidden) == len(table):
        return  # nothing hidden, or no row is shown and no name either
    left = total - total_of({group: count for group, count in table.items() if group not in hidden})
    assert not {left.met, left.unmet, left.closed} & set(range(1, THRESHOLD)), (
        "the hidden rows together are a small number"
    )
    met, unmet = splits(left.met, len(hidden)), splits(left.unmet, len(hidden))
    for place in range(len(hidden)):
        imagined_met = {way[place] for way in met}
        imagined_unmet = {way[place] for way in unmet}
        assert len(imagined_met) > 1 or total.met == 0
        assert len(imagined_unmet) > 1 or total.unmet == 0
        assert len({one + other for one in imagined_met for other in imagined_unmet}) > 1


@given(tables)
def test_nothing_is_hidden_without_a_small_number_to_protect(table: dict[str, Count]) -> None:
    if all(number == 0 or number >= THRESHOLD for c in table.values() for number in (c.met, c.unmet, c.closed)):
        assert hidden_groups(table, total_of(table), threshold=THRESHOLD) == frozenset()


benefits = st.sampled_from([frozenset({"none"}), *(frozenset(s) for s in ("d", "s", "ds", "a", "da"))])
people = st.lists(st.tuples(benefits, st.booleans()), min_size=1, max_size=30)


def count_benefits(population: list[tuple[frozenset[str], bool]]) -> tuple[dict[str, Count], Count]:
    table: dict[str, Count] = {}
    for held, met in population:
        for benefit in held:
            table[benefit] = table.get(benefit, NOTHING) + Count(int(met), int(not met))
    return table, Count(sum(met for _, met in population), sum(not met for _, met in population))


@given(people)
def test_overlapping_groups_show_neither_small_rows_nor_small_complements(
    population: list[tuple[frozenset[str], bool]],
) -> None:
    table, total = count_benefits(population)
    hidden = hidden_groups(table, total, overlapping=True, threshold=THRESHOLD)
    assert len(hidden) != 1 or len(table) == 1
    for group in table.keys() - hidden:
        for shown in (table[group], total - table[group]):
            assert not {shown.met, shown.unmet, shown.closed} & set(range(1, THRESHOLD))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            {"nb": Count(102, 410), "en": Count(1, 2), "so": Count(21, 154)}, {"en", "so"}, id="a neighbour goes too"
        ),
        pytest.param(
            {"nb": Count(100, 400), "en": Count(1, 2), "pl": Count(2, 1)},
            {"nb", "en", "pl"},
            id="two that are small together",
        ),
        pytest.param({"female": Count(60, 270), "male": Count(60, 290)}, set(), id="nothing small"),
        pytest.param({"female": Count(0, 270), "male": Count(0, 290)}, set(), id="never met, by none"),
        pytest.param({"nb": Count(3, 0)}, {"nb"}, id="an office of three"),
        pytest.param({"nb": Count(3, 90)}, {"nb"}, id="one group, few met"),
        pytest.param(
            {"a": Count(0, 4), "b": Count(0, 9), "c": Count(50, 40)}, {"a", "b", "c"}, id="a sum of nought would tell"
        ),
        pytest.param({}, set(), id="nothing at all"),
    ],
)
def test_examples(table: dict[str, Count], expected: set[str]) -> None:
    assert hidden_groups(table, total_of(table)) == expected


def test_everybody_but_two_has_the_benefit() -> None:
    table = {"dagpenger": Count(300, 388), "none": Count(1, 1)}
    assert hidden_groups(table, Count(301, 389), overlapping=True) == {"dagpenger", "none"}


def test_a_table_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        hidden_groups({"a": Count(5, 5)}, Count(6, 5))
