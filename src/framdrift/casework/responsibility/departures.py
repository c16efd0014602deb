"""What becomes of the cases that somebody leaves behind: the journal is told since when nobody has had them.

An advisor leaves on a day, and nobody does anything in their cases that night. Without an event the journal would read as
if somebody had been responsible all the time, and conformity would count no gap.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from framdrift.casework.access.context import enter, scope_of_office
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.offices.members import advisors_of
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.people.protection import Protection
from framdrift.casework.responsibility.former import last_day_as_advisor, last_days_as_advisor
from framdrift.casework.responsibility.reasons import Reason
from framdrift.events.vocabulary import SYSTEM_ACTOR

OSLO = ZoneInfo("Europe/Oslo")
PORTION = 50
_REQUESTS = uuid.UUID("c1e0c1b4-6f0a-4b8f-9d0e-52a1f6d7a9e3")


def release(*, office: str, now: datetime) -> int:
    """Takes their cases from advisors of the office who have left, some in each transaction, and counts them.

    For a task of every night, which works for the office and not for somebody who asks. Whoever has a case and never
    was an advisor of the office, as a loaded log may say, keeps it, and stands on the list of those who have left.
    """
    released = 0
    while portion := _release_some(office, now):
        released += portion
    return released


@transaction.atomic
def _release_some(office: str, now: datetime) -> int:
    place = Office.objects.get(code=office)
    enter(replace(scope_of_office(place.pk), clearance=~Protection(0)))
    today = now.astimezone(OSLO).date()
    there = {member.key for member in advisors_of(office, today)}
    running = Case.objects.filter(office=place, ended_at__isnull=True, advisor__isnull=False)
    named = set(running.order_by().values_list("advisor", flat=True).distinct())
    gone = last_days_as_advisor(named - there, office, today)
    rows = running.filter(advisor__in=gone).select_related("office", "team", "advisor").order_by("id")
    done = 0
    for row in rows.select_for_update(of=("self",))[:PORTION]:
        if row.advisor is not None:
            tell_of_departure(row, row.advisor, now=now)
            row.advisor = None
            row.save(update_fields=["advisor"])
            done += 1
    return done


def tell_of_departure(row: Case, gone: Staff, *, now: datetime) -> None:
    """Writes in a locked case that nobody has had it since `gone` left the office, if that day is known. Once."""
    last = last_day_as_advisor(gone.pk, row.office.code if row.office else "", now.astimezone(OSLO).date())
    if last is None:
        return
    at = min(max(_end_of(last), row.opened_at or now), now)
    said = {"advisor": gone.code, "previous": gone.code, "reason": str(Reason.LEFT)}
    if row.team is not None:
        said["team"] = row.team.code
    request_id = uuid.uuid5(_REQUESTS, f"{row.pk} {gone.code} {last}")
    append(SYSTEM_ACTOR, case_id=row.pk, events=[NewEvent("unassigned", at, said)], now=now, request_id=request_id)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), OSLO)
