"""The demonstration's people on the login page: job-seekers first, then staff by office, each with what they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from framdrift.casework.access.queries import PersonaCard
from framdrift.casework.offices.roles import Role


@dataclass(frozen=True, slots=True)
class Door:
    code: str
    name: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    doors: list[Door]


def groups(personas: Iterable[PersonaCard], *, language: str) -> list[Group]:
    by_office: dict[str, list[Door]] = {}
    seekers: list[Door] = []
    for persona in personas:
        about = persona.about["en" if language == "en" else "nb"]
        door = Door(str(persona.code), persona.name, [line for line in (_what(persona), about) if line])
        (seekers if persona.role is None else by_office.setdefault(persona.office, [])).append(door)
    found = [Group(_("Arbeidssøkere"), seekers)] if seekers else []
    return found + [Group(_("Ansatte ved %(office)s") % {"office": each}, doors) for each, doors in by_office.items()]


def _what(persona: PersonaCard) -> str:
    if persona.role is None:
        return _("Arbeidssøker: registrerer seg, og ser saken sin og hvem som har åpnet den")
    words = {
        Role.ADVISOR: _("Veileder: finner og åpner arbeidssøkerne sine, og registrerer sammen med dem"),
        Role.TEAM_LEAD: _("Teamleder: fordeler saker som ingen har ansvar for"),
        Role.OFFICE_LEADER: _("Kontorleder: ser kontorets samsvar og sakene bak"),
        Role.DECISION_REVIEWER: _("Beslutter: åpner saker for å se over dem, og sier hvorfor"),
        Role.PRIVACY_OFFICER: _("Personvernombud: leser hvem som har åpnet hva, men ser ingen saker"),
        Role.ANALYST: _("Analytiker: ser summene for alle kontorer, ikke sakene bak"),
        Role.USER_REPRESENTATIVE: _("Brukerrepresentant: ser summene for kontoret, ikke sakene bak"),
        Role.ADMINISTRATOR: _("Administrator: styrer hvem som arbeider på kontoret, men ser ingen saker"),
    }
    return words[persona.role]
