"""Who a person is and how they are reached, one query each. Permission is decided above, before these are asked."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F
from django.db.models.lookups import Exact

from framdrift.casework.people.models import ContactDetails, Identity, SafetyFlag
from framdrift.casework.people.protection import Protection

CONTACT_FIELDS = (
    "phone", "email", "address", "postal_code", "postal_place", "preferred", "reserved", "language", "interpreter",
    "interpreter_language",
)  # fmt: skip


def cleared(clearance: Protection, field: str = "protection") -> Exact:
    """A condition: no protection of theirs is missing in the clearance. `field` is where the protection stands.

    Every list that people or their cases come to stand in names it, so that row-level security stands behind and is
    never what hides them.
    """
    return Exact(F(field).bitand(int(~clearance)), 0)


@dataclass(frozen=True, slots=True)
class Who:
    """A person by name. Their number stays out of the repr, and so out of logs and tracebacks."""

    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    number: str | None = field(repr=False)
    series: str = field(repr=False)
    birth_date: date | None = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """How somebody wants to be reached. `version` 0: nothing is known yet."""

    phone: str = ""
    email: str = ""
    address: str = ""
    postal_code: str = ""
    postal_place: str = ""
    preferred: str = "phone"
    reserved: bool = False
    language: str = "nb"
    interpreter: bool = False
    interpreter_language: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Flag:
    """Advice to mind before meeting somebody, in force on the day asked about."""

    id: int
    advice: str
    first_day: date
    last_day: date | None
    set_by: str


def who_is(person: uuid.UUID) -> Who:
    """Empty names for somebody whose identity is not known, or has been erased."""
    row = Identity.objects.filter(person=person).first()
    if row is None:
        return Who("", "", None, "", None)
    return Who(row.given_name, row.family_name, row.number, row.series, row.birth_date)


def names_of(people: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of those who may be seen. One query."""
    rows = Identity.objects.filter(person__in=people).values_list("person_id", "given_name", "family_name")
    return {person: f"{given} {family}".strip() for person, given, family in rows}


def contact_of(person: uuid.UUID) -> Contact:
    row = ContactDetails.objects.filter(person=person).values(*CONTACT_FIELDS, "version").first()
    return Contact(**row) if row else Contact()


def flags_of(person: uuid.UUID, *, today: date) -> list[Flag]:
    """Those in force that day, the first set first."""
    rows = SafetyFlag.objects.filter(person=person, first_day__lte=today).exclude(last_day__lt=today)
    return [
        Flag(row.pk, row.advice, row.first_day, row.last_day, row.set_by.name)
        for row in rows.select_related("set_by").order_by("first_day", "pk")
    ]
