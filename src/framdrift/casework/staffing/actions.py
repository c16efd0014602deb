"""Joining an office, roles and teams, leaving. Each change is dated, done once a request, and written down."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from framdrift.casework.access.actions import account_of_staff
from framdrift.casework.access.logins import end_sessions
from framdrift.casework.access.rules import Viewer, may_manage_staff
from framdrift.casework.offices.codes import may_be_typed
from framdrift.casework.offices.models import Office, OfficeMembership, Staff, Team, TeamMembership
from framdrift.casework.offices.roles import Role, are_at_odds
from framdrift.casework.staffing import departures
from framdrift.casework.staffing.changes import begin, local_day, staff_now_or_soon, write_down
from framdrift.casework.staffing.errors import HinderedError, NotAllowedError, Obstacle
from framdrift.casework.staffing.models import Change
from framdrift.casework.staffing.rules import may_end_stay, may_give_role
from framdrift.casework.staffing.what import What

IN_TEAMS = frozenset({Role.ADVISOR, Role.TEAM_LEAD})
"""Roles that are held in a team, where one is named."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Whom an office gets. `code` is what the journal will call them: made up, unless the employer has one."""

    name: str
    username: str
    code: str = ""


@transaction.atomic
def join(
    *,
    actor: Viewer,
    office: str,
    who: NewStaff,
    roles: Sequence[Role],
    team: str | None,
    first_day: date,
    now: datetime,
    request_id: uuid.UUID,
) -> str:
    """Somebody begins at the office; gives back their code. Who is known from before, by username and name, is taken
    up again, with the same code.
    """
    place, earlier = begin(office, request_id)
    if earlier:
        return earlier.staff.code
    if not roles:
        raise HinderedError(Obstacle.NO_ROLE)
    staff = _known_or_new(who)
    if not all(may_give_role(actor, office, role, staff.pk) for role in roles):
        raise NotAllowedError(office)
    _check_roles(staff, place, set(roles), first_day)
    staff.save()
    account_of_staff(staff)
    for role in dict.fromkeys(roles):
        _begin_role(staff, place, role, _team_for(place, team, role), first_day)
    write_down(
        actor=actor, office=place, staff=staff.pk, what=What.JOINED, now=now, request_id=request_id,
        details={"roles": [str(role) for role in roles], "team": team, "first_day": first_day.isoformat()},
    )  # fmt: skip
    return staff.code


def _known_or_new(who: NewStaff) -> Staff:
    """Not saved yet. A username belongs to one person for ever, and so does a code."""
    known = Staff.objects.filter(username=who.username).first()
    if known is not None:
        if known.name != who.name or who.code not in ("", known.code):
            raise HinderedError(Obstacle.USERNAME_TAKEN)
        return known
    if who.code and Staff.objects.filter(code=who.code).exists():
        raise HinderedError(Obstacle.CODE_TAKEN)
    if who.code and not may_be_typed(who.code):
        raise HinderedError(Obstacle.CODE_UNFIT)
    return Staff(code=who.code or str(uuid.uuid4()), username=who.username, name=who.name)


@transaction.atomic
def give_role(
    *,
    actor: Viewer,
    office: str,
    staff: str,
    role: Role,
    team: str | None,
    first_day: date,
    now: datetime,
    request_id: uuid.UUID,
) -> None:
    """A role from that day on."""
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    if not may_give_role(actor, office, role, who.pk):
        raise NotAllowedError(office)
    if earlier:
        return
    if first_day < local_day(now):
        raise HinderedError(Obstacle.IN_THE_PAST)
    _check_roles(who, place, {role}, first_day)
    _begin_role(who, place, role, _team_for(place, team, role), first_day)
    write_down(
        actor=actor, office=place, staff=who.pk, what=What.ROLE_GIVEN, now=now, request_id=request_id,
        details={"role": role.value, "team": team, "first_day": first_day.isoformat()},
    )  # fmt: skip


