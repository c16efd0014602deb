from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, F, Value

from framdrift.casework.access.models import Account, Clearance, Opening, Persona, Reason
from framdrift.casework.access.rules import Kind, Relation, Seeker, Subject, Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.absences import answers_for
from framdrift.casework.offices.models import OfficeMembership, Staff, TeamMembership
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.models import Identity, Person
from framdrift.casework.people.protection import UNPROTECTED, Protection


def viewer_of(staff: Staff, *, today: date) -> Viewer:
    """What the employee is on that day, in three queries: roles, whose absence they cover, clearance."""
    roles: defaultdict[Role, set[str]] = defaultdict(set)
    offices: dict[str, int] = {}
    teams: set[int] = set()
    for role, office, code, team in _memberships(staff, today):
        roles[Role(role)].add(code)
        offices[code] = office
        if team is not None:
            teams.add(team)
    cleared = Clearance.objects.filter(staff=staff, first_day__lte=today).exclude(last_day__lt=today)
    clearance = UNPROTECTED
    for level in cleared.values_list("level", flat=True):
        clearance |= Protection(level)
    return Viewer(
        staff=staff.pk,
        name=staff.name,
        roles={role: frozenset(codes) for role, codes in roles.items()},
        code=staff.code,
        offices=offices,
        teams=frozenset(teams),
        covers=answers_for(staff.pk, today),
        clearance=clearance,
    )


def _memberships(staff: Staff, today: date) -> list[tuple[str, int, str, int | None]]:
    """Role, key and code of the office, and key of the team, if it is held in one."""
    of_office = OfficeMembership.objects.filter(staff=staff, first_day__lte=today).exclude(last_day__lt=today)
    of_team = TeamMembership.objects.filter(staff=staff, first_day__lte=today).exclude(last_day__lt=today)
    whole = of_office.values_list("role", "office_id", "office__code", Value(None, output_field=BigIntegerField()))
    parts = of_team.values_list("role", "team__office_id", "team__office__code", "team_id")
    return list(whole.union(parts, all=True))


def seeker_of(person: uuid.UUID) -> Seeker:
    """The job-seeker, by the name they gave. Needs the wall's context to be theirs."""
    identity = Identity.objects.filter(person=person).values_list("given_name", "family_name").first()
    return Seeker(person, " ".join(part for part in identity or () if part))


def subject_of(person: uuid.UUID, *, offices: Collection[int]) -> Subject | None:
    """The person, if they belong to one of the offices, with the case that runs, or else their latest there."""
    found = Person.objects.filter(pk=person, office__in=offices).select_related("office").first()
    if found is None or found.office is None:
        return None
    case = (
        Case.objects.filter(person=person, office=found.office)
        .order_by(F("ended_at").desc(nulls_first=True), "-opened_at", "id")
        .first()
    )
    return Subject(
        person=found.pk,
        office=found.office.code,
        office_key=found.office.pk,
        protection=Protection(found.protection),
        case=case.pk if case else None,
        advisor=case.advisor_id if case else None,
        team=case.team_id if case else None,
    )


def reason_in_force(*, staff: int, person: uuid.UUID, at: datetime) -> Reason | None:
    held = Reason.objects.filter(staff=staff, person=person, at__lte=at, valid_until__gt=at)
    return held.order_by("-at").first()


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the access log, as the person, the page about them and the privacy officer read it."""

    id: uuid.UUID
    at: datetime
    who: str
    office: str
    kind: Kind
    page: str
    relation: Relation | None
    chosen: str
    text: str


def openings_about(
    person: uuid.UUID, *, before: tuple[datetime, uuid.UUID] | None = None, limit: int = 25
) -> list[Told]:
    """Who has opened, searched up, listed or exported the person, the latest first; `before` is the last row seen."""
    rows = Opening.objects.filter(person=person).select_related("staff", "office", "reason")
    if before is not None:
        at, key = before
        rows = rows.filter(at__lte=at).exclude(at=at, pk__gte=key)
    return [
        Told(
            id=row.pk,
            at=row.at,
            who=row.staff.name,
            office=row.office.name if row.office else "",
            kind=Kind(row.kind),
            page=row.page,
            relation=Relation(row.relation) if row.relation else None,
            chosen=row.reason.chosen if row.reason else "",
            text=row.reason.text if row.reason else "",
        )
        for row in rows.order_by("-at", "-pk")[:limit]
    ]


def account_of(code: uuid.UUID) -> Account | None:
    return Account.objects.filter(code=code).select_related("staff").first()


@dataclass(frozen=True, slots=True)
class PersonaCard:
    """Somebody one may log in as in a demonstration, as the login page tells of them. Job-seekers have no role."""

    code: uuid.UUID
    name: str
    role: Role | None
    office: str
    about: Mapping[str, str]


def personas() -> list[PersonaCard]:
    """In the order they are to be shown."""
    rows = Persona.objects.order_by("place").values_list(
        "account__code", "name", "role", "office", "about_nb", "about_en"
    )
    return [
        PersonaCard(code, name, Role(role) if role else None, office, {"nb": about_nb, "en": about_en})
        for code, name, role, office, about_nb, about_en in rows
    ]


def persona_account(code: uuid.UUID) -> Account | None:
    """The account with that code, if it is a persona's: no other may be entered without proof."""
    persona = Persona.objects.filter(account__code=code).select_related("account__staff").first()
    return persona.account if persona else None
