"""The words of these pages for codes: what protects a person, what is wrong with a number, how somebody is reached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from framdrift.casework.people.protection import Protection
from framdrift.web.design import formats

Words = Mapping[str, str | Promise]

NUMBER_PROBLEMS: Words = {
    "not_eleven_digits": _("Et fødselsnummer eller d-nummer har elleve siffer."),
    "control_digits": _("Kontrollsifrene stemmer ikke: et siffer er feil, eller to har byttet plass."),
    "no_such_date": _("De seks første sifrene er ingen fødselsdato."),
    "no_such_century": _("Det finnes ikke noe slikt nummer for det fødselsåret."),
    "real_person": _(
        "Her brukes bare syntetiske numre (måned pluss 80, 65 eller 40), så ingen virkelige personers numre blir lagret."
    ),
}
PROTECTIONS: Mapping[Protection, str | Promise] = {
    Protection.STRICTLY_CONFIDENTIAL: _("Strengt fortrolig adresse (kode 6)"),
    Protection.CONFIDENTIAL: _("Fortrolig adresse (kode 7)"),
    Protection.SHIELDED: _("Skjermet person"),
}
CHANNELS: Words = {
    "phone": _("telefon"),
    "sms": _("SMS"),
    "email": _("e-post"),
    "letter": _("brev"),
    "portal": _("melding i portalen"),
    "in_person": _("oppmøte"),
    "video": _("video"),
}

SOURCES: Words = {
    "online": _("på nett"),
    "assisted": _("sammen med en ansatt"),
    "import": _("hentet fra det nasjonale registeret"),
}
OUTCOMES: Words = {
    "granted": _("innvilget"),
    "refused": _("avslått"),
    "not_needed": _("ikke behov"),
    "unavailable": _("ingen ledig plass"),
}
ENDINGS: Words = {
    "work": _("arbeid"),
    "education": _("utdanning"),
    "moved": _("flyttet"),
    "clarified": _("avklart"),
    "inactive": _("ikke aktiv"),
    "other": _("annet"),
}
BENEFITS: Words = {
    "dagpenger": _("dagpenger"),
    "sosialhjelp": _("sosialhjelp"),
    "aap": _("arbeidsavklaringspenger"),
    "kvp": _("kvalifiseringsprogrammet"),
    "tiltakspenger": _("tiltakspenger"),
    "overgangsstonad": _("overgangsstønad"),
}


def protections(held: Protection) -> tuple[str, ...]:
    return tuple(str(word) for protection, word in PROTECTIONS.items() if protection in held)


def age(birth_date: date, today: date) -> str:
    """«12. mars 1990 (36 år)»"""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    years = today.year - birth_date.year - (not had_birthday)
    return gettext("%(day)s (%(years)s år)") % {"day": formats.day(birth_date), "years": years}
