"""Writing who a person is: permission is the caller's to have checked, this app lies below `access`."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

from django.db import connection, transaction

from framdrift.casework.people.models import ContactDetails, Identity, NameWord, Person, SafetyFlag
from framdrift.casework.people.names import words_of
from framdrift.casework.people.numbers import Number
from framdrift.casework.people.queries import CONTACT_FIELDS, Contact, contact_of


@transaction.atomic
def make_person(*, office: int, number: Number, given_name: str, family_name: str) -> Person:
    """A person of that office (its key), with the words a search finds them by."""
    person = Person.objects.create(office_id=office)
    Identity.objects.create(
        person=person,
        given_name=given_name,
        family_name=family_name,
        number=number.digits,
        series=number.series,
        birth_date=number.birth_date,
    )
    _keep_words(person, given_name, family_name)
    return person


@transaction.atomic
def name_person(*, person: uuid.UUID, given_name: str, family_name: str) -> None:
    """Gives the person that name, and search the words of it."""
    known = Person.objects.select_for_update().get(pk=person)
    identity, _ = Identity.objects.get_or_create(person=known)
    if (identity.given_name, identity.family_name) != (given_name, family_name):
        identity.given_name, identity.family_name = given_name, family_name
        identity.version += 1
        identity.save(update_fields=["given_name", "family_name", "version"])
    _keep_words(known, given_name, family_name)


@transaction.atomic
def take_in(*, number: Number, office: int) -> uuid.UUID | None:
    """Takes somebody who has logged in and registered nowhere in to that office (its key), by their number.

    None where there is nobody with the number, or they are of an office already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_take_in(%s, %s)", [number.digits, office])
        person: uuid.UUID | None = cursor.fetchone()[0]
    if person is not None:
        belong_to(person=person, office=office)
    return person


@transaction.atomic
def belong_to(*, person: uuid.UUID, office: int) -> None:
    """The office (its key) that the person belongs to from now on, which its staff find them in."""
    known = Person.objects.select_for_update().get(pk=person)
    if known.office_id != office:
        known.office_id = office
        known.save(update_fields=["office"])
    identity = Identity.objects.filter(person=known).first()
    if identity:
        _keep_words(known, identity.given_name, identity.family_name)


def _keep_words(person: Person, given_name: str, family_name: str) -> None:
    NameWord.objects.filter(person=person).delete()
    if person.office_id is not None:
        words = words_of(given_name, family_name)
        NameWord.objects.bulk_create(NameWord(person=person, office_id=person.office_id, word=word) for word in words)


class StaleContactError(Exception):
    """Somebody has changed the contact details since they were shown: `current` is how they stand. Nothing was written."""

    def __init__(self, current: Contact) -> None:
        super().__init__(f"the contact details are at version {current.version}")
        self.current = current


@transaction.atomic
def edit_contact_details(*, person: uuid.UUID, details: Contact) -> Contact:
    """Keeps how the person wants to be reached. `details.version` is the one that was shown (0: nothing was known).

    The same details sent again change nothing, so that a repeated submit has one effect. Raises StaleContactError.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person)
    current = contact_of(person)
    if replace(details, version=current.version) == current:
        return current
    if details.version != current.version:
        raise StaleContactError(current)
    values = {name: getattr(details, name) for name in CONTACT_FIELDS}
    ContactDetails.objects.update_or_create(person_id=person, defaults=values | {"version": current.version + 1})
    return replace(details, version=current.version + 1)


@transaction.atomic
def set_safety_flag(*, person: uuid.UUID, advice: str, first_day: date, last_day: date, set_by: int) -> int:
    """Advice to mind before meeting the person, from one day up to and with another; the flag's id.

    Set by an employee (their key). The same advice for the same days is one flag, however often it is sent.
    """
    Person.objects.select_for_update(of=("self",)).get(pk=person)
    same = SafetyFlag.objects.filter(person=person, advice=advice, first_day=first_day, last_day=last_day)
    there = same.first()
    if there is not None:
        return there.pk
    made = SafetyFlag.objects.create(
        person_id=person, advice=advice, first_day=first_day, last_day=last_day, set_by_id=set_by
    )
    return made.pk


@transaction.atomic
def lift_safety_flag(*, person: uuid.UUID, flag: int, today: date, lifted_by: int) -> bool:
    """Ends a flag with today; False where there is none in force by that id. A flag is never deleted."""
    running = SafetyFlag.objects.select_for_update().filter(pk=flag, person=person, first_day__lte=today)
    found = running.exclude(last_day__lte=today).first()
    if found is None:
        return False
    found.last_day, found.lifted_by_id = today, lifted_by
    found.save(update_fields=["last_day", "lifted_by"])
    return True
