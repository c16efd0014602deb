"""The national register's files and documents, read: every shape, whatever is broken, and never a traceback."""

import gzip
import json
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register_documents import BARE, SENT, STARTED, an_id, bare, record, wrapped

from framdrift.casework.registration import documents_codes as codes
from framdrift.casework.registration.documents_files import LARGEST_RECORD, FileError, look_at, records
from framdrift.casework.registration.documents_mapping import as_answers, points_of
from framdrift.casework.registration.documents_reading import (
    RefusedError,
    Unknown,
    digest,
    read_document,
    read_record,
)
from framdrift.casework.registration.steps import JOBSITUATIONS, LEVELS

ONE, TWO = json.dumps(bare(1)), json.dumps(bare(2), indent=2)


@pytest.fixture
def read(tmp_path):
    """The records of a file with this in it."""

    def reading(content, name="file"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(records(look_at(path)))

    return reading


@pytest.mark.parametrize(
    "content",
    [
        f"[{ONE},{TWO}]",
        f"[\n{ONE}\n,\n{TWO}\n]\n",
        f"{ONE}\n{json.dumps(bare(2))}\n",
        f"{ONE}\r\n\r\n{json.dumps(bare(2))}\r\n",
        f"{ONE}\n{json.dumps(bare(2))}",
        f"\ufeff{ONE}\n{json.dumps(bare(2))}",
        f"\ufeff[{ONE}, {TWO}]",
        f"{TWO}{ONE}"[len(TWO) :] + "\n" + json.dumps(bare(2)),
        f"{json.dumps(bare(1), indent=2)}\n{TWO}",
        f"\n\n  [ {ONE} , {TWO} ]  ",
    ],
)
def test_every_form_gives_the_same_documents(read, content):
    for packed in (False, True):
        found = read(gzip.compress(content.encode()) if packed else content)
        assert [str(read_record(each).id) for each in found] == [an_id(1), an_id(2)]
        assert [each.number for each in found] == [1, 2]


def test_one_document_is_a_file_too(read):
    for content in (ONE, TWO, json.dumps(wrapped(), indent=1)):
        assert len(read(content)) == 1


def test_a_record_is_told_by_its_number_and_line(read):
    assert [(each.number, each.line) for each in read(f"{ONE}\n\n{ONE}\n")] == [(1, 1), (2, 3)]
    assert [(each.number, each.line) for each in read(f"[\n{TWO},\n{ONE}]")] == [
        (1, 2),
        (2, 2 + TWO.count(chr(10)) + 1),
    ]


@pytest.mark.parametrize("brackets", [True, False])
def test_a_broken_record_does_not_stop_those_after_it(read, brackets):
    broken = '{"a": 1 "b"}'
    found = read(f"[{ONE}, {broken}, {ONE}]" if brackets else f"{ONE}\n{broken}\n{ONE}\n")
    assert len(found) == 3
    with pytest.raises(RefusedError, match="no valid JSON"):
        read_record(found[1])
    assert read_record(found[2])


def test_what_is_in_a_text_is_no_bracket(read):
    tricky = json.dumps(bare(helse={"helsetilstandHindrerArbeid": '} ] , [ { \\" '}))
    assert [read_record(each).unknown[0].field for each in read(f"[{tricky},{tricky}]")] == [
        "helse.helsetilstandHindrerArbeid"
    ] * 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f"[{ONE}, {ONE[:50]}", "cut off"),
        (f"[{ONE}", "ends before its list does"),
        (f'[{ONE}, "a text"]', "not a JSON object"),
        (f"[{ONE}, 7]", "not a JSON object"),
        (f"[{ONE}, [{ONE}]]", "not a JSON object"),
        (f"[{ONE}] {ONE[:5]}", "cut off"),
        (f"[{ONE}, {'{' * 60}{'}' * 60}]", "deep"),
        (f"[{ONE}, {'[' * 100_000}", "cut off"),
        (f'{ONE}\n{{"a": {"[" * 100_000}{"]" * 100_000}}}', "deep"),
        (f'{ONE}\n{{"a": NaN}}', "no number in JSON"),
        (f'{ONE}\n{{"a": -Infinity}}', "no number in JSON"),
        (f'{ONE}\n{{"a": 1e999}}', "too large"),
        (f'{ONE}\n{{"a": {"9" * 5000}}}', "too large"),
        (f'{ONE}\n{{"a": 1, "a": 2}}', "'a' twice"),
        (f'{ONE}\n{{"b": {{"a": 1, "a": 1}}}}', "'a' twice"),
        (f'{ONE}\n{{"a": "\\u0000"}}', "zero character"),
        (f'{ONE}\n{{"a": ["x", ["\\ud800"]]}}', "half a character"),
        (f"{ONE}\n{{'a': 1}}", "no valid JSON"),
        (f'{ONE}\n{{"a": "{"x" * LARGEST_RECORD}"}}\n', "larger than"),
        (f'[{ONE}, {{"a": "{"x" * LARGEST_RECORD}"}}]', "larger than"),
        (f"{ONE}\n".encode() + b'{"a": "\xe6"}\n', "not UTF-8"),
        (f"[{ONE},".encode() + b'{"a": "\xe6"}]', "not UTF-8"),
    ],
)
def test_what_is_wrong_with_a_record_is_told_in_a_sentence(read, content, why):
    found = read(content)
    assert read_record(found[0])
    with pytest.raises(RefusedError, match=why) as refused:
        read_record(found[1])
    assert len(str(refused.value)) < 300
    assert len(found) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"sak;kind\n1;2\n", "no JSON"),
        (b'"a text"', "no JSON"),
        (b"PK\x03\x04", "zip archive"),
        (b"PAR1\x00\x00", "no text"),
        ("[]".encode("utf-16"), "UTF-16"),
        (b"\x1f\x8b\x08\x00broken", "could not be unpacked"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(read, content, why):
    with pytest.raises(FileError, match=why):
        read(content)


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path):
    for path, why in ((tmp_path / "nothing", "no such file"), (tmp_path, "is a folder")):
        with pytest.raises(FileError, match=why):
            look_at(path)


