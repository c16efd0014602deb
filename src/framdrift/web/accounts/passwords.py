"""Logging in by password: for employees, where no provider can be had yet."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from framdrift.web.design.forms import PlainForm


class PasswordForm(PlainForm):
    username = forms.CharField(
        label=_("Brukernavn"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Passord"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def refuse(self) -> None:
        """Does not say which of the two is wrong."""
        self.add_error(None, gettext("Brukernavn og passord hører ikke sammen. Se etter om noe er skrevet feil."))