@transaction.atomic
def end_role(
    *, actor: Viewer, office: str, staff: str, role: Role, last_day: date | None, now: datetime, request_id: uuid.UUID
) -> None:
    """The role is held up to and with that day, in the office and in all its teams. None: it is held no longer."""
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    if not may_give_role(actor, office, role, who.pk):
        raise NotAllowedError(office)
    if earlier:
        return
    until = end_day(last_day, now)
    rows = [row for row in held_after(who.pk, place, until) if row.role == role]
    if not rows:
        raise HinderedError(Obstacle.NOT_HELD)
    keep_an_administrator(place, who.pk, {role}, until)
    departures.end(rows, until)
    write_down(
        actor=actor, office=place, staff=who.pk, what=What.ROLE_ENDED, now=now, request_id=request_id,
        details={"role": role.value, "last_day": until.isoformat(), "at_once": last_day is None},
    )  # fmt: skip


@transaction.atomic
def move_to_team(
    *, actor: Viewer, office: str, staff: str, team: str, first_day: date, now: datetime, request_id: uuid.UUID
) -> None:
    """The roles that are held in teams are held in this one from that day on. Cases stay where they are."""
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    if not may_manage_staff(actor, office):
        raise NotAllowedError(office)
    if earlier:
        return
    if first_day < local_day(now):
        raise HinderedError(Obstacle.IN_THE_PAST)
    new = _team_for(place, team, Role.ADVISOR)
    rows = [row for row in held_after(who.pk, place, first_day - timedelta(days=1)) if row.role in IN_TEAMS]
    if not rows:
        raise HinderedError(Obstacle.NOT_HELD)
    roles = sorted({Role(row.role) for row in rows})
    departures.end(rows, first_day - timedelta(days=1))
    for role in roles:
        _begin_role(who, place, role, new, first_day)
    write_down(
        actor=actor, office=place, staff=who.pk, what=What.MOVED, now=now, request_id=request_id,
        details={"team": team, "first_day": first_day.isoformat()},
    )  # fmt: skip


@transaction.atomic
def leave(
    *, actor: Viewer, office: str, staff: str, last_day: date | None, now: datetime, request_id: uuid.UUID
) -> None:
    """Every role at the office ends with that day, and so does what hangs on them: absence, cover for others, and
    clearance, if they work nowhere else. Their cases are shared out before (`responsibility.redistributing`).

    None: they have left, and whoever works nowhere else is logged out.
    """
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    rows = held_after(who.pk, place, local_day(now) - timedelta(days=1))
    if not may_end_stay(actor, office, who.pk, {Role(row.role) for row in rows}):
        raise NotAllowedError(office)
    if earlier:
        return
    until = end_day(last_day, now)
    keep_an_administrator(place, who.pk, {Role(row.role) for row in rows}, until)
    before = departures.end(held_after(who.pk, place, until), until)
    works_elsewhere = departures.works_after(who, until)
    if not works_elsewhere:
        departures.end_what_hangs_on(who, until)
    if last_day is None and not works_elsewhere:
        end_sessions(staff=who)
    write_down(
        actor=actor, office=place, staff=who.pk, what=What.LEAVES, now=now, request_id=request_id,
        details={"last_day": until.isoformat(), "at_once": last_day is None, "before": before},
    )  # fmt: skip


