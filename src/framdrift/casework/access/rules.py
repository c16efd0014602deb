"""The predicates. Each answers one question for one viewer, reads no database, and says in its docstring who passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from framdrift.casework.offices.roles import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """A logged-in employee and the roles they hold today, by code of the office."""

    staff: int
    name: str
    roles: Mapping[Role, frozenset[str]] = field(default_factory=dict)

    def holds(self, role: Role, office: str) -> bool:
        return office in self.roles.get(role, frozenset())

    def holds_anywhere(self, role: Role) -> bool:
        return bool(self.roles.get(role))


def may_see_office(viewer: Viewer, office: str) -> bool:
    """The leader of that office: its conformity, beside the total figures of another office."""
    return viewer.holds(Role.OFFICE_LEADER, office)


def may_see_cases_behind(viewer: Viewer, office: str) -> bool:
    """The leader of that office, and nobody else: analysts see sums only."""
    return viewer.holds(Role.OFFICE_LEADER, office)


def may_request_figures(viewer: Viewer, office: str) -> bool:
    """The leader of that office."""
    return viewer.holds(Role.OFFICE_LEADER, office)


def may_see_all_offices(viewer: Viewer) -> bool:
    """Analysts: the sums of every office, never the cases behind them."""
    return viewer.holds_anywhere(Role.ANALYST)


def may_work_here(viewer: Viewer) -> bool:
    """Everybody who holds any role today."""
    return any(viewer.roles.values())
