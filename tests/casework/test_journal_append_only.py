"""Nobody changes or empties the journal: the site has no right to, and triggers stop even the owner of the tables."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from journal_cases import NOON, a_history, make_case

from framdrift.casework.journal import seals

pytestmark = pytest.mark.django_db

TABLES = ("journal_event", "journal_seal", "journal_sealedhead")
FORBIDDEN = [
    statement.format(table)
    for table in TABLES
    for statement in ("UPDATE {} SET hash = hash", "DELETE FROM {}", "TRUNCATE {} CASCADE")
]
FORBIDDEN[3] = "UPDATE journal_seal SET root = root"


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture(autouse=True)
def a_sealed_journal(as_owner):
    make_case()
    a_history("case-1")
    with as_owner():
        seals.seal(now=NOON)
        execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_suite_runs_as_the_role_that_serves():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("framdrift_web",)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_site_may_not_change_or_empty_the_journal(statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute(statement)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_owner_of_the_tables_is_stopped_by_triggers(statement, as_owner):
    with as_owner(), pytest.raises(IntegrityError, match="append-only"):
        execute(statement)


def test_the_site_makes_no_seals():
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute("INSERT INTO journal_seal SELECT 2, now(), 0, 0, root, root FROM journal_seal")


@pytest.mark.parametrize("role", ["framdrift_web", "framdrift_worker"])
def test_the_roles_that_serve_own_nothing_and_pass_nothing_by(role):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = %s", [role])
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT relname FROM pg_class WHERE relowner = %s::regrole", [role])
        assert cursor.fetchall() == []
        cursor.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [role])
        assert cursor.fetchone() == (False,)
