"""Migrations go both ways on data, as the owner, and leave the roles with the same rights."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from journal_cases import a_history, make_case
from psycopg import sql
from psycopg.conninfo import make_conninfo

from framdrift.casework.journal.models import Event
from framdrift.casework.offices.models import Office
from framdrift.casework.people.models import Person

APPS = ("offices", "people", "cases", "journal")


@pytest.mark.django_db
def test_every_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_of_an_app_stand_in_one_line():
    graph = MigrationExecutor(None).loader.graph
    for app in APPS:
        assert len(graph.leaf_nodes(app)) == 1


def rights():
    """Who may do what with which table and sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname"
        )
        tables = cursor.fetchall()
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")
        return tables, cursor.fetchall()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_back_and_forth_on_data_keeps_what_lies_below_and_ends_where_it_began(as_owner):
    make_case()
    a_history("case-1")
    before = rights()
    try:
        call_command("migrate", "journal", "zero", verbosity=0)
        with as_owner():
            assert Person.objects.count() == 1
        assert "journal_event" not in connection.introspection.table_names()
        call_command("migrate", "people", "zero", verbosity=0)
        assert Office.objects.count() == 1, "an app further up keeps its rows"
        call_command("migrate", "offices", "zero", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    assert rights() == before
    make_case()
    a_history("case-1")
    assert Event.objects.count() == 3


@pytest.mark.django_db
def test_the_site_reads_which_migrations_are_applied_and_changes_none():
    assert {app for app, _ in MigrationRecorder(connection).applied_migrations()} >= set(APPS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('django_migrations', 'INSERT, UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)


@pytest.mark.slow
@pytest.mark.django_db
def test_two_first_migrations_at_once_both_succeed():
    """In a database that is not there yet, by processes that each begin with making it."""
    parameters = connection.get_connection_params()
    address = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    name = f"test_framdrift_twice_{os.getpid()}"
    environment = os.environ | {
        "DATABASE_URL": make_conninfo(**address, dbname=name),
        "FRAMDRIFT_SECRET_KEY": "".join(map(chr, range(40, 100))),
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    try:
        both = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        assert [(process.communicate()[1], process.returncode) for process in both] == [("", 0), ("", 0)]
        with psycopg.connect(environment["DATABASE_URL"], options="-c role=framdrift_web") as made:
            assert made.execute("SELECT count(*) FROM journal_event").fetchone() == (0,)
    finally:
        with psycopg.connect(
            **address, dbname="postgres", autocommit=True, options="-c role=framdrift_owner"
        ) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
