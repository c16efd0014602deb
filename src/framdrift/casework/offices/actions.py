from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from framdrift.casework.offices.models import Office, OfficeMembership, Staff, Team, TeamMembership
from framdrift.casework.offices.roles import Role


@transaction.atomic
def ensure_offices(named: Iterable[tuple[str, str | None]]) -> tuple[list[str], list[str]]:
    """Makes the offices, and teams in them, that are not there yet, with their code as name.

    `named` holds office and team codes. Gives back the codes made: of offices, and of teams as `office/team`.
    """
    named = list(named)
    known = set(Office.objects.values_list("code", flat=True))
    offices = sorted({office for office, _ in named} - known)
    Office.objects.bulk_create([Office(code=code, name=code) for code in offices], ignore_conflicts=True)

    ids = dict(Office.objects.filter(code__in={office for office, _ in named}).values_list("code", "id"))
    wanted = {(ids[office], team): office for office, team in named if team}
    there = set(Team.objects.filter(office_id__in=ids.values()).values_list("office_id", "code"))
    missing = sorted(wanted.keys() - there)
    Team.objects.bulk_create(
        [Team(office_id=office, code=code, name=code) for office, code in missing], ignore_conflicts=True
    )
    return offices, sorted(f"{wanted[office, code]}/{code}" for office, code in missing)


@transaction.atomic
def open_office(*, code: str, name: str, teams: Mapping[str, str]) -> None:
    """Makes the office and its teams (code and name of each), or gives those that are there these names."""
    office, _ = Office.objects.update_or_create(code=code, defaults={"name": name})
    for team, team_name in teams.items():
        Team.objects.update_or_create(office=office, code=team, defaults={"name": team_name})


@transaction.atomic
def employ(*, code: str, username: str, name: str) -> None:
    """Makes an employee, whose account for logging in comes the first time it is needed (`casework/access`)."""
    Staff.objects.get_or_create(code=code, defaults={"username": username, "name": name})


@transaction.atomic
def join_office(*, staff: str, office: str, role: str, first_day: date) -> None:
    """A role at an office from that day on, unless it is held there on that day already."""
    held = OfficeMembership.objects.filter(staff__code=staff, office__code=office, role=Role(role))
    if not held.filter(first_day__lte=first_day).exclude(last_day__lt=first_day).exists():
        OfficeMembership.objects.create(
            staff=Staff.objects.get(code=staff),
            office=Office.objects.get(code=office),
            role=Role(role),
            first_day=first_day,
        )


@transaction.atomic
def join_team(*, staff: str, office: str, team: str, role: str, first_day: date) -> None:
    """A role in a team of an office from that day on, unless it is held there on that day already."""
    held = TeamMembership.objects.filter(staff__code=staff, team__office__code=office, team__code=team, role=Role(role))
    if not held.filter(first_day__lte=first_day).exclude(last_day__lt=first_day).exists():
        TeamMembership.objects.create(
            staff=Staff.objects.get(code=staff),
            team=Team.objects.get(office__code=office, code=team),
            role=Role(role),
            first_day=first_day,
        )
