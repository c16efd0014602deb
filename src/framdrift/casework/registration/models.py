import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from framdrift.casework.registration.documents import NationalDocument, NationalPeriod
from framdrift.casework.registration.profile import Profile

__all__ = ["Draft", "NationalDocument", "NationalPeriod", "Source", "Version"]


class Source(models.TextChoices):
    """How a registration came in: `source` of the journal's `registered`."""

    ONLINE = "online"
    ASSISTED = "assisted"
    IMPORT = "import"


class Draft(models.Model):
    """What a person has filled in and not sent yet: one for each, which the person and staff may take turns with.

    `steps` holds for each step `{"data": …, "version": …}`: what was typed, also where it is not valid yet, and the
    draft's version since which it stands so. `contributions` says who filled in what (see `Version`). When the draft is
    sent or thrown away the row is emptied and stays, so that its version goes on and no form of before is taken for one
    of a later draft.
    """

    person = models.OneToOneField(
        "people.Person", primary_key=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.IntegerField(default=0, help_text="Counts the changes; a form names the one it rests on.")
    based_on = models.IntegerField(null=True, help_text="The number of the version it was filled in from.")
    steps = models.JSONField(default=dict)
    contributions = models.JSONField(default=list)
    begun_at = models.DateTimeField(null=True, help_text="Empty: there is no draft.")
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="draft_version_from_zero", condition=Q(version__gte=0)),
            models.CheckConstraint(
                name="draft_holds_nothing_unless_begun",
                condition=Q(begun_at__isnull=False)
                | Q(updated_at__isnull=True, based_on__isnull=True, steps={}, contributions=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.version}"


class Version(models.Model):
    """What a person registered at one time, whole. Never changed (triggers of migration 0001); only the law's erasure,
    by the owner of the tables, takes it away.

    `answers` is the dump of `answers.Answers`. `profile` and `points` are what our rules made of it then (`profile`,
    `unclear`), so that a later change of the rules does not change what the advisor was shown: `points` is a list of
    `{"code", "reason", "fields"}`. `contributions` is a list of `{"step", "by", "assisted", "at"}`: who filled in what,
    and when last; `by` is the code of a member of staff, or the person's id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField(help_text="From 1 for each person, on through all their cases.")
    made_at = models.DateTimeField()
    staff = models.ForeignKey(
        "offices.Staff", null=True, on_delete=models.PROTECT, related_name="+", help_text="Who sent it for the person."
    )
    source = models.CharField(max_length=10, choices=Source.choices)
    answers = models.JSONField()
    profile = models.CharField(max_length=30, choices=[(each.value, each.value) for each in Profile])
    points = models.JSONField(default=list)
    contributions = models.JSONField(default=list)
    request_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "number"], name="version_numbered_per_person"),
            models.UniqueConstraint(fields=["person", "request_id"], name="version_once_per_request"),
            models.CheckConstraint(name="version_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="version_source_known", condition=Q(source__in=Source.values)),
            models.CheckConstraint(
                name="version_profile_known", condition=Q(profile__in=[each.value for each in Profile])
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"
