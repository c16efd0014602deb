"""Sharing out all cases of an advisor, or all that nobody has: looked at first, decided as a whole, done in portions."""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from framdrift.casework.access.rules import Viewer, may_assign
from framdrift.casework.cases.models import Case
from framdrift.casework.offices.members import advisors_of
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.people.protection import Protection
from framdrift.casework.people.queries import cleared
from framdrift.casework.responsibility.actions import OSLO, fit, give
from framdrift.casework.responsibility.advisors import Advisor, advisors
from framdrift.casework.responsibility.errors import (
    BasisChangedError,
    NoAdvisorError,
    NotAllowedError,
    NotClearedError,
    NumbersError,
)
from framdrift.casework.responsibility.models import Move, Redistribution
from framdrift.casework.responsibility.outcomes import Outcome
from framdrift.casework.responsibility.reasons import Reason
from framdrift.casework.responsibility.sharing import Held, Shares, share_by_number, share_evenly

PORTION = 50
"""Cases moved in one transaction: some hundred milliseconds' work, during which those cases are locked."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What sharing out would do. `kept` is how many stay with the giver, an advisor who is still there.

    `basis` tells the cases it is made from; sent back, it shows whether they still are.
    """

    held: tuple[Held, ...]
    takers: tuple[Advisor, ...]
    shares: Shares
    kept: int
    basis: str

    def count(self, code: str) -> int:
        return self.shares.count(code)


def preview(
    *,
    office: str,
    giver: str | None,
    today: date,
    clearance: Protection,
    numbers: Mapping[str, int] | None = None,
) -> Preview:
    """All of them that one may see, evenly among those who are there; or by `numbers`, among everybody. Numbers may add
    up to fewer, where the giver is an advisor who can keep the rest. Raises NotPossibleError, NumbersError.
    """
    held = _held(office, giver, clearance)
    everyone = advisors(office, today)
    takers = tuple(each for each in everyone if each.code != giver)
    keeper = next((each for each in everyone if each.code == giver), None)
    if numbers is None:
        shares = share_evenly(held, [each.as_taker() for each in takers if each.is_free])
        return Preview(held, takers, shares, 0, _basis(held))
    shares, kept = _by_numbers(held, takers, keeper, {each.code: numbers.get(each.code, 0) for each in takers})
    return Preview(held, takers, shares, kept, _basis(held))


def _held(office: str, giver: str | None, clearance: Protection) -> tuple[Held, ...]:
    cases = Case.objects.filter(office__code=office, ended_at__isnull=True, opened_at__isnull=False)
    cases = cases.filter(cleared(clearance))
    cases = cases.filter(advisor__isnull=True) if giver is None else cases.filter(advisor__code=giver)
    rows = cases.order_by("opened_at", "id").values_list("id", "team_id", "protection")
    return tuple(Held(*row) for row in rows)


def _basis(held: Sequence[Held]) -> str:
    names = "\n".join(sorted(each.case for each in held))
    return hashlib.sha256(names.encode()).hexdigest()[:16]


def _by_numbers(
    held: Sequence[Held], takers: Sequence[Advisor], keeper: Advisor | None, numbers: Mapping[str, int]
) -> tuple[Shares, int]:
    """Who gets which, and how many the giver keeps."""
    others = [each.as_taker() for each in takers]
    there, asked = len(share_evenly(held, others).given), sum(numbers.values())
    if asked == there:
        return share_by_number(held, others, numbers), 0
    if keeper is None or not 0 < asked < there:
        raise NumbersError(asked, there)
    with_keeper = [*others, keeper.as_taker()]
    kept = len(share_evenly(held, with_keeper).given) - asked
    shares = share_by_number(held, with_keeper, {**numbers, keeper.code: kept})
    return Shares({case: code for case, code in shares.given.items() if code != keeper.code}, shares.left), kept


