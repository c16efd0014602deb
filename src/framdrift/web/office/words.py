"""What these pages say about advisors, absence, and what stands in the way of a change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.offices.absences import Away
from framdrift.casework.people.protection import Protection
from framdrift.casework.responsibility.advisors import Advisor
from framdrift.casework.responsibility.errors import (
    CaseEndedError,
    NoAdvisorError,
    NotAllowedError,
    NotClearedError,
    StaleError,
)
from framdrift.casework.responsibility.queries import Row, Without
from framdrift.casework.responsibility.reasons import Reason
from framdrift.casework.staffing.errors import Days, HinderedError, Obstacle
from framdrift.web.design import formats

OBSTACLES: Mapping[Obstacle, str | Promise] = {
    Obstacle.NO_ROLE: _("Velg minst én rolle."),
    Obstacle.ROLES_AT_ODDS: _(
        "Administrator og personvernombud ser ingen saker. Den som har en av de rollene her, kan ikke ha en rolle som "
        "gjør det."
    ),
    Obstacle.USERNAME_TAKEN: _(
        "Brukernavnet tilhører en annen. Er det samme person som kommer tilbake, må navnet skrives som sist."
    ),
    Obstacle.CODE_TAKEN: _("Ansattkoden tilhører en annen. En kode brukes aldri om igjen."),
    Obstacle.CODE_UNFIT: _(
        "Ansattkoden kan ha bokstavene a–z, tall, punktum, bindestrek og understrek. Den kan ikke være «system» eller en "
        "id av samme slag som dem vi lager."
    ),
    Obstacle.HELD_ALREADY: _("Dette gjelder allerede i de dagene."),
    Obstacle.NOT_HELD: _("Det er ikke noe å avslutte: det gjelder ikke lenger, eller noen andre har avsluttet det."),
    Obstacle.HAS_LEFT: _("Siste dag er passert. Gi de rollene som skal gjelde, på nytt."),
    Obstacle.LAST_ADMINISTRATOR: _("Kontoret må ha en administrator. Gi rollen til en annen først."),
    Obstacle.NO_SUCH_TEAM: _("Teamet finnes ikke ved kontoret."),
    Obstacle.NOT_STAFF_HERE: _("Den ansatte hører ikke til kontoret."),
    Obstacle.LAST_BEFORE_FIRST: _("Siste dag kan ikke være før første dag."),
    Obstacle.IN_THE_PAST: _("Dagen er passert. Velg i dag eller senere."),
    Obstacle.COVER_IS_SELF: _("Den som er borte, kan ikke svare for seg selv. Velg en annen."),
    Obstacle.COVER_IS_ACTOR: _(
        "Den som svarer, kan åpne sakene uten å begrunne det. Du kan ikke gi det til deg selv: velg en annen, eller la den "
        "som blir borte eller en annen leder føre opp deg."
    ),
    Obstacle.COVER_NO_ADVISOR: _("Den som svarer, må være veileder her i alle dagene."),
    Obstacle.REASON_MISSING: _("Skriv hvorfor, med høyst 200 tegn."),
    Obstacle.NO_CASES: _("Bare den som arbeider med saker, kan klareres."),
}

PROTECTIONS: Mapping[Protection, str | Promise] = {
    Protection.CONFIDENTIAL: _("Fortrolig adresse (kode 7)"),
    Protection.STRICTLY_CONFIDENTIAL: _("Strengt fortrolig adresse (kode 6)"),
    Protection.SHIELDED: _("Skjermet person"),
}

REFUSALS: Mapping[type[Exception], str | Promise] = {
    NotAllowedError: _("Saken er ikke lenger en du kan gi til noen."),
    CaseEndedError: _("Saken er avsluttet."),
    NoAdvisorError: _("Den du valgte, er ikke veileder her i dag."),
    NotClearedError: _("Den du valgte, er ikke klarert for denne personen."),
}


def hindered(error: HinderedError) -> str:
    """What is wrong, with the names and days it is about."""
    about = error.about[0] if error.about else None
    if error.obstacle is Obstacle.AWAY_ALREADY and about:
        return gettext("%(name)s er alt ført opp som borte %(days)s. Endre det fraværet i stedet.") % {
            "name": about.name,
            "days": span(about.first_day, about.last_day),
        }
    if error.obstacle is Obstacle.COVER_AWAY and about:
        return gettext("%(name)s er selv borte %(days)s. Velg en annen.") % {
            "name": about.name,
            "days": span(about.first_day, about.last_day),
        }
    if error.obstacle is Obstacle.LEAVES_NOBODY:
        return gettext(
            "Da svarer ingen for dem som er borte samtidig: %(who)s. Velg hvem som svarer, eller kryss av."
        ) % {"who": "; ".join(_who_and_when(each) for each in error.about)}
    return str(OBSTACLES[error.obstacle])


def _who_and_when(about: Days) -> str:
    return f"{about.name} {span(about.first_day, about.last_day)}"


def refused(error: Exception) -> str:
    if isinstance(error, StaleError):
        if not error.name:
            return gettext("Noen andre endret saken mens siden var åpen. Ingen har den nå. Se over og prøv igjen.")
        return gettext("Noen andre ga saken bort mens siden var åpen. %(name)s har den nå. Se over og prøv igjen.") % {
            "name": error.name
        }
    return str(REFUSALS[type(error)])


def span(first_day: date, last_day: date | None) -> str:
    """«1. desember 2026–11. desember 2026»"""
    if last_day is None:
        return gettext("fra %(day)s") % {"day": formats.day(first_day)}
    if first_day == last_day:
        return formats.day(first_day)
    return f"{formats.day(first_day)} – {formats.day(last_day)}"


def away(absence: Away | None, answering: str, today: date) -> str:
    """«Borte til og med 3. desember. Arif Aasen svarer.»"""
    if absence is None:
        return ""
    day = formats.day(absence.last_day, today=today)
    if answering:
        return gettext("Borte til og med %(day)s. %(name)s svarer.") % {"day": day, "name": answering}
    return gettext("Borte til og med %(day)s. Ingen svarer.") % {"day": day}


def leaves(day: date | None, today: date) -> str:
    return gettext("Slutter %(day)s.") % {"day": formats.day(day, today=today)} if day else ""


def cases(count: int) -> str:
    return ngettext("%(n)s sak", "%(n)s saker", count) % {"n": formats.number(count)}


def advisor_choice(advisor: Advisor, today: date) -> str:
    """«Kari Kollega, korttid: 42 saker. Borte til og med 3. desember. Arif Aasen svarer.»"""
    teams = "".join(f", {team.name}" for team in advisor.teams)
    facts = [away(advisor.away, advisor.answering, today), leaves(advisor.leaves_on, today)]
    return " ".join([f"{advisor.name}{teams}: {cases(advisor.running)}.", *filter(None, facts)])


def reason(code: str) -> str:
    """A reason's words; a code of another system stands as it is."""
    return str(Reason(code).label) if code in Reason.values else code


