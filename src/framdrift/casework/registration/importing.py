"""Taking the national register's documents into an office: each once, each in its own transaction, in any order.

A period of the register is a case of ours. Its earliest document is told by `registered`, dated when the period began,
the others by `registration_changed`, dated when they were sent in. Files may come in any order: where an earlier document
comes late, it takes over `registered` by a correction, and the one that had it becomes a change. So the journal tells the
same whatever came first, and remembers what was known when.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from framdrift.casework.access import context
from framdrift.casework.cases.actions import open_case
from framdrift.casework.offices.models import Office
from framdrift.casework.people.protection import Protection
from framdrift.casework.registration.documents import NationalDocument, NationalPeriod
from framdrift.casework.registration.documents_files import Record
from framdrift.casework.registration.documents_reading import Document, Problem, RefusedError, digest, read_record
from framdrift.casework.registration.documents_telling import retell
from framdrift.events import UserError
from framdrift.events.vocabulary import SYSTEM_ACTOR

EVERY_PROTECTION = ~Protection(0)
"""A document is taken whoever it turns out to be of; nothing of the person is told to whoever runs the import."""
_REQUESTS = uuid.UUID("0c3ff0b6-3a53-4d7c-8f0a-6a3a5ad6f1de")


class Taken(StrEnum):
    """What became of a document that was not refused."""

    NEW_CASE = "new_case"
    CHANGE = "change"
    COMPLETED = "completed"
    """It was there; when its period began, or its profiling, is new."""
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One record: taken, or refused for these problems."""

    record: Record
    taken: Taken | None
    document: Document | None = None
    problems: tuple[Problem, ...] = ()


def office_to_import_to(code: str) -> Office:
    """Raises UserError."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        raise UserError(f"There is no office {code!r}. Name one by its code: --office CODE.")
    return office


def take(record: Record, *, office: Office, now: datetime) -> Outcome:
    """One record, in a transaction of its own, as the office and nobody else: the second wall stands here too."""
    try:
        document = read_record(record)
        if document.sent_at > now:
            raise RefusedError(Problem("sendtInnAv.tidspunkt", document.sent_at.isoformat(), "has not come yet"))
        with transaction.atomic():
            context.enter(replace(context.scope_of_office(office.pk), clearance=EVERY_PROTECTION))
            return Outcome(record, _take(document, office, now), document)
    except RefusedError as error:
        return Outcome(record, None, problems=error.problems)


def _take(document: Document, office: Office, now: datetime) -> Taken:
    period, is_new = _period(document, office)
    is_dated = period.started_at is None and document.started_at is not None
    if is_dated:
        period.started_at = document.started_at
        period.save(update_fields=["started_at"])
    kept = NationalDocument.objects.filter(pk=document.id).first()
    is_profiled = False
    if kept is None:
        _keep(document, period, now)
        taken = Taken.NEW_CASE if is_new else Taken.CHANGE
    else:
        is_profiled = _complete(kept, document)
        taken = Taken.COMPLETED if is_dated or is_profiled else Taken.ALREADY
    if taken is not Taken.ALREADY:
        # Each of these happens once to a document.
        request = uuid.uuid5(_REQUESTS, f"{document.id} {taken} {is_dated} {is_profiled}")
        retell(SYSTEM_ACTOR, period=period, now=now, request_id=request)
    return taken


def _period(document: Document, office: Office) -> tuple[NationalPeriod, bool]:
    """The period with its row locked, and whether it is new: of two who bring a new one at once, one waits."""
    found = _locked(document.period)
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            case = open_case(person=None, office=office)
            return NationalPeriod.objects.create(pk=document.period, case=case, started_at=document.started_at), True
    except IntegrityError:
        found = _locked(document.period)
    if found is None:
        raise _of_another_office("periodeId", document.period)
    return found, False


def _locked(period: uuid.UUID) -> NationalPeriod | None:
    return NationalPeriod.objects.select_related("case").select_for_update(of=("self",)).filter(pk=period).first()


def _keep(document: Document, period: NationalPeriod, now: datetime) -> None:
    try:
        with transaction.atomic():
            NationalDocument.objects.create(
                pk=document.id,
                period=period,
                sent_at=document.sent_at,
                registration=document.registration,
                registration_digest=digest(document.registration),
                around=document.around,
                profiling=document.profiling,
                profiling_digest=digest(document.profiling) if document.profiling else None,
                imported_at=now,
            )
    except IntegrityError as error:
        raise _of_another_office("opplysningerOmArbeidssoekerId", document.id) from error


def _complete(kept: NationalDocument, document: Document) -> bool:
    """Adds a profiling that came after its registration. Raises RefusedError where the content is another."""
    if bytes(kept.registration_digest) != digest(document.registration):
        raise _of_other_content("opplysningerOmArbeidssoekerId", document.id)
    if not document.profiling:
        return False
    profiled = digest(document.profiling)
    if kept.profiling_digest is None:
        kept.profiling, kept.profiling_digest = dict(document.profiling), profiled
        kept.around = kept.around or document.around
        kept.save(update_fields=["around", "profiling", "profiling_digest"])
        return True
    if bytes(kept.profiling_digest) != profiled:
        raise _of_other_content("profilering", document.id)
    return False


def _of_another_office(field: str, value: uuid.UUID) -> RefusedError:
    mend = "Import it there, or ask the register which office follows it up."
    return RefusedError(Problem(field, f"'{value}'", "was taken at another office", mend))


def _of_other_content(field: str, value: uuid.UUID) -> RefusedError:
    mend = "A changed registration has an id of its own in the register. Fetch it again, and ask the register if it stays so."
    return RefusedError(Problem(field, f"'{value}'", "was taken before with other content", mend))
