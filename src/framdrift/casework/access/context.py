"""The second wall's context: whom row-level security takes the running transaction to work for.

The policies (`offices.walls`) read it; without it they show nothing of anybody. It holds for the outermost transaction of a
request, a task or a command, and is never widened further in: what an inner block set would leak out of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from django.db import connection

from framdrift.casework.access.rules import Actor, Seeker, Viewer
from framdrift.casework.offices.roles import CASE_ROLES, Role
from framdrift.casework.people.protection import UNPROTECTED, Protection


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows may be reached: those of people and cases of `offices` within the clearance, those of one `person`,
    the access log of `log_offices`, and, for measuring, the events of whatever cases were ever at `measured_office`.
    """

    staff: int | None = None
    offices: frozenset[int] = frozenset()
    clearance: Protection = UNPROTECTED
    person: uuid.UUID | None = None
    log_offices: frozenset[int] = frozenset()
    measured_office: str | None = None


NOTHING = Scope()


def scope_of(actor: Actor | None) -> Scope:
    """What the wall lets somebody reach: from who they are, never from what a page asks for."""
    if actor is None:
        return NOTHING
    if isinstance(actor, Seeker):
        return Scope(person=actor.person)
    return Scope(
        staff=actor.staff,
        offices=_keys(actor, *CASE_ROLES),
        clearance=actor.clearance,
        log_offices=_keys(actor, Role.PRIVACY_OFFICER),
    )


def scope_of_office(office: int) -> Scope:
    """Of a task that works for one office without somebody asking, as imports do."""
    return Scope(offices=frozenset({office}))


def scope_of_measuring(office: str) -> Scope:
    """Of the computation of an office's figures: events by opaque ids, and nobody's name."""
    return Scope(measured_office=office)


def _keys(viewer: Viewer, *roles: Role) -> frozenset[int]:
    codes = frozenset().union(*(viewer.roles.get(role, frozenset()) for role in roles))
    return frozenset(viewer.offices[code] for code in codes)


def enter(scope: Scope) -> None:
    """Sets the context until the running transaction ends. Outside a transaction it would not last the statement."""
    if not connection.in_atomic_block:
        raise RuntimeError("the context of row-level security lives in a transaction")
    names = [f"framdrift.{each.name}" for each in fields(Scope)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(names)),
            [part for name, value in zip(names, _texts(scope), strict=True) for part in (name, value)],
        )


def _texts(scope: Scope) -> list[str]:
    return [
        "" if scope.staff is None else str(scope.staff),
        _array(scope.offices),
        str(int(scope.clearance)),
        "" if scope.person is None else str(scope.person),
        _array(scope.log_offices),
        scope.measured_office or "",
    ]


def _array(keys: frozenset[int]) -> str:
    return "{" + ",".join(map(str, sorted(keys))) + "}" if keys else ""


@contextmanager
def seeing(scope: Scope) -> Iterator[None]:
    """Works in another scope for a while, within one transaction, and comes back to the one before."""
    with connection.cursor() as cursor:
        names = [f"framdrift.{each.name}" for each in fields(Scope)]
        cursor.execute("SELECT " + ", ".join(["current_setting(%s, true)"] * len(names)), names)
        before = cursor.fetchone()
    enter(scope)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(names)),
                [part for name, value in zip(names, before, strict=True) for part in (name, value or "")],
            )
