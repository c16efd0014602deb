"""`framdrift import`: what one types and what it says."""

import json

import pytest
import typer
from django.db import connection
from register_documents import an_office, bare, wrapped
from typer.testing import CliRunner
from walls import working_as_owner

from framdrift.casework.cases.models import Case
from framdrift.casework.occupations.models import OccupationName
from framdrift.cli import imports
from framdrift.events import UserError

pytestmark = pytest.mark.django_db


@pytest.fixture
def framdrift(monkeypatch, tmp_path):
    """Runs a command in the worker's role; gives back its exit code, what it said, and what it said was wrong."""
    monkeypatch.setenv("FRAMDRIFT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FRAMDRIFT_DATABASE_ROLE", "framdrift_worker")
    app = typer.Typer()
    imports.register(app)

    def run(*words):
        with working_as_owner():
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE framdrift_worker")
            result = CliRunner().invoke(app, ["import", *map(str, words)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def file(tmp_path):
    def write(content, name="documents.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_documents_are_taken_once_and_the_report_says_what_became_of_each(framdrift, file):
    an_office()
    lines = file("\n".join(json.dumps(each) for each in (bare(2, sent="2026-05-01T08:00:00Z"), bare(3, 103))), "more")
    status, said, wrong = framdrift("registrations", file(wrapped()), lines, "--office", "lillevik")
    assert (status, wrong) == (0, "")
    assert said == (
        "Records 3: new cases 2, changes in cases 1.\n"
        "Who the new cases are about is told by staff: /kontor/lillevik/uidentifiserte/\n"
    )
    assert framdrift("registrations", lines, "--office", "lillevik") == (0, "Records 2: taken before 2.\n", "")
    with working_as_owner():
        assert Case.objects.filter(person=None).count() == 2


def test_each_refused_record_is_named_and_the_good_ones_are_taken(framdrift, file):
    an_office()
    path = file([wrapped(), bare(2, 102, jobbsituasjon=[]), bare(3, 103) | {"periodeId": "15828012345"}, 7])
    status, said, wrong = framdrift("registrations", path, "--office", "lillevik")
    assert status == 1
    assert said.startswith("Records 4: new cases 1, refused 3.\n")
    first, second, third = wrong.splitlines()
    assert first.startswith(f"REFUSED  {path}, record 2, line 1: jobbsituasjon has no situation. It is")
    assert second.startswith(f"REFUSED  {path}, record 3, line 1: periodeId '(a number)' is no UUID like")
    assert third.startswith(f"REFUSED  {path}, record 4, line 1: '7' is not a JSON object.")


def test_what_is_unknown_is_counted_with_where_it_was_first(framdrift, file):
    an_office()
    strange = [bare(number, number, helse={"helsetilstandHindrerArbeid": "NOE", "nytt": 1}) for number in (1, 2, 3)]
    path = file([bare(9, 9), *strange])
    status, said, _ = framdrift("registrations", path, "--office", "lillevik")
    assert status == 0
    assert "Not known to us, kept as it came:\n" in said
    assert f"  helse.helsetilstandHindrerArbeid = NOE: 3, first in {path}, record 2\n" in said
    assert f"  the field helse.nytt: 3, first in {path}, record 2\n" in said


def test_the_report_as_json(framdrift, file):
    an_office()
    path = file(
        [wrapped(), bare(2, 102, jobbsituasjon=None), bare(3, 103, helse={"helsetilstandHindrerArbeid": "NOE"})]
    )
    status, said, wrong = framdrift("registrations", path, "--office", "lillevik", "--format", "json")
    assert (status, wrong) == (1, "")
    problem = {
        "field": "jobbsituasjon",
        "value": "",
        "reason": "is missing",
        "mend": "It is the one block that is mandatory. Fetch the document from the register again.",
    }
    assert json.loads(said) == {
        "office": "lillevik",
        "files": [str(path)],
        "records": 3,
        "taken": {"new_case": 2, "change": 0, "completed": 0, "already": 0},
        "refused": 1,
        "refusals": [{"file": str(path), "record": 2, "line": 1, "problems": [problem]}],
        "unknown": [
            {
                "field": "helse.helsetilstandHindrerArbeid",
                "value": "NOE",
                "times": 1,
                "file": str(path),
                "record": 3,
            }
        ],
    }


def test_nothing_is_taken_where_a_file_cannot_be_read_or_the_office_is_not_there(framdrift, file, tmp_path):
    an_office()
    good = file(wrapped())
    for words, why in (
        ((good, tmp_path / "nothing", "--office", "lillevik"), "no such file"),
        ((good, file("", "empty"), "--office", "lillevik"), "is empty"),
        ((file("a;b", "csv"), "--office", "lillevik"), "no JSON"),
        ((good, "--office", "atlantis"), "no office 'atlantis'"),
    ):
        with pytest.raises(UserError, match=why):
            framdrift("registrations", *words)
    with working_as_owner():
        assert not Case.objects.exists()


def test_an_empty_list_is_no_mistake(framdrift, file):
    an_office()
    assert framdrift("registrations", file([]), "--office", "lillevik") == (0, "There was no record to take.\n", "")


def test_official_names_of_occupations_are_loaded(framdrift, file):
    path = file([{"code": "2", "name": "Akademiske yrker"}, {"code": "2223", "name": "Sykepleiere"}])
    assert framdrift("occupations", path) == (0, "Occupations loaded: 1.\n", "")
    path = file([{"code": "5120", "name": "Kokker"}, {"code": 7, "name": "x"}])
    status, said, wrong = framdrift("occupations", path)
    assert (status, said) == (1, "Occupations loaded: 1, no longer there 1, refused 1.\n")
    assert wrong == f"REFUSED  {path}, record 2, code: '7' is no code of one to four digits, as a text\n"
    status, said, _ = framdrift("occupations", path, "--format", "json")
    assert json.loads(said)["taken"] == 1
    assert OccupationName.objects.get().name == "Kokker"
