import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from framdrift.casework.offices.models import CODE_LENGTH

NAME_LENGTH = 100
COUNTS = ("met", "late", "missed", "open", "void")


class State(models.TextChoices):
    """Where a computation stands. A request that is taken up runs; what ran to its end is finished or failed."""

    REQUESTED = "requested"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


class Step(models.TextChoices):
    """What a computation is doing. It reads the journal in one go, so there is no finer honest progress than this."""

    WAITING = "waiting"
    READING = "reading"
    MEASURING = "measuring"
    STORING = "storing"


class Report(models.Model):
    """One computation of an office's figures under one standard: what was asked for, how it goes, what it rested on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=NAME_LENGTH)
    state = models.CharField(max_length=20, choices=State.choices, default=State.REQUESTED)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=20, choices=Step.choices, default=Step.WAITING)
    journal_snapshot = models.CharField(
        max_length=200, blank=True, default="", help_text="The database's name for what was written when it was read."
    )
    as_of = models.DateTimeField(null=True, help_text="What happened later did not count.")
    known_at = models.DateTimeField(null=True, help_text="What was recorded later did not count; empty: everything.")
    cases = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    ignored_after_end = models.BigIntegerField(default=0)
    unknown_kinds = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="report_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="report_finished_is_dated",
                condition=~Q(state=State.FINISHED) | Q(finished_at__isnull=False, as_of__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["office", "standard"],
                condition=Q(state__in=[State.REQUESTED, State.RUNNING]),
                name="report_one_under_way",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "standard", "-finished_at"], name="report_latest")]

    def __str__(self) -> str:
        return f"{self.standard} {self.state}"


def _counts_not_negative(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{count}__gte": 0 for count in COUNTS}))


class Figure(models.Model):
    """Instances of one rule in one quarter in one group, counted by state. Counts add up over quarters."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+", db_index=False)
    requirement = models.CharField(max_length=NAME_LENGTH)
    reading = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    quarter = models.DateField(help_text="First day of the quarter in which the instance was due or closed.")
    dimension = models.CharField(max_length=30)
    value = models.CharField(max_length=CODE_LENGTH, blank=True, default="")
    met = models.BigIntegerField()
    late = models.BigIntegerField()
    missed = models.BigIntegerField()
    open = models.BigIntegerField()
    void = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("report"), F("dimension"), F("requirement"), F("reading"), F("value"), F("quarter"),
                name="figure_once_per_cell",
            ),
            _counts_not_negative("figure_counts_not_negative"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.requirement} {self.reading} {self.quarter} {self.dimension} {self.value}"


class FigureCase(models.Model):
    """A case that stands behind a figure: it was late or missed in that quarter. The id is the journal's, opaque."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+", db_index=False)
    requirement = models.CharField(max_length=NAME_LENGTH)
    reading = models.CharField(max_length=NAME_LENGTH, blank=True, default="")
    quarter = models.DateField()
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    late = models.BigIntegerField()
    missed = models.BigIntegerField()
    due = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("report"), F("requirement"), F("reading"), F("quarter").desc(), F("case"),
                name="figure_case_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.requirement} {self.reading} {self.case_id}"
