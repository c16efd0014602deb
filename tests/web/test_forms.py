"""The parts of a form: what a screen reader is told, and what is said when something is wrong."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from framdrift.web.design.forms import DayField, PlainForm, WritingForm, problems


class Visit(WritingForm):
    name = forms.CharField(label="Navn", help_text="Slik det står i passet.", max_length=5)
    day = DayField(label="Dag", required=False)
    way = forms.ChoiceField(label="Hvordan", choices=[("a", "Buss"), ("b", "Til fots")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Hva trengs", choices=[("x", "Tolk"), ("y", "Heis")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agrees = forms.BooleanField(label="Enig", required=False)


def drawn(form: forms.Form) -> str:
    template = (
        "{% load forms %}{% error_summary form %}{% for each in form.visible_fields %}{% field each %}{% endfor %}"
    )
    return Template(template).render(Context({"form": form}))


def test_each_input_has_its_label_and_each_group_its_legend() -> None:
    html = drawn(Visit())
    for name in ("id_name", "id_day", "id_way_0", "id_way_1", "id_needs_0", "id_agrees"):
        assert f'for="{name}"' in html
        assert len(re.findall(f'id="{name}"', html)) == 1
    assert html.count("<legend") == 2
    assert 'aria-describedby="id_name_helptext"' in html
    assert html.count("(valgfritt)") == 2  # the day and the needs; a box to tick need never be ticked
    assert "required" not in html.replace("aria-required", "")


def test_what_is_wrong_stands_at_the_field_and_on_top_with_a_way_there() -> None:
    form = Visit({"day": "31.2.2026", "request_id": "11111111-1111-4111-8111-111111111111"})
    html = drawn(form)
    assert html.index('href="#id_name"') < html.index('id="id_name"')
    assert 'href="#id_way_0"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "3 ting må rettes" in html
    assert [each.text for each in problems([form])] == [
        "Fyll ut «Navn».",
        "Datoen finnes ikke.",
        "Velg et svar under «Hvordan».",
    ]


def test_nothing_wrong_shows_no_summary() -> None:
    assert "ds-error-summary" not in drawn(Visit())


def test_the_request_id_is_new_for_each_form_and_kept_when_it_comes_back() -> None:
    first, second = Visit()["request_id"].value(), Visit()["request_id"].value()
    assert first != second
    assert str(Visit({"request_id": str(first)})["request_id"].value()) == str(first)
    assert not Visit({"name": "Kari", "way": "a"}).is_valid()  # without an id nothing may be written


@pytest.mark.parametrize("text", ["3.11.2026", "03.11.2026", "3/11/2026", "03112026", "2026-11-03", " 3.11.2026 "])
def test_a_date_is_read_as_it_is_written(text: str) -> None:
    assert DayField().clean(text) == date(2026, 11, 3)


@pytest.mark.parametrize("text", ["31.2.2030", "31/02/2030", "31022030", "2030-02-31"])
def test_a_date_that_no_calendar_has_is_told_as_such(text: str) -> None:
    with pytest.raises(ValidationError, match="Datoen finnes ikke"):
        DayField().clean(text)
    with pytest.raises(ValidationError, match=r"dag\.måned\.år"):
        DayField().clean("i morgen")


def test_a_date_is_shown_as_it_is_written() -> None:
    class Form(PlainForm):
        day = DayField()

    assert 'value="3.11.2026"' in str(Form(initial={"day": date(2026, 11, 3)})["day"])
    assert 'value="31.2.26"' in str(Form({"day": "31.2.26"})["day"])


def test_a_forms_own_words_go_before_ours() -> None:
    class Form(PlainForm):
        given: Any = forms.CharField(label="Fornavn", error_messages={"required": "Skriv fornavnet ditt."})

    assert Form({}).errors["given"] == ["Skriv fornavnet ditt."]
