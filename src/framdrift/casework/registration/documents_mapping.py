"""A document of the national register as what our registration asks, and what it leaves unclear. No Django here.

The register asks less than we do: a document fills in some answers and leaves the rest to be asked. Unclear is only what
the register asks about and what its answers leave open; a goal that nobody was asked for is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from framdrift.casework.registration.answers import Answers
from framdrift.casework.registration.documents_reading import Document
from framdrift.casework.registration.profile import Profile
from framdrift.casework.registration.steps import (
    AboutYou,
    Education,
    Experience,
    Help,
    Hindrances,
    Situation,
    Wishes,
)
from framdrift.casework.registration.unclear import Point, points
from framdrift.events import Json
from framdrift.standard.calendar import local_date

_ASKED = frozenset(
    (
        "situation.jobsituation",
        "education.level",
        "education.passed",
        "education.recognised",
        "hindrances.health",
        "hindrances.other",
    )
)

_LONGEST_TITLE = 100
_NO_OCCUPATION = ("X", "00", "0000")
"""What the register writes as the code of no occupation, or of one that has none."""


def as_answers(document: Document) -> dict[str, dict[str, Json]]:
    """The answers that the document gives, by step and field, as a draft takes them."""
    situation: dict[str, Json] = {"jobsituation": [*_codes(document)]}
    since = _since(document)
    if since:
        situation["since"] = since
    occupation = _last_occupation(document)
    if occupation:
        situation["last_occupation"] = occupation
    given: Mapping[str, Mapping[str, Json]] = {
        "situation": situation,
        "education": {"level": document.level, "passed": document.passed, "recognised": document.recognised},
        "hindrances": {"health": document.health, "other": document.other},
    }
    told: dict[str, dict[str, Json]] = {}
    for step, fields in given.items():
        found: dict[str, Json] = {name: value for name, value in fields.items() if value}
        if found:
            told[step] = found
    return told


def _codes(document: Document) -> Sequence[str]:
    return list(dict.fromkeys(each.code for each in document.situations if each.code))


def _since(document: Document) -> str:
    """The earliest day that a situation is said to hold from."""
    days = (each.details.get("gjelder_fra_dato_iso8601", "") for each in document.situations)
    return min((day[:10] for day in days if _is_day(day[:10])), default="")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).year > 0 and len(text) == len("2024-10-30")
    except ValueError:
        return False


def _last_occupation(document: Document) -> dict[str, Json] | None:
    """The first occupation that is named; its code where it is one of four digits."""
    for each in document.situations:
        title = " ".join(each.details.get("stilling", "").split())[:_LONGEST_TITLE]
        code = each.details.get("stilling_styrk08", "")
        if code in _NO_OCCUPATION:
            continue
        if title:
            return {"code": code if re.fullmatch(r"[0-9]{4}", code) else None, "title": title}
    return None


def points_of(document: Document) -> tuple[Point, ...]:
    """What the rules find unclear in it, of the points that rest on nothing but what the register asks."""
    profile = Profile(document.profile) if document.profile else Profile.GUIDANCE
    found = points(_as_far_as_told(document), profile=profile, on=local_date(document.sent_at))
    return tuple(each for each in found if _ASKED.issuperset(each.fields))


def _as_far_as_told(document: Document) -> Answers:
    """Answers that nobody has checked to be whole, for the rules to read."""
    return Answers.model_construct(
        about_you=AboutYou.model_construct(language=None, interpreter=None),
        situation=Situation.model_construct(jobsituation=tuple(_codes(document))),
        education=Education.model_construct(
            level=document.level, passed=document.passed, recognised=document.recognised
        ),
        experience=Experience.model_construct(),
        wishes=Wishes.model_construct(),
        hindrances=Hindrances.model_construct(health=document.health, other=document.other),
        help=Help.model_construct(needs_help=None, wants_contact=False),
    )
