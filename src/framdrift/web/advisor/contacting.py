"""How a person is reached, and what to mind before one meets them: the forms, and what differs when two have edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.people.queries import CONTACT_FIELDS, Contact
from framdrift.casework.registration.steps import CHANNELS
from framdrift.web.design import formats
from framdrift.web.design.forms import DayField, WritingForm
from framdrift.web.registration import words

LONGEST_FLAG = timedelta(days=366)


def _choices(labels: words.Words) -> list[tuple[str, Any]]:
    return list(labels.items())


class ContactForm(WritingForm):
    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    phone = forms.CharField(label=_("Telefon"), required=False, max_length=30)
    email = forms.EmailField(
        label=_("E-post"), required=False, max_length=200, error_messages={"invalid": _("Skriv en hel e-postadresse.")}
    )
    address = forms.CharField(label=_("Adresse"), required=False, max_length=200)
    postal_code = forms.RegexField(
        r"^\d{4}$",
        label=_("Postnummer"),
        required=False,
        error_messages={"invalid": _("Et postnummer har fire siffer.")},
        widget=forms.TextInput(attrs={"data-width": "year", "inputmode": "numeric"}),
    )
    postal_place = forms.CharField(label=_("Poststed"), required=False, max_length=100)
    preferred = forms.ChoiceField(
        label=_("Vil helst kontaktes på"), choices=[(code, words.CHANNELS[code]) for code in CHANNELS]
    )
    reserved = forms.BooleanField(label=_("Har reservert seg mot digital post"), required=False)
    language = forms.ChoiceField(label=_("Språk"), choices=_choices(words.LANGUAGES))
    interpreter = forms.BooleanField(label=_("Trenger tolk"), required=False)
    interpreter_language = forms.ChoiceField(
        label=_("Tolk på"), choices=[("", "–"), *_choices(words.LANGUAGES)], required=False
    )

    def clean(self) -> dict[str, Any]:
        """Whoever is reached one way has something to be reached by."""
        given = super().clean() or {}
        needed = {"phone": "phone", "sms": "phone", "email": "email", "letter": "address"}.get(
            given.get("preferred", "")
        )
        if needed and needed not in self.errors and not given.get(needed):
            self.add_error(needed, gettext("Fyll ut dette, siden personen helst vil kontaktes slik."))
        if given.get("interpreter") and not given.get("interpreter_language"):
            self.add_error("interpreter_language", gettext("Velg hvilket språk tolken skal bruke."))
        return given

    def details(self) -> Contact:
        given = self.cleaned_data
        return Contact(**{name: given[name] for name in CONTACT_FIELDS}, version=given["version"])

    @classmethod
    def of(cls, contact: Contact) -> ContactForm:
        return cls(initial={name: getattr(contact, name) for name in (*CONTACT_FIELDS, "version")})

    def again(self, current: Contact) -> ContactForm:
        """What was typed, resting on how the details stand now: sent again, it goes before them."""
        typed = {name: self.cleaned_data[name] for name in CONTACT_FIELDS}
        return ContactForm(initial=typed | {"version": current.version})


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known under one label, in words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    stored: str
    typed: str


def facts(contact: Contact) -> list[Fact]:
    """How the person is reached, as their page shows it. What is not known is left out."""
    form = ContactForm()
    return [Fact(str(form.fields[name].label), told) for name in CONTACT_FIELDS if (told := _told(contact, name))]


def differences(stored: Contact, typed: Contact) -> list[Difference]:
    form = ContactForm()
    return [
        Difference(str(form.fields[name].label), _told(stored, name), _told(typed, name))
        for name in CONTACT_FIELDS
        if getattr(stored, name) != getattr(typed, name)
    ]


def _told(contact: Contact, name: str) -> str:
    value = getattr(contact, name)
    if isinstance(value, bool):
        return gettext("Ja") if value else ""
    if name == "preferred":
        return str(words.CHANNELS.get(value, value))
    if name in ("language", "interpreter_language"):
        told = str(words.LANGUAGES.get(value, value))
        return told[:1].upper() + told[1:]
    return formats.phone(value) if name == "phone" else str(value)


class FlagForm(WritingForm):
    advice = forms.CharField(
        label=_("Råd til den som skal møte personen"),
        help_text=_("Skriv hva en skal gjøre, ikke en merkelapp: «Vær to, og bruk møterom 1», ikke «farlig»."),
        min_length=5,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Skriv hva den som skal møte personen, bør gjøre."),
            "min_length": _("Skriv litt mer: minst fem tegn."),
            "max_length": _("Skriv kortere: høyst 500 tegn."),
        },
    )
    last_day = DayField(
        label=_("Gjelder til og med"),
        help_text=_("Høyst et år fram. Da må noen vurdere på nytt om det trengs."),
        error_messages={"required": _("Skriv hvor lenge varselet skal gjelde.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self._today:
            raise forms.ValidationError(gettext("Velg en dag fra i dag av."))
        if day > self._today + LONGEST_FLAG:
            raise forms.ValidationError(gettext("Velg en dag høyst et år fram."))
        return day
