"""Memberships are dated, and nobody holds one twice on one day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from framdrift.casework.offices.actions import ensure_offices
from framdrift.casework.offices.models import Office, OfficeMembership, Staff, Team, TeamMembership
from framdrift.casework.offices.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari():
    return Staff.objects.create(username="kari", name="Kari")


@pytest.fixture
def small():
    return Office.objects.create(code="small", name="Small")


def belongs(staff, office, first, last=None, role=Role.ADVISOR):
    return OfficeMembership.objects.create(staff=staff, office=office, role=role, first_day=first, last_day=last)


def refused(name, *arguments, **options):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        belongs(*arguments, **options)


def test_the_same_role_in_the_same_office_is_held_once_a_day(kari, small):
    belongs(kari, small, date(2012, 1, 1), date(2012, 6, 30))
    refused("officemembership_once_a_day", kari, small, date(2012, 6, 30))
    belongs(kari, small, date(2012, 7, 1))
    refused("officemembership_once_a_day", kari, small, date(2020, 1, 1), date(2020, 1, 1))
    belongs(kari, small, date(2012, 7, 1), role=Role.OFFICE_LEADER)
    belongs(kari, Office.objects.create(code="large", name="Large"), date(2012, 7, 1))


def test_a_membership_ends_no_earlier_than_it_begins(kari, small):
    refused("officemembership_days_in_order", kari, small, date(2012, 1, 2), date(2012, 1, 1))
    belongs(kari, small, date(2012, 1, 1), date(2012, 1, 1))


def test_an_unknown_role_is_refused(kari, small):
    refused("officemembership_role_known", kari, small, date(2012, 1, 1), role="king")


def test_a_team_has_members_of_its_own(kari, small):
    team = Team.objects.create(office=small, code="short", name="Short")
    first = {"staff": kari, "team": team, "role": Role.TEAM_LEAD}
    TeamMembership.objects.create(**first, first_day=date(2012, 1, 1))
    with pytest.raises(IntegrityError, match="teammembership_once_a_day"), transaction.atomic():
        TeamMembership.objects.create(**first, first_day=date(2013, 1, 1))


def test_codes_are_unique_where_the_journal_needs_them_to_be(kari, small):
    ensure_offices([("large", "short"), ("small", "short")])
    for wrong in (
        Office(code="small", name="x"),
        Team(office=small, code="short", name="x"),
        Staff(username="kari", name="x"),
        Staff(username="ola", code=kari.code, name="x"),
    ):
        with pytest.raises(IntegrityError, match="unique"), transaction.atomic():
            wrong.save()


def test_offices_and_teams_that_are_missing_are_made_once(small):
    named = [("small", "short"), ("large", None), ("large", "long")]
    assert ensure_offices(named) == (["large"], ["large/long", "small/short"])
    assert ensure_offices(named) == ([], [])
    assert Office.objects.get(code="small").name == "Small"


def test_staff_have_an_opaque_code_of_their_own(kari):
    other = Staff.objects.create(username="ola", name="Ola")
    assert len({str(kari.code), str(other.code), "kari", "ola"}) == 4
