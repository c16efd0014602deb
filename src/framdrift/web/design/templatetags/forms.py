"""The parts of a form as template tags: ``{% load forms %}``. Each has its own template in ``design/components``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms, template

from framdrift.web.design.forms import PlainForm, problems

register = template.Library()


@register.inclusion_tag("design/components/field.html")
def field(field: forms.BoundField) -> Mapping[str, object]:
    """Any field of a form, by its widget: one input, a group of choices, or one box to tick."""
    return field_context(field)


@register.inclusion_tag("design/components/error_summary.html")
def error_summary(*bound_forms: forms.Form | Iterable[forms.Form]) -> Mapping[str, object]:
    listed: list[forms.Form] = []
    for each in bound_forms:
        listed += [each] if isinstance(each, forms.BaseForm) else list(each)
    return {"problems": problems(listed)}


@register.filter
def has_problems(form: forms.Form) -> bool:
    return bool(form.errors)


def field_context(field: forms.BoundField) -> dict[str, object]:
    field.field.widget.attrs.setdefault("class", "ds-input")
    return {
        "field": field,
        "shape": _shape(field.field.widget),
        "is_marked_optional": isinstance(field.form, PlainForm) and field.form.is_optional(field.name),
        "described_by": field.aria_describedby,
    }


def _shape(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    return "box" if isinstance(widget, forms.CheckboxInput) else "line"
