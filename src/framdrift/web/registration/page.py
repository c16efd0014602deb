"""The page of one step: where one is, what is asked, and what was saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from framdrift.casework.registration.answers import STEPS
from framdrift.casework.registration.drafts import Draft
from framdrift.web.design.forms import Problem
from framdrift.web.registration import words
from framdrift.web.registration.filled import Filled
from framdrift.web.registration.offices import is_changing
from framdrift.web.registration.party import Party

INTRODUCTIONS: Mapping[str, Promise | str] = {
    "about_you": _("Vi bruker dette for å nå deg på den måten du vil."),
    "situation": _("Vi spør for å forstå hvor du står i dag."),
    "education": _("Utdanning har mye å si for hvilke jobber som kan passe."),
    "experience": _("Dette er CV-en din. Skriv det du vil at veilederen skal vite om."),
    "wishes": _("Målet ditt er det vi skal arbeide sammen mot. Du kan endre det når du vil."),
    "hindrances": _(
        "Noe kan gjøre det vanskelig å jobbe nå. Du velger selv hva du vil si. "
        "Ansatte som ikke følger deg opp, må oppgi en grunn for å lese det, og du ser hvem som har åpnet saken din."
    ),
    "help": _("Til slutt: Hva mener du selv at du trenger?"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A step in the list of all steps."""

    code: str
    title: str
    state: str
    """`done`, `unfinished` (something is missing or wrong) or `empty`."""
    is_current: bool


@dataclass(frozen=True, slots=True)
class StepPage:
    party: Party
    filled: Filled
    version: int
    stops: tuple[Stop, ...]
    is_changing: bool
    saved_at: datetime | None
    saved_by: str
    problems: tuple[Problem, ...] = ()

    @property
    def number(self) -> int:
        return STEPS.index(self.filled.step) + 1

    @property
    def count(self) -> int:
        return len(STEPS)

    @property
    def title(self) -> str:
        return str(words.STEPS[self.filled.step])

    @property
    def introduction(self) -> str:
        return str(INTRODUCTIONS[self.filled.step])

    @property
    def address(self) -> str:
        return self.party.places.step(self.filled.step)

    @property
    def is_first(self) -> bool:
        return self.filled.step == STEPS[0]

    @property
    def is_last(self) -> bool:
        return self.filled.step == STEPS[-1]


def step_page(party: Party, draft: Draft, filled: Filled) -> StepPage:
    saved = [each for each in draft.contributions if each.step == filled.step]
    return StepPage(
        party=party,
        filled=filled,
        version=draft.version,
        stops=stops(draft, current=filled.step),
        is_changing=is_changing(party, draft),
        saved_at=saved[-1].at if saved else None,
        saved_by=saved[-1].name if saved else "",
        problems=tuple(filled.problems),
    )


def stops(draft: Draft, *, current: str = "") -> tuple[Stop, ...]:
    unfinished = set(draft.unfinished)
    return tuple(Stop(step, str(words.STEPS[step]), _state(draft, step, unfinished), step == current) for step in STEPS)


def _state(draft: Draft, step: str, unfinished: set[str]) -> str:
    if step not in draft.steps:
        return "empty"
    return "unfinished" if step in unfinished else "done"
