"""What stands in the way of a change. The page says it in words; here it has a name, and what the words need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto


class NotAllowedError(Exception):
    """The actor may not do this; the page should not have offered it."""


class Obstacle(Enum):
    """Each says what is wrong with what was asked for, so that it can be mended there and then."""

    NO_ROLE = auto()
    ROLES_AT_ODDS = auto()
    USERNAME_TAKEN = auto()
    CODE_TAKEN = auto()
    CODE_UNFIT = auto()
    HELD_ALREADY = auto()
    NOT_HELD = auto()
    HAS_LEFT = auto()
    LAST_ADMINISTRATOR = auto()
    NO_SUCH_TEAM = auto()
    NOT_STAFF_HERE = auto()
    LAST_BEFORE_FIRST = auto()
    IN_THE_PAST = auto()
    AWAY_ALREADY = auto()
    COVER_IS_SELF = auto()
    COVER_IS_ACTOR = auto()
    COVER_NO_ADVISOR = auto()
    COVER_AWAY = auto()
    REASON_MISSING = auto()
    NO_CASES = auto()
    LEAVES_NOBODY = auto()
    """The employee covers for others on those days, and names nobody for themselves. Can be said yes to."""


@dataclass(frozen=True, slots=True)
class Days:
    """Whom and which days an obstacle is about, for its words."""

    name: str
    first_day: date
    last_day: date | None


class HinderedError(Exception):
    def __init__(self, obstacle: Obstacle, about: tuple[Days, ...] = ()) -> None:
        super().__init__(obstacle.name.lower())
        self.obstacle = obstacle
        self.about = about


class StaleError(Exception):
    """What was shown is not what stands there now. `now` is what does, or None where it is gone."""

    def __init__(self, now: object) -> None:
        super().__init__("changed by somebody else meanwhile")
        self.now = now
