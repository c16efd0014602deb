"""Writing the access log, saying why one opens a person, and the accounts that people log in with."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from framdrift.casework.access.context import Scope, enter
from framdrift.casework.access.models import Account, Opening, Persona, Reason
from framdrift.casework.access.rules import Chosen, Kind, Subject, Viewer, may_open_person, relation
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.numbers import Number
from framdrift.casework.people.protection import Protection

OSLO = ZoneInfo("Europe/Oslo")
LONGEST_REASON = 200


class RefusedError(Exception):
    """The actor may not do this; the gate should have stopped them."""


def record_opening(
    *,
    actor: Viewer,
    office: str | None,
    page: str,
    at: datetime,
    subject: Subject | None = None,
    reason: uuid.UUID | None = None,
    kind: Kind = Kind.OPENED,
    about: str = "",
) -> None:
    """One row for each page opened, and the only thing a GET writes. An office we do not know is left out."""
    nearest = relation(actor, subject) if subject else None
    Opening.objects.create(
        at=at,
        staff_id=actor.staff,
        office_id=_office_key(actor, office),
        page=page,
        kind=kind,
        person_id=subject.person if subject else None,
        relation=nearest or "",
        reason_id=reason,
        about=about,
    )


def record_list(
    *, actor: Viewer, office: str, page: str, at: datetime, persons: Collection[uuid.UUID], about: str = ""
) -> None:
    """A list of people was shown: one row for it, and one for each person on it, for them to read."""
    _record_shown(Kind.LISTED, actor=actor, office=office, page=page, at=at, persons=persons, about=about)


def record_search(
    *, actor: Viewer, office: str, page: str, at: datetime, persons: Collection[uuid.UUID], about: str
) -> None:
    """Somebody searched for `about`, and these people were shown to them."""
    _record_shown(Kind.SEARCHED, actor=actor, office=office, page=page, at=at, persons=persons, about=about)


def record_export(
    *, actor: Viewer, office: str, page: str, at: datetime, persons: Collection[uuid.UUID], about: str = ""
) -> None:
    """Somebody took these people's data out of the system."""
    _record_shown(Kind.EXPORTED, actor=actor, office=office, page=page, at=at, persons=persons, about=about)


def _record_shown(
    kind: Kind, *, actor: Viewer, office: str, page: str, at: datetime, persons: Iterable[uuid.UUID], about: str
) -> None:
    shown = list(dict.fromkeys(persons))
    common = {"at": at, "staff_id": actor.staff, "office_id": _office_key(actor, office), "page": page, "kind": kind}
    whole = Opening(**common, found=len(shown), about=about[:LONGEST_REASON])
    Opening.objects.bulk_create([whole, *(Opening(**common, person_id=person, part_of=whole) for person in shown)])


def _office_key(actor: Viewer, office: str | None) -> int | None:
    if office is None:
        return None
    known = actor.offices.get(office)
    return known if known is not None else Office.objects.filter(code=office).values_list("pk", flat=True).first()


@transaction.atomic
def give_reason(*, actor: Viewer, subject: Subject, chosen: str, text: str, at: datetime) -> Reason:
    """Says why the actor opens somebody outside their own cases; it holds until the local day is over.

    Raises RefusedError for whoever has no relation to the person, ValueError for a reason that is not said.
    """
    if not may_open_person(actor, subject):
        raise RefusedError(str(subject.person))
    said = " ".join(text.split())
    if not said or len(said) > LONGEST_REASON:
        raise ValueError(f"a reason is said in 1 to {LONGEST_REASON} characters")
    tomorrow = at.astimezone(OSLO).date() + timedelta(days=1)
    return Reason.objects.create(
        staff_id=actor.staff,
        person_id=subject.person,
        office_id=subject.office_key,
        chosen=Chosen(chosen),
        text=said,
        at=at,
        valid_until=datetime.combine(tomorrow, time(), OSLO),
    )


@transaction.atomic
def protect(*, person: uuid.UUID, protection: Protection) -> None:
    """Sets what protects a person, on them and on their cases, by which the second wall hides those."""
    Person.objects.filter(pk=person).update(protection=int(protection))
    Case.objects.filter(person=person).update(protection=int(protection))


def account_of_staff(staff: Staff) -> Account:
    """The account of an employee, made the first time they log in. Without a password until one is given."""
    account = Account.objects.filter(staff=staff).first()
    return account or _new_account(staff=staff)


def account_of_person(person: uuid.UUID) -> Account:
    """The account of a job-seeker we know."""
    account = Account.objects.filter(person=person).first()
    return account or _new_account(person_id=person)


@transaction.atomic
def account_of_citizen(number: Number) -> Account:
    """The account of whoever has that number; a person we do not know yet is made, and belongs to no office.

    Nobody is logged in at this moment, so the wall shows no person: it is asked for the id alone, and entered as them.
    """
    person = person_with(number.digits)
    if person is None:
        person = uuid.uuid4()
        enter(Scope(person=person))
        Person.objects.create(id=person)
        Identity.objects.create(
            person_id=person, number=number.digits, series=number.series, birth_date=number.birth_date
        )
    enter(Scope(person=person))
    return account_of_person(person)


def person_with(number: str) -> uuid.UUID | None:
    """The id of whoever has that number, in whatever office: all that the wall tells of them to those outside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_person_with_number(%s)", [number])
        row = cursor.fetchone()
    return row[0] if row else None


def offer_persona(
    *, account: Account, place: int, name: str, role: Role | None, office: str, about_nb: str, about_en: str
) -> None:
    """Lets anybody log in with that account, as the demonstration's owner."""
    Persona.objects.update_or_create(
        account=account,
        defaults={
            "place": place,
            "name": name,
            "role": role or "",
            "office": office,
            "about_nb": about_nb,
            "about_en": about_en,
        },
    )


def _new_account(*, staff: Staff | None = None, person_id: uuid.UUID | None = None) -> Account:
    account = Account(staff=staff, person_id=person_id)
    account.set_unusable_password()
    account.save()
    return account
