"""The one write path of the journal (bulk load, as the owner of the tables, is `loading`)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from framdrift.casework.cases.actions import lock
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.chain import (
    canonical_attributes,
    canonical_instant,
    canonical_row,
    row_hash,
)
from framdrift.casework.journal.models import Event
from framdrift.casework.journal.queries import events_of, written_under
from framdrift.events import KINDS, Json
from framdrift.events.vocabulary import CLOSES_CASE, OPENS_CASE, RETRACTED
from framdrift.standard.timeline import timeline

END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What happened, before it has its place in the journal. `attributes` holds codes and ids, never free text."""

    kind: str
    at: datetime
    attributes: Mapping[str, Json] = field(default_factory=dict)
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Appended:
    """The events that stand in the journal under a request; `repeated` where an earlier submit had put them there."""

    events: list[Event]
    repeated: bool


class UnknownKindError(ValueError):
    """The journal keeps any kind a loaded log holds; what we write ourselves is in the published vocabulary."""


class CorrectionRefusedError(ValueError):
    """A correction takes the place of a live event of the same case: one that is there and not corrected before."""


@transaction.atomic
def append(actor: str, *, case_id: str, events: Sequence[NewEvent], now: datetime, request_id: uuid.UUID) -> Appended:
    """Appends what happened in one case to the journal, once, however often the request is submitted.

    The case's row is locked first, so that writers of one case take turns and writers of different cases never meet.
    Office, team and person are the case's at this moment; `now` becomes `recorded_at`. Raises Case.DoesNotExist,
    UnknownKindError, CorrectionRefusedError, NotCanonicalError.
    """
    case = lock(case_id)
    written = written_under(request_id, case_id=case_id)
    if written:
        return Appended(written, repeated=True)
    _check(case, events)
    rows = _chained(case, actor, events, now, request_id)
    Event.objects.bulk_create(rows)
    case.save(update_fields=["next_seq", "chain_head"])
    if any(_moves_facts(case, event) for event in events):
        _refresh_facts(case)
    return Appended(rows, repeated=False)


def _chained(case: Case, actor: str, events: Sequence[NewEvent], now: datetime, request_id: uuid.UUID) -> list[Event]:
    rows = []
    for place, event in enumerate(events):
        row = Event(
            case_id=case.id,
            seq=case.next_seq,
            event_id=str(uuid.uuid5(request_id, f"{place} {case.id}")),
            person=str(case.person_id) if case.person_id else None,
            office=case.office.code if case.office else None,
            team=case.team.code if case.team else None,
            actor=actor,
            kind=event.kind,
            at=event.at,
            recorded_at=now,
            corrects=event.corrects,
            attributes=dict(event.attributes),
            request_id=request_id,
        )
        row.hash = row_hash(canonical_event(row, bytes(case.chain_head)))
        case.chain_head = row.hash
        case.next_seq += 1
        rows.append(row)
    return rows


def canonical_event(row: Event, previous: bytes) -> str:
    return canonical_row(
        actor=row.actor,
        at=canonical_instant(row.at),
        attributes=canonical_attributes(row.attributes),
        case_id=row.case_id,
        corrects=row.corrects,
        event_id=row.event_id,
        kind=row.kind,
        office=row.office,
        person=row.person,
        previous=previous,
        recorded_at=canonical_instant(row.recorded_at),
        seq=row.seq,
        team=row.team,
    )


def _check(case: Case, events: Sequence[NewEvent]) -> None:
    unknown = sorted({event.kind for event in events} - {*KINDS, RETRACTED})
    if unknown:
        raise UnknownKindError(f"{', '.join(unknown)}: not in the published vocabulary of events")
    for event in events:
        if event.kind == RETRACTED and event.corrects is None:
            raise CorrectionRefusedError("a retraction names the event it removes")
    targets = [event.corrects for event in events if event.corrects is not None]
    if len(targets) != len(set(targets)):
        raise CorrectionRefusedError("an event is corrected once; a second correction corrects the first")
    live = (
        set(
            Event.objects.filter(case=case, event_id__in=targets)
            .exclude(kind=RETRACTED)
            .exclude(event_id__in=Event.objects.filter(case=case, corrects__in=targets).values("corrects"))
            .values_list("event_id", flat=True)
        )
        if targets
        else set()
    )
    for target in targets:
        if target not in live:
            raise CorrectionRefusedError(f"{target} is not a live event of this case")


def _moves_facts(case: Case, event: NewEvent) -> bool:
    """Whether the event may change when the case opened or ended."""
    return (
        event.corrects is not None
        or event.kind in (OPENS_CASE, CLOSES_CASE)
        or case.opened_at is None
        or event.at < case.opened_at
    )


def _refresh_facts(case: Case) -> None:
    told = timeline(events_of(case.id), as_of=END_OF_TIME)
    case.opened_at = told.events[told.opening].at if told else None
    case.ended_at = told.events[told.end].at if told and told.end is not None else None
    case.save(update_fields=["opened_at", "ended_at"])
