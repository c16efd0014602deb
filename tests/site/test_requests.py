"""What every request passes through."""

import os
import re
import socket
import subprocess
import sys

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from guards import NetworkError, ReadThatWritesError, tables_written

from framdrift.casework.offices.models import Office
from framdrift.site.middleware import LineFormatter, RequestIdFilter


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = "pages"
    return Client(raise_request_exception=False)


def test_django_s_own_checks_find_nothing():
    """In a process of its own: the suite's settings differ from those that are served."""
    command = [sys.executable, "-m", "django", "check", "--fail-level", "WARNING"]
    environment = os.environ | {"FRAMDRIFT_SECRET_KEY": "".join(map(chr, range(40, 100)))}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


@pytest.mark.django_db
def test_a_view_stands_in_a_savepoint_of_its_request_s_transaction(settings, pages):
    """In a test a third stands around both."""
    assert pages.post("/test/depth").content == b"True 2"


@pytest.mark.django_db
def test_what_a_view_wrote_is_kept(pages):
    assert pages.post("/test/write").status_code == 200
    assert Office.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "status"), [("fail", 500), ("miss", 404), ("break", 500)])
def test_an_error_takes_back_what_its_view_wrote_and_the_error_page_still_shows(pages, page, status):
    answer = pages.post(f"/test/{page}")
    assert answer.status_code == status
    assert b"<html" in answer.content
    assert Office.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_request_is_committed_before_its_answer_leaves(pages):
    assert pages.post("/test/write").status_code == 200
    default = connections["default"]
    assert not default.in_atomic_block
    assert Office.objects.count() == 1


@pytest.mark.django_db
def test_every_answer_has_an_id_that_no_client_chooses(pages):
    first, second = (pages.get("/health", headers={"X-Request-Id": "mine"})["X-Request-Id"] for _ in range(2))
    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.django_db
def test_the_log_names_the_request_and_no_person(pages, caplog, settings):
    formatter = LineFormatter(settings.LOGGING["formatters"]["line"]["format"], style="{")
    caplog.handler.addFilter(RequestIdFilter())
    answer = pages.post("/test/fail")
    assert any(answer["X-Request-Id"] in formatter.format(record) for record in caplog.records)
    caplog.clear()
    pages.post("/test/break")
    told = "\n".join(formatter.format(record) for record in caplog.records)
    assert "office_code_unique" in told
    assert "DETAIL: (kept out of the log)" in told
    assert "(same)" not in told


@pytest.mark.django_db
def test_nothing_inline_and_no_other_host(pages):
    policy = dict(part.split(" ", 1) for part in pages.get("/health")["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert not re.search(r"unsafe|https?:|\*", " ".join(policy.values()))


@pytest.mark.django_db
def test_health_is_told_without_a_transaction_and_without_a_session(pages, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = pages.get("/health")
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"ok\n", {})


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told(pages, monkeypatch):
    def fail(*_):
        raise DatabaseError("gone")

    with connections["default"].execute_wrapper(fail):
        answer = pages.get("/health")
    assert answer.status_code == 503
    assert b"gone" not in answer.content


@pytest.mark.django_db
def test_the_guard_catches_a_get_that_writes(settings):
    settings.ROOT_URLCONF = "pages"
    with pytest.raises(ReadThatWritesError, match="offices_office"):
        Client().get("/test/write")


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('INSERT INTO "access_opening" ("at") VALUES (%s)', ["access_opening"]),
        ('UPDATE "cases_case" SET "next_seq" = 2', ["cases_case"]),
        ("DELETE FROM journal_event", ["journal_event"]),
        ("TRUNCATE journal_event", ["journal_event"]),
        ("COPY journal_event (a) FROM STDIN (FORMAT csv)", ["journal_event"]),
        ("COPY (SELECT a FROM journal_event) TO STDOUT", []),
        ('SELECT 1 FROM "cases_case" FOR UPDATE', []),
        ("WITH gone AS (DELETE FROM a RETURNING b) INSERT INTO c SELECT b FROM gone", ["a", "c"]),
    ],
)
def test_the_guard_reads_which_tables_a_statement_writes(sql, tables):
    assert tables_written(sql) == tables


def test_no_test_reaches_the_network():
    with socket.socket() as reaching, pytest.raises(NetworkError):
        reaching.connect(("192.0.2.1", 80))
