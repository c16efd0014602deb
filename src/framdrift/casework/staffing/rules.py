"""Who may change what about those who work at an office. Each docstring says who passes."""

from __future__ import annotations

from collections.abc import Collection

from framdrift.casework.access.rules import Viewer, may_assign, may_manage_staff, may_plan_absence
from framdrift.casework.offices.roles import Role

BY_LEADERS = frozenset({Role.ADVISOR, Role.TEAM_LEAD, Role.DECISION_REVIEWER, Role.USER_REPRESENTATIVE})
"""What a leader may give without an administrator: the roles of those who work with cases below them, and the voice of
the users."""


def may_give_role(viewer: Viewer, office: str, role: Role, staff: int | None) -> bool:
    """Administrators give and end any role, leaders those of `BY_LEADERS`. Nobody gives or ends one of their own."""
    if staff == viewer.staff:
        return False
    return viewer.holds(Role.ADMINISTRATOR, office) or (may_manage_staff(viewer, office) and role in BY_LEADERS)


def roles_to_give(viewer: Viewer, office: str) -> list[Role]:
    return [role for role in Role if may_give_role(viewer, office, role, staff=None)]


def may_plan_for(viewer: Viewer, office: str, staff: int) -> bool:
    """Everybody for themselves; team leads, the leader and administrators of the office for all who work there."""
    if staff == viewer.staff:
        return may_plan_absence(viewer, office)
    return may_manage_staff(viewer, office) or may_assign(viewer, office)


def may_end_stay(viewer: Viewer, office: str, staff: int, roles: Collection[Role]) -> bool:
    """Whoever may end each role that the employee has; so a leader does not send the administrator away."""
    return all(may_give_role(viewer, office, role, staff) for role in roles)
