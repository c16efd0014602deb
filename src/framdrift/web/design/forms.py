"""What every form of the pages has in common: plain words for what is wrong, and a request id where it writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core import validators
from django.utils.translation import gettext, gettext_lazy

CHOOSING = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select)
WRITTEN_AS_A_DAY = re.compile(r"\d{1,2}([./ -])\d{1,2}\1\d{4}|\d{8}|\d{4}-\d{1,2}-\d{1,2}")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class PlainForm(forms.Form):
    """Fields with Designsystemet's looks whose messages stand alone, so that the summary can repeat them.

    The server judges, not the browser: its bubbles cannot be translated, vanish, and stop a draft from being saved.
    """

    use_required_attribute = False
    marks_optional = True
    """Whether a field that may be left empty says so behind its label. Off in searches, where all may."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs.setdefault("class", "ds-input")
            field.error_messages["required"] = _message(field, "required", required_text(field))
            if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
                wrong = gettext("Velg et av svarene under «%(label)s».") % {"label": field.label}
                field.error_messages["invalid_choice"] = _message(field, "invalid_choice", wrong)

    def is_optional(self, name: str) -> bool:
        """Whether the field says that it may be left empty."""
        return self.marks_optional and not self.fields[name].required


class WritingForm(PlainForm):
    """A form whose submit changes something: the same submit twice has one effect, by the id it was shown with."""

    request_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class DayField(forms.DateField):
    """A date as one writes it, day first. The browser's own picker follows its own language, and is not used.

    Far from the ends of the calendar, where days can be neither added nor taken away.
    """

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "data-width": "day"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d%m%Y", "%Y-%m-%d"])
        wrong = gettext_lazy("Skriv datoen som dag.måned.år, for eksempel 24.3.2026.")
        kwargs["error_messages"] = {"invalid": wrong} | kwargs.get("error_messages", {})
        super().__init__(**kwargs)
        far_off = gettext_lazy("Skriv et år mellom 1900 og 2199.")
        self.validators += [
            validators.MinValueValidator(FIRST_DAY, message=far_off),
            validators.MaxValueValidator(LAST_DAY, message=far_off),
        ]

    def to_python(self, value: Any) -> date | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if WRITTEN_AS_A_DAY.fullmatch(str(value).strip()):
                raise forms.ValidationError(gettext("Datoen finnes ikke."), code="no_such_date") from error
            raise

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day}.{value.month}.{value.year}" if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the error summary: what is wrong, and the id of the field to mend it in (or none)."""

    text: str
    target: str


def problems(bound_forms: Iterable[forms.Form]) -> list[Problem]:
    found = []
    for form in bound_forms:
        found += [Problem(str(error), "") for error in form.non_field_errors()]
        for field in form:
            found += [Problem(str(error), target_of(field)) for error in field.errors]
    return found


def target_of(field: forms.BoundField) -> str:
    """Where a link to a field leads: to its first choice, where it has several inputs."""
    return field.id_for_label or f"{field.auto_id}_0"


def required_text(field: forms.Field) -> str:
    if isinstance(field.widget, CHOOSING):
        return gettext("Velg et svar under «%(label)s».") % {"label": field.label}
    return gettext("Fyll ut «%(label)s».") % {"label": field.label}


def _message(field: forms.Field, code: str, ours: str) -> Any:
    """A form's own message for a field goes before ours; Django's, which does not name the field, does not."""
    kinds = [vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__]
    default = next((messages[code] for messages in kinds if code in messages), None)
    given = field.error_messages.get(code)
    return ours if given is None or given == default else given
