"""A log goes into the journal whole or not at all, and comes out as it went in."""

import json
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journal_cases import NOON, a_history, make_case, write

from framdrift import events as events_module
from framdrift.casework.cases.models import Case
from framdrift.casework.journal import copying
from framdrift.casework.journal.actions import NewEvent, _refresh_facts
from framdrift.casework.journal.loading import load
from framdrift.casework.journal.models import Event
from framdrift.casework.journal.queries import event_batches
from framdrift.casework.journal.verification import verify
from framdrift.casework.offices.models import Office, Staff, Team
from framdrift.events import ARROW_SCHEMA, LogError, open_log, write_log

pytestmark = pytest.mark.django_db

HEAD = "event_id,case_id,person,office,team,actor,kind,at,recorded_at,seq,corrects,attributes\n"
LOG = (
    HEAD
    + """e1,K1,p1,small,short,a1,registered,2012-03-01T09:00:00Z,,1,,"{""birth_year"": 1990}"
e2,K1,p1,small,short,a1,assigned,2012-03-02T09:00:00Z,,2,,"{""advisor"": ""a1""}"
e3,K1,p1,large,long,a2,conversation,2012-03-05T09:00:00Z,2012-03-06T09:00:00Z,3,,"{""channel"": ""phone""}"
e4,K1,p1,large,long,a2,ended,2012-06-01T09:00:00Z,,4,,"{""reason"": ""work""}"
f1,K2,,,,,conversation,2012-03-01T09:00:00Z,,,,
"""
)


@pytest.fixture(autouse=True)
def _past_the_wall(db, as_owner):
    """Loading is the owner's work, and logs hold cases of no office, which the wall shows to nobody."""
    with as_owner():
        yield


@pytest.fixture
def take(tmp_path, as_owner):
    """Loads a log written out in full."""

    def taking(text, name="log.csv"):
        path = tmp_path / name
        path.write_text(text)
        with open_log(path) as log, as_owner():
            return load(log, progress=lambda rows: None)

    return taking


def rows(office=None):
    return pa.Table.from_batches(event_batches(office, ordered=True), ARROW_SCHEMA).to_pylist()


def chain():
    return {
        (case_id, seq): bytes(digest)
        for case_id, seq, digest in Event.objects.order_by("case_id", "seq").values_list("case_id", "seq", "hash")
    }


def test_a_log_fills_the_journal_and_the_cases(take):
    Staff.objects.create(code="a1", username="a1", name="Advisor")
    loaded = take(LOG)
    assert (loaded.cases, loaded.events, loaded.offices_made) == (2, 5, ["large", "small"])
    assert loaded.teams_made == ["large/long", "small/short"]
    case = Case.objects.select_related("office", "team", "advisor").get(id="K1")
    assert (case.office.code, case.team.code, case.advisor.code) == ("large", "long", "a1")
    assert case.person.office == case.office, "who finds the person"
    assert (case.opened_at, case.ended_at) == (NOON.replace(hour=9), NOON.replace(month=6, hour=9))
    assert (case.next_seq, bytes(case.chain_head)) == (5, bytes(Event.objects.get(event_id="e4").hash))
    bare = Case.objects.get(id="K2")
    assert (bare.person, bare.office, bare.team, bare.advisor, bare.ended_at) == (None,) * 5
    assert bare.opened_at == NOON.replace(hour=9)


def test_what_is_loaded_verifies_and_is_written_on(take):
    take(LOG)
    write("K1", NewEvent("complaint_received", NOON))
    assert verify(progress=lambda rows: None).breaches == 0
    assert Event.objects.get(case_id="K1", seq=5).office == "large"


def test_columns_that_a_log_leaves_out_are_filled_as_the_contract_says(take):
    take(LOG)
    event = Event.objects.get(event_id="f1")
    assert (event.actor, event.recorded_at, event.attributes, event.seq) == ("system", event.at, {}, 1)
    assert (event.person, event.office, event.corrects, event.request_id) == (None, None, None, None)


def test_an_unknown_kind_is_kept(take):
    take("case_id,kind,at\nK,coffee,2012-03-01T09:00\n")
    assert Event.objects.get().kind == "coffee"


