from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from framdrift.casework.occupations.models import OccupationName
from framdrift.casework.occupations.searching import Occupation


@transaction.atomic
def replace_official_names(*, names: Sequence[Occupation], now: datetime) -> int:
    """These names take the place of those that were loaded before; gives back how many of them are gone.

    Two who load at once take turns, and the last one's names stand.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE occupations_occupationname IN SHARE ROW EXCLUSIVE MODE")
    gone, _ = OccupationName.objects.exclude(code__in=[each.code for each in names]).delete()
    OccupationName.objects.bulk_create(
        [OccupationName(code=each.code, name=each.title, loaded_at=now) for each in names],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "loaded_at"],
    )
    return gone
