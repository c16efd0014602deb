"""Who has a case, who has nobody and since when, and how redistributions went."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from framdrift.casework.cases.models import Case
from framdrift.casework.journal.models import Event
from framdrift.casework.offices.absences import away_on
from framdrift.casework.offices.members import advisors_of
from framdrift.casework.people.models import Identity
from framdrift.casework.people.protection import Protection
from framdrift.casework.people.queries import cleared
from framdrift.casework.responsibility.former import last_days_as_advisor
from framdrift.casework.responsibility.models import Move, Redistribution
from framdrift.casework.responsibility.outcomes import Outcome

PER_PAGE = 50


class Without(StrEnum):
    """In which way nobody is there for somebody: each a list of its own."""

    NOBODY = "nobody"
    """No advisor is named."""
    LEFT = "left"
    """The advisor that is named is none at the office any more."""
    AWAY = "away"
    """The advisor is away, and nobody answers meanwhile."""


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody with nobody. `since` is since when, where that is known; `reason` the code of the event that made it so,
    empty where there was none: then the person has never had an advisor.
    """

    case: str
    person: uuid.UUID | None
    name: str
    team: str
    registered: datetime
    advisor: str
    advisor_code: str
    since: date | datetime | None
    until: date | None
    reason: str
    is_protected: bool
    wants_contact: bool


@dataclass(frozen=True, slots=True)
class Counts:
    running: int
    nobody: int
    left: int
    away: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is there at the office on a day, by key: what tells the three lists apart; and whom one is cleared for."""

    office: str
    today: date
    clearance: Protection
    advisors: frozenset[int]
    unanswered: dict[int, tuple[date, date]]

    def cases(self, without: Without | None = None, team: str | None = None) -> QuerySet[Case]:
        found = Case.objects.filter(office__code=self.office, ended_at__isnull=True, opened_at__isnull=False)
        found = found.filter(cleared(self.clearance))
        if team is not None:
            found = found.filter(team__code=team)
        return found if without is None else found.filter(self.condition(without))

    def condition(self, without: Without) -> Q:
        match without:
            case Without.NOBODY:
                return Q(advisor__isnull=True)
            case Without.LEFT:
                return Q(advisor__isnull=False) & ~Q(advisor__in=self.advisors)
            case Without.AWAY:
                return Q(advisor__in=self.unanswered)


def standing(office: str, today: date, clearance: Protection) -> Standing:
    """Three queries."""
    present = frozenset(member.key for member in advisors_of(office, today))
    away = away_on(office, today)
    unanswered = {
        key: (absence.first_day, absence.last_day)
        for key, absence in away.items()
        if key in present and absence.answering not in present
    }
    return Standing(office, today, clearance, present, unanswered)


def counts(there: Standing, team: str | None = None) -> Counts:
    """One query."""
    of = {each: Count("id", filter=there.condition(each)) for each in Without}
    found = there.cases(team=team).aggregate(running=Count("id"), **{each.value: of[each] for each in Without})
    return Counts(**found)


def without_advisor(
    there: Standing, without: Without, *, team: str | None = None, after: tuple[datetime, str] | None = None
) -> tuple[list[Row], bool]:
    """One page, whoever has been registered longest first; whether more follow. `after` is the last row before it."""
    cases = there.cases(without, team)
    if after is not None:
        at, key = after
        cases = cases.filter(Q(opened_at__gt=at) | Q(opened_at=at, id__gt=key), opened_at__gte=at)
    found = list(_in_order(cases)[: PER_PAGE + 1])
    return _rows(there, without, found[:PER_PAGE]), len(found) > PER_PAGE


def all_without_advisor(there: Standing, without: Without, *, team: str | None = None) -> Iterator[Row]:
    """The whole list, for a file."""
    yield from _rows(there, without, list(_in_order(there.cases(without, team))))


def _in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("team", "advisor").order_by("opened_at", "id")


def _rows(there: Standing, without: Without, cases: list[Case]) -> list[Row]:
    names = names_of([case.person_id for case in cases if case.person_id])
    last = _last_unassigned([case.pk for case in cases]) if without is Without.NOBODY else {}
    asking = _asking_for_contact([case.pk for case in cases])
    gone: dict[int, date] = {}
    if without is Without.LEFT:
        gone = last_days_as_advisor({case.advisor_id for case in cases if case.advisor_id}, there.office, there.today)
    rows = []
    for case in cases:
        since: date | datetime | None = case.opened_at
        until, reason = None, ""
        match without:
            case Without.NOBODY if case.pk in last:
                since, reason = last[case.pk]
            case Without.LEFT:
                since = gone.get(case.advisor_id or 0)
            case Without.AWAY:
                since, until = there.unanswered[case.advisor_id or 0]
        row = _row(case, names, since, until, reason)
        rows.append(replace(row, wants_contact=case.pk in asking))
    return rows


def _row(
    case: Case, names: dict[uuid.UUID, str], since: date | datetime | None, until: date | None, reason: str
) -> Row:
    if case.opened_at is None:
        raise ValueError("a case on the list has been opened")
    return Row(
        case=case.pk,
        person=case.person_id,
        name=names.get(case.person_id, "") if case.person_id else "",
        team=case.team.name if case.team else "",
        registered=case.opened_at,
        advisor=case.advisor.name if case.advisor else "",
        advisor_code=case.advisor.code if case.advisor else "",
        since=since,
        until=until,
        reason=reason,
        is_protected=bool(case.protection),
        wants_contact=False,
    )


def names_of(people: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = Identity.objects.filter(person__in=people).values_list("person_id", "given_name", "family_name")
    return {person: f"{given} {family}".strip() for person, given, family in rows}


def _last_unassigned(cases: Collection[str]) -> dict[str, tuple[datetime, str]]:
    """When each lost its advisor last, and why. The cases have none now, so no `assigned` came later."""
    events = Event.objects.filter(case__in=cases, kind="unassigned").order_by("case", "-seq").distinct("case")
    return {
        case: (at, str(attributes.get("reason", "")))
        for case, at, attributes in events.values_list("case_id", "at", "attributes")
    }


def _asking_for_contact(cases: Collection[str]) -> set[str]:
    """Those who said, when they last told about themselves, that they want an advisor to contact them."""
    told = Event.objects.filter(case__in=cases, kind__in=("registered", "registration_changed"))
    latest = told.order_by("case", "-seq").distinct("case").values_list("case_id", "attributes")
    return {case for case, attributes in latest if attributes.get("wants_contact") is True}


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who has a case, as its page tells it. `advisor` is empty where nobody has; `answering` who answers for one who is
    away.
    """

    code: str
    advisor: str
    team: str
    since: datetime | None
    reason: str
    is_there: bool
    has_ended: bool
    away_until: date | None
    answering: str