def why_without(row: Row, without: Without, today: date) -> str:
    """Why somebody stands on the list, in a sentence."""
    since = _day(row.since)
    day = formats.day(since, today=today) if since else ""
    match without:
        case Without.LEFT if since:
            return gettext("%(name)s er ikke veileder her lenger. Siste dag var %(day)s.") % {
                "name": row.advisor,
                "day": day,
            }
        case Without.LEFT:
            return gettext("%(name)s står som veileder, men er det ikke her.") % {"name": row.advisor}
        case Without.AWAY:
            until = formats.day(row.until, today=today) if row.until else ""
            return gettext("%(name)s er borte fra %(day)s til og med %(until)s, og ingen svarer.") % {
                "name": row.advisor,
                "day": day,
                "until": until,
            }
        case _ if row.reason:
            return gettext("Uten veileder siden %(day)s. %(reason)s.") % {"day": day, "reason": reason(row.reason)}
    return gettext("Har aldri hatt veileder.")


def _day(moment: date | datetime | None) -> date | None:
    return moment.astimezone(formats.OSLO).date() if isinstance(moment, datetime) else moment


def days_since(moment: datetime, today: date) -> str:
    days = (today - moment.astimezone(formats.OSLO).date()).days
    return gettext("i dag") if days < 1 else ngettext("%(n)s dag", "%(n)s dager", days) % {"n": formats.number(days)}
