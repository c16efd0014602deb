"""Row-level security in tests: working as the owner, whom it does not bind, and as somebody whom it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection

from framdrift.casework.access import context
from framdrift.casework.access.rules import Actor

OWNER, WEB = "framdrift_owner", "framdrift_web"


@contextmanager
def working_as_owner() -> Iterator[None]:
    """On the test's own connection and transaction, past the wall: for making what a test needs, and for counting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute(f"SET ROLE {OWNER}")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {before if before in {OWNER, WEB, 'framdrift_worker'} else WEB}")


def seen_by(actor: Actor | None) -> AbstractContextManager[None]:
    """What is asked inside is answered as to that employee or job-seeker. Within a transaction."""
    return context.seeing(context.scope_of(actor))


def reach_every_office() -> None:
    """From here on the test's connection reaches the people and cases of all offices there are now.

    For tests of what lies behind the wall, which the wall is not about. It ends with the test.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('framdrift.offices', coalesce((SELECT array_agg(id) FROM offices_office)::text, ''), false),"
            " set_config('framdrift.clearance', '7', false)"
        )


def reach_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('framdrift.' || name, '', false) FROM unnest(%s::text[]) AS name", [list(_NAMES)]
        )


_NAMES = ("staff", "offices", "clearance", "person", "log_offices", "measured_office")
