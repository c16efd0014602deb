"""Who fills in for whom, and where the pages of it lie: the same pages serve the portal and the staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from framdrift.casework.access.rules import Actor, Seeker


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses of the pages."""

    step: Callable[[str], str]
    review: str
    receipt: str
    later: str
    """Where «Lagre og fortsett senere» leads."""
    occupations: str
    """Takes the search for occupations, with the name of the question as ``question``."""
    versions: str
    version: Callable[[int], str]
    changes: Callable[[int], str]
    """What a version changed from the one before it."""


@dataclass(frozen=True, slots=True)
class Party:
    actor: Actor
    person: UUID
    name: str
    """Of the person."""
    places: Places
    office: str | None = None
    """The code of the office that staff register at; None where the person chooses, or the running case decides."""

    @property
    def is_own(self) -> bool:
        return isinstance(self.actor, Seeker)

    @property
    def is_assisted(self) -> bool:
        return not self.is_own