def test_a_packed_file_that_is_cut_gives_what_came_before(read):
    lines = "\n".join(json.dumps(bare(number, helse={"x": an_id(number) * 20})) for number in range(400))
    packed = gzip.compress(lines.encode())
    found = read(packed[: len(packed) // 2])
    assert len(found) > 50
    assert all(read_record(each) for each in found[:-1])
    with pytest.raises(RefusedError, match="cut or broken"):
        read_record(found[-1])


def test_an_empty_list_has_no_record(read):
    assert read("[]") == []


@given(st.text(alphabet='{}[],:"\\ab1 \n', max_size=60))
def test_no_file_ends_in_a_traceback(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_text(content, encoding="utf-8")
    try:
        found = list(records(look_at(path)))
    except FileError:
        return
    for each in found:
        with pytest.raises(RefusedError):
            read_record(each)


@settings(max_examples=50)
@given(
    st.lists(
        st.dictionaries(
            st.text(max_size=5), st.recursive(st.text() | st.integers(), st.lists, max_leaves=5), min_size=1
        ),
        max_size=6,
    ),
    st.sampled_from([None, 1]),
    st.sampled_from(["", "\ufeff"]),
)
def test_a_list_is_cut_into_its_values(tmp_path_factory, values, indent, mark):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_text(mark + json.dumps(values, indent=indent, ensure_ascii=False), encoding="utf-8", errors="replace")
    found = [json.loads(each.text) for each in records(look_at(path)) if each.text]
    assert len(found) == len(values)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["list", "lines"])
def test_memory_does_not_grow_with_the_file(tmp_path, form):
    def peak(size):
        path = tmp_path / f"{form}-{size}"
        with path.open("w") as file:
            file.write("[" if form == "list" else "")
            for number in range(size):
                file.write(json.dumps(bare(number)) + ("\n" if form == "lines" else ",\n" * (number < size - 1)))
            file.write("]" if form == "list" else "")
        tracemalloc.start()
        assert sum(1 for _ in records(look_at(path))) == size
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(6_000) < peak(3_000) * 1.2 + 100_000


def test_both_shapes_of_the_situation_and_both_ways_of_the_level():
    situations = [{"beskrivelse": "VIL_BYTTE_JOBB"}, {"beskrivelse": "KONKURS", "detaljer": {"stilling": "kokk"}}]
    for given_as in (situations, {"beskrivelser": situations}):
        document = read_document(bare(jobbsituasjon=given_as))
        assert [each.code for each in document.situations] == ["wants_change", "bankrupt"]
    for said, level in (
        ("4", "4"),
        (4, "4"),
        ("VIDEREGAENDE_FAGBREV_SVENNEBREV", "4"),
        ("9", None),
        ("INGEN_SVAR", None),
    ):
        document = read_document(bare(utdanning={"nus": said}))
        assert document.level == level
        assert document.unknown == ()


def test_the_wrapper_tells_when_the_period_began_and_the_profile():
    document = read_document(wrapped())
    assert document.started_at == datetime.fromisoformat(STARTED)
    assert document.sent_at == datetime.fromisoformat(SENT)
    assert document.profile == "assumed_good_chances"
    assert document.around == {"arbeidssoekerperiodeStartet": STARTED}
    alone = read_document(wrapped()[BARE])
    assert (alone.started_at, alone.profile, alone.profiling, alone.around) == (None, None, None, None)
    assert digest(alone.registration) == digest(document.registration)


def test_every_code_of_the_register_is_ours_or_says_nothing():
    assert set(codes.SITUATIONS.values()) - {None} == set(JOBSITUATIONS)
    assert set(codes.LEVELS.values()) - {None} <= set(LEVELS)


def test_only_the_situation_is_mandatory_besides_ids_and_time():
    least = bare(utdanning=None, helse=None, annet=None)
    least["sendtInnAv"] = {"tidspunkt": SENT}
    document = read_document(least)
    assert (document.level, document.health, document.other, document.unknown) == (None, None, None, ())


def refusal(value):
    with pytest.raises(RefusedError) as refused:
        read_document(value)
    return [(each.field, each.reason) for each in refused.value.problems]


def test_everything_that_stands_in_the_way_is_told_at_once():
    told = refusal({})
    assert [field for field, _ in told] == [
        "opplysningerOmArbeidssoekerId",
        "periodeId",
        "sendtInnAv",
        "jobbsituasjon",
    ]
    assert {reason for _, reason in told} == {"is missing"}


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"periodeId": 7}, "periodeId", "UUID"),
        ({"opplysningerOmArbeidssoekerId": "nei"}, "opplysningerOmArbeidssoekerId", "UUID"),
        ({"sendtInnAv": "i går"}, "sendtInnAv", "not an object"),
        ({"sendtInnAv": {}}, "sendtInnAv.tidspunkt", "missing"),
        ({"sendtInnAv": {"tidspunkt": "2026-02-30T10:00:00Z"}}, "sendtInnAv.tidspunkt", "ISO 8601"),
        ({"sendtInnAv": {"tidspunkt": "2026-02-20"}}, "sendtInnAv.tidspunkt", "ISO 8601"),
        ({"sendtInnAv": {"tidspunkt": 1772436972}}, "sendtInnAv.tidspunkt", "ISO 8601"),
        ({"sendtInnAv": {"tidspunkt": "0201-02-20T10:00:00Z"}}, "sendtInnAv.tidspunkt", "between the years"),
        ({"jobbsituasjon": {}}, "jobbsituasjon.beskrivelser", "missing"),
        ({"jobbsituasjon": []}, "jobbsituasjon", "no situation"),
        ({"jobbsituasjon": "ANNET"}, "jobbsituasjon", "no list"),
        ({"jobbsituasjon": [{}] * 51}, "jobbsituasjon", "more than 50"),
        ({"jobbsituasjon": ["ANNET"]}, "jobbsituasjon[0]", "not an object"),
        ({"jobbsituasjon": [{"beskrivelse": "ANNET"}, {}]}, "jobbsituasjon[1].beskrivelse", "missing"),
    ],
)
def test_a_mandatory_field_that_is_wrong_is_named_with_its_reason(changed, field, reason):
    ((told, why),) = refusal(bare() | changed)
    assert told == field
    assert reason in why


