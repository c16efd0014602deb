"""What was sent, and what happens now, by when, and who owes it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from framdrift.casework.offices.contacts import Contact
from framdrift.casework.registration import queries
from framdrift.web.registration.following import ContactOwed, Owed, following_in
from framdrift.web.registration.offices import office_of
from framdrift.web.registration.party import Party
from framdrift.web.registration.points import invitations


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    party: Party
    version: queries.Version
    office: Contact | None
    owed: tuple[Owed, ...]
    contact: ContactOwed | None
    is_changed: bool
    """A registration that ran already was changed; else it is a new one."""

    @property
    def version_address(self) -> str:
        return self.party.places.version(self.version.number)

    @property
    def invitations(self) -> list[str]:
        return invitations(self.version.points)


def receipt_answer(request: HttpRequest, party: Party) -> HttpResponse:
    """What was sent, and what happens now. The same page later on says what happens then."""
    versions = queries.versions_of(party.person)[:2]
    if not versions:
        return redirect(party.places.review)
    version = versions[0]
    following = following_in(version.case_id, now=timezone.now())
    page = ReceiptPage(
        party=party,
        version=version,
        office=office_of(party),
        owed=tuple(each for each in following.owed if not each.is_yours),
        contact=following.contact,
        is_changed=len(versions) > 1 and versions[1].case_id == version.case_id,
    )
    return render(request, "registration/receipt.html", {"shown": page, "party": party})
