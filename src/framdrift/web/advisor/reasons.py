"""Saying why one opens somebody outside one's own cases, before the page opens."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from framdrift.casework.access.actions import LONGEST_REASON
from framdrift.casework.access.rules import Chosen
from framdrift.web.design.forms import WritingForm

SHORTEST_REASON = 5


class ReasonForm(WritingForm):
    chosen = forms.ChoiceField(label=_("Hvorfor åpner du siden?"), choices=Chosen.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Med egne ord"),
        help_text=_("Personen leser det du skriver. Skriv hva du skal gjøre, ikke hva du mener om personen."),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Skriv med egne ord hvorfor du åpner siden."),
            "min_length": _("Skriv litt mer: minst fem tegn."),
            "max_length": _("Skriv kortere: høyst 200 tegn."),
        },
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
