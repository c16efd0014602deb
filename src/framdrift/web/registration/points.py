"""The unclear points of a registration: kindly, as the person reads them, and with the reason, as staff do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from framdrift.casework.registration.unclear import Point
from framdrift.web.registration.summary import label_of

TITLES: Mapping[str, Promise | str] = {
    "health": _("Helse"),
    "other_hindrances": _("Annet som hindrer"),
    "education": _("Utdanning"),
    "job_wishes": _("Ønsker for jobb"),
    "work_history": _("Arbeid til nå"),
    "language": _("Språk"),
    "own_view": _("Eget syn på behovet"),
}

# After «Vi vil gjerne snakke med deg om»: an invitation, and no diagnosis.
INVITATIONS: Mapping[str, Promise | str] = {
    "health": _("hvordan du har det, og hva en jobb må ta hensyn til"),
    "other_hindrances": _("det som kan gjøre det vanskelig å jobbe nå, og hva som kan hjelpe"),
    "education": _("utdanningen din, og om den må godkjennes eller fullføres"),
    "job_wishes": _("hva slags jobb du har lyst på"),
    "work_history": _("hva du har gjort til nå, og hva du kan"),
    "language": _("språk, og om du vil ha tolk eller kurs"),
    "own_view": _("hvor mye hjelp du selv mener at du trenger"),
}

REASONS: Mapping[tuple[str, str], Promise | str] = {
    ("health", "hinders"): _("Svarer at helsen gjør det vanskelig."),
    ("health", "unsure"): _("Er usikker på om helsen gjør det vanskelig."),
    ("health", "not_told"): _("Har ikke svart om helsen."),
    ("other_hindrances", "hinders"): _("Svarer at noe annet gjør det vanskelig."),
    ("other_hindrances", "unsure"): _("Er usikker på om noe annet gjør det vanskelig."),
    ("other_hindrances", "not_told"): _("Har ikke svart om noe annet gjør det vanskelig."),
    ("education", "not_told"): _("Har ikke svart hvilken utdanning."),
    ("education", "not_passed"): _("Utdanningen er ikke bestått."),
    ("education", "unsure_passed"): _("Er usikker på om utdanningen er bestått."),
    ("education", "passed_not_told"): _("Har ikke svart om utdanningen er bestått."),
    ("education", "not_recognised"): _("Utdanningen er ikke godkjent i Norge."),
    ("education", "unsure_recognised"): _("Er usikker på om utdanningen er godkjent i Norge."),
    ("education", "recognised_not_told"): _("Har ikke svart om utdanningen er godkjent i Norge."),
    ("job_wishes", "no_goal"): _("Har verken mål eller yrke å gå etter."),
    ("work_history", "never_worked"): _("Har aldri jobbet."),
    ("work_history", "not_worked_two_years"): _("Har ikke jobbet de siste to årene."),
    ("work_history", "no_jobs_told"): _("Har ikke ført opp noen jobber."),
    ("work_history", "gap"): _("Mer enn et år uten arbeid eller utdanning de siste fem årene."),
    ("language", "interpreter_needed"): _("Trenger tolk."),
    ("language", "norwegian_not_told"): _("Har ikke svart hvor godt norsk går."),
    ("language", "norwegian_limited"): _("Kan litt norsk."),
    ("own_view", "sees_less_need"): _("Mener å trenge mindre hjelp enn svarene ellers tyder på."),
    ("own_view", "sees_more_need"): _("Mener å trenge mer hjelp enn svarene ellers tyder på."),
    ("own_view", "contradicts_itself"): _("Svarer ulikt to steder om å trenge hjelp."),
    ("own_view", "unsure_of_need"): _("Er usikker på om det trengs hjelp."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A point in words. `rests_on` are the questions whose answers it comes of."""

    code: str
    title: str
    invitation: str
    reason: str
    rests_on: tuple[str, ...]


def told(points: Iterable[Point]) -> list[Told]:
    return [
        Told(
            point.code,
            str(TITLES.get(point.code, point.code)),
            str(INVITATIONS.get(point.code, "")),
            str(REASONS.get((point.code, point.reason), "")),
            tuple(label_of(*field.split(".", 1)) for field in point.fields if "." in field),
        )
        for point in points
    ]


def invitations(points: Iterable[Point]) -> list[str]:
    """Each code once, in the order of telling."""
    return list(dict.fromkeys(each.invitation for each in told(points) if each.invitation))
