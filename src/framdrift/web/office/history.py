"""What was changed about an employee, a sentence for each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from framdrift.casework.offices.roles import Role
from framdrift.casework.people.protection import Protection
from framdrift.casework.staffing.queries import Told
from framdrift.casework.staffing.what import What
from framdrift.web.design import formats
from framdrift.web.office import words

SENTENCES: Mapping[What, str | Promise] = {
    What.JOINED: _("Begynner %(first)s som %(roles)s."),
    What.ROLE_GIVEN: _("Er %(role)s fra %(first)s."),
    What.ROLE_ENDED: _("Er %(role)s til og med %(last)s."),
    What.MOVED: _("Er i teamet %(team)s fra %(first)s."),
    What.LEAVES: _("Slutter. Siste dag er %(last)s."),
    What.STAYS: _("Slutter ikke likevel."),
    What.CLEARED: _("Klarert for %(level)s fra %(first)s."),
    What.CLEARANCE_ENDED: _("Klarert for %(level)s til og med %(last)s."),
    What.AWAY: _("Borte fra %(first)s til og med %(last)s."),
    What.AWAY_CHANGED: _("Fraværet er endret: fra %(first)s til og med %(last)s."),
    What.AWAY_CANCELLED: _("Fraværet fra %(first)s til og med %(last)s er avlyst."),
}


AT_ONCE: Mapping[What, str | Promise] = {
    What.ROLE_ENDED: _("Er ikke %(role)s lenger: avsluttet med en gang."),
    What.LEAVES: _("Har sluttet: alle roller avsluttet med en gang."),
    What.CLEARANCE_ENDED: _("Er ikke klarert for %(level)s lenger: avsluttet med en gang."),
}


def told(change: Told) -> dict[str, object]:
    sentences = AT_ONCE if change.details.get("at_once") else SENTENCES
    text = str(sentences[change.what]) % _facts(change.details)
    return {"at": change.at, "by": change.by, "text": text, "reason": change.reason}


def _facts(details: dict[str, Any]) -> dict[str, str]:
    return {
        "first": _day(details, "first_day"),
        "last": _day(details, "last_day"),
        "roles": formats.spaced_list([_role(role) for role in details.get("roles", [])]),
        "role": _role(details["role"]) if "role" in details else "",
        "team": details.get("team") or "",
        "level": str(words.PROTECTIONS[Protection(details["level"])]) if "level" in details else "",
    }


def _day(details: dict[str, Any], name: str) -> str:
    found = details.get(name)
    return formats.day(date.fromisoformat(found)) if found else ""


def _role(role: str) -> str:
    return str(Role(role).label)
