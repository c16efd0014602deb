"""Cases of an office for the tests of who has them, made past the wall, and what the journal tells of them after."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

from people_of_the_town import LONG_AGO, People, actor_of
from walls import working_as_owner

from framdrift.casework.access.rules import Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.models import Event
from framdrift.casework.offices.models import Office, OfficeMembership, Staff, Team, TeamMembership
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.models import Person
from framdrift.casework.people.protection import Protection

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def viewer(staff: Staff, today: date = TODAY) -> Viewer:
    found = actor_of(Staff.objects.get(pk=staff.pk), today=today)
    assert isinstance(found, Viewer)
    return found


def case_of(person: Person) -> Case:
    with working_as_owner():
        return Case.objects.select_related("advisor", "team").get(person=person)


def told_of(case: str) -> list[tuple[str, str, dict[str, object]]]:
    """What the journal says of who has the case: kind, by whom, and the attributes."""
    with working_as_owner():
        events = Event.objects.filter(case=case, kind__in=("assigned", "unassigned")).order_by("at", "seq")
        return list(events.values_list("kind", "actor", "attributes"))


def make_cases(
    office: Office, number: int, *, advisor: Staff | None, team: str | None = "korttid", protection: int = 0
) -> list[str]:
    """Running cases, each a day younger than the one before, of people without a name."""
    with working_as_owner():
        people = Person.objects.bulk_create(Person(office=office, protection=protection) for _ in range(number))
        begun = datetime(2026, 1, 5, 8, tzinfo=UTC)
        place = Team.objects.get(office=office, code=team) if team else None
        cases = Case.objects.bulk_create(
            Case(
                id=str(uuid.uuid4()),
                person=person,
                office=office,
                team=place,
                advisor=advisor,
                protection=int(Protection(protection)),
                opened_at=begun + timedelta(days=day),
            )
            for day, person in enumerate(people)
        )
    return [case.pk for case in cases]


def ends_on(staff: Staff, last_day: date) -> None:
    """All roles of the employee end with that day."""
    with working_as_owner():
        OfficeMembership.objects.filter(staff=staff).update(last_day=last_day)
        TeamMembership.objects.filter(staff=staff).update(last_day=last_day)


def advisor_of(people: People, name: str, team: str) -> Staff:
    with working_as_owner():
        staff = Staff.objects.create(username=name.lower(), name=name, code=name.lower())
        place = Team.objects.get(office=people.town.small.office, code=team)
        TeamMembership.objects.create(staff=staff, team=place, role=Role.ADVISOR, first_day=LONG_AGO)
    return staff