@transaction.atomic
def start(
    *,
    actor: Viewer,
    office: str,
    giver: str | None,
    numbers: Mapping[str, int],
    reason: Reason,
    basis: str,
    now: datetime,
    request_id: uuid.UUID,
) -> uuid.UUID:
    """Keeps who is to get which case, and moves the first portion; gives back the redistribution's id.

    Raises BasisChangedError where the cases are not those of the preview any more, NotAllowedError where the giver has
    nothing to do with the office, and what `preview` raises.
    """
    if not may_assign(actor, office):
        raise NotAllowedError(office)
    today = now.astimezone(OSLO).date()
    place = Office.objects.get(code=office)
    whose = Staff.objects.filter(code=giver).first() if giver is not None else None
    if whose is None and giver is not None:
        raise NotAllowedError(office)
    made, is_new = Redistribution.objects.get_or_create(
        id=request_id,
        defaults={"office": place, "giver": whose, "reason": reason, "made_by_id": actor.staff, "made_at": now},
    )
    if not is_new:
        return made.pk
    if giver is not None and not _is_here(office, giver, today, actor.clearance):
        raise NotAllowedError(office)
    looked_at = preview(office=office, giver=giver, today=today, clearance=actor.clearance, numbers=numbers)
    if looked_at.basis != basis:
        raise BasisChangedError(office)
    keys = {each.code: each.key for each in looked_at.takers}
    Move.objects.bulk_create(
        Move(redistribution=made, case_id=case, previous=whose, to_id=keys[code])
        for case, code in looked_at.shares.given.items()
    )
    carry_on(actor=actor, redistribution=made.pk, now=now)
    return made.pk


def _is_here(office: str, giver: str, today: date, clearance: Protection) -> bool:
    """Whether somebody is an advisor of the office, or has left cases behind there."""
    return bool(_held(office, giver, clearance)) or any(each.code == giver for each in advisors_of(office, today))


@transaction.atomic
def take_back(*, actor: Viewer, redistribution: uuid.UUID, now: datetime, request_id: uuid.UUID) -> uuid.UUID:
    """A redistribution of its own, the other way: each case that still is where the first one put it goes back."""
    first = Redistribution.objects.select_related("office").filter(pk=redistribution).first()
    if first is None or not may_assign(actor, first.office.code):
        raise NotAllowedError(str(redistribution))
    made, is_new = Redistribution.objects.get_or_create(
        id=request_id,
        defaults={
            "office": first.office,
            "giver": None,
            "reason": Reason.TAKEN_BACK,
            "made_by_id": actor.staff,
            "made_at": now,
            "takes_back": first,
        },
    )
    if is_new:
        Move.objects.bulk_create(
            Move(redistribution=made, case_id=move.case_id, previous_id=move.to_id, to_id=move.previous_id)
            for move in can_go_back(redistribution, clearance=actor.clearance)
        )
        carry_on(actor=actor, redistribution=made.pk, now=now)
    return made.pk


def can_go_back(redistribution: uuid.UUID, *, clearance: Protection) -> list[Move]:
    """What was moved and has not been moved again since, of those one may see with the clearance."""
    moved = Move.objects.filter(redistribution=redistribution, outcome=Outcome.MOVED).select_related("case")
    moved = moved.filter(cleared(clearance, "case__protection"))
    return [
        move for move in moved.order_by("case") if move.case.advisor_id == move.to_id and move.case.ended_at is None
    ]


@transaction.atomic
def carry_on(*, actor: Viewer, redistribution: uuid.UUID, now: datetime) -> int:
    """Moves the next portion, in the order of the cases' ids, so that two redistributions never wait for each other in
    a ring. Gives back how many still wait.
    """
    made = Redistribution.objects.select_for_update(of=("self",)).select_related("office").filter(pk=redistribution)
    found = made.first()
    if found is None or not may_assign(actor, found.office.code):
        raise NotAllowedError(str(redistribution))
    waiting = Move.objects.filter(redistribution=found, outcome=Outcome.WAITING)
    waiting = waiting.filter(cleared(actor.clearance, "case__protection"))
    there = {each.key: each for each in advisors(found.office.code, now.astimezone(OSLO).date())}
    came: defaultdict[Outcome, list[int]] = defaultdict(list)
    for move in waiting.order_by("case")[:PORTION]:
        came[_moved(actor, found, move, there, now)].append(move.pk)
    for outcome, moves in came.items():
        Move.objects.filter(pk__in=moves).update(outcome=outcome)
    return waiting.count()


def _moved(actor: Viewer, made: Redistribution, move: Move, there: Mapping[int, Advisor], now: datetime) -> Outcome:
    row = Case.objects.select_related("office", "team", "advisor").select_for_update(of=("self",)).get(pk=move.case_id)
    if row.ended_at is not None:
        return Outcome.ENDED
    if row.advisor_id != move.previous_id or row.office_id != made.office_id:
        return Outcome.CHANGED
    try:
        to = fit(there.get(move.to_id), row) if move.to_id is not None else None
    except (NoAdvisorError, NotClearedError):
        return Outcome.UNFIT
    codes = {each.code for each in there.values()}
    give(row, to, reason=Reason(made.reason), actor=actor.code, now=now, request_id=made.pk, there=codes)
    return Outcome.MOVED
