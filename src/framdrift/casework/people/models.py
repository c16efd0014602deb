import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from framdrift.casework.people.protection import Protection

_NAME = 100


class Person(models.Model):
    """A job-seeker as the journal knows them: an opaque id. Where they belong and how they are protected stands beside
    it, since every wall asks for that; all that tells who they are lies in records that can be erased.

    Staff of another office than `office` do not find the person, and of this one only those who are cleared for all of
    `protection`. Without an office nobody but the person does: they have logged in and not registered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("offices.Office", null=True, on_delete=models.PROTECT, related_name="+")
    protection = models.SmallIntegerField(default=0, help_text="Bits of `Protection`.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_protection_known", condition=Q(protection__gte=0, protection__lte=int(~Protection(0)))
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Identity(models.Model):
    """Who a person is. Erased when the law says so; the opaque id in the journal then leads nowhere."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=_NAME, blank=True, default="")
    family_name = models.CharField(max_length=_NAME, blank=True, default="")
    sort_key = models.GeneratedField(
        # Made in SQL (migration 0002) and in Python (`names.sort_key`); a test holds the two equal.
        expression=models.Func("family_name", "given_name", function="framdrift_sort_key"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    number = models.CharField(max_length=11, null=True, help_text="National identity number or d-number.")
    series = models.CharField(max_length=40, blank=True, default="", help_text="As `numbers.Number` tells it.")
    birth_date = models.DateField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["birth_date"], name="identity_birth_date")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="identity_number_unique"),
            models.CheckConstraint(
                name="identity_number_has_eleven_digits",
                condition=Q(number__isnull=True) | Q(number__regex=r"^[0-9]{11}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class NameWord(models.Model):
    """One folded word of a person's name: what a search by name looks up, office by office.

    The second wall lets no index help with a pattern (`LIKE`), but with `>=` and `<` on this index it does: prefixes are
    asked for as ranges. The office stands here again because it leads the index; it is always the person's.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+", db_index=False)
    word = models.CharField(max_length=_NAME, db_collation="C")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "word", "person"], name="name_word_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.word


class Channel(models.TextChoices):
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    PORTAL = "portal"


class ContactDetails(models.Model):
    """How the person wants to be reached, and in which language."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    postal_code = models.CharField(max_length=10, blank=True, default="")
    postal_place = models.CharField(max_length=100, blank=True, default="")
    preferred = models.CharField(max_length=10, choices=Channel.choices, default=Channel.PHONE)
    reserved = models.BooleanField(default=False, help_text="Reserved against digital letters and messages.")
    language = models.CharField(max_length=20, default="nb")
    interpreter = models.BooleanField(default=False)
    interpreter_language = models.CharField(max_length=60, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="contact_details_channel_known", condition=Q(preferred__in=Channel.values)),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class SafetyFlag(models.Model):
    """Something staff must mind before they meet the person, for a time, with advice instead of a label."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    advice = models.CharField(max_length=500)
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(
        "offices.Staff",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who ended it before its time.",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="safety_flag_days_in_order",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
            ),
            models.CheckConstraint(name="safety_flag_gives_advice", condition=~Q(advice="")),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
