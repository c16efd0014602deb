"""Name and contact details: asked in the registration, kept where the rest of the house looks for them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from framdrift.casework.people.actions import name_person
from framdrift.casework.people.models import ContactDetails
from framdrift.casework.people.queries import contact_of, who_is
from framdrift.casework.registration.answers import dump_step
from framdrift.casework.registration.steps import CHANNELS, LANGUAGES, AboutYou
from framdrift.events import Json

_NAMES = ("given_name", "family_name")


def known_about(person: uuid.UUID) -> dict[str, Json]:
    """What we know of the first step already, under its field names; nothing where nothing is known."""
    who, contact = who_is(person), contact_of(person)
    known: dict[str, Json] = {"given_name": who.given_name, "family_name": who.family_name}
    if contact.version:
        known |= {"phone": contact.phone, "email": contact.email, "interpreter": contact.interpreter}
        if contact.preferred in CHANNELS:
            known["preferred"] = contact.preferred
        if contact.language in LANGUAGES:
            known["language"] = contact.language
        if contact.interpreter_language in LANGUAGES:
            known["interpreter_language"] = contact.interpreter_language
    return {name: value for name, value in known.items() if value not in ("", None)}


def suggested_about(person: uuid.UUID) -> dict[str, Json]:
    """The same for somebody who has answered nothing yet: that nobody has noted a need for an interpreter is no answer."""
    return {name: value for name, value in known_about(person).items() if value is not False}


def keep_known(person: uuid.UUID, told: AboutYou, before: Mapping[str, Json]) -> None:
    """Passes on what was not told like that before (`before`: the first step of the version before this one).

    What was told before and has been changed elsewhere since is left alone: an answer nobody touched overwrites nothing.
    """
    changed = {name: value for name, value in dump_step(told).items() if name not in before or before[name] != value}
    if changed.keys() & set(_NAMES):
        name_person(person=person, given_name=told.given_name, family_name=told.family_name)
    details = {name: "" if value is None else value for name, value in changed.items() if name not in _NAMES}
    if details:
        row, _ = ContactDetails.objects.select_for_update().get_or_create(person_id=person, defaults={"version": 0})
        for name, value in details.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*details, "version"])
