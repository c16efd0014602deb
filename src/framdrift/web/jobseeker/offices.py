"""The offices with telephone and opening hours, for whoever needs one before they have one."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from framdrift.casework.offices.contacts import Contact
from framdrift.web.design.forms import PlainForm
from framdrift.web.registration.offices import offices_for

SHOWN = 20


class PlaceForm(PlainForm):
    marks_optional = False

    place = forms.CharField(label=_("Hvor bor du?"), help_text=_("Skriv kommunen eller stedet."), required=False)


@dataclass(frozen=True, slots=True)
class OfficesPage:
    form: PlaceForm
    shown: tuple[Contact, ...]
    found: int


def offices_page(sent: QueryDict) -> OfficesPage:
    words = sent.get("place", "")[:100]
    found = offices_for(words)
    return OfficesPage(PlaceForm(initial={"place": words}), tuple(found[:SHOWN]), len(found))
