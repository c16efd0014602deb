"""Reading the journal: by request, and streamed for the measuring over all cases."""

import uuid
from collections.abc import Iterator

import pyarrow as pa

from framdrift import events
from framdrift.casework.journal.copying import copied
from framdrift.casework.journal.models import Event
from framdrift.events import ARROW_SCHEMA

COLUMNS = ", ".join(f'"{name}"' for name in ARROW_SCHEMA.names)


def written_under(request_id: uuid.UUID, *, case_id: str) -> list[Event]:
    """What an earlier submit of the same request wrote in the case, in its order; empty where there was none."""
    return list(Event.objects.filter(case_id=case_id, request_id=request_id).order_by("seq"))


def events_of(case_id: str) -> list[events.Event]:
    """The whole history of one case in the order of recording, as the standard takes it."""
    rows = Event.objects.filter(case_id=case_id).order_by("seq").values_list(*ARROW_SCHEMA.names)
    return [events.Event(**dict(zip(ARROW_SCHEMA.names, row, strict=True))) for row in rows]


def event_batches(office: str | None = None, *, ordered: bool = False) -> Iterator[pa.RecordBatch]:
    """The journal as record batches in `ARROW_SCHEMA`, in constant memory, as the connection's role may see it.

    `office` (a code) limits it to the cases that ever had an event there, each with its whole history. `ordered` sorts
    by case and by recording within the case, as exports are; figures do not depend on the order. The connection is
    taken until the iterator is at its end.
    """
    chosen = "" if office is None else "WHERE case_id IN (SELECT case_id FROM journal_event WHERE office = %(office)s)"
    order = "ORDER BY case_id, seq" if ordered else ""
    yield from copied(f"SELECT {COLUMNS} FROM journal_event {chosen} {order}", {"office": office}, ARROW_SCHEMA)
