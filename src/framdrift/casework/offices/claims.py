"""Roles as the employer's login states them: `role@office` each, held from the login that first says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from framdrift.casework.offices.models import Office, OfficeMembership, Staff, TeamMembership
from framdrift.casework.offices.roles import Origin, Role, are_at_odds

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stated:
    """Roles and keys of offices that there are, and what was said besides: what we do not know, and roles that nobody
    may hold together at one office.
    """

    roles: frozenset[tuple[Role, int]]
    unknown: tuple[str, ...]
    at_odds: tuple[str, ...]


def read_stated(values: Iterable[str]) -> Stated:
    """A role or office that we do not know gives nothing: an employer's login may speak to other systems too."""
    parted = {value: value.partition("@") for value in values}
    known = dict(Office.objects.filter(code__in={office for _, _, office in parted.values()}).values_list("code", "pk"))
    roles: dict[tuple[Role, int], str] = {}
    unknown: list[str] = []
    for value, (role, _, office) in parted.items():
        if role in Role.values and office in known:
            roles[Role(role), known[office]] = value
        else:
            unknown.append(value)
    apart = _at_odds(roles.keys(), roles.keys())
    return Stated(
        frozenset(roles.keys() - apart), tuple(unknown), tuple(roles[pair] for pair in roles if pair in apart)
    )


def _at_odds(stated: Collection[tuple[Role, int]], held: Collection[tuple[Role, int]]) -> set[tuple[Role, int]]:
    """Those of `stated` that nobody may hold together with one of `held` at the same office."""
    return {
        (role, office)
        for role, office in stated
        if any(there == office and are_at_odds({role, other}) for other, there in held)
    }


@transaction.atomic
def hold_stated_roles(*, staff: int, stated: frozenset[tuple[Role, int]], today: date) -> frozenset[tuple[Role, int]]:
    """Brings the roles that stem from logins in step with what this one states; what was given here stays as it is.

    A role no longer stated ended yesterday; one of today alone never was. Two logins at once take turns. Gives back the
    stated roles that are not held, because they are at odds with what was given here, in a team too, now or to come.
    """
    Staff.objects.select_for_update().get(pk=staff)
    refused = frozenset(_at_odds(stated, _given(staff, today)))
    stated -= refused
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
    return refused


def _given(staff: int, today: date) -> set[tuple[Role, int]]:
    """Roles given here, at which office, that run or are to come."""
    lasts = Q(last_day__isnull=True) | Q(last_day__gte=today)
    whole = OfficeMembership.objects.filter(lasts, staff=staff, origin=Origin.GIVEN).values_list("role", "office_id")
    parts = TeamMembership.objects.filter(lasts, staff=staff).values_list("role", "team__office_id")
    return {(Role(role), office) for role, office in [*whole, *parts]}


def _end(row: OfficeMembership, today: date) -> None:
    if row.first_day == today:
        row.delete()
        return
    row.last_day = today - _ONE_DAY
    row.save(update_fields=["last_day"])