def test_export_and_load_again_is_the_same_journal_hash_by_hash(take, tmp_path, as_owner, db_emptied):
    take(LOG)
    write("K1", NewEvent("retracted", NOON, corrects="e3"))
    make_case("ours")
    a_history("ours")
    before, hashes = rows(), chain()
    people = dict(Case.objects.values_list("id", "person_id"))
    assert write_log(tmp_path / "journal.parquet", event_batches(ordered=True)) == 9
    db_emptied()
    with open_log(tmp_path / "journal.parquet") as log, as_owner():
        assert load(log, progress=lambda rows: None).renumbered == 0
    assert rows() == before
    assert chain() == hashes
    assert dict(Case.objects.values_list("id", "person_id")) == people
    assert verify(progress=lambda rows: None).breaches == 0


@pytest.fixture
def db_emptied(as_owner):
    """A journal as in a fresh database."""

    def emptying():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")
            cursor.execute("DELETE FROM journal_event; DELETE FROM cases_case; DELETE FROM people_person")
            cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return emptying


def test_a_case_counts_from_one_in_the_order_of_recording(take):
    loaded = take(
        "event_id,case_id,kind,at,seq\nlate,K,ended,2012-03-09T09:00:00Z,70\n"
        "early,K,registered,2012-03-01T09:00:00Z,7\nother,L,registered,2012-03-01T09:00:00Z,1\n"
    )
    assert loaded.renumbered == 2
    assert list(Event.objects.filter(case_id="K").order_by("seq").values_list("event_id", "seq")) == [
        ("early", 1),
        ("late", 2),
    ]


def test_two_logs_that_name_no_event_both_go_in(take):
    take("case_id,kind,at\nK,registered,2012-03-01T09:00\nK,ended,2012-03-09T09:00\n")
    take("case_id,kind,at\nL,registered,2012-03-01T09:00\n")
    assert len(set(Event.objects.values_list("event_id", flat=True))) == 3


def test_corrections_decide_what_the_case_is(take):
    take(
        LOG + "e5,K1,p1,large,long,a2,ended,2012-05-01T09:00:00Z,2012-07-01T09:00:00Z,5,e4,{}\n"
        "e6,K1,p1,small,short,a2,retracted,2012-05-01T09:00:00Z,2012-07-02T09:00:00Z,6,e1,\n"
    )
    case = Case.objects.get(id="K1")
    assert case.opened_at == NOON.replace(day=2, hour=9), "its registration is retracted: the first event opens it"
    assert case.ended_at == NOON.replace(month=5, hour=9)
    assert case.office.code == "large", "a retraction is no event of its own"


def test_a_person_keeps_the_same_id_from_log_to_log(take):
    take(LOG)
    take(LOG.replace("K1", "K3").replace("K2", "K4").replace("\ne", "\nx").replace("\nf", "\ny"))
    first, again = Case.objects.get(id="K1"), Case.objects.get(id="K3")
    assert first.person_id == again.person_id is not None


def refused(take, text):
    count = Event.objects.count()
    with pytest.raises(LogError) as caught:
        take(text)
    assert Event.objects.count() == count, "nothing of it may be there"
    return caught.value


def test_a_case_that_is_there_is_not_loaded_again(take):
    take(LOG)
    error = refused(take, LOG.replace("\nf1", "\nf2"))
    assert (error.bad_count, error.bad_rows[0].row, error.bad_rows[0].field) == (5, 1, "case_id")
    assert "journal holds already" in str(error)


def test_an_event_that_is_there_is_refused_in_another_case(take):
    take(LOG)
    error = refused(take, HEAD + "x1,K9,,,,,registered,2012-03-01,,,,\ne3,K9,,,,,ended,2012-03-02,,,,\n")
    assert [(row.row, row.field, row.value) for row in error.bad_rows] == [(2, "event_id", "e3")]


