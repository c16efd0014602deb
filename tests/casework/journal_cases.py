"""Cases and events of the journal's tests."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from walls import reach_every_office

from framdrift.casework.cases.models import Case
from framdrift.casework.journal.actions import Appended, NewEvent, append
from framdrift.casework.offices.models import Office, Team
from framdrift.casework.people.models import Person

NOON = datetime(2012, 3, 1, 12, tzinfo=UTC)
ADVISOR = "advisor-of-the-case"


def make_case(case_id: str = "case-1", *, office: str = "small", team: str = "short") -> Case:
    place, _ = Office.objects.get_or_create(code=office, defaults={"name": office.title()})
    reach_every_office()
    group, _ = Team.objects.get_or_create(office=place, code=team, defaults={"name": team.title()})
    return Case.objects.create(id=case_id, person=Person.objects.create(office=place), office=place, team=group)


def write(
    case_id: str, *events: NewEvent, request_id: uuid.UUID | None = None, now: datetime = NOON, actor: str = ADVISOR
) -> Appended:
    return append(actor, case_id=case_id, events=events, now=now, request_id=request_id or uuid.uuid4())


def a_history(case_id: str) -> Sequence[str]:
    """Registered, spoken with on the phone, decided: the ids of three events, a day apart."""
    told = [
        NewEvent("registered", NOON, {"birth_year": 1990, "wants_contact": True, "benefits": ["dagpenger"]}),
        NewEvent("conversation", NOON + timedelta(days=1), {"channel": "phone", "rung_advisor": 5}),
        NewEvent("decision_made", NOON + timedelta(days=2), {"group": "situational", "first": True}),
    ]
    return [write(case_id, event, now=event.at).events[0].event_id for event in told]
