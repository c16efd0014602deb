"""A standard: dated, sourced requirements, each a pattern over the events of a case.

Source: the contract, sections 2 and 3. The meaning of each pattern stands in docs/standard.md with a picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal

from framdrift.standard.period import Period
from framdrift.standard.selector import Condition, Selector

Yardstick = Literal["guideline", "intention", "none"]
Origin = Literal["law", "thesis", "ours"]
OwedBy = Literal["office", "jobseeker"]
Verdict = Literal["conforms", "partly", "does not conform", "cannot be judged"]
State = Literal["met", "late", "missed", "open", "void"]

YARDSTICKS: tuple[Yardstick, ...] = ("guideline", "intention", "none")
ORIGINS: tuple[Origin, ...] = ("law", "thesis", "ours")
OWED_BY: tuple[OwedBy, ...] = ("office", "jobseeker")

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """For each trigger event, a later target event, no later than ``within`` after it."""

    trigger: Selector
    target: Selector
    within: Period | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """A target event in every window of length ``every``, the first from the opening or from each ``start`` event."""

    target: Selector
    every: Period
    start: Selector | None = None


@dataclass(frozen=True, slots=True)
class Precedence:
    """Before each ``event``, an event that matches ``requires`` or ``unless``."""

    event: Selector
    requires: Selector
    unless: Selector | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Each ``event`` holds what is asked of its attributes."""

    event: Selector
    holds: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """Never more than ``at_most`` of ``event`` since the opening, or since the latest ``reset``."""

    event: Selector
    at_most: int
    reset: Selector | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Opened by opening + ``after``, and after that never closed for any instant."""

    opens: Selector
    closes: Selector
    after: Period


@dataclass(frozen=True, slots=True)
class Share:
    """In each group named by ``per``, the share of ``among`` events that match ``of`` keeps the bounds."""

    of: Selector
    among: Selector
    per: Literal["actor", "office"]
    min_n: int
    at_most: Fraction | None = None
    at_least: Fraction | None = None


@dataclass(frozen=True, slots=True)
class AgeBelow:
    """Cases whose job-seeker is younger than this, by year of the opening minus year of birth."""

    years: int


@dataclass(frozen=True, slots=True)
class Lasted:
    """Cases that have lasted this long: opening + period ≤ the date of the end, else of the as-of moment."""

    period: Period


@dataclass(frozen=True, slots=True)
class Compare:
    """The group's rate of another rule is at least the others' rate less ``margin``."""

    of: tuple[str, str | None]
    group: AgeBelow | Lasted
    margin: Fraction
    min_n: int


CasePattern = Response | Recurring | Precedence | Content | Absence | Coverage
Pattern = CasePattern | Share | Compare


@dataclass(frozen=True, slots=True)
class Rule:
    """What is evaluated: a requirement without readings, or one reading of it (``reading`` is then its name)."""

    id: str
    reading: str | None
    title: Texts
    reading_title: Texts
    source: Texts
    origin: Origin
    yardstick: Yardstick
    owed_by: OwedBy
    goals: tuple[str, ...]
    pattern: Pattern
    cases: Selector | None = None
    after_end: bool = False

    @property
    def key(self) -> tuple[str, str | None]:
        return self.id, self.reading


@dataclass(frozen=True, slots=True)
class Goal:
    """What the requirements serve."""

    id: str
    title: Texts
    source: str = ""


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """From which rate a requirement conforms, or partly does, and from how many closed instances it is judged."""

    conforms: Fraction = Fraction(9, 10)
    partly: Fraction = Fraction(6, 10)
    min_n: int = 10


@dataclass(frozen=True)
class Standard:
    """Dated, sourced requirements, in the order of their file.

    ``gaps`` names what the file left out that a reader would miss: a title, a source, a date.
    """

    id: str
    title: Texts
    in_force: date | None
    source: str
    rules: tuple[Rule, ...]
    goals: tuple[Goal, ...] = ()
    verdict: VerdictRule = field(default_factory=VerdictRule)
    gaps: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str | None], Rule]:
        return {rule.key: rule for rule in self.rules}
