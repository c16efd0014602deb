"""Who comes: people and their registrations, drawn from the habits file's shares, and when and why they leave."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from random import Random
from typing import TypeVar

from framdrift.simulation.case import Case, Person
from framdrift.simulation.description import NEEDS, JobSeekers

_HALF_A_YEAR = 183
_YOUTH_BELOW = 30
_SOCIAL = "sosialhjelp"
T = TypeVar("T")


def opaque(*parts: object) -> str:
    """An identifier that says nothing: the same parts give the same one, in any process."""
    return hashlib.blake2b("/".join(map(str, parts)).encode(), digest_size=8).hexdigest()


def pick(rng: Random, shares: Mapping[T, float]) -> T:
    """One of the keys, by weight."""
    mark = rng.random() * sum(shares.values())
    for key, share in shares.items():
        mark -= share
        if mark < 0:
            return key
    return key


class Arrivals:
    """Draws persons and what they register. A person who left before may come back under the same identifier."""

    def __init__(self, habits: JobSeekers, key: str) -> None:
        self._habits = habits
        self._key = key
        self._gone: list[tuple[int, Person]] = []

    def left(self, day: int, person: Person) -> None:
        self._gone.append((day, person))

    def open(self, number: int, day: int, year: int, *, logged: bool) -> Case:
        """The office's arrival of that number; its chance is its own, so that nothing at work changes who comes."""
        rng = Random(f"{self._key}/{number}")  # noqa: S311  drawn to be repeated, not to be kept secret
        person = self._person(rng, number, year)
        place = int(rng.random() * len(self._gone))
        if rng.random() < self._habits.returning and self._gone and self._gone[place][0] < day:
            person = self._gone.pop(place)[1]
        need = NEEDS.index(pick(rng, self._habits.need))
        return Case(opaque(self._key, "case", number), person, day, need, rng=rng, logged=logged)

    def _person(self, rng: Random, number: int, year: int) -> Person:
        habits = self._habits
        youngest, oldest = map(int, pick(rng, habits.ages).split("-"))
        language = pick(rng, habits.language)
        return Person(
            id=opaque(self._key, "person", number),
            birth_year=year - rng.randint(youngest, oldest),
            sex="female" if rng.random() < habits.women else "male",
            language=language,
            interpreter=language not in ("nb", "nn", "en") and rng.random() < habits.interpreter,
        )

    def register(self, case: Case, at: int, year: int) -> None:
        """Fills the case with what the person registers, and writes ``registered``."""
        rng, habits, person = case.rng, self._habits, case.person
        need = NEEDS[case.need]
        benefits = [pick(rng, habits.benefits)]
        second = pick(rng, habits.benefits)
        if rng.random() < habits.second_benefit and "none" not in (benefits[0], second) and second != benefits[0]:
            benefits.append(second)
        case.benefits = tuple(benefits)
        case.youth = year - person.birth_year < _YOUTH_BELOW
        unclear = [point for point, chance in habits.unclear.items() if rng.random() < chance]
        wants_contact = rng.random() < habits.wants_contact[need]
        case.prompted = bool(unclear) or wants_contact
        case.rung_offset = rng.gauss(0, 1)
        mark = rng.random()
        says = habits.says_needs_help[need]
        facts = {
            "birth_year": person.birth_year,
            "sex": person.sex,
            "benefits": benefits,
            "language": person.language,
            "interpreter": person.interpreter,
            "wants_contact": wants_contact,
            "unclear": unclear,
            "needs_help": "yes" if mark < says else ("unsure" if mark < says + (1 - says) / 3 else "no"),
            "source": "assisted" if rng.random() < habits.assisted else "online",
        }
        case.note(at, "registered", person.id, json.dumps(facts, separators=(",", ":")))

    def leave(self, case: Case, day: int) -> None:
        """Draws when and why the person leaves, from ``day`` on, as long as nothing changes."""
        rng, exits = case.rng, self._habits.exits
        chance = exits.a_week[NEEDS[case.need]]
        chance *= exits.youth if case.youth else 1
        chance *= exits.without_common_language if case.person.interpreter else 1
        early = _a_day(chance)
        late = _a_day(chance * exits.after_half_a_year)
        drawn = rng.expovariate(1)
        turn = max(0, case.registered + _HALF_A_YEAR - day)
        wait = turn + (drawn - early * turn) / late if late else math.inf
        if drawn < early * turn:
            wait = drawn / early
        quiet = _a_day(exits.inactive_a_week)
        silence = rng.expovariate(quiet) if quiet else math.inf
        reason = pick(rng, exits.to)
        case.exit_day = day + 1 + int(min(wait, silence, 36_500))
        case.exit_reason = "inactive" if silence < wait else reason

    def need_grows(self, case: Case, day: int) -> int:
        """The day from which the person needs more than on registering."""
        rate = _a_day(self._habits.need_grows_a_week)
        return day + 1 + int(min(case.rng.expovariate(rate), 36_500)) if rate else day + 36_500


def urgent(case: Case) -> bool:
    """Social assistance: what is urgent with them comes first at these offices (8.2)."""
    return _SOCIAL in case.benefits


def _a_day(chance_a_week: float) -> float:
    return -math.log1p(-min(chance_a_week, 0.99)) / 7
