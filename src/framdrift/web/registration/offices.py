"""Which office a registration goes to: the one that follows the person up, or the one they find where they live."""

from __future__ import annotations

from framdrift.casework.offices.contacts import Contact, contact_of, contacts
from framdrift.casework.people.names import fold, sort_key
from framdrift.casework.registration import queries
from framdrift.casework.registration.drafts import Draft
from framdrift.web.registration.party import Party


def office_of(party: Party) -> Contact | None:
    if party.office:
        return contact_of(party.office)
    running = queries.running_office(party.person)
    return contact_of(running.code) if running else None


def is_changing(party: Party, draft: Draft) -> bool:
    """A running registration is changed; whoever has left and comes back registers anew, with what they sent then."""
    return draft.based_on is not None and queries.running_office(party.person) is not None


def offices_for(words: str) -> list[Contact]:
    """Those whose name or address holds all the words, in order of their names."""
    sought = fold(words).split()
    found = [
        each for each in contacts() if all(word in fold(f"{each.name} {each.visiting_address}") for word in sought)
    ]
    return sorted(found, key=lambda each: sort_key(each.name, ""))


def in_one_line(office: Contact) -> str:
    return f"{office.name}, {office.visiting_address}" if office.visiting_address else office.name
