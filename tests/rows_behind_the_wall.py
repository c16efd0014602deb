"""A row in every table behind the wall for a person: what tests of row-level security look for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.db import connection
from register_documents import bare
from registered import answers
from walls import working_as_owner

from framdrift.casework.access.models import Opening, Reason
from framdrift.casework.cases.models import Case
from framdrift.casework.conformity.models import FigureCase, Report, State
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.journal.models import Seal, SealedHead
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.people.models import Person, SafetyFlag
from framdrift.casework.registration.answers import dump
from framdrift.casework.registration.models import Draft, NationalDocument, NationalPeriod, Version
from framdrift.casework.responsibility.models import Move, Redistribution

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

# For each table behind the wall, whose person a row is of; rows that name nobody, whose office.
PERSON_OF: Mapping[str, str] = {
    "people_person": "id",
    "people_identity": "person_id",
    "people_nameword": "person_id",
    "people_contactdetails": "person_id",
    "people_safetyflag": "person_id",
    "cases_case": "person_id",
    "journal_event": "person::uuid",
    "journal_sealedhead": "(SELECT person_id FROM cases_case WHERE id = case_id)",
    "access_opening": "person_id",
    "access_reason": "person_id",
    "conformity_figurecase": "(SELECT person_id FROM cases_case WHERE id = case_id)",
    "registration_draft": "person_id",
    "registration_version": "person_id",
    "registration_nationalperiod": "(SELECT person_id FROM cases_case WHERE id = case_id)",
    "registration_nationaldocument": "(SELECT person_id FROM cases_case JOIN registration_nationalperiod AS period"
    " ON case_id = cases_case.id WHERE period.id = period_id)",
    "responsibility_move": "(SELECT person_id FROM cases_case WHERE id = case_id)",
}
OFFICE_OF: Mapping[str, str] = {"responsibility_redistribution": "office_id"}


def make_rows(*persons: Person, mark: str = "Ringte") -> None:
    """`mark` stands wherever something is told in words."""
    with working_as_owner():
        seal, _ = Seal.objects.get_or_create(
            number=1, defaults={"sealed_at": NOW, "cases": 1, "events": 1, "previous": bytes(32), "root": bytes(32)}
        )
        for person in persons:
            _make_rows(person, seal, mark)


def _make_rows(person: Person, seal: Seal, mark: str) -> None:
    case = Case.objects.get(person=person)
    office = Office.objects.get(pk=person.office_id)
    staff = Staff.objects.order_by("pk").first()
    append("system", case_id=case.pk, events=[NewEvent("registered", NOW)], now=NOW, request_id=uuid.uuid4())
    SealedHead.objects.create(seal=seal, case=case, seq=1, hash=bytes(32))
    SafetyFlag.objects.create(person=person, advice=mark, first_day=date(2026, 1, 1), set_by=staff)
    reason = Reason.objects.create(
        staff=staff, person=person, office=office, chosen="asked", text=mark, at=NOW, valid_until=NOW
    )
    Opening.objects.create(at=NOW, staff=staff, office=office, page="advisor:person", person=person, reason=reason)
    report = Report.objects.create(office=office, standard="nav-2012", state=State.FAILED, requested_at=NOW)
    FigureCase.objects.create(report=report, requirement="R1", quarter=date(2026, 1, 1), case=case, late=0, missed=1)
    told = answers(about_you={"given_name": mark, "family_name": mark}, wishes={"goal": mark})
    Draft.objects.create(
        person=person,
        version=1,
        begun_at=NOW,
        updated_at=NOW,
        steps={"wishes": {"data": {"goal": mark}, "version": 1}},
    )
    for number in (1, 2):
        Version.objects.create(
            person=person,
            case=case,
            number=number,
            made_at=NOW,
            source="online",
            answers=dump(told),
            profile="assumed_good_chances",
            request_id=uuid.uuid4(),
        )
    period = NationalPeriod.objects.create(id=uuid.uuid4(), case=case)
    NationalDocument.objects.create(
        id=uuid.uuid4(), period=period, sent_at=NOW, registration=bare(), registration_digest=bytes(32), imported_at=NOW
    )
    run = Redistribution.objects.create(office=office, reason="load", made_by=staff, made_at=NOW)
    Move.objects.create(redistribution=run, case=case)


def persons_seen(table: str) -> set[uuid.UUID | None]:
    """Whose rows the role and context of this moment find in the table, asked for without any filter."""
    # The expression is evaluated past the wall, or it would hide what it is to tell.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ctid::text FROM {table}")
        places = [place for (place,) in cursor.fetchall()]
    with working_as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {PERSON_OF[table]} FROM {table} WHERE ctid = ANY (%s::tid[])", [places])
        return {person for (person,) in cursor.fetchall()}


def offices_seen(table: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {OFFICE_OF[table]} FROM {table}")
        return {office for (office,) in cursor.fetchall()}
