"""What registering means, before one begins; and where one goes on if it is begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from framdrift.casework.offices.contacts import Contact
from framdrift.casework.registration import queries
from framdrift.casework.registration.answers import STEPS
from framdrift.web.registration.offices import is_changing, office_of
from framdrift.web.registration.page import Stop, stops
from framdrift.web.registration.party import Party


@dataclass(frozen=True, slots=True)
class StartPage:
    party: Party
    stops: tuple[Stop, ...]
    onwards: str
    is_begun: bool
    is_changing: bool
    office: Contact | None


def start_page(party: Party, *, today: date) -> StartPage:
    draft = queries.draft_or_start(party.person, today=today)
    left = draft.unfinished
    is_begun = draft.begun_at is not None
    return StartPage(
        party=party,
        stops=stops(draft),
        onwards=party.places.step(left[0] if left else STEPS[0]) if left or not is_begun else party.places.review,
        is_begun=is_begun,
        is_changing=is_changing(party, draft),
        office=office_of(party),
    )
