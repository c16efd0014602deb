"""Occupations: what people type finds what they mean, in the order that they expect."""

import json
import time
from datetime import UTC, datetime

import naive_occupations as naive
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from walls import working_as_owner

from framdrift.casework.occupations.actions import replace_official_names
from framdrift.casework.occupations.classification import read_classification
from framdrift.casework.occupations.models import OccupationName
from framdrift.casework.occupations.queries import is_code, search, title_of
from framdrift.casework.occupations.searching import Index, Occupation, begins_with_a_slip
from framdrift.casework.occupations.titles import shipped
from framdrift.events import UserError

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 12, tzinfo=UTC)
OURS = Index(shipped())


def titles(text, limit=10, index=OURS):
    return [each.title for each in index.search(text, limit)]


def test_a_part_of_a_compound_finds_whoever_has_it():
    assert {"sykepleier", "hjelpepleier", "vernepleier"} <= set(titles("pleier"))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sykepl", "sykepleier"),
        ("SYKEPLEIER", "sykepleier"),
        ("truck", "truckfører"),
        ("lager medarb", "lagermedarbeider"),
        ("medarb lager", "lagermedarbeider"),
        ("laerer", "lærer"),
        ("lærer", "lærer"),
        ("sjaafoer buss", "bussjåfør"),
        ("buss sjåfør", "bussjåfør"),
        ("rorlegger", "rørlegger"),
        ("elektrikker", "elektriker"),
        ("snekkre", "snekker"),
        ("sykpleier", "sykepleier"),
        ("kokk", "kokk"),
        ("barnehage", "barnehagelærer"),
        ("2223", "sykepleier"),
        ("it-leder", "IT-leder"),
        ("  kran-fører ", "kranfører"),
        ("lærer xqzzkw", "lærer"),
    ],
)
def test_what_is_typed_finds_what_is_meant_first(typed, first):
    assert titles(typed)[0] == first


def test_where_nothing_has_all_of_the_words_some_are_enough():
    assert "lærer" in titles("lærer barneskole")
    assert titles("xqzzkw vvqqx") == []


def test_the_beginning_of_a_word_goes_before_a_border_and_a_border_before_the_middle():
    index = Index([Occupation("1111", "av|pleie"), Occupation("2222", "stpleier"), Occupation("3333", "pleier hjem")])
    assert titles("pleie", index=index) == ["pleier hjem", "avpleie", "stpleier"]


def test_a_slip_is_forgiven_only_where_nothing_is_found_without():
    index = Index([Occupation("1111", "vekter"), Occupation("2222", "vektor")])
    assert titles("vekter", index=index) == ["vekter"]
    assert titles("vekterr", index=index) == ["vekter"]
    assert titles("vakter", index=index) == ["vekter"]
    assert titles("vatkr", index=index) == []
    assert titles("vakt", index=index) == []


@pytest.mark.parametrize("nothing", ["", "   ", "–/&%", "xqzzkw", "\u0000", "a" * 100_000])
def test_nothing_meant_finds_nothing(nothing):
    assert titles(nothing) == []


def test_a_limit_is_kept():
    assert len(titles("e", limit=3)) == 3


def test_every_title_is_found_by_its_own_words_and_stands_first_by_itself():
    for each in shipped():
        title = each.title.replace("|", "")
        found = OURS.search(title, 5)
        assert title in [one.title for one in found]
        assert found[0].title == title


def test_the_shipped_titles_are_whole():
    assert len(shipped()) > 400
    for each in shipped():
        assert len(each.code) == 4
        assert each.code.isdigit()
        assert each.title == " ".join(each.title.split())
        assert "||" not in each.title
        assert each.title.strip("|") == each.title
    assert len({each.title.replace("|", "").lower() for each in shipped()}) == len(shipped())


PARTS = {part for each in shipped() for part in naive.words(each.title.replace("|", " "))}
FRAGMENTS = st.sampled_from(
    [*sorted(PARTS), "sykpleier", "laerr", "e", "xx", "22", "2", "sjafør", "medarbiedere", "ør", "å"]
)


@settings(max_examples=40)
@given(st.lists(FRAGMENTS, min_size=1, max_size=3).map(" ".join))
def test_the_search_is_what_its_description_says(typed):
    plain, borders = naive.unmarked(shipped())
    assert OURS.search(typed, 10_000) == naive.search(typed, plain, borders)


@given(st.text("abc", max_size=7), st.text("abc", min_size=1, max_size=6))
def test_a_slip_is_one_edit(word, fragment):
    assert begins_with_a_slip(word, fragment) == any(
        word.startswith(meant) for meant in naive.slips(fragment) if meant or len(fragment) == 1
    )


def test_official_names_are_divided_by_the_parts_that_are_known():
    index = Index(
        [Occupation("1111", "syke|pleier")], [Occupation("2221", "Spesialpleiere"), Occupation("3", "Xpleiere")]
    )
    assert [each.title for each in index.search("pleier", 5)] == ["sykepleier", "Spesialpleiere", "Xpleiere"]


