"""What was changed behind the journal's back is found, and the first broken event is named."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from journal_cases import NOON, a_history, make_case

from framdrift.casework.journal import seals
from framdrift.casework.journal.actions import canonical_event
from framdrift.casework.journal.chain import row_hash
from framdrift.casework.journal.models import Event, Seal
from framdrift.casework.journal.verification import verify

pytestmark = pytest.mark.django_db

TABLES = ("journal_event", "journal_seal", "journal_sealedhead")
CUT_LAST = "DELETE FROM journal_event WHERE case_id = 'a' AND seq = 3"
HEAD_SET_BACK = """
    UPDATE cases_case SET next_seq = 3, chain_head =
        (SELECT hash FROM journal_event WHERE case_id = 'a' AND seq = 2) WHERE id = 'a'
"""


@pytest.fixture
def tamper(as_owner):
    """Statements of somebody who owns the tables and takes the triggers off first."""

    def tampering(*statements: str) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger may be pending when tables are altered
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return tampering


@pytest.fixture(autouse=True)
def two_cases():
    for case_id in ("a", "b"):
        make_case(case_id)
        a_history(case_id)


@pytest.fixture
def sealed(as_owner, tmp_path):
    """The journal sealed, its file in a folder."""
    with as_owner():
        seals.seal(now=NOON)
        seals.write_files(tmp_path)
    return tmp_path


def found(**options):
    findings = verify(progress=lambda rows: None, **options)
    return [(breach.case_id, breach.seq) for breach in findings.first], findings


def test_an_untouched_journal_is_whole(sealed):
    breaches, findings = found(folder=sealed)
    assert breaches == []
    assert (findings.cases, findings.events, findings.seals, findings.files) == (2, 6, 1, 1)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'contact'",
        "actor = 'somebody else'",
        "at = at - interval '1 microsecond'",
        "recorded_at = recorded_at + interval '1 day'",
        "office = NULL",
        "team = 'other'",
        "person = 'other'",
        "event_id = 'other'",
        """attributes = attributes || '{"rung_advisor": 6}'""",
        "hash = sha256('x')",
    ],
)
def test_a_changed_column_is_found_at_its_event(tamper, change):
    tamper(f"UPDATE journal_event SET {change} WHERE case_id = 'a' AND seq = 2")
    breaches, findings = found()
    assert breaches[0] == ("a", 2)
    assert findings.first[0].event_id == Event.objects.get(case_id="a", seq=2).event_id


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("""attributes = attributes || '{"x": 9007199254740993}'""", "its attributes hold a number too large"),
        (
            """attributes = jsonb_build_object('x', ('1' || repeat('0', 5000))::numeric)""",
            "its attributes cannot be read",
        ),
        ("attributes = (repeat('[', 3000) || repeat(']', 3000))::jsonb", "its attributes are nested too deep"),
        ("at = 'infinity'", "its instants"),
        ("recorded_at = '-infinity'", "its instants"),
        ("at = '0044-03-15 12:00Z BC'", "its instants"),
        ("at = '12012-03-15 12:00Z'", "its instants"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_blinds_the_check_to_nothing_else(sealed, tamper, change, why):
    tamper(
        f"UPDATE journal_event SET {change} WHERE case_id = 'a' AND seq = 2",
        "UPDATE journal_event SET kind = 'contact' WHERE case_id = 'b' AND seq = 1",
        "UPDATE journal_seal SET events = 5",
    )
    breaches, findings = found(folder=sealed)
    assert breaches == [("a", 2), ("b", 1), ("", 0)]
    assert findings.first[0].why.startswith(why)
    assert (findings.events, findings.cases, findings.seals, findings.files) == (6, 2, 1, 1)


def test_a_change_that_hashes_anew_breaks_the_event_after_it(tamper):
    event = Event.objects.get(case_id="a", seq=2)
    first = Event.objects.get(case_id="a", seq=1)
    event.kind = "contact"
    forged = row_hash(canonical_event(event, bytes(first.hash))).hex()
    tamper(
        f"UPDATE journal_event SET kind = 'contact', hash = decode('{forged}', 'hex') WHERE case_id = 'a' AND seq = 2"
    )
    assert found()[0] == [("a", 3)]


def test_two_events_that_changed_places_are_found(tamper):
    tamper(
        "UPDATE journal_event SET seq = 9 WHERE case_id = 'a' AND seq = 2",
        "UPDATE journal_event SET seq = 2 WHERE case_id = 'a' AND seq = 3",
        "UPDATE journal_event SET seq = 3 WHERE case_id = 'a' AND seq = 9",
    )
    assert found()[0][0] == ("a", 2)


def test_a_gap_is_found(tamper):
    tamper("DELETE FROM journal_event WHERE case_id = 'a' AND seq = 2")
    breaches, findings = found()
    assert breaches == [("a", 3)]
    assert "2 to 2 before it are missing" in findings.first[0].why


def test_a_cut_tail_is_found_by_the_case_s_head(tamper):
    tamper(CUT_LAST)
    breaches, findings = found()
    assert breaches == [("a", 3)]
    assert "cut off" in findings.first[0].why


def test_an_event_put_in_past_the_write_path_is_found(tamper):
    tamper(
        "INSERT INTO journal_event (case_id, seq, event_id, actor, kind, at, recorded_at, attributes, hash) "
        "VALUES ('a', 4, 'slipped in', 'x', 'ended', now(), now(), '{}', sha256('x'))"
    )
    assert found()[0] == [("a", 4), ("a", 4)]


def test_a_tail_cut_together_with_its_head_is_found_by_the_seal_alone(sealed, tamper):
    tamper(CUT_LAST, HEAD_SET_BACK)
    breaches, findings = found()
    assert breaches == [("a", 3)]
    assert "seal 1 holds it" in findings.first[0].why


def test_seals_rewritten_in_the_database_are_found_by_the_file(sealed, tamper):
    tamper(CUT_LAST, HEAD_SET_BACK, "DELETE FROM journal_sealedhead", "DELETE FROM journal_seal")
    assert found()[0] == []
    breaches, findings = found(folder=sealed)
    assert breaches == [("", 0), ("a", 3)]
    assert "seal-000001.ndjson holds it" in findings.first[1].why


@pytest.mark.parametrize("change", ["events = 5", "events = 9007199254740993", "sealed_at = 'infinity'"])
def test_a_seal_changed_in_the_database_is_found(sealed, tamper, change):
    tamper(f"UPDATE journal_seal SET {change}")
    assert [breach.why for breach in found(folder=sealed)[1].first] == [
        "seal 1: it is not what it was when it was made"
    ]


def test_a_seal_taken_out_of_the_row_is_found(sealed, as_owner, tamper):
    with as_owner():
        seals.seal(now=NOON + timedelta(days=1))
    tamper("DELETE FROM journal_sealedhead WHERE seal_id = 1", "DELETE FROM journal_seal WHERE number = 1")
    assert "before it is missing" in found()[1].first[0].why


def test_a_broken_file_is_named_and_no_traceback(sealed):
    for content in ("{\n", "", "[" * 3000 + "\n", '{}\n{"case_id": "a", "hash": "", "seq": "x"}\n'):
        (sealed / "seal-000001.ndjson").write_text(content)
        assert "it was changed" in found(folder=sealed)[1].first[1].why


def test_a_seal_whose_file_is_gone_is_told(sealed, as_owner):
    with as_owner():
        seals.seal(now=NOON + timedelta(days=1))
        seals.write_files(sealed)
    (sealed / "seal-000001.ndjson").unlink()
    findings = found(folder=sealed)[1]
    assert [str(breach).split(":")[0] for breach in findings.first] == ["seal-000001.ndjson"]
    assert "its file is not in" in findings.first[0].why
    assert found(folder=sealed / "nowhere")[1].breaches == 2


def test_a_seal_lists_only_the_heads_that_moved(sealed, as_owner):
    a_history("b")
    make_case("c")
    with as_owner():
        made = seals.seal(now=NOON + timedelta(days=1))
        (written,) = seals.write_files(sealed)
    head, *heads = [json.loads(line) for line in written.path.read_text().splitlines()]
    assert (made.cases, made.events, head["previous"]) == (1, 9, bytes(Seal.objects.get(number=1).root).hex())
    assert [(line["case_id"], line["seq"]) for line in heads] == [("b", 6)]
    assert found(folder=sealed)[0] == []


def test_the_root_of_a_seal_is_the_sha256_of_its_file(sealed):
    assert bytes(Seal.objects.get().root) == seals.root_of_file(sealed / "seal-000001.ndjson")


def test_a_lost_file_is_written_again_letter_by_letter(sealed, as_owner):
    path = sealed / "seal-000001.ndjson"
    before = path.read_bytes()
    path.unlink()
    with as_owner():
        assert [written.path for written in seals.write_files(sealed)] == [path]
        assert seals.write_files(sealed) == []
    assert path.read_bytes() == before
