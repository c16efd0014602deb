"""The predicates. Each answers one question for one viewer, reads no database, and says in its docstring who passes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from framdrift.casework.offices.roles import CASE_ROLES, Role
from framdrift.casework.people.protection import UNPROTECTED, Protection


class Kind(models.TextChoices):
    """What was done, as the access log tells it."""

    OPENED = "opened", _("åpnet")
    SEARCHED = "searched", _("søkte")
    LISTED = "listed", _("viste i liste")
    EXPORTED = "exported", _("lastet ned")


class Relation(models.TextChoices):
    """By what an employee stands to a person: what opens the person's page to them. The nearest counts."""

    OWN_CASE = "own_case", _("er veileder for personen")
    COVERING = "covering", _("svarer for veilederen, som er borte")
    TEAM = "team", _("arbeider i teamet saken ligger hos")
    OFFICE = "office", _("arbeider på kontoret")


class Chosen(models.TextChoices):
    """Why somebody opens a person outside their own cases, as one chooses it; the words of one's own stand beside."""

    ASKED = "asked", _("Personen har tatt kontakt")
    MEETING = "meeting", _("Møte eller samtale der jeg er med")
    REGISTERING = "registering", _("Registrerer sammen med personen")
    SECOND_EYES = "second_eyes", _("Skal se over et vedtak")
    ASSIGNING = "assigning", _("Fordeler saker eller tar over")
    COMPLAINT = "complaint", _("Klage eller innsyn")
    QUALITY = "quality", _("Kvalitetssikring")
    OTHER = "other", _("Annet")


_NEAR = (Relation.OWN_CASE, Relation.COVERING)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A logged-in employee, and what they are today: roles by code of the office, teams, whom they cover, clearance.

    `offices` are the keys of the offices where any role is held. A role in a team is a role in the team's office.
    """

    staff: int
    name: str
    roles: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    code: str = ""
    offices: Mapping[str, int] = field(default_factory=dict)
    teams: frozenset[int] = frozenset()
    covers: frozenset[int] = frozenset()
    clearance: Protection = UNPROTECTED

    def holds(self, role: Role, office: str) -> bool:
        return office in self.roles.get(role, frozenset())

    def holds_anywhere(self, role: Role) -> bool:
        return bool(self.roles.get(role))

    def works_with_cases(self, office: str) -> bool:
        return any(self.holds(role, office) for role in CASE_ROLES)


@dataclass(frozen=True, slots=True)
class Seeker:
    """A logged-in job-seeker."""

    person: uuid.UUID
    name: str

    @property
    def code(self) -> str:
        """What the journal calls them."""
        return str(self.person)


Actor = Viewer | Seeker


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as access is decided by: where they belong, their protection, and who has the running case."""

    person: uuid.UUID
    office: str
    office_key: int
    protection: Protection = UNPROTECTED
    case: str | None = None
    advisor: int | None = None
    team: int | None = None


def relation(viewer: Viewer, subject: Subject) -> Relation | None:
    """The nearest relation, or None: to nobody of another office, nobody who is not cleared for every protection of
    the person, nobody whose role is not with cases.
    """
    if not viewer.works_with_cases(subject.office) or subject.protection & ~viewer.clearance:
        return None
    if subject.advisor is not None and subject.advisor == viewer.staff:
        return Relation.OWN_CASE
    if subject.advisor is not None and subject.advisor in viewer.covers:
        return Relation.COVERING
    if subject.team is not None and subject.team in viewer.teams:
        return Relation.TEAM
    return Relation.OFFICE


def may_open_person(viewer: Viewer, subject: Subject) -> bool:
    """Whoever has any relation to the person; all but the nearest say why first (`needs_reason`)."""
    return relation(viewer, subject) is not None


def needs_reason(viewer: Viewer, subject: Subject) -> bool:
    """Everybody but the responsible advisor, and whoever covers for them today."""
    return relation(viewer, subject) not in _NEAR


def may_search(viewer: Viewer, office: str) -> bool:
    """Those of the office whose work is with cases: advisors, team leads, the leader, decision reviewers."""
    return viewer.works_with_cases(office)


def may_register_with(viewer: Viewer, office: str) -> bool:
    """Advisors and team leads of the office, who register together with the person."""
    return viewer.holds(Role.ADVISOR, office) or viewer.holds(Role.TEAM_LEAD, office)


def may_register_person(viewer: Viewer, subject: Subject) -> bool:
    """Of those who may open the person: advisors and team leads, who fill in and mend details together with them."""
    return may_open_person(viewer, subject) and may_register_with(viewer, subject.office)


def may_mind_safety(viewer: Viewer, subject: Subject) -> bool:
    """Of those who may open the person: advisors, team leads and the leader, who answer for colleagues' safety."""
    leads = viewer.holds(Role.OFFICE_LEADER, subject.office)
    return may_open_person(viewer, subject) and (leads or may_register_with(viewer, subject.office))


def may_assign(viewer: Viewer, office: str) -> bool:
    """Team leads and the leader of the office."""
    return viewer.holds(Role.TEAM_LEAD, office) or viewer.holds(Role.OFFICE_LEADER, office)


def may_manage_staff(viewer: Viewer, office: str) -> bool:
    """Administrators and the leader of the office: who works there, in which role, and who is away."""
    return viewer.holds(Role.ADMINISTRATOR, office) or viewer.holds(Role.OFFICE_LEADER, office)


def may_clear(viewer: Viewer, office: str) -> bool:
    """Administrators of the office, who see no cases: so nobody clears themselves for what they then read."""
    return viewer.holds(Role.ADMINISTRATOR, office)


def may_plan_absence(viewer: Viewer, office: str) -> bool:
    """Everybody who works at the office, for themselves; who may do it for others is `may_manage_staff`."""
    return office in viewer.offices


def may_read_logs(viewer: Viewer, office: str) -> bool:
    """The privacy officer of the office, who sees logs and not cases."""
    return viewer.holds(Role.PRIVACY_OFFICER, office)


def may_read_any_log(viewer: Viewer) -> bool:
    """Whoever is privacy officer of some office; the log shows those offices only."""
    return viewer.holds_anywhere(Role.PRIVACY_OFFICER)


def may_see_office(viewer: Viewer, office: str) -> bool:
    """The leader of that office: its conformity, beside the total figures of another office."""
    return viewer.holds(Role.OFFICE_LEADER, office)


def may_see_cases_behind(viewer: Viewer, office: str) -> bool:
    """The leader of that office, and nobody else: analysts see sums only."""
    return viewer.holds(Role.OFFICE_LEADER, office)


def may_request_figures(viewer: Viewer, office: str) -> bool:
    """The leader of that office."""
    return viewer.holds(Role.OFFICE_LEADER, office)


def may_see_sums(viewer: Viewer, office: str) -> bool:
    """Analysts, of every office; user representatives, of their own. Sums, never the cases behind them."""
    return viewer.holds_anywhere(Role.ANALYST) or viewer.holds(Role.USER_REPRESENTATIVE, office)


def may_see_all_offices(viewer: Viewer) -> bool:
    """Analysts: the sums of every office, never the cases behind them."""
    return viewer.holds_anywhere(Role.ANALYST)


def may_work_here(viewer: Viewer) -> bool:
    """Everybody who holds any role today."""
    return any(viewer.roles.values())
