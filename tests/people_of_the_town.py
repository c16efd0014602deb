"""The people of the tests' town, by what they are to each other: staff of every role, and job-seekers of every relation.

Lillevik is the office one looks from, Storhavn the other one. Everything is made past the wall, which the tests are of.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from conformity_reports import Town, member
from django.test import Client
from walls import working_as_owner

from framdrift.casework.access.actions import account_of_person, account_of_staff
from framdrift.casework.access.models import Account, Clearance
from framdrift.casework.access.queries import seeker_of, viewer_of
from framdrift.casework.access.rules import Seeker, Viewer
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.models import Absence, Staff, Team, TeamMembership
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.actions import make_person
from framdrift.casework.people.models import ContactDetails, Person
from framdrift.casework.people.numbers import read_number, synthetic
from framdrift.casework.people.protection import Protection

LONG_AGO = date(2020, 1, 1)
REGISTERED = datetime(2026, 9, 1, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class People:
    """Staff and job-seekers of Lillevik, and one of each of Storhavn (`other_…`)."""

    town: Town
    advisor: Staff  # of the short-term team
    colleague: Staff  # of the same team; covers for the absent one
    absent: Staff  # of the same team, away for a long time
    follower: Staff  # of the other team
    cleared: Staff  # of the other team, cleared for every protection
    team_lead: Staff
    leader: Staff
    reviewer: Staff
    privacy_officer: Staff
    representative: Staff
    administrator: Staff
    analyst: Staff
    other_advisor: Staff
    own: Person  # the advisor's
    covered: Person  # the absent one's
    of_team: Person  # the colleague's
    of_office: Person  # the follower's
    nobodys: Person
    protected: Person  # strictly confidential address, the cleared one's
    shielded: Person
    other: Person  # the other advisor's
    newcomer: Person  # has logged in, not registered, of no office


def make_people(town: Town) -> People:
    with working_as_owner():
        return _Making(town).people()


class _Making:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.serial = 0
        self.small, self.large = town.small.office, town.large.office
        self.short = Team.objects.get(office=self.small, code="korttid")
        self.long = Team.objects.get(office=self.small, code="oot")
        Team.objects.filter(code="korttid").update(takes_new=True)

    def people(self) -> People:
        TeamMembership.objects.create(staff=self.town.advisor, team=self.short, role=Role.ADVISOR, first_day=LONG_AGO)
        colleague, absent = self._advisor("Kari Kollega", self.short), self._advisor("Bo Borte", self.short)
        follower, cleared = self._advisor("Fredrik Følger", self.long), self._advisor("Klara Klarert", self.long)
        other_advisor = self._advisor("Ada Annen", Team.objects.get(office=self.large, code="oot"))
        Absence.objects.create(staff=absent, first_day=LONG_AGO, last_day=date(2099, 12, 31), cover=colleague)
        for level in Protection:
            Clearance.objects.create(staff=cleared, level=int(level), first_day=LONG_AGO)
        team_lead = Staff.objects.create(username="team-lead", name="Tone Teamleder")
        TeamMembership.objects.create(staff=team_lead, team=self.short, role=Role.TEAM_LEAD, first_day=LONG_AGO)
        return People(
            town=self.town,
            advisor=self.town.advisor,
            colleague=colleague,
            absent=absent,
            follower=follower,
            cleared=cleared,
            team_lead=team_lead,
            leader=self.town.small.leader,
            reviewer=self._of_office("Rita Beslutter", Role.DECISION_REVIEWER),
            privacy_officer=self._of_office("Per Personvern", Role.PRIVACY_OFFICER),
            representative=self._of_office("Rakel Representant", Role.USER_REPRESENTATIVE),
            administrator=self._of_office("Adrian Administrator", Role.ADMINISTRATOR),
            analyst=self.town.analyst,
            other_advisor=other_advisor,
            own=self._person("Ola", "Østby", self.short, self.town.advisor),
            covered=self._person("Cecilie", "Dahl", self.short, absent),
            of_team=self._person("Tiril", "Aasen", self.short, colleague),
            of_office=self._person("Ahmed", "Noor", self.long, follower),
            nobodys=self._person("Ingen", "Zahl", self.short, None),
            protected=self._person("Skjult", "Adresse", self.long, cleared, Protection.STRICTLY_CONFIDENTIAL),
            shielded=self._person("Ansatt", "Selv", self.short, None, Protection.SHIELDED),
            other=self._person("Ola", "Østby", Team.objects.get(office=self.large, code="oot"), other_advisor),
            newcomer=Person.objects.create(),
        )

    def _advisor(self, name: str, team: Team) -> Staff:
        staff = Staff.objects.create(username=name.lower().replace(" ", "-"), name=name)
        TeamMembership.objects.create(staff=staff, team=team, role=Role.ADVISOR, first_day=LONG_AGO)
        return staff

    def _of_office(self, name: str, role: Role) -> Staff:
        staff = Staff.objects.create(username=name.lower().replace(" ", "-"), name=name)
        member(staff, self.small, role)
        return staff

    def _person(
        self, given: str, family: str, team: Team, advisor: Staff | None, protection: Protection | None = None
    ) -> Person:
        self.serial += 1
        number = read_number(synthetic(date(1990, 5, 17), "female", self.serial))
        person = make_person(office=team.office_id, number=number, given_name=given, family_name=family)
        ContactDetails.objects.create(person=person, phone="00 00 00 00")
        bits = int(protection or 0)
        Person.objects.filter(pk=person.pk).update(protection=bits)
        person.protection = bits
        Case.objects.create(
            id=str(uuid.uuid4()),
            person=person,
            office=team.office,
            team=team,
            advisor=advisor,
            protection=bits,
            opened_at=REGISTERED,
        )
        return person


def account_of(somebody: Staff | Person) -> Account:
    with working_as_owner():
        return account_of_person(somebody.pk) if isinstance(somebody, Person) else account_of_staff(somebody)


def logged_in(somebody: Staff | Person | None) -> Client:
    """A client with the session of an employee or a job-seeker; of nobody, if None."""
    client = Client()
    if somebody is not None:
        client.force_login(account_of(somebody))
    return client


def actor_of(somebody: Staff | Person, *, today: date = date(2026, 11, 23)) -> Viewer | Seeker:
    """What the gate would make of them."""
    with working_as_owner():
        return seeker_of(somebody.pk) if isinstance(somebody, Person) else viewer_of(somebody, today=today)
