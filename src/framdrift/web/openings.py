"""The access log in plain words, the same for the person, for the staff and for the privacy officer."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.access.log import Row
from framdrift.casework.access.queries import Told
from framdrift.casework.access.rules import Chosen, Kind, Relation

# A page by the name of its address, as a thing that somebody opened. One without a word is told by its kind alone.
PAGES: Mapping[str, str | Promise] = {
    "advisor:search": _("personsøket"),
    "advisor:person": _("personsiden"),
    "advisor:reason": _("siden der en begrunner åpningen"),
    "advisor:openings": _("hvem som har åpnet"),
    "advisor:contact": _("kontaktopplysningene"),
    "advisor:safety": _("sikkerhetsvarselet"),
    "advisor:register": _("registreringen av nye"),
    "advisor:step": _("registreringen, for å fylle ut sammen"),
    "advisor:review": _("registreringen, for å sende den sammen"),
    "advisor:receipt": _("kvitteringen for registreringen"),
    "advisor:versions": _("versjonene av registreringen"),
    "advisor:version": _("en versjon av registreringen"),
    "advisor:changes": _("det en versjon endret"),
    "office:conformity": _("samsvar"),
    "office:cases": _("sakene bak et tall"),
    "office:csv": _("samsvar som CSV"),
    "office:pdf": _("samsvar som PDF"),
    "office:without_advisor": _("listen over dem uten veileder"),
    "office:assign": _("siden der en gir personen veileder"),
    "office:redistribution": _("omfordelingen av saker"),
    "office:unmatched": _("listen over uidentifiserte registreringer"),
    "office:who": _("en registrering fra det nasjonale registeret"),
    "insight:offices": _("oversikten over kontorer"),
    "insight:conformity": _("samsvar"),
    "insight:csv": _("samsvar som CSV"),
    "insight:pdf": _("samsvar som PDF"),
    "insight:access_log": _("innsynsloggen"),
    "insight:access_log_csv": _("innsynsloggen som CSV"),
}

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_SMALLEST = timedelta(microseconds=1)


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


def place_after(row: Told | Row) -> str:
    """Where a page that goes on after this row begins, as an address may hold it: the moment and an opaque id."""
    return f"{(row.at - _BEGINNING) // _SMALLEST}_{row.id}"


def read_place(text: str) -> tuple[datetime, uuid.UUID] | None:
    """The last row seen; None for the first page. Raises ValueError."""
    if not text:
        return None
    moment, _, key = text.partition("_")
    try:
        return _BEGINNING + int(moment) * _SMALLEST, uuid.UUID(key)
    except OverflowError as error:
        raise ValueError(text) from error


def what(kind: Kind, page: str, *, is_whole: bool = False) -> str:
    """«Åpnet personsiden», «Fikk opp navnet i et søk»; for the row that tells of a whole list, what was done."""
    name = PAGES.get(page)
    if name is None:
        return str(kind.label).capitalize()
    if page == "advisor:reason":
        return gettext("Kom til siden som spør hvorfor")
    if page == "insight:access_log" and kind != Kind.EXPORTED:
        return gettext("Leste innsynsloggen")
    sentences = {
        Kind.OPENED: gettext("Åpnet %(page)s"),
        Kind.SEARCHED: gettext("Søkte i %(page)s") if is_whole else gettext("Fikk opp navnet i et søk"),
        Kind.LISTED: gettext("Åpnet %(page)s") if is_whole else gettext("Viste personen i %(page)s"),
        Kind.EXPORTED: gettext("Lastet ned %(page)s"),
    }
    return sentences[kind] % {"page": name}


def relation(found: Relation | None) -> str:
    return str(found.label) if found else ""


def why(row: Told | Row) -> str:
    """What was chosen and what was written, where a reason was asked for: «Personen har tatt kontakt: ringte i dag»"""
    if not row.chosen:
        return ""
    chosen = str(Chosen(row.chosen).label)
    return f"{chosen}: {row.text}" if row.text else chosen
