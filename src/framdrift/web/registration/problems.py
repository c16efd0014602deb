"""What is wrong with an answer, and how to mend it, in plain words. The codes are the registration's."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.registration.answers import Problem
from framdrift.web.design.forms import required_text

TEXTS: Mapping[str, Promise | str] = {
    "too_long": _("«%(label)s» kan ha høyst %(bound)s tegn. Skriv kortere."),
    "too_many": _("Du kan føre opp høyst %(bound)s under «%(label)s». Ta bort noen."),
    "not_a_choice": _("Velg et av svarene under «%(label)s»."),
    "not_a_phone": _("Skriv telefonnummeret med åtte sifre, eller med landkode foran, for eksempel +46."),
    "not_an_email": _("Skriv e-postadressen slik: navn@eksempel.no"),
    "needed_for_preferred": _("Fyll ut «%(label)s», siden du helst vil ha kontakt på den måten."),
    "none_with_others": _("Velg enten «Ingen av disse» eller det du får. Du kan ikke velge begge deler."),
    "not_a_date": _("Skriv datoen som dag.måned.år, for eksempel 24.3.2026."),
    "no_such_date": _("«%(label)s»: Datoen finnes ikke. Se etter dag og måned."),
    "not_a_month": _("«%(label)s»: Skriv måned.år, for eksempel 3.2019."),
    "not_a_year": _("«%(label)s»: Skriv året med fire sifre, for eksempel 2019."),
    "too_early": _("«%(label)s» kan ikke være før %(bound)s."),
    "too_late": _("«%(label)s» kan ikke være etter %(bound)s."),
    "in_future": _("«%(label)s» kan ikke være fram i tid."),
    "before_from": _("«%(label)s» kan ikke være før starten."),
    "twice": _("Det samme språket står to ganger. Ta bort det ene."),
    "too_large": _("Det er skrevet så mye her at det ikke kunne lagres. Skriv kortere, og prøv igjen."),
}


def problem_text(problem: Problem, asked: forms.Field | Promise | str) -> str:
    """``asked`` is the field, or the name of the question where it is more than one field."""
    if problem.code == "required" and isinstance(asked, forms.Field):
        return required_text(asked)
    label = asked.label if isinstance(asked, forms.Field) else asked
    if problem.code == "required":
        return gettext("Fyll ut «%(label)s».") % {"label": label}
    text = TEXTS.get(problem.code, _("«%(label)s» kunne ikke leses. Skriv det på nytt."))
    return str(text) % {"label": label, "bound": problem.bound}
