"""Giving one case to somebody. A case has exactly one responsible advisor, or stands on the list of those with nobody."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from framdrift.casework.access.rules import Viewer, may_assign
from framdrift.casework.cases.actions import lock
from framdrift.casework.cases.models import Case
from framdrift.casework.journal.actions import NewEvent, append
from framdrift.casework.journal.queries import written_under
from framdrift.casework.responsibility.advisors import Advisor, advisors
from framdrift.casework.responsibility.departures import tell_of_departure
from framdrift.casework.responsibility.errors import (
    AwayError,
    CaseEndedError,
    NoAdvisorError,
    NotAllowedError,
    NotClearedError,
    StaleError,
)
from framdrift.casework.responsibility.reasons import Reason
from framdrift.casework.responsibility.rules import may_take

OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who has the case now, by name; `repeated` where an earlier submit of the same request had given it."""

    case: str
    name: str
    repeated: bool = False


@transaction.atomic
def assign(
    *,
    actor: Viewer,
    case: str,
    advisor: str | None,
    reason: Reason,
    expected: str | None,
    now: datetime,
    request_id: uuid.UUID,
    although_away: bool = False,
) -> Assigned:
    """Makes `advisor` (a code; None: nobody) responsible for a running case, if `expected` is who has it till now.

    Team leads and the leader give; an advisor takes, for themselves, what nobody has. `although_away` says yes to
    somebody who is away and whom nobody answers for. Raises what stands in `errors`.
    """
    row = _locked(case)
    office = row.office.code if row.office else ""
    today = now.astimezone(OSLO).date()
    there = {each.code: each for each in advisors(office, today)}
    if not _may(actor, row, office, advisor, there):
        raise NotAllowedError(case)
    if written_under(request_id, case_id=case):
        return Assigned(case, row.advisor.name if row.advisor else "", repeated=True)
    if row.ended_at is not None:
        raise CaseEndedError(case)
    if (row.advisor.code if row.advisor else None) != expected:
        raise StaleError(row.advisor.name if row.advisor else "")
    to = fit(there.get(advisor), row) if advisor is not None else None
    if to is not None and to.is_away_without_cover and not although_away and to.away is not None:
        raise AwayError(to.name, to.away.last_day)
    give(row, to, reason=reason, actor=actor.code, now=now, request_id=request_id, there=set(there))
    return Assigned(case, to.name if to else "")


def _locked(case: str) -> Case:
    """Locked first, so that of two who give the same case at once the second sees what the first did."""
    try:
        row = lock(case)
    except Case.DoesNotExist as error:
        raise NotAllowedError(case) from error
    return row


def _may(actor: Viewer, row: Case, office: str, advisor: str | None, there: dict[str, Advisor]) -> bool:
    if row.protection & ~actor.clearance:
        return False
    if may_assign(actor, office):
        return True
    nobody_has_it = row.advisor is None or row.advisor.code not in there
    takes_it = advisor == actor.code and may_take(actor, office)
    # Whoever has just taken it may send the form once more.
    return takes_it and (nobody_has_it or row.advisor_id == actor.staff)


def fit(advisor: Advisor | None, row: Case) -> Advisor:
    """The advisor, if they may have the case. Raises NoAdvisorError, NotClearedError."""
    if advisor is None:
        raise NoAdvisorError
    if row.protection & ~advisor.clearance:
        raise NotClearedError
    return advisor


def give(
    row: Case,
    to: Advisor | None,
    *,
    reason: Reason,
    actor: str,
    now: datetime,
    request_id: uuid.UUID,
    there: set[str],
) -> None:
    """Writes who has a locked case from now on. The team is the new advisor's, where they have one.

    Where the one before had left without anybody taking over, the journal is told that too, with the day it was so:
    else it would read as if somebody had been responsible all the time.
    """
    previous = row.advisor.code if row.advisor else ""
    if row.advisor is not None and previous not in there:
        tell_of_departure(row, row.advisor, now=now)
    if to is not None:
        row.team_id = _team(row, to)
    row.advisor_id = to.key if to else None
    row.save(update_fields=["advisor", "team"])
    attributes = {
        "advisor": to.code if to else previous,
        "team": row.team.code if row.team else "",
        "previous": previous,
        "reason": str(reason),
    }
    kind = "assigned" if to else "unassigned"
    said = {name: value for name, value in attributes.items() if value}
    append(actor, case_id=row.pk, events=[NewEvent(kind, now, said)], now=now, request_id=request_id)


def _team(row: Case, to: Advisor) -> int | None:
    """The case stays in its team if the advisor is of it; else it goes to the first of theirs by name."""
    keys = [team.key for team in to.teams]
    return row.team_id if row.team_id in keys or not keys else keys[0]
