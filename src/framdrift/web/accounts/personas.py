"""The demonstration's people on the login page: job-seekers first, then staff by office, each with what they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from framdrift.casework.access.queries import PersonaCard


@dataclass(frozen=True, slots=True)
class Door:
    """`language` is that of `about`, where it is another than the page's."""

    code: str
    name: str
    about: str
    language: str


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    doors: list[Door]


def groups(personas: Iterable[PersonaCard], *, language: str) -> list[Group]:
    told_in = "en" if language == "en" else "nb"
    by_office: dict[str, list[Door]] = {}
    seekers: list[Door] = []
    for persona in personas:
        door = Door(str(persona.code), persona.name, persona.about[told_in], "" if told_in == language else told_in)
        (seekers if persona.role is None else by_office.setdefault(persona.office, [])).append(door)
    found = [Group(_("Arbeidssøkere"), seekers)] if seekers else []
    return found + [Group(_("Ansatte ved %(office)s") % {"office": each}, doors) for each, doors in by_office.items()]
