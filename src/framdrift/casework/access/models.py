import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from framdrift.casework.access.rules import Chosen, Kind, Relation
from framdrift.casework.offices.models import DateRange
from framdrift.casework.people.protection import Protection


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet["Account"]:
        """With the employee, whom every request of theirs asks for."""
        return super().get_queryset().select_related("staff")

    def get_by_natural_key(self, code: str | None) -> "Account":
        return self.get(code=code or "")


class Account(AbstractBaseUser):
    """What somebody logs in with: the user model. Of an employee or of a job-seeker, and never of both.

    Whoever is both has two accounts, reached by different providers, so that nobody meets their own case as staff.
    """

    code = models.UUIDField(default=uuid.uuid4, editable=False)
    staff = models.ForeignKey("offices.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "code"
    REQUIRED_FIELDS: ClassVar = []

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="account_code_unique"),
            models.UniqueConstraint(fields=["staff"], name="account_one_of_staff"),
            models.UniqueConstraint(fields=["person"], name="account_one_of_a_person"),
            models.CheckConstraint(
                name="account_is_of_staff_or_of_a_person",
                condition=Q(staff__isnull=True, person__isnull=False) | Q(staff__isnull=False, person__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.code)


class Persona(models.Model):
    """An account of a demonstration that anybody may log in as, with what the login page tells of it. Made by the owner.

    It holds what a demonstration publishes, and nothing of a real person: so it stands before the wall, as it must.
    """

    account = models.OneToOneField(Account, primary_key=True, on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField(help_text="Where it stands in the list.")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=30, blank=True, default="", help_text="Empty: a job-seeker.")
    office = models.CharField(max_length=200, blank=True, default="", help_text="The name of it.")
    about_nb = models.CharField(max_length=300)
    about_en = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["place"], name="persona_place_unique")]

    def __str__(self) -> str:
        return self.name


class Clearance(models.Model):
    """Days on which an employee may see people with that protection, given by an administrator."""

    staff = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField(help_text="One bit of `Protection`.")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="clearance_level_known", condition=Q(level__in=[int(level) for level in Protection])
            ),
            models.CheckConstraint(
                name="clearance_days_in_order", condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day"))
            ),
            ExclusionConstraint(
                name="clearance_once_a_day",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return Protection(self.level).name or ""


class Reason(models.Model):
    """Why an employee needs to see somebody outside their own cases, in their own words. Holds for the rest of the day.

    The person and the privacy officer read it. Written once, never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    chosen = models.CharField(max_length=30, choices=Chosen.choices)
    text = models.CharField(max_length=200)
    at = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="reason_chosen_known", condition=Q(chosen__in=Chosen.values)),
            models.CheckConstraint(name="reason_is_said", condition=~Q(text="")),
        ]
        indexes: ClassVar = [models.Index(fields=["staff", "person", "-valid_until"], name="reason_in_force")]

    def __str__(self) -> str:
        return self.chosen


class Opening(models.Model):
    """The access log: somebody opened, searched, listed or exported. Written before the page is shown; never changed.

    A list or search is one row, with how many it `found`, and one row more for each person it showed (`part_of` names
    the first), so that the person can read of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    staff = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+", null=True)
    page = models.CharField(max_length=100, help_text="The name of the page's URL; no identifier of a person.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OPENED)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    relation = models.CharField(max_length=20, choices=Relation.choices, blank=True, default="")
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    found = models.IntegerField(null=True)
    about = models.CharField(
        max_length=200, blank=True, default="", help_text="What was searched for, or which figure's cases were listed."
    )
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="opening_page_named", condition=~Q(page="")),
            models.CheckConstraint(name="opening_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(name="opening_relation_known", condition=Q(relation__in=["", *Relation.values])),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "at"], name="opening_office_at"),
            models.Index(fields=["staff", "at"], name="opening_staff_at"),
            models.Index(fields=["office", "-at", "-id"], condition=Q(part_of__isnull=True), name="opening_log_page"),
            models.Index(fields=["person", "-at"], condition=Q(person__isnull=False), name="opening_person_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.page}"
