"""How each office is reached: what anybody may know, also before they have an office."""

from __future__ import annotations

from dataclasses import dataclass, fields

from framdrift.casework.offices.models import Office


@dataclass(frozen=True, slots=True)
class Contact:
    code: str
    name: str
    phone: str
    opening_hours: str
    visiting_address: str


def contact_of(code: str) -> Contact | None:
    found = Office.objects.filter(code=code).values_list(*_COLUMNS).first()
    return Contact(*found) if found else None


def contacts() -> list[Contact]:
    """All offices of the country are some hundreds: whoever looks for one is given the list to choose in."""
    return [Contact(*row) for row in Office.objects.order_by("pk").values_list(*_COLUMNS)]


_COLUMNS = tuple(field.name for field in fields(Contact))
