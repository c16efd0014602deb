"""`framdrift release`: what one types and what it says."""

from __future__ import annotations

from datetime import date

import pytest
from conformity_reports import make_town
from django.db import connection
from people_of_the_town import People, make_people
from responsibility_cases import ends_on
from typer import Typer
from typer.testing import CliRunner

from framdrift.cli import release as command


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


def test_the_command_works_as_the_worker_for_every_office(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRAMDRIFT_DATABASE_ROLE", "framdrift_worker")
    ends_on(people.colleague, date(2025, 10, 30))
    app = Typer()
    command.register(app)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE framdrift_worker")
    try:
        result = CliRunner().invoke(app, ["--all"])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE framdrift_web")
    assert (result.exit_code, result.output) == (0, "lillevik: cases freed: 1.\nstorhavn: cases freed: 0.\n")
    assert "No office is named" in str(CliRunner().invoke(app, []).exception)
    assert "There is no office" in str(CliRunner().invoke(app, ["--office", "atlantis"]).exception)
