"""Making the demonstration's offices: whom they employ, who is away and who covers, who leaves, who is cleared."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from framdrift.casework.access.models import Clearance
from framdrift.casework.access.queries import viewer_of
from framdrift.casework.access.rules import Viewer
from framdrift.casework.demonstration.staff import DESKS, Colleague, Desk
from framdrift.casework.offices.actions import employ, join_office, join_team, open_office
from framdrift.casework.offices.models import Absence, Office, Staff, Team
from framdrift.casework.people.protection import Protection
from framdrift.casework.staffing import absences, actions, clearances
from framdrift.casework.staffing.models import Change
from framdrift.standard.calendar import local_date

AWAY_DAYS, LEAVES_AFTER_DAYS = 13, 18
_REQUESTS = uuid.UUID("6a4d3a0c-3c1e-4a51-9d0a-8f5a3f1b7c22")
_NAMED_BY_CODE = "Veileder "


@transaction.atomic
def employ_everybody(
    *, office: str, name: str, teams: Mapping[str, str], advisors: Mapping[str, str], first_day: date
) -> None:
    """The office of that code with its staff, from that day on; what is there already stays. `advisors` gives the team of
    each by their code in the habits file.
    """
    desk = DESKS[office]
    open_office(code=office, name=name, teams=teams)
    Office.objects.filter(code=office, phone="").update(
        phone=desk.phone, opening_hours=desk.opening_hours, visiting_address=desk.visiting_address
    )
    if not Team.objects.filter(office__code=office, takes_new=True).exists():
        Team.objects.filter(office__code=office, code=desk.takes_new).update(takes_new=True)
    for code, team in advisors.items():
        staff = f"{office}-{code}"
        employ(code=staff, username=staff, name=desk.advisors[code])
        # An earlier demonstration called them by their codes.
        Staff.objects.filter(code=staff, name__startswith=_NAMED_BY_CODE).update(name=desk.advisors[code])
        join_team(staff=staff, office=office, team=team, role="advisor", first_day=first_day)
    for colleague in desk.colleagues:
        _employ_colleague(colleague, office, first_day)


def _employ_colleague(colleague: Colleague, office: str, first_day: date) -> None:
    staff = f"{office}-{colleague.code}"
    employ(code=staff, username=staff, name=colleague.name)
    if colleague.team:
        join_team(staff=staff, office=office, team=colleague.team, role=colleague.role, first_day=first_day)
    else:
        join_office(staff=staff, office=office, role=colleague.role, first_day=first_day)
    if colleague.also_at and Office.objects.filter(code=colleague.also_at).exists():
        join_office(staff=staff, office=colleague.also_at, role=colleague.role, first_day=first_day)


@transaction.atomic
def set_going(*, office: str, now: datetime) -> None:
    """Lets somebody be away today, somebody leave soon, and some be cleared, as the office's administrator does it."""
    desk = DESKS[office]
    today = local_date(now)
    actor = viewer_of(Staff.objects.get(code=f"{office}-admin"), today=today)
    for code, levels in desk.cleared.items():
        for level in Protection:
            if level & levels:
                _clear(actor, office, f"{office}-{code}", level, now)
    _send_away(actor, office, desk, now)
    request = uuid.uuid5(_REQUESTS, f"{office}/leaves")
    if not Change.objects.filter(request_id=request).exists():
        last_day = today + timedelta(days=LEAVES_AFTER_DAYS)
        leaver = f"{office}-{desk.leaves}"
        actions.leave(actor=actor, office=office, staff=leaver, last_day=last_day, now=now, request_id=request)


def _clear(actor: Viewer, office: str, staff: str, level: Protection, now: datetime) -> None:
    if Clearance.objects.filter(staff__code=staff, level=int(level)).exists():
        return
    clearances.clear(
        actor=actor,
        office=office,
        staff=staff,
        level=level,
        first_day=local_date(now),
        last_day=None,
        reason="Følger opp dem det gjelder på dette kontoret.",
        now=now,
        request_id=uuid.uuid5(_REQUESTS, f"{staff}/cleared/{int(level)}"),
    )


def _send_away(actor: Viewer, office: str, desk: Desk, now: datetime) -> None:
    """Again, where the absence of an older demonstration is over."""
    today = local_date(now)
    staff = f"{office}-{desk.away}"
    if Absence.objects.filter(staff__code=staff, last_day__gte=today).exists():
        return
    absences.register(
        actor=actor,
        office=office,
        staff=staff,
        planned=absences.Planned(today, today + timedelta(days=AWAY_DAYS), f"{office}-{desk.covers}"),
        now=now,
        request_id=uuid.uuid5(_REQUESTS, f"{staff}/away/{today}"),
    )
