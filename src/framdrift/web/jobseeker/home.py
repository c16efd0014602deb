"""The job-seeker's first page: what happens now, what comes next, and who owes it. Only what is there is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from framdrift.casework.access.rules import Seeker
from framdrift.casework.offices.contacts import Contact, contact_of
from framdrift.casework.people.queries import who_is
from framdrift.casework.registration import queries
from framdrift.casework.registration.drafts import Draft
from framdrift.casework.registration.queries import Version
from framdrift.casework.responsibility.queries import Responsible, responsible_for
from framdrift.standard.calendar import local_date
from framdrift.web.jobseeker.openings import Line, latest_openings
from framdrift.web.registration.following import ContactOwed, Following, Owed, following_in
from framdrift.web.registration.points import invitations

OPENINGS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class HomePage:
    given_name: str
    draft: Draft
    version: Version | None
    case: str | None
    office: Contact | None
    advisor: Responsible | None
    following: Following
    openings: tuple[Line, ...]

    @property
    def is_registered(self) -> bool:
        return self.case is not None

    @property
    def is_begun(self) -> bool:
        return self.draft.begun_at is not None

    @property
    def owed(self) -> tuple[Owed, ...]:
        return self.following.owed

    @property
    def contact(self) -> ContactOwed | None:
        return self.following.contact

    @property
    def who(self) -> str:
        """The advisor that makes contact, or whoever answers for them; empty where it is the office."""
        if self.advisor is None or not self.advisor.is_there:
            return ""
        return self.advisor.answering if self.advisor.away_until else self.advisor.advisor

    @property
    def late(self) -> list[Owed]:
        return [each for each in self.owed if each.is_late and not each.is_yours]

    @property
    def yours(self) -> list[Owed]:
        return [each for each in self.owed if each.is_yours]

    @property
    def coming(self) -> list[Owed]:
        return [each for each in self.owed if not each.is_late and not each.is_yours]

    @property
    def invitations(self) -> list[str]:
        return invitations(self.version.points) if self.version else []

    @property
    def has_cards(self) -> bool:
        """Whether anything stands under what happens now."""
        return bool(self.late or self.yours or self.is_begun or self.contact)

    @property
    def onwards(self) -> str:
        """The first step that is left, or reading through."""
        left = self.draft.unfinished
        return reverse("jobseeker:step", args=[left[0]]) if left else reverse("jobseeker:review")

    @property
    def steps_left(self) -> int:
        return len(self.draft.unfinished)


def home_page(seeker: Seeker, *, now: datetime) -> HomePage:
    today = local_date(now)
    place = queries.running_office(seeker.person)
    return HomePage(
        given_name=who_is(seeker.person).given_name,
        draft=queries.draft_or_start(seeker.person, today=today),
        version=queries.latest(seeker.person),
        case=place.case_id if place else None,
        office=contact_of(place.code) if place else None,
        advisor=responsible_for(place.case_id, today) if place else None,
        following=following_in(place.case_id, now=now) if place else Following(),
        openings=tuple(latest_openings(seeker, limit=OPENINGS_SHOWN)),
    )
