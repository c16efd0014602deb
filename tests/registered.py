"""Registrations of the tests: one that leaves nothing unclear, and strategies for all that may be answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from framdrift.casework.registration import steps
from framdrift.casework.registration.answers import Answers, load
from framdrift.events.vocabulary import BENEFITS

TODAY = date(2026, 11, 23)
BORN = date(1990, 5, 17)

CLEAR: dict[str, dict[str, Any]] = {
    "about_you": {
        "given_name": "Solveig",
        "family_name": "Ås",
        "phone": "+4799887766",
        "email": "solveig@example.no",
        "preferred": "sms",
        "language": "nb",
        "interpreter": False,
    },
    "situation": {
        "jobsituation": ["laid_off"],
        "since": "2026-11-02",
        "last_occupation": {"code": "5223", "title": "butikkmedarbeider"},
        "benefits": ["dagpenger"],
    },
    "education": {
        "level": "4",
        "passed": "yes",
        "recognised": "yes",
        "educations": [{"title": "Salg og service", "school": "Vika videregående", "from_year": 2006, "to_year": 2009}],
    },
    "experience": {
        "jobs": [
            {"title": "Butikkmedarbeider", "employer": "Hjørnet AS", "place": "Vika", "from_month": "2010-01"},
        ],
        "competence": ["kasse", "vareopptelling"],
        "languages": [{"language": "en", "spoken": "good", "written": "good"}],
        "licences": ["B"],
    },
    "wishes": {
        "goal": "Fast arbeid i butikk",
        "occupations": [{"code": "5223", "title": "butikkmedarbeider"}],
        "places": ["Vika"],
        "hours": "full",
        "arrangements": ["day", "weekend"],
        "start": "now",
    },
    "hindrances": {"health": "no", "other": "no"},
    "help": {"needs_help": "no", "wants_contact": False, "own_view": "manage_alone"},
}
"""Everything answered so that no rule finds anything unclear, on `TODAY`, for whoever is born on `BORN`."""


def changed(**by_step: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """`CLEAR` with other answers in some steps; None takes an answer away."""
    merged = {step: CLEAR[step] | by_step.get(step, {}) for step in CLEAR}
    return {step: {name: value for name, value in data.items() if value is not None} for step, data in merged.items()}


def answers(**by_step: dict[str, Any]) -> Answers:
    return load(changed(**by_step))


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def _codes(codes: tuple[str, ...], *, at_least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), min_size=at_least, max_size=5)


LINES = st.text(min_size=1, max_size=30).filter(lambda text: any(each.isalnum() and each.isascii() for each in text))
TEXTS = st.text(max_size=60)
YES_NO = _maybe(st.sampled_from(steps.YES_NO))
YEARS = st.integers(2015, 2026)
_MONTHS = st.builds("{}-{:02}".format, st.integers(2020, 2025), st.integers(1, 12))


@st.composite
def _jobs(draw: st.DrawFn) -> dict[str, Any]:
    months = sorted([draw(_MONTHS), draw(_MONTHS)])
    return {
        "title": draw(LINES),
        "employer": draw(st.just("") | LINES),
        "from_month": months[0],
        "to_month": draw(_maybe(st.just(months[1]))),
        "text": draw(TEXTS),
    }


@st.composite
def _studies(draw: st.DrawFn) -> dict[str, Any]:
    years = sorted([draw(YEARS), draw(YEARS)])
    return {
        "title": draw(LINES),
        "from_year": draw(_maybe(st.just(years[0]))),
        "to_year": draw(_maybe(st.just(years[1]))),
    }


OCCUPATIONS = st.fixed_dictionaries({"code": _maybe(st.sampled_from(["5223", "2221"])), "title": LINES})
SKILLS = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["nb", "nn", "en", "other"]),
        "spoken": st.sampled_from(steps.FLUENCIES),
        "written": st.sampled_from(steps.FLUENCIES),
    }
)
_LANGUAGES = st.sampled_from(["nb", "sv", "se", "en", "so", "nsl", "other"])

TYPED: st.SearchStrategy[dict[str, dict[str, Any]]] = st.fixed_dictionaries(
    {
        "about_you": st.fixed_dictionaries(
            {
                "given_name": LINES,
                "family_name": LINES,
                "phone": st.sampled_from(["99 88 77 66", "+47 99887766", "0046701234567"]),
                "email": st.sampled_from(["", "a.b@example.no"]),
                "preferred": st.sampled_from(["phone", "sms", "letter", "portal"]),
                "language": _LANGUAGES,
                "interpreter": st.booleans(),
                "interpreter_language": st.sampled_from(["so", "ar"]),
            }
        ),
        "situation": st.fixed_dictionaries(
            {
                "jobsituation": _codes(steps.JOBSITUATIONS, at_least=1),
                "since": _maybe(st.dates(date(2000, 1, 1), TODAY)),
                "last_occupation": _maybe(OCCUPATIONS),
                "benefits": st.just(["none"]) | _codes(BENEFITS[:-1], at_least=1),
            }
        ),
        "education": st.fixed_dictionaries(
            {
                "level": _maybe(st.sampled_from(steps.LEVELS)),
                "passed": YES_NO,
                "recognised": YES_NO,
                "educations": st.lists(_studies(), max_size=2),
            }
        ),
        "experience": st.fixed_dictionaries(
            {
                "jobs": st.lists(_jobs(), max_size=3),
                "competence": st.lists(LINES, max_size=3),
                "languages": st.lists(SKILLS, max_size=2, unique_by=lambda skill: skill["language"]),
                "licences": _codes(steps.LICENCES),
            }
        ),
        "wishes": st.fixed_dictionaries(
            {
                "goal": st.just("") | LINES,
                "occupations": st.lists(OCCUPATIONS, max_size=2),
                "places": st.lists(LINES, max_size=2),
                "hours": _maybe(st.sampled_from(steps.HOURS)),
                "arrangements": _codes(steps.ARRANGEMENTS),
                "start": _maybe(st.sampled_from(steps.STARTS)),
            }
        ),
        "hindrances": st.fixed_dictionaries({"health": YES_NO, "other": YES_NO, "text": TEXTS}),
        "help": st.fixed_dictionaries(
            {
                "needs_help": st.sampled_from(steps.YES_NO),
                "wants_contact": st.booleans(),
                "wanted": _codes(steps.WANTED),
                "own_view": _maybe(st.sampled_from(steps.OWN_VIEWS)),
                "own_words": TEXTS,
            }
        ),
    }
)
"""What somebody may type in all steps, every bit of it valid on `TODAY`."""
