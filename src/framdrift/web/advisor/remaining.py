"""What remains in a case, as the advisor sees it: what the office owes, and what waits for the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from framdrift.web.registration.following import ContactOwed, Following, Owed


@dataclass(frozen=True, slots=True)
class Row:
    told: Owed
    state: str


@dataclass(frozen=True, slots=True)
class Remaining:
    contact: ContactOwed | None
    offices: tuple[Row, ...]
    persons: tuple[Row, ...]

    @property
    def is_any(self) -> bool:
        return bool(self.contact or self.offices or self.persons)

    @property
    def asks_for_contact(self) -> bool:
        return self.contact is not None and self.contact.is_asked


def remaining(found: Following, *, today: date) -> Remaining:
    rows = [Row(each, _state(each.due, today)) for each in found.owed]
    return Remaining(
        contact=found.contact,
        offices=tuple(row for row in rows if not row.told.is_yours),
        persons=tuple(row for row in rows if row.told.is_yours),
    )


def _state(due: date, today: date) -> str:
    days = abs((due - today).days)
    if due < today:
        return ngettext("Forfalt %(n)s dag", "Forfalt %(n)s dager", days) % {"n": days}
    if due == today:
        return gettext("I dag")
    return ngettext("Om %(n)s dag", "Om %(n)s dager", days) % {"n": days}
