"""`framdrift journal`: what one types and what it says."""

import pytest
import typer
from django.db import connection
from typer.testing import CliRunner

from framdrift.casework.journal.models import Event, Seal
from framdrift.cli import journal
from framdrift.events import LogError, UserError, open_log

pytestmark = pytest.mark.django_db

LOG = "sak,kind,at,office,seq\nK1,registered,2012-03-01T09:00,small,7\nK1,ended,2012-06-01T09:00,small,9\n"


@pytest.fixture
def framdrift(monkeypatch, tmp_path, as_owner):
    """Runs a command as the owner, in a data folder of the test's own; the second value is what it said."""
    monkeypatch.setenv("FRAMDRIFT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FRAMDRIFT_DATABASE_ROLE", "framdrift_owner")
    app = typer.Typer()
    journal.register(app)

    def run(*words):
        with as_owner():
            result = CliRunner().invoke(app, ["journal", *map(str, words)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return run


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


def test_a_log_is_loaded_exported_sealed_and_verified(framdrift, log, tmp_path):
    status, said = framdrift("load", log, "--map", "case_id=sak")
    assert status == 0
    assert "events 2, cases 1" in said
    assert "made with their code as name: small" in said
    assert "than in the file (a case counts 1, 2, 3 …): 2." in said

    status, said = framdrift("export", tmp_path / "out.parquet")
    assert (status, said) == (0, f"Written to {tmp_path / 'out.parquet'}: events 2.\n")
    with open_log(tmp_path / "out.parquet") as exported:
        assert [event.seq for event in exported.case("K1")] == [1, 2]

    status, said = framdrift("seal")
    assert status == 0
    assert said.startswith(bytes(Seal.objects.get().root).hex())
    assert (tmp_path / "data" / "seals" / "seal-000001.ndjson").exists()

    status, said = framdrift("verify")
    assert status == 0
    assert "events 2, cases 1, seals 1, files of seals" in said
    assert said.endswith("The journal is what was written.\n")


def test_a_broken_journal_is_told_by_its_first_event_and_the_exit_code(framdrift, log, as_owner):
    framdrift("load", log, "--map", "case_id=sak")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_event SET kind = 'contact' WHERE seq = 1")
        cursor.execute("ALTER TABLE journal_event ENABLE TRIGGER USER")
    status, said = framdrift("verify")
    assert status == 1
    with as_owner():
        first = Event.objects.get(seq=1).event_id
    assert f"BROKEN  case K1, event 1 ({first})" in said


def test_seals_whose_files_are_not_where_one_says_are_told(framdrift, log, tmp_path):
    framdrift("load", log, "--map", "case_id=sak")
    framdrift("seal")
    with pytest.raises(UserError, match="no folder"):
        framdrift("verify", "--folder", tmp_path / "typo")
    (tmp_path / "data" / "seals" / "seal-000001.ndjson").unlink()
    status, said = framdrift("verify")
    assert status == 1
    assert "BROKEN  seal-000001.ndjson: the database has this seal" in said


def test_an_office_that_is_not_there_is_told(framdrift, tmp_path):
    with pytest.raises(UserError, match="no office nowhere"):
        framdrift("export", tmp_path / "out.parquet", "--office", "nowhere")


def test_a_mapping_that_is_none_is_told(framdrift, log):
    with pytest.raises(UserError, match="ours=theirs"):
        framdrift("load", log, "--map", "case_id")
    with pytest.raises(LogError, match="case_id"):
        framdrift("load", log)
