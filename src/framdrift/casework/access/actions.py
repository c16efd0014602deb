from __future__ import annotations

from datetime import datetime

from framdrift.casework.access.models import Opening
from framdrift.casework.access.rules import Viewer
from framdrift.casework.offices.models import Office


def record_opening(*, actor: Viewer, office: str | None, page: str, at: datetime) -> None:
    """The access log: one row for each page opened, and the only thing a GET writes. An unknown office is left out."""
    known = Office.objects.filter(code=office).values_list("pk", flat=True).first() if office is not None else None
    Opening.objects.create(at=at, staff_id=actor.staff, office_id=known, page=page)
