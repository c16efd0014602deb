"""What staff send when they match an imported registration to a person, or undo that."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from framdrift.web.design.forms import PlainForm, WritingForm

LONGEST = 100


class WhoForm(PlainForm):
    """Sent by POST, so that neither name nor number comes to stand in an address."""

    marks_optional = False
    sok = forms.CharField(
        label=_("Fødselsnummer, d-nummer eller navn"),
        max_length=LONGEST,
        error_messages={"required": _("Skriv et fødselsnummer, et d-nummer eller et navn.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NewPersonForm(WritingForm):
    """Of a number that nobody here has. The number itself goes along hidden."""

    number = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST)
    version = forms.IntegerField(widget=forms.HiddenInput)
    given_name = forms.CharField(label=_("Fornavn"), max_length=LONGEST)
    family_name = forms.CharField(label=_("Etternavn"), max_length=LONGEST)


class MatchForm(WritingForm):
    """A person who was found: the submit says which."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


class UndoForm(WritingForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