@transaction.atomic
def stay(*, actor: Viewer, office: str, staff: str, now: datetime, request_id: uuid.UUID) -> None:
    """Takes the latest departure back before it has come: the roles run as they did, if the actor may give them today
    and they still go together. Cover and clearance are given anew by whoever may.
    """
    place, earlier = begin(office, request_id)
    who = staff_now_or_soon(office, staff, local_day(now))
    rows = held_after(who.pk, place, local_day(now) - timedelta(days=1))
    if not may_end_stay(actor, office, who.pk, {Role(row.role) for row in rows}):
        raise NotAllowedError(office)
    if earlier:
        return
    latest = Change.objects.filter(office=place, staff=who, what=What.LEAVES).order_by("-at").first()
    if latest is None:
        raise HinderedError(Obstacle.NOT_HELD)
    last_day = date.fromisoformat(latest.details["last_day"])
    if last_day < local_day(now):
        raise HinderedError(Obstacle.HAS_LEFT)
    ended = departures.ended_by(latest.details["before"], who, last_day)
    if not ended:
        raise HinderedError(Obstacle.NOT_HELD)
    if not may_end_stay(actor, office, who.pk, {Role(row.role) for row, _ in ended}):
        raise NotAllowedError(office)
    try:
        with transaction.atomic():
            departures.take_back(ended)
    except IntegrityError as error:  # the same role was given anew meanwhile, from a day that now is the former's
        raise HinderedError(Obstacle.HELD_ALREADY) from error
    if are_at_odds(Role(row.role) for row in held_after(who.pk, place, local_day(now) - timedelta(days=1))):
        raise HinderedError(Obstacle.ROLES_AT_ODDS)
    write_down(actor=actor, office=place, staff=who.pk, what=What.STAYS, now=now, request_id=request_id)


def held_after(staff: int, office: Office, day: date) -> list[departures.Held]:
    """Memberships of the office and its teams that are there after that day, running or to come."""
    later = Q(last_day__isnull=True) | Q(last_day__gt=day)
    whole: QuerySet[OfficeMembership] = OfficeMembership.objects.filter(later, staff=staff, office=office)
    parts: QuerySet[TeamMembership] = TeamMembership.objects.filter(later, staff=staff, team__office=office)
    return [*whole.order_by("first_day", "id"), *parts.order_by("first_day", "id")]


def keep_an_administrator(office: Office, staff: int, ending: Iterable[Role], last_day: date) -> None:
    """An office that nobody may give roles in, from the day after on, could not mend itself."""
    if Role.ADMINISTRATOR not in ending:
        return
    others = OfficeMembership.objects.filter(office=office, role=Role.ADMINISTRATOR).exclude(staff=staff)
    there = others.filter(first_day__lte=last_day + timedelta(days=1))
    if not there.filter(Q(last_day__isnull=True) | Q(last_day__gt=last_day)).exists():
        raise HinderedError(Obstacle.LAST_ADMINISTRATOR)


def _check_roles(staff: Staff, office: Office, new: set[Role], first_day: date) -> None:
    held = (
        {Role(row.role) for row in held_after(staff.pk, office, first_day - timedelta(days=1))} if staff.pk else set()
    )
    if new & held:
        raise HinderedError(Obstacle.HELD_ALREADY)
    if are_at_odds(held | new):
        raise HinderedError(Obstacle.ROLES_AT_ODDS)


def end_day(last_day: date | None, now: datetime) -> date:
    """The last day of what ends, today or later; yesterday for what ends at once (None): roles and clearance hold for
    whole days. What began today is then taken away, and the change that is written down tells that it was.
    """
    if last_day is None:
        return local_day(now) - timedelta(days=1)
    if last_day < local_day(now):
        raise HinderedError(Obstacle.IN_THE_PAST)
    return last_day


def _team_for(office: Office, team: str | None, role: Role) -> Team | None:
    if not team or role not in IN_TEAMS:
        return None
    found = Team.objects.filter(office=office, code=team).first()
    if found is None:
        raise HinderedError(Obstacle.NO_SUCH_TEAM)
    return found


def _begin_role(staff: Staff, office: Office, role: Role, team: Team | None, first_day: date) -> None:
    if team is not None:
        TeamMembership.objects.create(staff=staff, team=team, role=role, first_day=first_day)
    else:
        OfficeMembership.objects.create(staff=staff, office=office, role=role, first_day=first_day)
