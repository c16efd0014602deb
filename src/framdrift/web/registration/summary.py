"""Answers in words: for reading through before sending, for what was sent, and for what differs between two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext

from framdrift.casework.registration.answers import STEPS
from framdrift.casework.registration.differences import Difference
from framdrift.web.design import formats
from framdrift.web.registration import picks, rows, words
from framdrift.web.registration.filled import LAYOUT
from framdrift.web.registration.forms import FORMS, as_written

ASKED_AFTER = {"interpreter_language": "interpreter"}
"""Questions that follow a yes; without it they are not asked."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answer, a text for each part of it; none where it was not answered."""

    name: str
    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    step: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer is not the same: what stood there, and what stands there now."""

    step: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def sections(steps: Mapping[str, Mapping[str, Any]]) -> list[Section]:
    return [Section(step, str(words.STEPS[step]), lines(step, steps.get(step, {}))) for step in STEPS]


def lines(step: str, data: Mapping[str, Any]) -> tuple[Line, ...]:
    asked = (name for name in LAYOUT[step] if name not in ASKED_AFTER or data.get(ASKED_AFTER[name]) in (True, "yes"))
    return tuple(Line(name, label_of(step, name), texts_of(step, name, data.get(name))) for name in asked)


def changes(found: Iterable[Difference]) -> list[Change]:
    made = []
    for each in found:
        step, _, name = each.field.partition(".")
        texts = (texts_of(step, name, value) for value in (each.before, each.after))
        made.append(Change(str(words.STEPS[step]), label_of(step, name), *texts))
    return made


def compared(step: str, mine: Mapping[str, Any], stored: Mapping[str, Any]) -> list[Change]:
    """The questions that two people, or two windows, have answered differently: stored first, then mine."""
    found = []
    for name in LAYOUT[step]:
        before, after = texts_of(step, name, stored.get(name)), texts_of(step, name, mine.get(name))
        if before != after:
            found.append(Change(step, label_of(step, name), before, after))
    return found


def label_of(step: str, name: str) -> str:
    if name in rows.KINDS:
        return str(rows.KINDS[name].title)
    return str(picks.KINDS[name].label if name in picks.KINDS else FORMS[step].base_fields[name].label)


def texts_of(step: str, name: str, value: Any) -> tuple[str, ...]:
    if value is None or value in ("", [], {}):
        return ()
    if name in rows.KINDS:
        return tuple(_ROWS[name](row) for row in value if isinstance(row, dict)) if isinstance(value, list) else ()
    if name in picks.KINDS:
        chosen = value if isinstance(value, list) else [value]
        return tuple(str(each.get("title", "")) for each in chosen if isinstance(each, dict))
    field = FORMS[step].base_fields[name]
    many = value if isinstance(value, list) else [value]
    return tuple(_text(field, name, each) for each in many)


def _text(field: forms.Field, name: str, value: Any) -> str:
    code = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(str(code), code))
    return formats.phone(str(code)) if name == "phone" else str(as_written(name, code))


def _job(row: Mapping[str, Any]) -> str:
    start, end = as_written("from_month", row.get("from_month")), as_written("to_month", row.get("to_month"))
    until = end or gettext("nå")
    return _joined([row.get("title"), row.get("employer"), row.get("place"), f"{start}–{until}"], row.get("text"))


def _studies(row: Mapping[str, Any]) -> str:
    years = [str(year) for year in (row.get("from_year"), row.get("to_year")) if year]
    return _joined([row.get("title"), row.get("school"), "–".join(years)])


def _skill(row: Mapping[str, Any]) -> str:
    language = str(words.LANGUAGES.get(str(row.get("language")), row.get("language") or ""))
    levels = {key: str(words.FLUENCIES.get(str(row.get(key)), "–")).lower() for key in ("spoken", "written")}
    return gettext("%(language)s: snakker %(spoken)s, skriver %(written)s") % {"language": language, **levels}


def _joined(parts: Iterable[Any], after: Any = "") -> str:
    told = ", ".join(str(part) for part in parts if part)
    return f"{told}. {after}" if after else told


_ROWS = {"jobs": _job, "educations": _studies, "languages": _skill}