def test_a_profiling_of_another_registration_is_refused():
    value = wrapped()
    value["profilering"]["opplysningerOmArbeidssoekerId"] = an_id(2)
    assert refusal(value) == [
        ("profilering.opplysningerOmArbeidssoekerId", "is of another registration than the one beside it")
    ]
    assert refusal({BARE: 7}) == [(BARE, "is not an object")]


def test_a_time_without_an_offset_is_oslo_s():
    document = read_document(bare(sent="2026-07-01T12:00:00"))
    assert document.sent_at.astimezone(UTC) == datetime(2026, 7, 1, 10, tzinfo=UTC)


def test_what_is_unknown_is_told_and_stops_nothing():
    value = bare(
        jobbsituasjon=[{"beskrivelse": "NYTT_ORD", "detaljer": {"nytt": "1"}}, {"beskrivelse": "ANNET", "mer": 1}],
        utdanning={"nus": "4", "bestaatt": "KANSKJE", "godkjent": {"x": 1}},
        helse="Kari er syk",
        nytt={"felt": 1},
    )
    document = read_document(value)
    assert set(document.unknown) == {
        Unknown("jobbsituasjon[].beskrivelse", "NYTT_ORD"),
        Unknown("jobbsituasjon[].detaljer.nytt"),
        Unknown("jobbsituasjon[].mer"),
        Unknown("utdanning.bestaatt", "KANSKJE"),
        Unknown("utdanning.godkjent", "(an object)"),
        Unknown("utdanning.godkjent.x"),
        Unknown("helse", "(text of 11 letters)"),
        Unknown("nytt"),
    }
    assert document.registration == value
    assert [each.code for each in document.situations] == [None, "other"]


