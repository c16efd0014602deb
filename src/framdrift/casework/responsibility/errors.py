"""Why a case was not given, for the page to say in words."""

from __future__ import annotations

from datetime import date


class NotAllowedError(Exception):
    """The actor may not do this, or the case is not theirs to see; the page should not have offered it."""


class CaseEndedError(Exception):
    """A case that has ended has nobody responsible any more."""


class NoAdvisorError(Exception):
    """Whoever was to get the case is no advisor of the office today."""


class NotClearedError(Exception):
    """Whoever was to get the case may not see the person, who is protected."""


class AwayError(Exception):
    """Whoever was to get the case is away, and nobody answers meanwhile. Can be said yes to."""

    def __init__(self, name: str, last_day: date) -> None:
        super().__init__("away without cover")
        self.name = name
        self.last_day = last_day


class StaleError(Exception):
    """Somebody else has given the case meanwhile: it is `name` who has it now; empty where nobody does."""

    def __init__(self, name: str) -> None:
        super().__init__("the case has another advisor by now")
        self.name = name


class BasisChangedError(Exception):
    """The cases to share out are no longer those that the preview showed."""


class NumbersError(Exception):
    """The numbers do not add up to the cases to share out: `asked` for `there`."""

    def __init__(self, asked: int, there: int) -> None:
        super().__init__(f"{asked} asked for, {there} there")
        self.asked = asked
        self.there = there
