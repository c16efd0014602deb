"""Joining, roles, teams, leaving and clearance: who may, dated, once a request, and written down."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from conformity_reports import make_town
from django.db import DatabaseError, IntegrityError, transaction
from people_of_the_town import People, account_of, logged_in, make_people
from responsibility_cases import NOW, TODAY, viewer
from walls import working_as_owner

from framdrift.casework.access.models import Account, Clearance
from framdrift.casework.offices.members import Member, members_of
from framdrift.casework.offices.models import Absence, OfficeMembership, Staff, TeamMembership
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.protection import Protection
from framdrift.casework.staffing import actions, clearances
from framdrift.casework.staffing.actions import NewStaff
from framdrift.casework.staffing.errors import HinderedError, NotAllowedError, Obstacle
from framdrift.casework.staffing.models import Change
from framdrift.casework.staffing.what import What

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def people(db: None) -> People:
    return make_people(make_town())


def join(
    by: Staff,
    *roles: Role,
    who: NewStaff = NewStaff("Nora Ny", "nora"),  # noqa: B008
    team: str | None = None,
    first_day: date = TODAY,
    request_id: uuid.UUID | None = None,
) -> str:
    return actions.join(
        actor=viewer(by), office="lillevik", who=who, roles=roles, team=team, first_day=first_day, now=NOW,
        request_id=request_id or uuid.uuid4(),
    )  # fmt: skip


def give_role(by: Staff, staff: Staff, role: Role, *, first_day: date = TODAY, team: str | None = None) -> None:
    actions.give_role(
        actor=viewer(by), office="lillevik", staff=str(staff.code), role=role, team=team, first_day=first_day, now=NOW,
        request_id=uuid.uuid4(),
    )  # fmt: skip


def end_role(by: Staff, staff: Staff, role: Role, last_day: date | None = TODAY) -> None:
    actions.end_role(
        actor=viewer(by), office="lillevik", staff=str(staff.code), role=role, last_day=last_day, now=NOW,
        request_id=uuid.uuid4(),
    )  # fmt: skip


def leave(
    by: Staff,
    staff: Staff,
    last_day: date | None = TODAY,
    request_id: uuid.UUID | None = None,
    office: str = "lillevik",
) -> None:
    actions.leave(
        actor=viewer(by), office=office, staff=str(staff.code), last_day=last_day, now=NOW,
        request_id=request_id or uuid.uuid4(),
    )  # fmt: skip


def stay(by: Staff, staff: Staff, now: datetime = NOW) -> None:
    actor = viewer(by, now.date())
    actions.stay(actor=actor, office="lillevik", staff=str(staff.code), now=now, request_id=uuid.uuid4())


def end_clearance(by: Staff, staff: Staff, level: Protection, last_day: date | None) -> None:
    clearances.end_clearance(
        actor=viewer(by), office="lillevik", staff=str(staff.code), level=level, last_day=last_day, now=NOW,
        request_id=uuid.uuid4(),
    )  # fmt: skip


def clear(by: Staff, staff: Staff, level: Protection = Protection.SHIELDED, reason: str = "Følger dem opp") -> None:
    clearances.clear(
        actor=viewer(by), office="lillevik", staff=str(staff.code), level=level, first_day=TODAY, last_day=None,
        reason=reason, now=NOW, request_id=uuid.uuid4(),
    )  # fmt: skip


def seen(name: str, day: date = TODAY) -> Member | None:
    return next((member for member in members_of("lillevik", day) if member.name == name), None)


def refused(obstacle: Obstacle, act: object, *arguments: object, **options: object) -> None:
    with pytest.raises(HinderedError) as hindered:
        act(*arguments, **options)  # type: ignore[operator]
    assert hindered.value.obstacle is obstacle


def changes(staff: str) -> Sequence[What]:
    return [
        What(each)
        for each in Change.objects.filter(staff__code=staff).order_by("at", "what").values_list("what", flat=True)
    ]


def test_somebody_begins_with_roles_a_team_an_account_and_a_code(people: People) -> None:
    code = join(people.leader, Role.ADVISOR, Role.DECISION_REVIEWER, team="oot", first_day=TOMORROW)
    assert seen("Nora Ny") is None
    member = seen("Nora Ny", TOMORROW)
    assert member is not None
    assert (member.code, member.roles) == (code, {Role.ADVISOR, Role.DECISION_REVIEWER})
    assert [team.code for team in member.teams] == ["oot"]
    assert Account.objects.filter(staff__code=code).exists()
    assert changes(code) == [What.JOINED]


def test_a_form_sent_twice_makes_one_employee(people: People) -> None:
    request_id = uuid.uuid4()
    assert join(people.leader, Role.ADVISOR, request_id=request_id) == join(
        people.leader, Role.ADVISOR, request_id=request_id
    )
    assert Staff.objects.filter(username="nora").count() == 1


def test_whoever_comes_back_keeps_the_code(people: People) -> None:
    code = join(people.leader, Role.ADVISOR)
    leave(people.leader, Staff.objects.get(code=code))
    assert join(people.leader, Role.ADVISOR, first_day=TOMORROW) == code
    refused(Obstacle.USERNAME_TAKEN, join, people.leader, Role.ADVISOR, who=NewStaff("En Annen", "nora"))
    refused(Obstacle.CODE_TAKEN, join, people.leader, Role.ADVISOR, who=NewStaff("En Annen", "en-annen", code))


@pytest.mark.parametrize(
    "code",
    [
        "system",
        "System",
        "8f14e45f-ceea-467f-a0b0-3f1a5d1f3c11",
        "8F14E45FCEEA467FA0B03F1A5D1F3C11",
        "kari k",
        "kari/k",
        "kåre",
        "=1+1",
        "k\n",
    ],
)
def test_some_codes_nobody_chooses(people: People, code: str) -> None:
    """The journal would take what they do for what the system did, or a job-seeker."""
    refused(Obstacle.CODE_UNFIT, join, people.leader, Role.ADVISOR, who=NewStaff("Nora Ny", "nora", code))
    assert not Staff.objects.filter(username="nora").exists()


def test_a_code_of_the_employers_is_taken(people: People) -> None:
    assert join(people.leader, Role.ADVISOR, who=NewStaff("Nora Ny", "nora", "N.17_a-b")) == "N.17_a-b"


def test_whoever_comes_back_may_be_named_by_the_code_we_made(people: People) -> None:
    code = join(people.leader, Role.ADVISOR)
    leave(people.leader, Staff.objects.get(code=code))
    assert join(people.leader, Role.ADVISOR, who=NewStaff("Nora Ny", "nora", code), first_day=TOMORROW) == code


def test_the_database_holds_nobody_who_is_called_as_the_system(people: People) -> None:
    with pytest.raises(IntegrityError, match="staff_is_not_the_system"), transaction.atomic():
        Staff.objects.create(code="system", username="system", name="Sy Stem")


@pytest.mark.parametrize("role", [Role.OFFICE_LEADER, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.ANALYST])
def test_some_roles_only_an_administrator_gives(people: People, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        join(people.leader, role)
    assert join(people.administrator, role)


@pytest.mark.parametrize("who", ["advisor", "team_lead", "reviewer", "privacy_officer"])
def test_nobody_else_changes_who_works_here(people: People, who: str) -> None:
    by = getattr(people, who)
    with pytest.raises(NotAllowedError):
        join(by, Role.ADVISOR)
    with pytest.raises(NotAllowedError):
        leave(by, people.colleague)


def test_a_leader_of_another_office_does_not_either(people: People) -> None:
    with pytest.raises(NotAllowedError):
        leave(people.town.large.leader, people.colleague)


def test_nobody_gives_or_ends_a_role_of_their_own(people: People) -> None:
    with pytest.raises(NotAllowedError):
        give_role(people.leader, people.leader, Role.ADVISOR)
    with pytest.raises(NotAllowedError):
        end_role(people.administrator, people.administrator, Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        leave(people.leader, people.leader)


def test_an_administrator_gets_no_role_that_sees_cases(people: People) -> None:
    other = Staff.objects.get(code=join(people.administrator, Role.ADMINISTRATOR))
    refused(Obstacle.ROLES_AT_ODDS, give_role, people.leader, other, Role.ADVISOR)
    refused(Obstacle.ROLES_AT_ODDS, give_role, people.administrator, people.advisor, Role.PRIVACY_OFFICER)
    end_role(people.administrator, people.advisor, Role.ADVISOR)
    give_role(people.administrator, people.advisor, Role.PRIVACY_OFFICER, first_day=TOMORROW)


def test_a_role_begins_and_ends_on_its_days(people: People) -> None:
    give_role(people.leader, people.colleague, Role.TEAM_LEAD, team="korttid", first_day=TOMORROW)
    refused(Obstacle.HELD_ALREADY, give_role, people.leader, people.colleague, Role.TEAM_LEAD)
    end_role(people.leader, people.colleague, Role.TEAM_LEAD, TODAY + timedelta(days=5))
    held = [
        Role.TEAM_LEAD in member.roles
        for day in (0, 1, 5, 6)
        if (member := seen("Kari Kollega", TODAY + timedelta(days=day)))
    ]
    assert held == [False, True, True, False]
    refused(Obstacle.NOT_HELD, end_role, people.leader, people.colleague, Role.DECISION_REVIEWER)
    refused(Obstacle.IN_THE_PAST, end_role, people.leader, people.colleague, Role.ADVISOR, TODAY - timedelta(days=1))


def test_the_last_administrator_stays_one(people: People) -> None:
    other = Staff.objects.get(code=join(people.administrator, Role.ADMINISTRATOR))
    leave(other, people.administrator)
    refused(Obstacle.LAST_ADMINISTRATOR, end_role, people.administrator, other, Role.ADMINISTRATOR)


def test_somebody_moves_to_another_team_and_the_old_one_keeps_its_history(people: People) -> None:
    actions.move_to_team(
        actor=viewer(people.leader), office="lillevik", staff=str(people.colleague.code), team="oot",
        first_day=TOMORROW, now=NOW, request_id=uuid.uuid4(),
    )  # fmt: skip
    teams = {
        day: [team.code for team in member.teams] for day in (TODAY, TOMORROW) if (member := seen("Kari Kollega", day))
    }
    assert teams == {TODAY: ["korttid"], TOMORROW: ["oot"]}


def test_leaving_ends_roles_absence_cover_and_clearance(people: People) -> None:
    last = date(2027, 1, 15)
    clear(people.administrator, people.colleague)
    Absence.objects.create(staff=people.colleague, first_day=date(2027, 1, 10), last_day=date(2027, 2, 1))
    leave(people.leader, people.colleague, last)
    assert seen("Kari Kollega", last) is not None
    assert seen("Kari Kollega", last + timedelta(days=1)) is None
    assert Clearance.objects.get(staff=people.colleague).last_day == last
    assert Absence.objects.get(staff=people.colleague).last_day == last
    covered = Absence.objects.filter(staff=people.absent).order_by("first_day").values_list("last_day", "cover")
    assert list(covered) == [(last, people.colleague.pk), (date(2099, 12, 31), None)]


def test_a_departure_is_taken_back(people: People) -> None:
    leave(people.leader, people.colleague, date(2027, 1, 15))
    stay(people.leader, people.colleague)
    member = seen("Kari Kollega", date(2027, 6, 1))
    assert member is not None
    assert member.leaves_on is None
    refused(Obstacle.NOT_HELD, stay, people.leader, people.colleague)
    assert changes(str(people.colleague.code)) == [What.LEAVES, What.STAYS]


def once_administrator(people: People, first_day: date, last_day: date) -> Staff:
    """Was an administrator, left on that day, and is an advisor now: by two administrators, a leader, and time."""
    code = join(people.administrator, Role.ADMINISTRATOR, first_day=first_day)
    staff = Staff.objects.get(code=code)
    leave(people.administrator, staff, last_day)
    return staff


def test_a_departure_that_has_come_is_not_taken_back(people: People) -> None:
    staff = once_administrator(people, TODAY, TODAY)
    join(people.leader, Role.ADVISOR, first_day=TOMORROW)
    refused(Obstacle.HAS_LEFT, stay, people.leader, staff, NOW + timedelta(days=1))
    assert viewer(staff, TOMORROW).roles.keys() == {Role.ADVISOR}


def test_a_leader_takes_back_no_role_that_they_may_not_give(people: People) -> None:
    staff = once_administrator(people, TODAY, TOMORROW)
    with working_as_owner():  # as if the last of their other roles were one that a leader gives
        OfficeMembership.objects.create(
            staff=staff, office=people.town.small.office, role=Role.USER_REPRESENTATIVE, first_day=TODAY
        )
        OfficeMembership.objects.filter(staff=staff, role=Role.ADMINISTRATOR).update(last_day=TODAY)
        Change.objects.create(
            at=NOW, by=people.administrator, office=people.town.small.office, staff=staff, what=What.LEAVES,
            request_id=uuid.uuid4(), details={
                "last_day": TODAY.isoformat(),
                "before": [["office", str(OfficeMembership.objects.get(staff=staff, role="administrator").pk), ""]],
            },
        )  # fmt: skip
    with pytest.raises(NotAllowedError):
        stay(people.leader, staff)
    assert OfficeMembership.objects.get(staff=staff, role=Role.ADMINISTRATOR).last_day == TODAY


def test_what_was_taken_back_still_goes_together(people: People) -> None:
    staff = once_administrator(people, TODAY, TODAY)
    join(people.leader, Role.ADVISOR, first_day=TOMORROW)
    refused(Obstacle.ROLES_AT_ODDS, stay, people.administrator, staff)
    assert OfficeMembership.objects.get(staff=staff, role=Role.ADMINISTRATOR).last_day == TODAY


def test_a_role_given_anew_meanwhile_is_told(people: People) -> None:
    leave(people.leader, people.colleague, TODAY)
    give_role(people.leader, people.colleague, Role.ADVISOR, team="korttid", first_day=TOMORROW)
    refused(Obstacle.HELD_ALREADY, stay, people.leader, people.colleague)


def test_a_role_ends_at_once_and_one_of_today_never_was(people: People) -> None:
    give_role(people.leader, people.colleague, Role.DECISION_REVIEWER)
    end_role(people.leader, people.colleague, Role.DECISION_REVIEWER, None)
    end_role(people.leader, people.colleague, Role.ADVISOR, None)
    assert viewer(people.colleague).roles == {}
    assert not OfficeMembership.objects.filter(staff=people.colleague, role=Role.DECISION_REVIEWER).exists()
    assert TeamMembership.objects.get(staff=people.colleague).last_day == TODAY - timedelta(days=1)
    assert all(change.details["at_once"] for change in Change.objects.filter(what=What.ROLE_ENDED))


def test_a_role_that_ends_today_may_end_at_once(people: People) -> None:
    end_role(people.leader, people.colleague, Role.ADVISOR, TODAY)
    end_role(people.leader, people.colleague, Role.ADVISOR, None)
    assert viewer(people.colleague).roles == {}


def test_clearance_ends_at_once(people: People) -> None:
    end_clearance(people.administrator, people.cleared, Protection.SHIELDED, None)
    assert Protection.SHIELDED not in viewer(people.cleared).clearance
    clear(people.administrator, people.advisor)
    end_clearance(people.administrator, people.advisor, Protection.SHIELDED, None)
    assert not Clearance.objects.filter(staff=people.advisor).exists(), "it was of today alone"


def test_leaving_at_once_ends_everything_and_logs_out(people: People) -> None:
    client = logged_in(people.colleague)
    assert client.get("/kontor/lillevik/fravaer/").status_code == 200
    leave(people.leader, people.colleague, None)
    assert viewer(people.colleague).roles == {}
    assert viewer(people.colleague).covers == frozenset()
    client.post("/visning/sprak/", {"language": "nb"})  # such a session is deleted at its next request
    assert client.get("/kontor/lillevik/fravaer/").status_code == 302, "is asked to log in"
    assert not account_of(people.colleague).has_usable_password()
    assert changes(str(people.colleague.code)) == [What.LEAVES]


def test_whoever_works_elsewhere_too_stays_logged_in(people: People) -> None:
    with working_as_owner():
        OfficeMembership.objects.create(
            staff=people.colleague, office=people.town.large.office, role=Role.ADVISOR, first_day=TODAY
        )
    before = account_of(people.colleague).password
    leave(people.leader, people.colleague, None)
    assert account_of(people.colleague).password == before
    assert viewer(people.colleague).offices.keys() == {"storhavn"}


def test_an_administrator_of_a_day_to_come_does_not_keep_an_office(people: People) -> None:
    other = Staff.objects.get(code=join(people.administrator, Role.ADMINISTRATOR))
    refused(Obstacle.LAST_ADMINISTRATOR, _with_a_late_successor, people, other)


def _with_a_late_successor(people: People, other: Staff) -> None:
    join(people.administrator, Role.ADMINISTRATOR, who=NewStaff("Siv Sen", "siv"), first_day=TODAY + timedelta(days=90))
    leave(other, people.administrator, TOMORROW)
    end_role(people.administrator, other, Role.ADMINISTRATOR, TOMORROW)


def test_leaving_twice_by_one_form_is_once(people: People) -> None:
    request_id = uuid.uuid4()
    leave(people.leader, people.colleague, TOMORROW, request_id)
    leave(people.leader, people.colleague, TOMORROW, request_id)
    assert changes(str(people.colleague.code)) == [What.LEAVES]


def test_a_leader_does_not_send_the_administrator_away(people: People) -> None:
    with pytest.raises(NotAllowedError):
        leave(people.leader, people.administrator)


def test_only_an_administrator_clears_and_says_why(people: People) -> None:
    for by in (people.leader, people.team_lead, people.advisor):
        with pytest.raises(NotAllowedError):
            clear(by, people.advisor)
    refused(Obstacle.REASON_MISSING, clear, people.administrator, people.advisor, reason="  ")
    clear(people.administrator, people.advisor)
    assert viewer(people.advisor).clearance == Protection.SHIELDED
    assert Change.objects.get(staff=people.advisor).reason == "Følger dem opp"
    refused(Obstacle.HELD_ALREADY, clear, people.administrator, people.advisor)
    refused(Obstacle.NO_CASES, clear, people.administrator, people.privacy_officer)


def test_clearance_ends_with_its_last_day(people: People) -> None:
    clear(people.administrator, people.advisor)
    end_clearance(people.administrator, people.advisor, Protection.SHIELDED, TODAY)
    assert viewer(people.advisor).clearance == Protection.SHIELDED
    assert viewer(people.advisor, TOMORROW).clearance == Protection(0)


def test_what_was_changed_stays_written_down(people: People) -> None:
    leave(people.leader, people.colleague)
    for forbidden in (Change.objects.all().delete, lambda: Change.objects.update(reason="annet")):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            forbidden()


def test_memberships_of_another_office_are_not_touched(people: People) -> None:
    with working_as_owner():
        OfficeMembership.objects.create(
            staff=people.colleague, office=people.town.large.office, role=Role.ADVISOR, first_day=TODAY
        )
    clear(people.administrator, people.colleague)
    leave(people.leader, people.colleague)
    assert OfficeMembership.objects.get(staff=people.colleague).last_day is None
    assert Clearance.objects.get(staff=people.colleague).last_day is None, "still works with cases somewhere"