def test_events_of_one_name_in_a_log_are_refused(take):
    error = refused(take, LOG.replace("\ne2", "\ne1"))
    assert [row.row for row in error.bad_rows] == [1, 2]
    assert "more than one event" in str(error)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('x,K,,,,,registered,2012-03-01,,,,"{""n"": 9007199254740992}"', "too large"),
        ('x,K,,,,,registered,2012-03-01,,,,"{""n"": ""\\u0000""}"', "zero character"),
        (f"x,K,,{'o' * 201},,,registered,2012-03-01,,,,", "longer than 200"),
        ("x,K,,,,,retracted,2012-03-01,,,e1,", "no other event of the same case"),
    ],
)
def test_what_the_journal_cannot_keep_is_refused_by_row(take, row, why):
    error = refused(take, LOG + row + "\n")
    assert error.bad_rows[0].row == 6
    assert why in str(error)


def test_the_first_five_bad_rows_are_named_and_all_counted(take):
    bad = [f'b{n},B,,,,,contact,2012-03-01,,,,"{{""n"": 1e{n + 20}}}"\n' for n in range(8)]
    error = refused(take, LOG + "".join(bad))
    assert [row.row for row in error.bad_rows] == [6, 7, 8, 9, 10]
    assert error.bad_count == 8


def test_an_office_s_export_holds_whole_cases_that_were_ever_there(take):
    take(LOG)
    assert [row["event_id"] for row in rows("small")] == ["e1", "e2", "e3", "e4"]
    assert rows("nowhere") == []


def test_the_stream_may_be_left_half_read(take, monkeypatch):
    monkeypatch.setattr(copying, "_BLOCK_BYTES", 1)
    take(LOG)
    batches = event_batches()
    assert next(batches).num_rows == 1
    batches.close()
    assert Event.objects.count() == 5
    assert sum(batch.num_rows for batch in event_batches()) == 5


def test_the_stream_tells_null_from_empty_and_keeps_lines_and_letters(tmp_path, as_owner):
    odd = 'Ærlig "talt",\n\tå\\N'
    table = pa.Table.from_pylist(
        [
            {
                "event_id": "e",
                "case_id": odd,
                "person": None,
                "office": "",
                "team": odd,
                "actor": "a",
                "kind": "contact",
                "at": NOON + timedelta(microseconds=1),
                "recorded_at": NOON,
                "seq": 1,
                "corrects": None,
                "attributes": json.dumps({odd: odd}),
            }
        ],
        schema=ARROW_SCHEMA,
    )
    pq.write_table(table, tmp_path / "odd.parquet")
    with open_log(tmp_path / "odd.parquet") as log, as_owner():
        load(log, progress=lambda rows: None)
    (row,) = rows()
    (given,) = table.to_pylist()
    assert json.loads(row.pop("attributes")) == json.loads(given.pop("attributes"))
    assert row == given
    assert Team.objects.filter(office__code="").count() == 1
    assert Office.objects.get().code == ""


ONE_CASE = st.lists(
    st.tuples(
        st.sampled_from(["registered", "ended", "contact", "retracted"]),
        st.integers(0, 5),  # hours: ties on purpose
        st.none() | st.integers(0, 5),  # which row it corrects
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=ONE_CASE)
def test_a_loaded_case_opens_and_ends_as_one_that_is_written(as_owner, told):
    """The facts by SQL over a whole log are those that the write path takes from the standard's timeline."""
    events = [
        events_module.Event(
            event_id=f"e{place}",
            case_id="K",
            kind=kind,
            at=NOON + timedelta(hours=hours),
            recorded_at=NOON,
            seq=place + 1,
            corrects=f"e{target}" if target is not None and target < place else None,
        )
        for place, (kind, hours, target) in enumerate(told)
    ]
    with events_module.Log.of_events(events) as log, as_owner(), transaction.atomic():
        load(log, progress=lambda rows: None)
        loaded = Case.objects.get()
        written = Case(id="K")
        _refresh_facts(written)
        transaction.set_rollback(True)
    assert (loaded.opened_at, loaded.ended_at) == (written.opened_at, written.ended_at)


def keys():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'journal_event'::regclass"
            " UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'journal_event' ORDER BY 1, 2"
        )
        return cursor.fetchall()


def test_an_empty_journal_has_all_its_keys_again_after_a_load(take):
    before = keys()
    assert len(before) > 8
    take(LOG)
    assert keys() == before
