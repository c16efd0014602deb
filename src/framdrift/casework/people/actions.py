"""Writing who a person is: permission is the caller's to have checked, this app lies below `access`."""

from __future__ import annotations

import uuid

from django.db import transaction

from framdrift.casework.people.models import Identity, NameWord, Person
from framdrift.casework.people.names import words_of
from framdrift.casework.people.numbers import Number


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
