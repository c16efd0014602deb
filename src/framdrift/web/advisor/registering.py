"""Registering together with somebody: who they are first, then the same steps as in the portal."""

from __future__ import annotations

import uuid

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from framdrift.casework.access.rules import Viewer
from framdrift.casework.people.numbers import Number, NumberError, read_number
from framdrift.casework.people.queries import who_is
from framdrift.web.advisor.words import NUMBER_PROBLEMS
from framdrift.web.design.forms import WritingForm
from framdrift.web.registration.party import Party, Places


class NewPersonForm(WritingForm):
    number = forms.CharField(
        label=_("Fødselsnummer eller d-nummer"),
        help_text=_("Elleve siffer. Har du det ikke fra personen selv, kan dere ikke registrere ennå."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-width": "phone"}),
    )
    given_name = forms.CharField(label=_("Fornavn"), max_length=100, widget=forms.TextInput({"autocomplete": "off"}))
    family_name = forms.CharField(label=_("Etternavn"), max_length=100, widget=forms.TextInput({"autocomplete": "off"}))

    def read(self, *, allow_real: bool) -> Number | None:
        """The number, or None where something is wrong: the form then says what."""
        if not self.is_valid():
            return None
        try:
            return read_number(self.cleaned_data["number"], allow_real=allow_real)
        except NumberError as error:
            self.add_error("number", str(NUMBER_PROBLEMS[error.reason]))
            return None


def party_of(viewer: Viewer, office: str, person: uuid.UUID) -> Party:
    """The staff member and the person, filling in together at that office."""

    def address(name: str, *rest: object) -> str:
        return reverse(f"advisor:{name}", args=[office, person, *rest])

    places = Places(
        step=lambda step: address("step", step),
        review=address("review"),
        receipt=address("receipt"),
        later=address("person"),
        occupations=address("occupations"),
        versions=address("versions"),
        version=lambda number: address("version", number),
        changes=lambda number: address("changes", number),
    )
    return Party(actor=viewer, person=person, name=who_is(person).name, places=places, office=office)
