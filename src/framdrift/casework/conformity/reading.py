"""The events an office is measured by, read from the journal under the second wall."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from framdrift.casework.access.context import enter, scope_of_measuring
from framdrift.casework.journal.queries import event_batches
from framdrift.events import Log


def office_log(office: str, *, memory_limit: str | None = None, spill: Path | None = None) -> Log:
    """The whole history of every case that was ever at the office (its code), as a log of its own. The caller closes it.

    Measuring reaches those events by opaque ids and nothing else of the people: no name, and no other office's cases.
    """
    with transaction.atomic():
        enter(scope_of_measuring(office))
        return Log.of_batches(event_batches(office), memory_limit=memory_limit, spill=spill)
