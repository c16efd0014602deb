from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from framdrift.casework.access.rules import Viewer
from framdrift.casework.offices.models import OfficeMembership, Staff
from framdrift.casework.offices.roles import Role

_ROLES_WITH_PAGES = (Role.OFFICE_LEADER, Role.ANALYST)


def viewer_of(staff: Staff, *, today: date) -> Viewer:
    """The roles held on that day, in one query. Roles of teams open no page yet."""
    held: defaultdict[Role, set[str]] = defaultdict(set)
    running = OfficeMembership.objects.filter(staff=staff, first_day__lte=today).exclude(last_day__lt=today)
    for role, office in running.values_list("role", "office__code"):
        held[Role(role)].add(office)
    return Viewer(staff.pk, staff.name, {role: frozenset(offices) for role, offices in held.items()})


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody one may log in as in a demonstration."""

    code: str
    name: str
    role: Role
    office: str


def personas(*, today: date) -> list[Persona]:
    """Whoever holds a role that opens a page today, leaders before analysts, by office."""
    running = OfficeMembership.objects.filter(role__in=_ROLES_WITH_PAGES, first_day__lte=today).exclude(
        last_day__lt=today
    )
    rows = running.order_by("office__name", "staff__name").values_list(
        "staff__code", "staff__name", "role", "office__name"
    )
    found = [Persona(code, name, Role(role), office) for code, name, role, office in rows]
    return sorted(found, key=lambda persona: _ROLES_WITH_PAGES.index(persona.role))


def persona_staff(code: str, *, today: date) -> Staff | None:
    """The staff member of that code, if they are a persona today."""
    if not any(persona.code == code for persona in personas(today=today)):
        return None
    return Staff.objects.get(code=code)