@pytest.mark.parametrize("number", ["15828012345", "158280 12345", "158280-12345"])
def test_a_national_number_is_never_told(number):
    for value in (bare() | {"periodeId": number}, bare() | {"sendtInnAv": {"tidspunkt": f"x {number}"}}):
        with pytest.raises(RefusedError) as refused:
            read_document(value)
        assert "12345" not in str(refused.value)
    document = read_document(bare() | {number: 1, "helse": {"helsetilstandHindrerArbeid": number}})
    assert "12345" not in str(document.unknown)


def test_what_the_sources_write_for_nothing_is_nothing():
    details = {"stilling": "null", "stilling_styrk08": "", "prosent": None, "gjelder_fra_dato_iso8601": "2026-02-01"}
    document = read_document(bare(jobbsituasjon=[{"beskrivelse": "ANNET", "detaljer": details}]))
    assert document.situations[0].details == {"gjelder_fra_dato_iso8601": "2026-02-01"}


def test_a_document_fills_in_the_answers_that_it_gives():
    details = {"gjelder_fra_dato_iso8601": "2026-02-01", "stilling": " Kokk ", "stilling_styrk08": "5120"}
    later = {"gjelder_fra_dato_iso8601": "2026-02-30"}
    situations = [
        {"beskrivelse": "ER_PERMITTERT", "detaljer": details},
        {"beskrivelse": "NYTT_ORD", "detaljer": later},
        {"beskrivelse": "ER_PERMITTERT"},
    ]
    document = read_document(bare(jobbsituasjon=situations, annet=None, utdanning={"nus": "7", "godkjent": "VET_IKKE"}))
    assert as_answers(document) == {
        "situation": {
            "jobsituation": ["laid_off"],
            "since": "2026-02-01",
            "last_occupation": {"code": "5120", "title": "Kokk"},
        },
        "education": {"level": "7", "recognised": "unsure"},
        "hindrances": {"health": "no"},
    }
    none = {"stilling": "Annen stilling", "stilling_styrk08": "00"}
    nameless = read_document(bare(jobbsituasjon=[{"beskrivelse": "ANNET", "detaljer": none}]))
    assert as_answers(nameless)["situation"] == {"jobsituation": ["other"]}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"helse": {"helsetilstandHindrerArbeid": "JA"}}, [("health", "hinders")]),
        ({"helse": None, "annet": None}, [("health", "not_told"), ("other_hindrances", "not_told")]),
        ({"helse": {"helsetilstandHindrerArbeid": "NOE"}}, [("health", "not_told")]),
        ({"annet": {"andreForholdHindrerArbeid": "VET_IKKE"}}, [("other_hindrances", "unsure")]),
        ({"utdanning": None}, [("education", "not_told")]),
        ({"utdanning": {"nus": "2"}}, []),
        ({"utdanning": {"nus": "7", "bestaatt": "NEI", "godkjent": "JA"}}, [("education", "not_passed")]),
        ({"jobbsituasjon": [{"beskrivelse": "ALDRI_HATT_JOBB"}]}, [("work_history", "never_worked")]),
    ],
)
def test_unclear_is_only_what_the_register_asks_about(changed, found):
    assert [(each.code, each.reason) for each in points_of(read_document(bare(**changed)))] == found


def test_the_same_content_has_the_same_digest_whatever_its_order():
    value = bare()
    assert digest(value) == digest(dict(reversed(value.items())))
    assert digest(value) != digest(bare(2))


def test_a_record_that_was_not_read_is_refused():
    with pytest.raises(RefusedError, match="cut"):
        read_record(record("{}").__class__(1, 1, None, "is cut"))
