"""Who works at the demonstration's offices. Names of roles speak for themselves: nobody is called so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from framdrift.casework.offices.roles import Role
from framdrift.casework.people.protection import Protection


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the office besides its advisors: `team` only for the lead of one."""

    code: str
    name: str
    role: Role
    team: str = ""
    also_at: str = ""
    """The code of an office where the role is held too, if that office is there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An office of the demonstration: how to reach it, who works there, and what is the matter with some of them.

    Advisors are named by their code in the habits file. `away` and `covers` are two of them, `leaves` another; `cleared`
    may see people who are protected so.
    """

    visiting_address: str
    advisors: Mapping[str, str]
    colleagues: tuple[Colleague, ...]
    away: str
    covers: str
    leaves: str
    cleared: Mapping[str, Protection]
    takes_new: str = "short_term"
    phone: str = "00 00 00 00"
    opening_hours: str = "10–14"


DESKS: Mapping[str, Desk] = {
    "lillevik": Desk(
        visiting_address="Påhittveien 1, 0000 Lillevik",
        advisors={
            "a1": "Ove Fagerli",
            "a2": "Berit Sandmo",
            "a3": "Kari Åsvang",
            "a4": "Arif Hassan",
            "a5": "Ingvild Trøa",
            "b1": "Terje Øyan",
            "b2": "Samira Kaya",
        },
        colleagues=(
            Colleague("leader", "Liv Leder", Role.OFFICE_LEADER),
            Colleague("lead", "Tea Teamleder", Role.TEAM_LEAD, team="short_term"),
            Colleague("reviewer", "Bo Beslutter", Role.DECISION_REVIEWER),
            Colleague("user", "Britt Brukerrepresentant", Role.USER_REPRESENTATIVE),
            Colleague("admin", "Adam Administrator", Role.ADMINISTRATOR),
        ),
        away="a3",
        covers="a4",
        leaves="a5",
        cleared={"a2": Protection.CONFIDENTIAL, "b1": Protection.SHIELDED},
    ),
    "storhavn": Desk(
        visiting_address="Tenkte gate 7, 0000 Storhavn",
        advisors={
            "a1": "Nina Ekren",
            "a2": "Håkon Slettvoll",
            "a3": "Leyla Demir",
            "a4": "Per-Arne Kvist",
            "a5": "Sigrun Ådland",
            "b1": "Mohamed Warsame",
            "b2": "Tuva Lomeland",
            "b3": "Jan Ove Ørnes",
        },
        colleagues=(
            Colleague("leader", "Stein Styrer", Role.OFFICE_LEADER),
            Colleague("lead", "Tor Teamleder", Role.TEAM_LEAD, team="short_term"),
            Colleague("reviewer", "Bodil Beslutter", Role.DECISION_REVIEWER),
            Colleague("privacy", "Pia Personvern", Role.PRIVACY_OFFICER, also_at="lillevik"),
            Colleague("analyst", "Ane Analytiker", Role.ANALYST),
            Colleague("admin", "Alma Administrator", Role.ADMINISTRATOR),
        ),
        away="a3",
        covers="a2",
        leaves="a4",
        cleared={
            "a1": Protection.CONFIDENTIAL | Protection.STRICTLY_CONFIDENTIAL,
            "a5": Protection.SHIELDED,
        },
    ),
}
