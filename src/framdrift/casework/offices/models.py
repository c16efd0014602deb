"""Roles are dated memberships: what somebody may do today follows from where they belong today, and history stays."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from framdrift.casework.offices.roles import Origin, Role
from framdrift.events.vocabulary import SYSTEM_ACTOR

CODE_LENGTH = 200
"""The longest office, team or staff code, which is also what a journal row may carry."""


class Office(models.Model):
    code = models.CharField(max_length=CODE_LENGTH, help_text="What the journal calls the office; never changes.")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True, default="")
    opening_hours = models.CharField(max_length=200, blank=True, default="", help_text="On working days, as 9–15.")
    visiting_address = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="office_code_unique")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=CODE_LENGTH, help_text="What the journal calls the team; never changes.")
    name = models.CharField(max_length=200)
    takes_new = models.BooleanField(default=False, help_text="New cases of the office begin in this team.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "code"], name="team_code_unique_in_office"),
            models.UniqueConstraint(
                fields=["office"], condition=models.Q(takes_new=True), name="team_one_takes_new_in_office"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """An employee. What they log in with is an account of `access`, which may come and go.

    `code` is what the journal names as `actor` and as `advisor`: opaque, and never reused for another person.
    `username` is what their employer's login calls them.
    """

    code = models.CharField(max_length=CODE_LENGTH, default=uuid.uuid4)
    username = models.CharField(max_length=150)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="staff_code_unique"),
            models.UniqueConstraint(fields=["username"], name="staff_username_unique"),
            models.CheckConstraint(name="staff_is_not_the_system", condition=~models.Q(code=SYSTEM_ACTOR)),
        ]

    def __str__(self) -> str:
        return self.name


class DateRange(models.Func):
    """The days of a membership, both ends included; no last day means it still runs."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, *expressions: Any) -> None:
        super().__init__(*(expressions or ("first_day", "last_day", models.Value("[]"))))


class Membership(models.Model):
    """Somebody in a role somewhere, from a first day up to and with a last day (none: it still runs)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(name="%(class)s_role_known", condition=models.Q(role__in=Role.values)),
            models.CheckConstraint(
                name="%(class)s_days_in_order",
                condition=models.Q(last_day__isnull=True) | models.Q(last_day__gte=models.F("first_day")),
            ),
        ]


def _once_a_day(belongs_to: str) -> ExclusionConstraint:
    """Nobody holds the same role in the same place twice on one day."""
    same = ("staff", belongs_to, "role")
    return ExclusionConstraint(
        name=f"{belongs_to}membership_once_a_day",
        expressions=[*((field, RangeOperators.EQUAL) for field in same), (DateRange(), RangeOperators.OVERLAPS)],
    )


class OfficeMembership(Membership):
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(
        max_length=10, choices=Origin.choices, default=Origin.GIVEN, help_text="A login changes what it stated alone."
    )

    class Meta(Membership.Meta):
        constraints: ClassVar = [
            *Membership.Meta.constraints,
            _once_a_day("office"),
            models.CheckConstraint(name="officemembership_origin_known", condition=models.Q(origin__in=Origin.values)),
        ]


class TeamMembership(Membership):
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")

    class Meta(Membership.Meta):
        constraints: ClassVar = [*Membership.Meta.constraints, _once_a_day("team")]


class Absence(models.Model):
    """Days on which somebody is away, and who answers for their people meanwhile. Why is nobody's business here."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    cover = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="absence_days_in_order", condition=models.Q(last_day__gte=models.F("first_day"))
            ),
            models.CheckConstraint(
                name="absence_is_covered_by_another",
                condition=models.Q(cover__isnull=True) | ~models.Q(cover=models.F("staff")),
            ),
            ExclusionConstraint(
                name="absence_once_a_day",
                expressions=[("staff", RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"
