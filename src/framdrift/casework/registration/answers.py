"""All a person answers, and how what was typed becomes answers or problems. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from framdrift.casework.registration.fields import cleaned
from framdrift.casework.registration.steps import (
    AboutYou,
    Asked,
    Education,
    Experience,
    Help,
    Hindrances,
    Situation,
    Wishes,
    is_blank,
)
from framdrift.events import Json

LARGEST_STEP = 60_000
"""Characters that one step may hold as typed: far more than its limits allow, far less than a flood."""


class Answers(BaseModel):
    """All steps. One in which every box was left empty is answered, too."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    about_you: AboutYou
    situation: Situation
    education: Education
    experience: Experience
    wishes: Wishes
    hindrances: Hindrances
    help: Help


STEP_FORMS: Mapping[str, type[Asked]] = {
    "about_you": AboutYou,
    "situation": Situation,
    "education": Education,
    "experience": Experience,
    "wishes": Wishes,
    "hindrances": Hindrances,
    "help": Help,
}
STEPS = tuple(STEP_FORMS)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a field is not taken: a code (`docs/registration.md` lists them), and the bound that was passed, if any."""

    code: str
    bound: int | None = None


Problems = Mapping[str, Problem]
"""By field; `jobs.0.from_month` is that of the first job, and the empty name the step as a whole."""


class TooLargeError(ValueError):
    """What was typed in a step is so much, or so deep in each other, that it is not kept."""


def as_typed(data: Mapping[str, Any]) -> dict[str, Json]:
    """What was typed, fit to be kept: JSON without control characters, and without rows in which nothing was typed.

    Kept also where it is not valid, so that nothing anybody typed is lost. Raises TooLargeError.
    """
    try:
        kept = {str(key): _plain(value) for key, value in data.items()}
    except RecursionError as error:  # lists in lists, many hundreds deep, which no form of ours sends
        raise TooLargeError from error
    if sum(map(_size, kept.values())) > LARGEST_STEP:
        raise TooLargeError
    return kept


def _plain(value: Any, depth: int = 0) -> Json:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping) and depth < 3:
        return {cleaned(str(key)): _plain(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list | tuple) and depth < 3:
        parts = (_plain(part, depth + 1) for part in value)
        return [part for part in parts if not is_blank(part)]
    return cleaned(value.isoformat() if isinstance(value, date) else str(value))


def _size(value: Json) -> int:
    if isinstance(value, dict):
        return sum(len(key) + _size(part) for key, part in value.items())
    if isinstance(value, list):
        return 1 + sum(map(_size, value))
    return len(str(value))


def read_step(step: str, typed: Mapping[str, Json], *, today: date | None) -> tuple[Asked | None, Problems]:
    """The step's answers, or what is wrong. `today` bounds dates; None where it was held against its day before.

    Raises KeyError for a step that is none of `STEPS`.
    """
    try:
        return STEP_FORMS[step].model_validate(dict(typed), context={"today": today} if today else None), {}
    except ValidationError as error:
        return None, _problems(error)


def dump_step(answers: BaseModel) -> dict[str, Json]:
    """The step as it is stored; read again it is the same."""
    dumped: dict[str, Json] = answers.model_dump(mode="json")
    return dumped


def dump(answers: Answers) -> dict[str, Json]:
    return dump_step(answers)


def load(stored: Mapping[str, Json]) -> Answers:
    """Stored answers again. Raises pydantic's ValidationError for what `dump` has not written."""
    return Answers.model_validate(dict(stored))


_CODES = {
    "missing": "required",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "too_short": "required",
    "literal_error": "not_a_choice",
    "bool_parsing": "not_a_choice",
    "bool_type": "not_a_choice",
    "string_pattern_mismatch": "not_a_choice",
    "extra_forbidden": "unknown_field",
}
"""Our words for what pydantic finds wrong; what it has no word for here makes no sense as typed: `not_valid`."""
_OURS = frozenset(
    [
        *(
            "required",
            "needed_for_preferred",
            "none_with_others",
            "before_from",
            "twice",
            "not_a_phone",
            "not_an_email",
        ),
        *("not_a_date", "no_such_date", "not_a_month", "not_a_year", "too_early", "too_late", "in_future"),
    ]
)
PROBLEM_CODES = frozenset([*_CODES.values(), *_OURS, "not_valid", "too_large"])


def _problems(error: ValidationError) -> dict[str, Problem]:
    found: dict[str, Problem] = {}
    for each in error.errors(include_url=False, include_input=False):
        code = each["type"] if each["type"] in _OURS else _CODES.get(each["type"], "not_valid")
        numbers = [value for value in each.get("ctx", {}).values() if isinstance(value, int)]
        bound = numbers[0] if numbers and code in ("too_long", "too_many", "too_early", "too_late") else None
        found.setdefault(".".join(map(str, each["loc"])), Problem(code, bound))
    return found
