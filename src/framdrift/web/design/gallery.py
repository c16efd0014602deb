"""The components as they look, each with the words of its own file about how it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django import forms
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from framdrift.web.design import formats
from framdrift.web.design.charts import Bar, Chart, Line, Spark
from framdrift.web.design.forms import DayField, PlainForm, problems
from framdrift.web.design.templatetags import design
from framdrift.web.design.templatetags.forms import field_context

_COMMENT = re.compile(r"{% comment %}(.*?){% endcomment %}", re.DOTALL)
_LIMITS = (0.6, 0.9)


@dataclass(frozen=True, slots=True)
class Specimen:
    name: str
    use: str
    html: SafeString


def specimens() -> list[Specimen]:
    """One specimen for each file in ``design/components``; a test holds them complete."""
    quarters = [formats.quarter(date(2025, month, 1), short=True) for month in (1, 4, 7, 10)]
    lines = [
        Line(gettext("rutine"), "guideline", (0.66, 0.69, 0.72, 0.75), formats.percent(75)),
        Line(gettext("streng"), "intention", (0.22, None, 0.17, 0.14), formats.percent(14)),
        Line(gettext("raus"), "none", (1.0, 1.0, 1.0, 1.0), formats.percent(100)),
    ]
    shown: dict[str, list[dict[str, object]]] = {
        "verdict": [dict(design.verdict(code)) for code in design.VERDICTS],
        "verdict_large": [dict(design.verdict_large("partly"))],
        "figure": [
            dict(design.figure(formats.share(part, 100, _LIMITS), Bar.of(part, 100, yardstick, _LIMITS)))
            for part, yardstick in ((94, "guideline"), (18, "intention"), (100, "none"))
        ],
        "spark": [dict(design.spark(Spark.of((0.5, 0.6, 0.55, 0.7)), gettext("opp 20 prosentpoeng")))],
        "chart": [dict(design.chart(Chart.of(gettext("Utvikling"), quarters, lines, _LIMITS), "gallery-chart"))],
        "select": [dict(design.select(_Choice()["period"]))],
        "empty": [{"title": gettext("Ingen tall ennå"), "text": gettext("Be om en beregning, så kommer de.")}],
        "field": [dict(field_context(each)) for each in _wrong_form()],
        "error_summary": [{"problems": problems([_wrong_form()])}],
    }
    return [
        Specimen(name, _use_of(name), mark_safe(" ".join(_drawn(name, each) for each in contexts)))  # noqa: S308
        for name, contexts in shown.items()
    ]


class _Choice(forms.Form):
    period = forms.ChoiceField(
        label=_("Periode"),
        choices=[("", _("Hele perioden"))],
        widget=forms.Select(attrs={"class": "ds-input"}),
    )


class _Form(PlainForm):
    name = forms.CharField(label=_("Navn"), help_text=_("Slik det står på legitimasjonen din."))
    since = DayField(label=_("Siden når?"), required=False)
    contact = forms.ChoiceField(
        label=_("Hvordan vil du helst ha beskjed?"),
        choices=[("phone", _("Telefon")), ("letter", _("Brev"))],
        widget=forms.RadioSelect,
    )
    agrees = forms.BooleanField(label=_("Jeg vil at en veileder tar kontakt"), required=False)


def _wrong_form() -> _Form:
    return _Form({"since": "31.2.2026"}, auto_id="gallery-%s")


def _drawn(name: str, context: dict[str, object]) -> str:
    return render_to_string(f"design/components/{name}.html", context)


def _use_of(name: str) -> str:
    source = get_template(f"design/components/{name}.html").template.source  # type: ignore[attr-defined]
    found = _COMMENT.search(source)
    return found.group(1) if found else ""
