"""Names are compared and ordered as the Norwegian alphabet has it: in Python and in the database alike."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from framdrift.casework.people.names import fold, sort_key, words_of

ALPHABET = "abcdefghijklmnopqrstuvwxyzæøå"
LETTERS = "abaazåÅäÄöÖüÜæøßþœđŋŧčžáéèıİΣσςÅǻǿŁ\u0308\u030a"
NAMES = st.text(st.sampled_from(LETTERS + " -'’{|}_~·"), max_size=14)
ANYTHING = st.text(st.characters(exclude_categories=["Cs", "Cn", "Cc"]), max_size=14)


def naive_fold(text: str) -> str:
    """Letter by letter, as one would explain it."""
    told = {"ä": "æ", "ö": "ø", "ü": "y", "é": "e", "è": "e", "á": "a", "č": "c", "ž": "z", "ó": "o", "ê": "e"}
    folded = "".join(
        told.get(letter, letter) if letter.isalpha() else " " for letter in unicodedata.normalize("NFC", text.lower())
    )
    parts = [part.replace("aa", "å") for part in folded.split()]
    return " ".join(parts)


@given(st.text(st.sampled_from("abcxyzæøåäöüéèáčžóêABÆØÅÄÉ -'’"), max_size=16))
def test_folding_is_what_one_would_explain(text: str) -> None:
    assert fold(text) == naive_fold(text)


@given(st.one_of(NAMES, st.text(st.sampled_from("abcåæøéü -'"), max_size=16)))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(NAMES)
def test_how_a_letter_is_composed_makes_no_difference(text: str) -> None:
    forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Aasen", "åsen"),
        ("ÅSE-Marie", "åse marie"),
        ("O'Brien", "o brien"),
        ("Müller", "myller"),
        ("Käding", "kæding"),
        ("Köhler", "køhler"),
        ("André  Lévêque", "andre leveque"),
        ("Čáhppe Đorđe", "cahppe dorde"),
        ("Straße", "strasse"),
        ("Þóra", "thora"),
        ("ǿ", "ø"),
        ("", ""),
        (" - ", ""),
    ],
)
def test_letters_of_other_languages(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("given_name", "family_name", "words"),
    [
        ("Bjørg", "Aasen", {"bjørg", "åsen", "aasen", "~bjorg", "~asen"}),
        ("Isaac", "Berg-Nilsen", {"isåc", "isaac", "berg", "nilsen", "~isac"}),
        ("Uwe", "Müller", {"uwe", "myller", "muller"}),
        ("Åse", "Åsen", {"åse", "åsen", "~ase", "~asen"}),
        ("Ana Ana", "Ana", {"ana"}),
    ],
)
def test_the_words_a_name_is_found_by(given_name: str, family_name: str, words: set[str]) -> None:
    assert words_of(given_name, family_name) == tuple(sorted(words))


@given(NAMES, NAMES)
def test_a_name_is_found_by_each_of_its_words_as_it_is_written(given_name: str, family_name: str) -> None:
    words = words_of(given_name, family_name)
    for word in fold(f"{given_name} {family_name}").split():
        assert word in words


def test_the_order_of_the_alphabet() -> None:
    families = ["Aamodt", "Ås", "Øst", "Ørn", "Ærlig", "Zander", "Åsen", "Aasen", "Abel", "Ås-Lie", "Berg"]
    ordered = sorted(families, key=lambda family: sort_key(family, "Kari"))
    assert ordered == ["Abel", "Berg", "Zander", "Ærlig", "Ørn", "Øst", "Aamodt", "Ås", "Ås-Lie", "Åsen", "Aasen"]


@given(st.lists(st.text(st.sampled_from(ALPHABET.replace("a", "")), min_size=1, max_size=6), max_size=12))
def test_order_is_by_place_in_the_alphabet(families: list[str]) -> None:
    by_place = sorted(families, key=lambda family: [ALPHABET.index(letter) for letter in family])
    assert sorted(families, key=lambda family: sort_key(family, "")) == by_place


def test_a_family_name_comes_before_the_same_with_another_word() -> None:
    pairs = [("Berg Hansen", "Anne"), ("Berg", "Øyvind"), ("Berge", "Anne")]
    assert sorted(pairs, key=lambda pair: sort_key(*pair)) == [pairs[1], pairs[0], pairs[2]]


@pytest.mark.django_db
@given(st.one_of(NAMES, ANYTHING), st.one_of(NAMES, ANYTHING))
def test_the_database_makes_the_same_key(family_name: str, given_name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT framdrift_sort_key(%s, %s)", [family_name, given_name])
        assert cursor.fetchone() == (sort_key(family_name, given_name),)