def responsible_for(case: str, today: date) -> Responsible | None:
    """Of a case one may see. Six queries at most."""
    row = Case.objects.select_related("office", "team", "advisor").filter(pk=case).first()
    if row is None:
        return None
    events = Event.objects.filter(case=case, kind__in=("assigned", "unassigned")).order_by("-seq")
    since, attributes = events.values_list("at", "attributes").first() or (None, {})
    office = row.office.code if row.office else ""
    members = {member.key: member.name for member in advisors_of(office, today)} if row.advisor else {}
    away = away_on(office, today).get(row.advisor_id) if row.advisor_id in members else None
    return Responsible(
        code=row.advisor.code if row.advisor else "",
        advisor=row.advisor.name if row.advisor else "",
        team=row.team.name if row.team else "",
        since=since,
        reason=str(attributes.get("reason", "")),
        is_there=row.advisor_id in members,
        has_ended=row.ended_at is not None,
        away_until=away.last_day if away else None,
        answering=members.get(away.answering, "") if away and away.answering else "",
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A redistribution as its page tells it. `moves` is by who gets the cases, then by how long they have waited."""

    id: uuid.UUID
    giver: str
    reason: str
    made_by: str
    made_at: datetime
    takes_back: uuid.UUID | None
    taken_back_by: uuid.UUID | None
    outcomes: dict[Outcome, int]

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())

    @property
    def waiting(self) -> int:
        return self.outcomes.get(Outcome.WAITING, 0)

    @property
    def done(self) -> int:
        return self.total - self.waiting

    @property
    def can_be_taken_back(self) -> bool:
        return not self.waiting and self.takes_back is None and self.taken_back_by is None


def redistribution(office: str, key: uuid.UUID, *, clearance: Protection) -> Told | None:
    """Three queries. Only moves of people one is cleared for are counted."""
    found = Redistribution.objects.select_related("giver", "made_by").filter(office__code=office, pk=key).first()
    if found is None:
        return None
    moves = Move.objects.filter(cleared(clearance, "case__protection"), redistribution=found)
    outcomes = moves.order_by().values_list("outcome").annotate(Count("id"))
    later = Redistribution.objects.filter(takes_back=found).order_by("made_at").values_list("pk", flat=True).first()
    return Told(
        id=found.pk,
        giver=found.giver.name if found.giver else "",
        reason=found.reason,
        made_by=found.made_by.name,
        made_at=found.made_at,
        takes_back=found.takes_back_id,
        taken_back_by=later,
        outcomes={Outcome(outcome): count for outcome, count in outcomes},
    )


def people_in(cases: Collection[str], *, clearance: Protection) -> dict[str, tuple[uuid.UUID | None, str]]:
    """The person of each case that one may see with the clearance, and their name. Two queries."""
    found = dict(Case.objects.filter(cleared(clearance), pk__in=cases).values_list("pk", "person"))
    names = names_of([person for person in found.values() if person])
    return {case: (person, names.get(person, "") if person else "") for case, person in found.items()}


@dataclass(frozen=True, slots=True)
class Moved:
    case: str
    person: uuid.UUID | None
    name: str
    to: str
    outcome: Outcome


def moves_of(key: uuid.UUID, *, office: str, clearance: Protection) -> list[Moved]:
    """Of people of the office whom one is cleared for. Two queries."""
    rows = list(
        Move.objects.filter(
            cleared(clearance, "case__protection"),
            redistribution=key,
            redistribution__office__code=office,
            case__office__code=office,
        )
        .select_related("case", "to")
        .order_by("to__name", "to__code", "case__opened_at", "case")
    )
    names = names_of([row.case.person_id for row in rows if row.case.person_id])
    return [
        Moved(
            case=row.case_id,
            person=row.case.person_id,
            name=names.get(row.case.person_id, "") if row.case.person_id else "",
            to=row.to.name if row.to else "",
            outcome=Outcome(row.outcome),
        )
        for row in rows
    ]


def latest_redistributions(
    office: str, *, clearance: Protection, limit: int = 10
) -> list[tuple[uuid.UUID, datetime, str, str, bool]]:
    """Id, when, from whom, by whom, and whether cases still wait; the latest first. One query."""
    waiting = Move.objects.filter(redistribution=OuterRef("pk"), outcome=Outcome.WAITING)
    waiting = waiting.filter(cleared(clearance, "case__protection"))
    rows = Redistribution.objects.filter(office__code=office).annotate(waits=Exists(waiting)).order_by("-made_at", "id")
    return list(rows.values_list("pk", "made_at", "giver__name", "made_by__name", "waits")[:limit])
