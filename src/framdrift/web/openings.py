"""The access log in plain words, the same for the person, for the staff and for the privacy officer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.access.queries import Told
from framdrift.casework.access.rules import Chosen, Kind, Relation

# A page by the name of its address, as a thing that somebody opened. One without a word is told by its kind alone.
PAGES: Mapping[str, str | Promise] = {
    "advisor:search": _("søket etter personer"),
    "advisor:person": _("personsiden"),
    "advisor:reason": _("siden der en begrunner åpningen"),
    "advisor:openings": _("hvem som har åpnet"),
    "advisor:contact": _("kontaktopplysningene"),
    "advisor:safety": _("sikkerhetsvarselet"),
    "advisor:version": _("en versjon av registreringen"),
    "advisor:step": _("registreringen, sammen med personen"),
    "advisor:review": _("registreringen, sammen med personen"),
    "office:conformity": _("samsvar"),
    "office:cases": _("sakene bak et tall"),
    "office:csv": _("samsvar som CSV"),
    "office:pdf": _("samsvar som PDF"),
    "office:without_advisor": _("listen over dem uten veileder"),
    "office:assign": _("siden der en gir personen veileder"),
    "office:redistribution": _("omfordelingen av saker"),
    "office:unmatched": _("listen over uidentifiserte registreringer"),
    "insight:offices": _("oversikten over kontorer"),
    "insight:conformity": _("samsvar"),
    "insight:csv": _("samsvar som CSV"),
    "insight:pdf": _("samsvar som PDF"),
    "insight:access_log": _("innsynsloggen"),
    "insight:access_log_csv": _("innsynsloggen som CSV"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the log: when, who and where from, what they did, and why they could."""

    at: datetime
    who: str
    office: str
    what: str
    relation: str
    why: str


def lines(rows: Iterable[Told]) -> list[Line]:
    return [
        Line(row.at, row.who, row.office, what(row.kind, row.page), relation(row.relation), why(row)) for row in rows
    ]


def what(kind: Kind, page: str) -> str:
    """«Åpnet personsiden», «Kom opp i søket etter personer»"""
    name = PAGES.get(page)
    if name is None:
        return str(kind.label).capitalize()
    sentences = {
        Kind.OPENED: gettext("Åpnet %(page)s"),
        Kind.SEARCHED: gettext("Viste personen i %(page)s"),
        Kind.LISTED: gettext("Viste personen i %(page)s"),
        Kind.EXPORTED: gettext("Lastet ned %(page)s"),
    }
    return sentences[kind] % {"page": name}


def relation(found: Relation | None) -> str:
    return str(found.label) if found else ""


def why(row: Told) -> str:
    """What was chosen and what was written, where a reason was asked for: «Personen har tatt kontakt: ringte i dag»"""
    if not row.chosen:
        return ""
    chosen = str(Chosen(row.chosen).label)
    return f"{chosen}: {row.text}" if row.text else chosen
