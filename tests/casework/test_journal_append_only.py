"""Nobody changes or empties the journal: the site has no right to, and triggers stop even the owner of the tables."""

import pytest
from django.db import ProgrammingError, connection, transaction

pytestmark = pytest.mark.django_db

FORBIDDEN = ["UPDATE journal_event SET kind = 'x'", "DELETE FROM journal_event", "TRUNCATE journal_event"]


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_suite_runs_as_the_role_that_serves():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("framdrift_web",)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_site_may_not_change_or_empty_the_journal(statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute(statement)
