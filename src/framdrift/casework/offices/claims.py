"""Roles as the employer's login states them: `role@office` each, held from the login that first says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from framdrift.casework.offices.models import Office, OfficeMembership, Staff
from framdrift.casework.offices.roles import Origin, Role

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stated:
    """Roles and keys of offices that there are, and what was said besides."""

    roles: frozenset[tuple[Role, int]]
    unknown: tuple[str, ...]


def read_stated(values: Iterable[str]) -> Stated:
    """A role or office that we do not know gives nothing: an employer's login may speak to other systems too."""
    parted = {value: value.partition("@") for value in values}
    known = dict(Office.objects.filter(code__in={office for _, _, office in parted.values()}).values_list("code", "pk"))
    roles: set[tuple[Role, int]] = set()
    unknown: list[str] = []
    for value, (role, _, office) in parted.items():
        if role in Role.values and office in known:
            roles.add((Role(role), known[office]))
        else:
            unknown.append(value)
    return Stated(frozenset(roles), tuple(unknown))


@transaction.atomic
def hold_stated_roles(*, staff: int, stated: frozenset[tuple[Role, int]], today: date) -> None:
    """Brings the roles that stem from logins in step with what this one states; what was given here stays as it is.

    A role no longer stated ended yesterday; one of today alone never was. Two logins at once take turns.
    """
    Staff.objects.select_for_update().get(pk=staff)
    held = OfficeMembership.objects.filter(staff=staff)
    running = list(held.filter(first_day__lte=today).exclude(last_day__lt=today).order_by("pk"))
    for row in running:
        if row.origin == Origin.STATED and (Role(row.role), row.office_id) not in stated:
            _end(row, today)
    for role, office in sorted(stated - {(Role(row.role), row.office_id) for row in running}):
        later = held.filter(role=role, office=office, first_day__gt=today).order_by("first_day").first()
        OfficeMembership.objects.create(
            staff_id=staff,
            office_id=office,
            role=role,
            first_day=today,
            last_day=later.first_day - _ONE_DAY if later else None,
            origin=Origin.STATED,
        )


def _end(row: OfficeMembership, today: date) -> None:
    if row.first_day == today:
        row.delete()
        return
    row.last_day = today - _ONE_DAY
    row.save(update_fields=["last_day"])
