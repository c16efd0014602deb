"""The one write path: one place in the chain for each event, one effect for each request."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from journal_cases import ADVISOR, NOON, a_history, make_case, write
from walls import reach_every_office

from framdrift.casework.cases.models import Case
from framdrift.casework.journal.actions import CorrectionRefusedError, NewEvent, UnknownKindError, append
from framdrift.casework.journal.models import Event
from framdrift.casework.journal.verification import verify

CALL = NewEvent("conversation", NOON, {"channel": "phone"})


@pytest.mark.django_db
def test_an_event_carries_the_case_s_person_and_place_and_the_time_it_was_recorded():
    case = make_case()
    (event,) = write(case.id, CALL, now=NOON + timedelta(hours=2)).events
    kept = Event.objects.get(event_id=event.event_id)
    assert (kept.person, kept.office, kept.team, kept.actor) == (str(case.person_id), "small", "short", ADVISOR)
    assert (kept.at, kept.recorded_at, kept.attributes) == (NOON, NOON + timedelta(hours=2), {"channel": "phone"})
    assert kept.transaction > 0


@pytest.mark.django_db
def test_the_case_remembers_where_its_journal_is():
    case = make_case()
    a_history(case.id)
    case.refresh_from_db()
    latest = Event.objects.filter(case=case).latest("seq")
    assert (case.next_seq, bytes(case.chain_head)) == (4, bytes(latest.hash))
    assert (case.opened_at, case.ended_at) == (NOON, None)


@pytest.mark.django_db
def test_events_written_together_stand_together():
    case = make_case()
    written = write(case.id, CALL, CALL, CALL).events
    assert [event.seq for event in written] == [1, 2, 3]
    assert len({event.event_id for event in written}) == 3
    assert verify(progress=lambda rows: None).breaches == 0


@pytest.mark.django_db
def test_a_repeated_submit_gives_the_first_result_and_writes_nothing():
    case = make_case()
    request = uuid.uuid4()
    first = write(case.id, CALL, CALL, request_id=request)
    again = write(case.id, NewEvent("ended", NOON), request_id=request, now=NOON + timedelta(days=9))
    assert again.repeated
    assert not first.repeated
    assert [event.event_id for event in again.events] == [event.event_id for event in first.events]
    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_one_request_may_write_in_several_cases():
    request = uuid.uuid4()
    for case in (make_case("one"), make_case("other")):
        assert not write(case.id, NewEvent("assigned", NOON, {"advisor": "a"}), request_id=request).repeated
    assert Event.objects.count() == 2


@pytest.mark.django_db
def test_a_case_opens_and_ends_as_its_events_say_after_correction():
    case = make_case()
    a_history(case.id)
    (ended,) = write(case.id, NewEvent("ended", NOON + timedelta(days=30), {"reason": "work"})).events
    assert Case.objects.get().ended_at == NOON + timedelta(days=30)
    write(case.id, NewEvent("ended", NOON + timedelta(days=29), {"reason": "work"}, corrects=ended.event_id))
    assert Case.objects.get().ended_at == NOON + timedelta(days=29)
    write(case.id, NewEvent("retracted", NOON, corrects=Event.objects.latest("seq").event_id))
    assert Case.objects.get().ended_at is None


@pytest.mark.django_db
def test_only_a_live_event_of_the_same_case_is_corrected():
    case, other = make_case("one"), make_case("other")
    first, second, _ = a_history(case.id)
    foreign = a_history(other.id)[0]
    (correction,) = write(case.id, NewEvent("conversation", NOON, {"channel": "video"}, corrects=second)).events
    (retraction,) = write(case.id, NewEvent("retracted", NOON, corrects=first)).events
    write(case.id, NewEvent("conversation", NOON, {"channel": "phone"}, corrects=correction.event_id))
    for target in (second, first, foreign, retraction.event_id, "unheard of"):
        with pytest.raises(CorrectionRefusedError):
            write(case.id, NewEvent("conversation", NOON, corrects=target))
    with pytest.raises(CorrectionRefusedError, match="names the event"):
        write(case.id, NewEvent("retracted", NOON))
    third = Event.objects.get(case=case, seq=3).event_id
    with pytest.raises(CorrectionRefusedError, match="once"):
        write(case.id, *[NewEvent("retracted", NOON, corrects=third)] * 2)


@pytest.mark.django_db
def test_only_published_kinds_are_written_and_only_in_cases_that_exist():
    case = make_case()
    with pytest.raises(UnknownKindError, match="coffee"):
        write(case.id, NewEvent("coffee", NOON))
    with pytest.raises(Case.DoesNotExist):
        write("no such case", CALL)


@pytest.mark.django_db
@pytest.mark.parametrize("history", [1, 30])
def test_an_append_costs_the_same_queries_however_long_the_case(history, django_assert_num_queries):
    case = make_case()
    write(case.id, NewEvent("registered", NOON), *[CALL] * history)
    # Savepoint and release, the lock, the request looked up, the event, the case.
    with django_assert_num_queries(6):
        write(case.id, CALL)


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_case_take_turns_and_lose_nothing():
    case = make_case()

    def several() -> None:
        reach_every_office()
        try:
            for _ in range(10):
                write(case.id, CALL)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(several) for _ in range(4)]:
            done.result()
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 41))
    assert verify(progress=lambda rows: None).breaches == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_request_submitted_twice_at_once_has_one_effect():
    case = make_case()
    request = uuid.uuid4()

    def submit() -> bool:
        reach_every_office()
        try:
            return append(ADVISOR, case_id=case.id, events=[CALL], now=NOON, request_id=request).repeated
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(done.result() for done in [pool.submit(submit) for _ in range(2)]) == [False, True]
    assert Event.objects.count() == 1
