"""The words for what a case calls for: one set, so that the person and the office are told the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    title: Promise | str
    """To the person: what they get."""
    text: Promise | str
    deed: Promise | str
    """To the office: what is to be done, as the beginning of «… innen 6. desember»."""


# By requirement and reading. A dated rule without words here is told by its own title.
WORDS: Mapping[tuple[str, str | None], Words] = {
    ("R1", None): Words(
        _("Et vedtak om hva slags hjelp du får"),
        _("Vi leser det du har skrevet, finner ut sammen med deg hva du trenger, og sier det i et vedtak."),
        _("Første vedtak"),
    ),
    ("R4a", None): Words(
        _("Et informasjonsmøte eller jobbverksted"),
        _("Vi skal invitere deg, og der får du vite hva vi kan hjelpe deg med."),
        _("Informasjonsmøte eller jobbverksted"),
    ),
    ("R4b", None): Words(
        _("Et veiledningsmøte"),
        _("Vi skal invitere deg til et møte om hvordan du kan komme i jobb."),
        _("Veiledningsmøte"),
    ),
    ("R5", "routine"): Words(
        _("En første samtale, aller senest"),
        _("Vi skal ha snakket sammen i løpet av det første halve året."),
        _("Første samtale, aller senest"),
    ),
    ("R5", "early"): Words(
        _("En første samtale"), _("Målet er at vi snakker sammen i løpet av tre måneder."), _("Første samtale")
    ),
    ("R6", "routine"): Words(
        _("En samtale eller et fellesmøte"),
        _("Vi skal følge deg opp minst hver tredje måned."),
        _("Samtale eller fellesmøte"),
    ),
    ("R6", "strict"): Words(_("En samtale"), _("Vi skal snakke med deg minst hver tredje måned."), _("Samtale")),
    ("R7", None): Words(
        _("Forslag til jobber"), _("Vi skal sende deg forslag til jobber minst hver måned."), _("Jobbmatch")
    ),
    ("R8a", None): Words(_("En aktivitetsplan"), _("Du og veilederen skal lage en plan sammen."), _("Aktivitetsplan")),
    ("R8b", None): Words(
        _("Gjennomgang av planen din"),
        _("Du og veilederen skal se på om planen virker, minst hvert halve år."),
        _("Evaluering av aktivitetsplanen"),
    ),
    ("R9", None): Words(
        _("En vurdering av om du trenger et tiltak"),
        _("Er du fortsatt uten jobb da, skal vi vurdere om for eksempel et kurs eller arbeidstrening kan hjelpe."),
        _("Vurdering av tiltak"),
    ),
    ("R10c", None): Words(
        _("En oppsummering av tiltaket"),
        _("Når tiltaket er over, skal vi se på hva det ga deg."),
        _("Evaluering av tiltaket"),
    ),
    ("R12a", None): Words(
        _("Jobbloggen din"),
        _("Det er avtalt at du forteller hva du har gjort for å finne jobb."),
        _("Jobblogg"),
    ),
    ("R12b", None): Words(
        _("Svar på jobbloggen din"), _("Veilederen skal svare på det du har skrevet."), _("Svar på jobbloggen")
    ),
    ("R14a", None): Words(
        _("Svar på om noen andre skal følge deg opp"),
        _("Det er foreslått. Du skal ikke stå uten noen mens det avgjøres."),
        _("Svar på forslaget om overføring"),
    ),
    ("R14c", None): Words(
        _("Én veileder som har ansvaret"),
        _("Du skal alltid ha én navngitt veileder som følger deg opp."),
        _("Ansvarlig veileder"),
    ),
    ("R15a", None): Words(
        _("Beskjed om at vi har fått klagen din"),
        _("Du skal få vite at vi har den, og hva som skjer videre."),
        _("Kvittering for klagen"),
    ),
    ("R15b", None): Words(_("Svar på klagen din"), _("Du skal få svar på det du har klaget på."), _("Svar på klagen")),
    ("R16", None): Words(
        _("Svar på meldingen din"), _("Du skal få svar når du skriver til oss."), _("Svar på meldingen")
    ),
    ("R18b", None): Words(
        _("En samtale der du blir hørt"),
        _("Målet er en samtale der det du mener, teller når vi bestemmer noe."),
        _("Samtale med reell medvirkning"),
    ),
}
