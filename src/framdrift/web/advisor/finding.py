"""The search page: what was written, who was found, and what a page without anybody means."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.access import actions as access
from framdrift.casework.access.rules import Viewer
from framdrift.casework.cases.queries import Standing, standings
from framdrift.casework.people.search import LONGEST, Found, Result, Sought, UnclearSearchError, read_search, search
from framdrift.web.advisor.words import NUMBER_PROBLEMS, age, protections
from framdrift.web.design import formats
from framdrift.web.design.forms import PlainForm

PROBLEMS: Mapping[str, str | Promise] = {
    "empty": _("Skriv et navn, et fødselsnummer eller en fødselsdato."),
    "too_short": _("Skriv minst to bokstaver av ett av navnene."),
    "too_many_words": _("Skriv færre ord: høyst seks."),
    "no_such_date": _("Datoen finnes ikke."),
    "too_long": _("Skriv kortere: høyst 100 tegn."),
    "digits": _(
        "Tallet er verken et fødselsnummer (11 siffer) eller en fødselsdato, for eksempel 010190 eller 1.1.1990."
    ),
}


class SearchForm(PlainForm):
    """Sent by POST, so that no name comes to stand in an address. `etter` is the last person seen, by opaque id."""

    marks_optional = False
    sok = forms.CharField(
        label=_("Navn, fødselsnummer eller fødselsdato"),
        max_length=LONGEST,
        error_messages={"required": _("Skriv et navn, et fødselsnummer eller en fødselsdato.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    etter = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def sought(self, *, today: date, allow_real: bool) -> Sought | None:
        """What was written, or None where it is nothing to search for: the form then says what is wrong with it."""
        if not self.is_valid():
            return None
        try:
            return read_search(self.cleaned_data["sok"], today=today, allow_real=allow_real)
        except UnclearSearchError as error:
            text = NUMBER_PROBLEMS[error.why] if error.reason == "number" else PROBLEMS[error.reason]
            self.add_error("sok", str(text))
            return None


@dataclass(frozen=True, slots=True)
class Line:
    """One person found: enough to tell them from others of that name, and whether somebody has them."""

    person: uuid.UUID
    name: str
    born: str
    team: str
    advisor: str
    is_running: bool | None
    since: str
    interpreter: bool
    is_flagged: bool
    protections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The people on this page of the search, and where they stand among all who were found."""

    lines: tuple[Line, ...]
    total: int
    place: str
    last: uuid.UUID | None

    @property
    def heading(self) -> str:
        words = {"n": formats.number(self.total)}
        return ngettext("%(n)s person funnet", "%(n)s personer funnet", self.total) % words


def find(
    sought: Sought, *, viewer: Viewer, office: str, page: str, after: uuid.UUID | None, now: datetime, today: date
) -> Findings:
    """Searches within the one office, and writes in the access log what for and who was shown."""
    key = viewer.offices[office]
    result = search(sought, office=key, clearance=viewer.clearance, today=today, after=after)
    shown = [each.person for each in result.people]
    access.record_search(actor=viewer, office=office, page=page, at=now, persons=shown, about=sought.about)
    standing = standings(shown, office=key)
    lines = tuple(_line(each, standing.get(each.person), today) for each in result.people)
    return Findings(lines, result.total, _place(result), shown[-1] if result.has_more else None)


def _place(result: Result) -> str:
    """«Viser 26–50», where there is more than one page of them."""
    if not result.people or result.total == len(result.people):
        return ""
    first = result.before + 1
    return gettext("Viser %(first)s–%(last)s") % {
        "first": formats.number(first),
        "last": formats.number(result.before + len(result.people)),
    }


def _line(found: Found, standing: Standing | None, today: date) -> Line:
    return Line(
        person=found.person,
        name=listed_name(found.given_name, found.family_name),
        born=age(found.birth_date, today) if found.birth_date else gettext("fødselsdato ikke kjent"),
        team=standing.team if standing else "",
        advisor=standing.advisor if standing else "",
        is_running=standing.is_running if standing else None,
        since=_since(standing, today),
        interpreter=found.interpreter,
        is_flagged=found.is_flagged,
        protections=protections(found.protection),
    )


def listed_name(given_name: str, family_name: str) -> str:
    """Family name first, as lists are ordered."""
    return ", ".join(part for part in (family_name, given_name) if part) or gettext("Navn ikke kjent")


def _since(standing: Standing | None, today: date) -> str:
    if standing is None:
        return gettext("Ikke registrert")
    at = standing.opened_at if standing.is_running else standing.ended_at
    if at is None:
        return gettext("Registrert")
    day = formats.day(at.astimezone(formats.OSLO).date(), today=today)
    if standing.is_running:
        return gettext("Registrert %(day)s") % {"day": day}
    return gettext("Avsluttet %(day)s") % {"day": day}
