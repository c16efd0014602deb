import uuid
from typing import ClassVar

from django.db import models

from framdrift.casework.staffing.what import What


class Change(models.Model):
    """Who changed what about whom, and when. Written once with the change, never altered (migration 0001).

    `details` holds days, roles and keys. `reason` is said for clearance alone: why somebody needs to see people whom
    few may see. Why somebody is away is never asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, choices=What.choices)
    details = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True, default="")
    request_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request_id"], name="change_once_a_request"),
            models.CheckConstraint(name="change_what_known", condition=models.Q(what__in=What.values)),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "staff", "-at"], name="change_of_staff")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.what}"
