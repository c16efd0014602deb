"""The records of the site, for commands that read or write them without serving it."""

from __future__ import annotations

import os

from framdrift.events import UserError


def reach_records(role: str) -> None:
    """Sets Django up on the site's database, as ``role``; an embedded server is held for the rest of the process.

    Raises UserError where the database holds no records yet.
    """
    os.environ["FRAMDRIFT_DATABASE_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "framdrift.site.settings")
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('journal_event') IS NOT NULL")
        if not cursor.fetchone()[0]:
            raise UserError(
                "The database holds no records yet. Make them first: framdrift manage migrate, or make demo."
            )