def test_an_official_plural_beside_our_title_says_nothing_new():
    index = Index(
        [Occupation("2223", "syke|pleier")], [Occupation("2223", "Sykepleiere"), Occupation("2", "Sykepleiere")]
    )
    assert index.search("sykepleier", 5) == [Occupation("2223", "sykepleier"), Occupation("2", "Sykepleiere")]


@pytest.mark.slow
def test_it_is_quick():
    official = [Occupation(f"{number:04}", f"Andre arbeidere og operatører {number}") for number in range(800)]
    index = Index(shipped(), official)
    for typed in ("pleier", "lager medarb", "sykpleieren", "arb", "e", "xqzzkwv xqzzkwv"):
        spent = []
        for _ in range(5):
            begun = time.perf_counter()
            index.search(typed, 10)
            spent.append(time.perf_counter() - begun)
        assert min(spent) < 0.02


@pytest.mark.django_db
def test_official_names_are_searched_once_they_are_loaded(as_owner):
    assert search("spesialpedagog")[0].code == "2352"
    assert title_of("2223") == "sykepleier"
    assert is_code("2223")
    assert not is_code("0000")
    with as_owner():
        replace_official_names(names=[Occupation("0000", "Uoppgitt"), Occupation("2223", "Sykepleiere")], now=NOON)
    assert title_of("2223") == "Sykepleiere"
    assert search("uoppgitt") == [Occupation("0000", "Uoppgitt")]
    with as_owner():
        gone = replace_official_names(names=[Occupation("2223", "Sykepleiere mv.")], now=LATER)
    assert gone == 1
    assert search("uoppgitt") == []
    assert title_of("2223") == "Sykepleiere mv."


@pytest.mark.django_db
def test_a_search_asks_the_database_once(django_assert_num_queries):
    search("pleier")
    with django_assert_num_queries(1):
        search("truck")


@pytest.mark.django_db
def test_whoever_serves_pages_cannot_write_the_names():
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        replace_official_names(names=[Occupation("2223", "Sykepleiere")], now=NOON)
    with working_as_owner(), connection.cursor() as cursor:
        cursor.execute("SET ROLE framdrift_worker")
        replace_official_names(names=[Occupation("2223", "Sykepleiere")], now=NOON)
    assert OccupationName.objects.get().name == "Sykepleiere"


ITEMS = [
    {"code": "2", "level": "1", "name": "Akademiske yrker", "parentCode": ""},
    {"code": "2223", "level": "4", "name": "Sykepleiere", "parentCode": "222"},
    {"code": "5120", "level": "4", "name": "Kokker", "parentCode": "512"},
]
NAMES = [Occupation("2223", "Sykepleiere"), Occupation("5120", "Kokker")]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ITEMS),
        "\ufeff" + json.dumps(ITEMS),
        json.dumps({"name": "STYRK-08", "classificationItems": ITEMS}),
        "code;parentCode;level;name\r\n2;;1;Akademiske yrker\r\n2223;222;4;Sykepleiere\r\n5120;512;4;Kokker\r\n",
        '"Code","Name"\n"2","Akademiske yrker"\n"2223","Sykepleiere"\n"5120","Kokker"\n',
    ],
)
def test_the_classification_is_read_in_each_of_its_forms(tmp_path, text):
    file = tmp_path / "styrk"
    file.write_text(text, encoding="utf-8", newline="")
    found = read_classification(file)
    assert (found.names, found.above, found.refused) == (NAMES, 1, [])


def test_csv_in_the_letters_of_their_api_is_read(tmp_path):
    file = tmp_path / "styrk.csv"
    file.write_bytes("code;name\n5411;Brannmannskap på øy\n".encode("iso-8859-1"))
    assert read_classification(file).names == [Occupation("5411", "Brannmannskap på øy")]


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(tmp_path):
    file = tmp_path / "styrk.json"
    rows = [*ITEMS, {"code": 5131, "name": "Tall"}, {"code": "5132"}, "tekst", {"code": "5120", "name": "Andre kokker"}]
    file.write_text(json.dumps([*rows, {"code": "5131", "name": "x" * 301}]))
    found = read_classification(file)
    assert found.names == NAMES
    assert [(each.row, each.field) for each in found.refused] == [
        (4, "code"), (5, "name"), (6, "code"), (7, "code"), (8, "name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        ("[{", "no valid JSON"),
        ("[" * 100_000, "no valid JSON"),
        ("{}", "classificationItems"),
        ("[]", "no occupation"),
        ('[{"code": "x"}]', "first that was refused"),
        ("navn;kode\na;b\n", "lacks the columns"),
        ("\x00", "no text"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(tmp_path, text, why):
    file = tmp_path / "styrk"
    file.write_text(text)
    with pytest.raises(UserError, match=why):
        read_classification(file)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UserError, match="no such file"):
        read_classification(tmp_path / "nothing")
