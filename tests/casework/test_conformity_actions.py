"""Figures asked for and computed: from journal to stored sums, once for all who ask at the same time."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from conformity_reports import Place, make_town, place, stored_report
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from walls import reach_every_office

from framdrift.casework.access.rules import Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.conformity import queries
from framdrift.casework.conformity.actions import BusyError, RefusedError, compute, request
from framdrift.casework.conformity.judging import judge
from framdrift.casework.conformity.models import Figure, FigureCase, Report, State
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.journal.queries import event_batches
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.protection import UNPROTECTED
from framdrift.events import Log
from framdrift.standard import conformity, load

START = datetime(2025, 1, 6, 9, tzinfo=UTC)
AS_OF = datetime(2025, 12, 31, 22, 59, tzinfo=UTC)
STANDARD = load("nav-2012")


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def clock() -> Iterator[datetime]:
    moment = datetime(2026, 1, 2, 1, tzinfo=UTC)
    while True:
        moment += timedelta(minutes=1)
        yield moment


CLOCK = clock()


def write_case(office: Place, events: list[tuple[str, int, dict[str, object]]]) -> str:
    reach_every_office()
    case = Case.objects.create(id=str(uuid.uuid4()), office=office.office)
    append(
        str(office.leader.code),
        case_id=case.pk,
        events=[NewEvent(kind, day(at), attributes) for kind, at, attributes in events],
        request_id=uuid.uuid4(),
        now=AS_OF,
    )
    return case.pk


@pytest.fixture
def small(db: None) -> Place:
    return place("lillevik", "Lillevik")


@pytest.fixture
def journal(small: Place) -> list[str]:
    """Five cases, and one of another office."""
    registered = {"birth_year": 2000, "sex": "female", "language": "nb", "benefits": ["dagpenger"]}
    decided = {"group": "standard", "first": True, "parts": ["a", "b", "c", "d", "e"], "own_view": True}
    early = [("registered", 0, registered), ("conversation", 5, {"channel": "phone"}), ("decision_made", 9, decided)]
    late = [("registered", 0, registered | {"birth_year": 1970}), ("decision_made", 40, decided)]
    never = [("registered", 0, registered)]
    ended = [*early, ("ended", 60, {"reason": "work"}), ("conversation", 70, {"channel": "phone"})]
    cases = [write_case(small, events) for events in (early, early, late, never, ended)]
    write_case(place("annet", "Annet"), early)
    return cases


def computed(place_: Place) -> Report:
    report, is_new = request(actor=None, office=place_.office.code, standard=STANDARD.id, at=AS_OF)
    assert is_new
    compute(report, clock=CLOCK.__next__, as_of=AS_OF)
    return Report.objects.get(pk=report)


class TestCompute:
    @pytest.fixture
    def report(self, small: Place, journal: list[str]) -> Report:
        return computed(small)

    def test_it_ends_finished_and_says_what_it_rests_on(self, report: Report) -> None:
        assert report.state == State.FINISHED
        assert (report.cases, report.ignored_after_end, report.unknown_kinds) == (5, 1, {})
        assert report.as_of == AS_OF
        assert report.journal_snapshot

    def test_r1_is_counted_as_one_counts_by_hand(self, report: Report) -> None:
        figures = queries.stored_figures(report.pk)
        (counts,) = [judge(STANDARD, figures).result(("R1", None)).counts]  # type: ignore[union-attr]
        assert (counts.met, counts.late, counts.missed, counts.open, counts.void) == (3, 1, 1, 0, 0)

    def test_the_stored_sums_give_what_a_whole_evaluation_gives(self, report: Report) -> None:
        with Log.of_batches(list(event_batches("lillevik"))) as log:
            whole = conformity(STANDARD, log, as_of=AS_OF)
        judgement = judge(STANDARD, queries.stored_figures(report.pk))
        for result in judgement.results:
            assert result.counts == whole.counts[result.rule.key], result.rule.key
            assert result.verdict == whole.verdict(result.rule), result.rule.key
        assert {yardstick: judgement.verdict(yardstick) for yardstick in ("guideline", "intention")} == (  # type: ignore[arg-type]
            whole.by_yardstick()
        )

    def test_groups_split_the_total_of_every_rule(self, report: Report) -> None:
        for rule in STANDARD.rules:
            groups = queries.counts_by_group(report.pk, rule.key)
            total = queries.stored_figures(report.pk).totals.get(rule.key, {})
            met = sum(counts.met for counts in total.values())
            for dimension in ("age", "lasted", "sex", "language"):
                assert sum(count.met for count in groups[dimension].values()) == met, (rule.key, dimension)

    def test_cases_behind_are_those_that_were_late_or_never_came(self, report: Report, journal: list[str]) -> None:
        found, has_more = queries.cases_behind(
            report.pk, ("R1", None), quarters=None, after=None, clearance=UNPROTECTED
        )
        assert {(case.case, case.late, case.missed) for case in found} == {(journal[2], 1, 0), (journal[3], 0, 1)}
        assert not has_more

    def test_nothing_of_another_office_is_stored(self, report: Report, journal: list[str]) -> None:
        assert set(FigureCase.objects.values_list("case_id", flat=True)) <= set(journal)

    def test_carrying_it_out_again_changes_nothing(self, report: Report) -> None:
        before = list(Figure.objects.order_by("pk").values_list())
        compute(report.pk, clock=CLOCK.__next__)
        assert list(Figure.objects.order_by("pk").values_list()) == before

    def test_the_report_and_the_one_before_are_kept_and_older_ones_go(self, small: Place, report: Report) -> None:
        second, third = computed(small), computed(small)
        assert set(Report.objects.values_list("pk", flat=True)) == {second.pk, third.pk}
        assert set(Figure.objects.values_list("report", flat=True)) == {second.pk, third.pk}

    def test_an_empty_office_has_a_report_with_nothing_in_it(self, small: Place, report: Report) -> None:
        empty = computed(place("tomt", "Tomt"))
        assert (empty.state, empty.cases, Figure.objects.filter(report=empty).count()) == (State.FINISHED, 0, 0)

    def test_an_error_is_kept_as_a_failure_and_the_old_figures_stay(self, small: Place, report: Report) -> None:
        asked, _ = request(actor=None, office="lillevik", standard=STANDARD.id, at=AS_OF)
        Report.objects.filter(pk=asked).update(standard="no-such-standard")
        with pytest.raises(Exception, match="no-such-standard"):
            compute(asked, clock=CLOCK.__next__)
        assert Report.objects.get(pk=asked).state == State.FAILED
        assert queries.latest_heads(office="lillevik")[0].id == report.pk


class TestRequest:
    def test_a_second_request_is_the_first_one(self, small: Place) -> None:
        first = request(actor=None, office="lillevik", standard=STANDARD.id, at=AS_OF)
        second = request(actor=None, office="lillevik", standard=STANDARD.id, at=AS_OF)
        assert (first[1], second) == (True, (first[0], False))

    def test_one_whose_process_died_is_called_failed_and_replaced(self, small: Place) -> None:
        dead, _ = request(actor=None, office="lillevik", standard=STANDARD.id, at=AS_OF)
        Report.objects.filter(pk=dead).update(state=State.RUNNING)
        later, is_new = request(actor=None, office="lillevik", standard=STANDARD.id, at=AS_OF + timedelta(hours=1))
        assert is_new
        assert later != dead
        assert Report.objects.get(pk=dead).state == State.FAILED

    def test_only_the_leader_of_the_office_may_ask(self, small: Place) -> None:
        advisor = Viewer(small.leader.pk, "", {Role.ADVISOR: frozenset({"lillevik"})})
        other = Viewer(small.leader.pk, "", {Role.OFFICE_LEADER: frozenset({"storhavn"})})
        for viewer in (advisor, other):
            with pytest.raises(RefusedError):
                request(actor=viewer, office="lillevik", standard=STANDARD.id, at=AS_OF)
        assert not Report.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_two_at_the_same_time_have_one_effect(self) -> None:
        place("lillevik", "Lillevik")

        def ask(_: int) -> tuple[uuid.UUID, bool]:
            try:
                return request(actor=None, office="lillevik", standard=STANDARD.id, at=AS_OF)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(ask, range(2)))
        assert len({report for report, _ in answers}) == 1
        assert sorted(is_new for _, is_new in answers) == [False, True]
        assert Report.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_while_a_process_has_the_office_no_other_takes_it(self) -> None:
        office = place("lillevik", "Lillevik").office
        asked, _ = request(actor=None, office="lillevik", standard=STANDARD.id, at=AS_OF)

        def hold_and_try(_: int) -> type[BaseException] | None:
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_lock(%s, %s)", [0x0F0C, office.pk])
                with ThreadPoolExecutor(1) as inner:
                    return inner.submit(tried, asked).result()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(hold_and_try, 0).result() is BusyError
        assert Report.objects.get(pk=asked).state == State.REQUESTED


def tried(report: uuid.UUID) -> type[BaseException] | None:
    try:
        compute(report, clock=CLOCK.__next__)
    except BusyError as error:
        return type(error)
    finally:
        connections.close_all()
    return None


class TestQueries:
    """The same number of queries and the same plan, whether a figure has ten cases behind it or a hundred thousand."""

    @pytest.mark.parametrize("cases", [60, 3_000])
    def test_a_page_of_cases_takes_one_query(self, db: None, cases: int) -> None:
        town = make_town()
        report = stored_report(town.small.office, cases_behind=cases)
        reach_every_office()
        with CaptureQueriesContext(connection) as captured:
            page, has_more = queries.cases_behind(
                report.pk, ("R6", "strict"), quarters=None, after=None, clearance=UNPROTECTED
            )
        assert (len(page), has_more, len(captured)) == (50, True, 1)

    def test_a_late_page_is_found_by_index(self, db: None) -> None:
        report = stored_report(make_town().small.office, cases_behind=3_000)
        reach_every_office()
        with CaptureQueriesContext(connection) as captured:
            queries.cases_behind(
                report.pk,
                ("R6", "strict"),
                quarters=None,
                after=(date(2026, 4, 1), "case-0001500"),
                clearance=UNPROTECTED,
            )
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("EXPLAIN " + captured[0]["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "figure_case_once" in plan
        assert "Sort" not in plan
