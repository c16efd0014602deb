"""The components as template tags. Each has a template of its own in ``design/components`` that says how it is used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from framdrift.web.design import formats
from framdrift.web.design.charts import BAR_HEIGHT, BAR_WIDTH, SPARK_HEIGHT, SPARK_WIDTH, Bar, Chart, Spark

register = template.Library()

# A word and a shape of its own for each verdict, so that colour is never needed to tell them apart; None is not judged.
VERDICTS: dict[str | None, tuple[Promise | str, str, str]] = {
    "conforms": (_("I samsvar"), "success", "CheckmarkCircleFill"),
    "partly": (_("Delvis i samsvar"), "warning", "half"),
    "does not conform": (_("Ikke i samsvar"), "danger", "XMarkOctagonFill"),
    "cannot be judged": (_("Kan ikke vurderes"), "neutral", "QuestionmarkDiamond"),
    None: (_("Vurderes ikke"), "neutral", "Minus"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside its word, hidden from screen readers. Lower-case names are shapes of our own."""
    sprite = static("design/shapes.svg") if name.islower() else static("vendor/icons/sprite.svg")
    return format_html(
        '<svg class="fd-icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24"><use href="{}#{}"/></svg>',
        sprite,
        name,
    )


def _verdict(verdict: str | None) -> dict[str, object]:
    word, colour, shape = VERDICTS[verdict]
    return {"word": word, "colour": colour, "shape": shape}


@register.inclusion_tag("design/components/verdict.html")
def verdict(verdict: str | None) -> Mapping[str, object]:
    return _verdict(verdict)


@register.inclusion_tag("design/components/verdict_large.html")
def verdict_large(verdict: str | None) -> Mapping[str, object]:
    return _verdict(verdict)


@register.inclusion_tag("design/components/figure.html")
def figure(text: str, bar: Bar) -> Mapping[str, object]:
    return {"text": text, "bar": bar, "width": BAR_WIDTH, "height": BAR_HEIGHT}


@register.inclusion_tag("design/components/spark.html")
def spark(spark: Spark | None, text: str) -> Mapping[str, object]:
    return {"spark": spark, "text": text, "width": SPARK_WIDTH, "height": SPARK_HEIGHT}


@register.inclusion_tag("design/components/chart.html")
def chart(chart: Chart, name: str) -> Mapping[str, object]:
    """``name`` is the id of the chart's title: unique on the page."""
    return {"chart": chart, "name": name}


@register.inclusion_tag("design/components/select.html")
def select(field: BoundField) -> Mapping[str, object]:
    return {"field": field}


@register.filter
def phone(text: str) -> str:
    return formats.phone(text)


@register.filter
def number(value: int) -> str:
    return formats.number(value)


@register.filter
def day(value: date) -> str:
    return formats.day(value)


@register.filter
def local_day(value: datetime) -> str:
    """The day of an instant, where the office is."""
    return formats.day(value.astimezone(formats.OSLO).date())


@register.filter
def near_day(value: date) -> str:
    """Without its year if it is this one's: for what happens now."""
    return formats.day(value, today=timezone.localdate())


@register.filter
def moment(value: datetime) -> str:
    return formats.moment(value)


@register.filter
def quarter(value: date) -> str:
    return formats.quarter(value)
