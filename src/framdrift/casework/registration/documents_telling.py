"""What the journal tells of a period of the national register, kept in step with its documents and its person.

What it should tell follows from the documents alone, in the order they were sent in, and from who the person is. Where it
tells something else, corrections are appended; nothing is appended where it tells that already.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.journal.models import Event
from framdrift.casework.people.numbers import read_number
from framdrift.casework.people.queries import who_is
from framdrift.casework.registration.documents import NationalDocument, NationalPeriod
from framdrift.casework.registration.documents_mapping import points_of
from framdrift.casework.registration.documents_reading import Document, read_document
from framdrift.casework.registration.unclear import codes
from framdrift.events import Json
from framdrift.events.vocabulary import OPENS_CASE

_CHANGED = "registration_changed"


def stored_document(kept: NationalDocument) -> Document:
    """A document that was taken, read again."""
    return read_document({"opplysningerOmArbeidssoeker": kept.registration, "profilering": kept.profiling})


@dataclass(frozen=True, slots=True)
class _Told:
    """What the journal should tell of one document."""

    document: NationalDocument
    event: NewEvent


def retell(actor: str, *, period: NationalPeriod, now: datetime, request_id: uuid.UUID) -> None:
    """Appends what is missing in the journal. The caller holds the lock of the period, and its case as it is now."""
    documents = list(NationalDocument.objects.filter(period=period).order_by("sent_at", "pk"))
    live = {
        event.event_id: event for event in Event.objects.filter(case=period.case_id, event_id__in=_events(documents))
    }
    opening = next((each.event_id for each in live.values() if each.kind == OPENS_CASE), None)
    wanted = _wanted(period, documents)
    changed = [told for told in wanted if not _is_told(told, live)]
    events = [_corrected(told, opening, live) for told in changed]
    if not events:
        return
    written = append(actor, case_id=period.case_id, events=events, now=now, request_id=request_id)
    for told, event in zip(changed, written.events, strict=True):
        told.document.event = event.event_id
        told.document.save(update_fields=["event"])


def _events(documents: list[NationalDocument]) -> list[str]:
    return [each.event for each in documents if each.event]


def _wanted(period: NationalPeriod, documents: list[NationalDocument]) -> list[_Told]:
    """The earliest opens the case when the period began; a period that begins after it was sent in began then."""
    of_person = _facts_of_person(period.case.person_id)
    found = []
    for place, each in enumerate(documents):
        unclear: list[Json] = [*codes(points_of(stored_document(each)))]
        attributes: dict[str, Json] = {**of_person, "unclear": unclear, "source": "import"}
        is_first = place == 0
        at = min(each.sent_at, period.started_at or each.sent_at) if is_first else each.sent_at
        found.append(_Told(each, NewEvent(OPENS_CASE if is_first else _CHANGED, at, attributes)))
    return found


def _facts_of_person(person: uuid.UUID | None) -> dict[str, Json]:
    """As far as they are known: nothing, before the case is matched to somebody."""
    if person is None:
        return {}
    who = who_is(person)
    told: dict[str, Json] = {}
    if who.birth_date is not None:
        told["birth_year"] = who.birth_date.year
    if who.number is not None:
        told["sex"] = read_number(who.number, allow_real=True).sex
    return told


def _is_told(told: _Told, live: dict[str, Event]) -> bool:
    event = live.get(told.document.event)
    new = told.event
    return event is not None and (event.kind, event.at, event.attributes) == (new.kind, new.at, dict(new.attributes))


def _corrected(told: _Told, opening: str | None, live: dict[str, Event]) -> NewEvent:
    """`registered` takes the place of the one before it; a change, that of the document's own change."""
    new = told.event
    if new.kind == OPENS_CASE:
        return NewEvent(new.kind, new.at, new.attributes, corrects=opening)
    before = live.get(told.document.event)
    own = before.event_id if before is not None and before.kind == new.kind else None
    return NewEvent(new.kind, new.at, new.attributes, corrects=own)
