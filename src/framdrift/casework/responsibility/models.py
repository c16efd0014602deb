import uuid
from typing import ClassVar

from django.db import models

from framdrift.casework.responsibility.outcomes import Outcome
from framdrift.casework.responsibility.reasons import Reason


class Redistribution(models.Model):
    """Many cases given to others at once: what was decided, kept whole before any case is moved.

    `id` is the request's id, so that a form sent twice is one redistribution. Cases are moved some at a time, each
    portion in a transaction of its own: one that is broken off goes on where it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(
        "offices.Staff", on_delete=models.PROTECT, related_name="+", null=True, help_text="None: cases nobody had."
    )
    reason = models.CharField(max_length=30, choices=Reason.choices)
    made_by = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    takes_back = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="redistribution_reason_known", condition=models.Q(reason__in=Reason.values)),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "-made_at"], name="redistribution_of_office")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.reason}"


class Move(models.Model):
    """One case of a redistribution: from whom, to whom (None: nobody), and what came of it."""

    redistribution = models.ForeignKey(Redistribution, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    previous = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    to = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.WAITING)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["redistribution", "case"], name="move_once_a_case"),
            models.CheckConstraint(name="move_outcome_known", condition=models.Q(outcome__in=Outcome.values)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["redistribution", "case"], condition=models.Q(outcome=""), name="move_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.outcome}"
