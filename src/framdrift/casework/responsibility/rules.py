"""Who may give a case to whom. Each docstring says who passes."""

from __future__ import annotations

from framdrift.casework.access.rules import Subject, Viewer, may_assign, may_open_person
from framdrift.casework.offices.roles import Role


def may_take(viewer: Viewer, office: str) -> bool:
    """Advisors of the office, for themselves, what nobody there has."""
    return viewer.holds(Role.ADVISOR, office)


def may_give_or_take(viewer: Viewer, subject: Subject) -> bool:
    """Of those who may open the person: team leads and the leader, who give, and advisors, who may take."""
    return may_open_person(viewer, subject) and (may_assign(viewer, subject.office) or may_take(viewer, subject.office))
