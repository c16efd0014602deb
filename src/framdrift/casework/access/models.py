import uuid
from typing import ClassVar

from django.db import models


class Opening(models.Model):
    """Somebody opened a page about an office. Written by every GET of such a page; never changed (migration 0001)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    staff = models.ForeignKey("offices.Staff", on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+", null=True)
    page = models.CharField(max_length=100, help_text="The name of the page's URL; no identifier of a person.")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="opening_page_named", condition=~models.Q(page=""))]
        indexes: ClassVar = [
            models.Index(fields=["office", "at"], name="opening_office_at"),
            models.Index(fields=["staff", "at"], name="opening_staff_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.page}"
