"""A draft as pages read it: what was typed in each step, what is wrong with it, and who filled it in. No Django here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from framdrift.casework.registration.answers import STEPS, Answers, Problem, Problems, read_step
from framdrift.events import Json

NOT_FILLED_IN: Problems = {"": Problem("required")}


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What was typed in a step, and the draft's version since which it stands so."""

    data: Mapping[str, Json]
    version: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """Who filled in a step, and when last. `by` is the code of a member of staff (`name` theirs) or the person's id."""

    step: str
    by: str
    name: str
    assisted: bool
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """`begun_at` None: nothing is begun, and the steps hold what one would begin from. `suggested` is what is known of
    a step that nobody has saved. Dates are held against `today`.
    """

    person: uuid.UUID
    version: int
    today: date
    based_on: int | None = None
    steps: Mapping[str, StepDraft] = field(default_factory=dict)
    suggested: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    contributions: tuple[Contribution, ...] = ()
    begun_at: datetime | None = None
    updated_at: datetime | None = None

    def data(self, step: str) -> Mapping[str, Json]:
        """What to show in the step's form: as typed, else what is known, else nothing."""
        kept = self.steps.get(step)
        return kept.data if kept else self.suggested.get(step, {})

    def problems(self, step: str) -> Problems:
        """What is wrong with what was typed; a step that nobody has saved is not filled in."""
        kept = self.steps.get(step)
        return read_step(step, kept.data, today=self.today)[1] if kept else NOT_FILLED_IN

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The steps that stand between here and sending."""
        return tuple(step for step in STEPS if self.problems(step))

    @property
    def answers(self) -> Answers | None:
        """All of it, once every step is right."""
        if self.unfinished:
            return None
        context = {"today": self.today}
        return Answers.model_validate({step: dict(self.steps[step].data) for step in STEPS}, context=context)
