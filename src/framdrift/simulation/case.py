"""One case under simulation: what is true of the person, what the office knows, and what was written down."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from framdrift.simulation.advisor import Worker

NEVER = -1
DAY_US = 86_400_000_000


class Written(NamedTuple):
    """An event as it was written: sorted, these stand in the order of recording."""

    recorded: int
    place: int
    at: int
    kind: str
    actor: str
    attributes: str
    corrects: int
    team: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Who registers; stays the same when the person comes back."""

    id: str
    birth_year: int
    sex: str
    language: str
    interpreter: bool


class Case:
    """A registration period. ``need`` is what is true; ``group`` is what the office has decided."""

    __slots__ = (
        "advisor",
        "asked",
        "assessment_left",
        "attempts",
        "benefits",
        "condition",
        "contacts",
        "counted",
        "ended_day",
        "exit_day",
        "exit_reason",
        "group",
        "group_need",
        "heard",
        "id",
        "job_log_every",
        "last_conversation",
        "logged",
        "measure",
        "measure_considered",
        "measure_runs",
        "need",
        "next_match",
        "open",
        "person",
        "plan",
        "plan_wanted",
        "prompted",
        "registered",
        "returns",
        "rng",
        "rung_offset",
        "slips",
        "substitutes",
        "team",
        "teams",
        "transfer",
        "written",
        "youth",
    )

    def __init__(
        self, identifier: str, person: Person, registered: int, need: int, *, rng: Random, logged: bool
    ) -> None:
        self.id = identifier
        self.person = person
        self.registered = registered
        self.need = need
        self.rng = rng
        # What is written and how must not change what happens, or a part of the cases would not be part of the whole.
        self.slips = Random(identifier) if logged else rng  # noqa: S311  drawn to be repeated, not to be kept secret
        self.logged = logged
        self.youth = False
        self.open = True
        self.benefits: tuple[str, ...] = ()
        self.prompted = False
        self.team: str | None = None
        self.teams: list[tuple[int, str]] = []
        self.advisor: Worker | None = None
        self.group: str | None = None
        self.group_need = 0
        self.contacts: bool | None = None
        self.heard = False
        self.attempts = 0
        self.counted = registered
        self.last_conversation = NEVER
        self.asked = NEVER
        self.substitutes: bool | None = None
        self.next_match = registered
        self.measure: str | None = None
        self.measure_considered = NEVER
        self.measure_runs = False
        self.plan = False
        self.plan_wanted = False
        self.job_log_every = 0
        self.condition = False
        self.transfer = ""
        self.returns = 0
        self.assessment_left = 0.0
        self.rung_offset = 0.0
        self.exit_day = NEVER
        self.exit_reason = ""
        self.ended_day = NEVER
        self.written: list[Written] = []

    @property
    def responsible(self) -> Worker:
        """The advisor who has the case. What asks for it happens only after a case is assigned."""
        if self.advisor is None:
            raise LookupError(f"case {self.id} is not assigned")
        return self.advisor

    def join(self, team: str, day: int) -> None:
        """The case belongs to ``team`` from now on; the days are kept for what is written afterwards."""
        self.team = team
        self.teams.append((day, team))

    def note(
        self, at: int, kind: str, actor: str, attributes: str = "{}", *, recorded: int = 0, corrects: int = NEVER
    ) -> int:
        """Writes an event down and returns its place, to be named by a correction. ``recorded`` 0 means at once."""
        if not self.logged:
            return NEVER
        place = len(self.written)
        self.written.append(Written(recorded or at, place, at, kind, actor, attributes, corrects, self.team))
        return place
