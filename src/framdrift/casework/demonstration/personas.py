"""Whom one may log in as in the demonstration, in the order they are shown, with what one can try as each."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from framdrift.casework.access.actions import account_of_person, account_of_staff, offer_persona
from framdrift.casework.access.models import Persona
from framdrift.casework.demonstration import seekers
from framdrift.casework.offices.models import Office, Staff
from framdrift.casework.offices.roles import Role
from framdrift.casework.people.models import Identity
from framdrift.casework.people.protection import Protection


@dataclass(frozen=True, slots=True)
class _Door:
    """An employee of the demonstration by their code, and what one can try as them, in Norwegian and English."""

    staff: str
    role: Role
    nb: str
    en: str


STAFF = (
    _Door("lillevik-a4", Role.ADVISOR,
          "Veileder: finner arbeidssøkerne sine, registrerer sammen med dem og dekker en kollega som er borte",
          "Advisor: finds her job-seekers, registers together with them, and covers a colleague who is away"),
    _Door("lillevik-a2", Role.ADVISOR,
          "Veileder: klarert for fortrolig adresse, og ser dermed noen som kollegene ikke finner",
          "Advisor: cleared for confidential addresses, and so sees some whom colleagues do not find"),
    _Door("lillevik-lead", Role.TEAM_LEAD,
          "Teamleder: gir saker som ingen har ansvaret for, til en veileder",
          "Team lead: gives cases that nobody is responsible for to an advisor"),
    _Door("lillevik-leader", Role.OFFICE_LEADER,
          "Kontorleder: ser kontorets samsvar og sakene bak, og fordeler dem når noen slutter",
          "Office leader: sees the office's conformity and the cases behind it, and shares out cases when somebody leaves"),
    _Door("lillevik-reviewer", Role.DECISION_REVIEWER,
          "Beslutter: åpner saker for å se over dem, og sier hvorfor",
          "Decision reviewer: opens cases to look them over, and says why"),
    _Door("lillevik-user", Role.USER_REPRESENTATIVE,
          "Brukerrepresentant: ser summene for kontoret, ikke sakene bak",
          "User representative: sees the office's sums, not the cases behind them"),
    _Door("lillevik-admin", Role.ADMINISTRATOR,
          "Administrator: styrer hvem som arbeider på kontoret og hvem som er klarert, men ser ingen saker",
          "Administrator: decides who works at the office and who is cleared, and sees no cases"),
    _Door("storhavn-a1", Role.ADVISOR,
          "Veileder: klarert for fortrolig og strengt fortrolig adresse",
          "Advisor: cleared for confidential and strictly confidential addresses"),
    _Door("storhavn-a4", Role.ADVISOR,
          "Veileder: slutter snart, og sakene skal til andre",
          "Advisor: leaves soon, and the cases go to others"),
    _Door("storhavn-lead", Role.TEAM_LEAD,
          "Teamleder: tar imot dem som nettopp har registrert seg",
          "Team lead: takes in those who have just registered"),
    _Door("storhavn-leader", Role.OFFICE_LEADER,
          "Kontorleder: ser kontorets samsvar og sakene bak",
          "Office leader: sees the office's conformity and the cases behind it"),
    _Door("storhavn-reviewer", Role.DECISION_REVIEWER,
          "Beslutter: åpner saker for å se over dem, og sier hvorfor",
          "Decision reviewer: opens cases to look them over, and says why"),
    _Door("storhavn-privacy", Role.PRIVACY_OFFICER,
          "Personvernombud ved begge kontorene: leser hvem som har åpnet hva, men ser ingen saker",
          "Privacy officer at both offices: reads who has opened what, and sees no cases"),
    _Door("storhavn-analyst", Role.ANALYST,
          "Analytiker: ser summene for alle kontorer, ikke sakene bak",
          "Analyst: sees the sums of all offices, not the cases behind them"),
    _Door("storhavn-admin", Role.ADMINISTRATOR,
          "Administrator: styrer hvem som arbeider på kontoret og hvem som er klarert, men ser ingen saker",
          "Administrator: decides who works at the office and who is cleared, and sees no cases"),
)  # fmt: skip
SEEKERS = {
    "unclear": ("Arbeidssøker: har nettopp registrert seg, og noe i svarene er uklart",
                "Job-seeker: has just registered, and something in the answers is unclear"),
    "interpreter": ("Arbeidssøker: leser engelsk, og vil ha tolk i samtaler",
                    "Job-seeker: reads English, and wants an interpreter in conversations"),
    "not-yet": ("Arbeidssøker: har ikke registrert seg ennå",
                "Job-seeker: has not registered yet"),
    "history": ("Arbeidssøker: har vært registrert lenge, med en lang historie",
                "Job-seeker: has been registered for long, with a long history"),
    "protected": ("Arbeidssøker: har fortrolig adresse, så bare klarerte ansatte finner henne eller ham",
                  "Job-seeker: has a confidential address, so that only cleared staff find her or him"),
}  # fmt: skip
_FIRST_STAFF = 100
"""Job-seekers stand before staff."""


@transaction.atomic
def offer(*, now: datetime) -> None:
    """Lets everybody on the lists be logged in as; whoever is offered already stays who they are."""
    offered = dict(Persona.objects.values_list("place", "name"))
    for place, (key, person) in enumerate(_people(now, offered), 1):
        if person is not None and place not in offered:
            _offer_seeker(place, key, person)
    offices = dict(Office.objects.values_list("code", "name"))
    for place, door in enumerate(STAFF, _FIRST_STAFF):
        staff = Staff.objects.filter(code=door.staff).first()
        if staff is not None and offered.get(place) != staff.name:
            offer_persona(
                account=account_of_staff(staff),
                place=place,
                name=staff.name,
                role=door.role,
                office=offices[door.staff.partition("-")[0]],
                about_nb=door.nb,
                about_en=door.en,
            )


def _people(now: datetime, offered: dict[int, str]) -> list[tuple[str, uuid.UUID | None]]:
    """In the order of `SEEKERS`; whoever is offered already is not looked for again."""
    if len([place for place in offered if place < _FIRST_STAFF]) == len(SEEKERS):
        return []
    found: dict[str, uuid.UUID | None] = {}
    for newcomer in seekers.newcomers(now):
        seekers.register(newcomer, at=now - timedelta(hours=20))
        found[newcomer.key] = newcomer.person
    found["history"] = seekers.with_long_history("lillevik")
    found["protected"] = seekers.protected("lillevik", Protection.CONFIDENTIAL)
    return [(key, found[key]) for key in SEEKERS]


def _offer_seeker(place: int, key: str, person: uuid.UUID) -> None:
    about_nb, about_en = SEEKERS[key]
    named = Identity.objects.get(person=person)
    offer_persona(
        account=account_of_person(person),
        place=place,
        name=str(named),
        role=None,
        office="",
        about_nb=about_nb,
        about_en=about_en,
    )
