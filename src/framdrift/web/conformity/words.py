"""The words of the page for the codes of events, attributes and groups (domain.md 1). A code without a word is
shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

KINDS: Words = {
    "registered": _("registrering"),
    "registration_changed": _("endret registrering"),
    "registration_confirmed": _("bekreftet registrering"),
    "assigned": _("fått veileder"),
    "unassigned": _("mistet veileder"),
    "contact": _("kontakt"),
    "conversation": _("samtale"),
    "meeting_attended": _("møtt på fellesmøte"),
    "meeting_missed": _("ikke møtt på fellesmøte"),
    "contact_waived": _("skriftlig begrunnelse for å ikke ta kontakt"),
    "decision_made": _("vedtak"),
    "work_ability_assessment_started": _("arbeidsevnevurdering begynt"),
    "work_ability_assessment_completed": _("arbeidsevnevurdering fullført"),
    "request_stated": _("bestilling"),
    "mapping_done": _("kartlegging"),
    "plan_created": _("aktivitetsplan laget"),
    "plan_changed": _("aktivitetsplan endret"),
    "plan_evaluated": _("aktivitetsplan evaluert"),
    "job_match_sent": _("jobbmatch sendt"),
    "job_log_agreed": _("jobblogg avtalt"),
    "job_log_delivered": _("jobblogg levert"),
    "job_log_answered": _("jobblogg besvart"),
    "condition_notice_given": _("varsel om vilkår gitt"),
    "condition_statement_received": _("uttalelse om vilkår mottatt"),
    "condition_set": _("vilkår satt"),
    "condition_lifted": _("vilkår opphevet"),
    "consequence_proposed": _("konsekvens foreslått"),
    "consequence_agreed": _("konsekvens godkjent av en til"),
    "consequence_effected": _("konsekvens gjennomført"),
    "measure_considered": _("tiltak vurdert"),
    "measure_started": _("tiltak begynt"),
    "measure_ended": _("tiltak avsluttet"),
    "measure_evaluated": _("tiltak evaluert"),
    "transfer_proposed": _("overføring foreslått"),
    "transfer_accepted": _("overføring godtatt"),
    "transfer_returned": _("overføring sendt tilbake"),
    "transfer_escalated": _("overføring løftet til leder"),
    "transfer_decided": _("overføring avgjort"),
    "complaint_received": _("klage mottatt"),
    "complaint_acknowledged": _("klage bekreftet mottatt"),
    "complaint_answered": _("klage besvart"),
    "message_received": _("melding mottatt"),
    "message_answered": _("melding besvart"),
    "ended": _("saken avsluttet"),
}
ATTRIBUTES: Words = {
    "areas": _("områder"),
    "by": _("laget av"),
    "channel": _("kanal"),
    "direction": _("retning"),
    "form": _("form"),
    "goal": _("mål"),
    "group": _("innsatsgruppe"),
    "legal_basis": _("hjemmel"),
    "meeting": _("møte"),
    "outcome": _("utfall"),
    "own_view": _("brukerens eget syn"),
    "parts": _("deler"),
    "purpose": _("formål"),
    "rung_advisor": _("medvirkning etter veileders syn, trinn"),
    "rung_jobseeker": _("medvirkning etter brukerens syn, trinn"),
    "unclear": _("uklare punkter"),
}
# An attribute that is true reads as a word of its own.
TRUTHS: Words = {
    "discussed": _("drøftet"),
    "first": _("det første"),
    "own_view": _("med brukerens eget syn"),
    "wants_contact": _("der brukeren ønsker kontakt"),
}
VALUES: Words = {
    "advisor": pgettext_lazy("by whom", "veileder"),
    "both": _("begge"),
    "cv_review": _("lest CV"),
    "email": _("e-post"),
    "exchange": _("skriftlig utveksling"),
    "graded_permanent": _("gradert varig tilpasset"),
    "granted": _("innvilget"),
    "guidance": _("veiledningsmøte"),
    "in_person": _("oppmøte"),
    "information": _("informasjonsmøte"),
    "job_club": _("jobbklubb"),
    "job_workshop": _("jobbverksted"),
    "jobseeker": _("arbeidssøkeren"),
    "out": _("fra kontoret"),
    "permanently_adapted": _("varig tilpasset"),
    "phone": _("telefon"),
    "situational": _("situasjonsbestemt"),
    "sms": _("SMS"),
    "specially_adapted": _("spesielt tilpasset"),
    "standard": _("standard"),
    "video": _("video"),
}
DIMENSIONS: Words = {
    "age": _("Alder"),
    "lasted": _("Hvor lenge saken har vart"),
    "sex": _("Kjønn"),
    "language": _("Språk"),
    "benefit": _("Ytelse"),
}
GROUPS: Mapping[str, Words] = {
    "age": {"under_30": _("Under 30 år"), "from_30": _("30 år og eldre")},
    "lasted": {"six_months": _("Seks måneder eller mer"), "shorter": _("Kortere")},
    "sex": {"female": _("Kvinner"), "male": _("Menn"), "f": _("Kvinner"), "m": _("Menn")},
    "language": {
        "nb": _("Bokmål"),
        "nn": _("Nynorsk"),
        "en": _("Engelsk"),
        "ar": _("Arabisk"),
        "es": _("Spansk"),
        "fa": _("Persisk"),
        "lt": _("Litauisk"),
        "pl": _("Polsk"),
        "ru": _("Russisk"),
        "so": _("Somali"),
        "ti": _("Tigrinja"),
        "tr": _("Tyrkisk"),
        "uk": _("Ukrainsk"),
        "ur": _("Urdu"),
        "other": _("Andre språk"),
    },
    "benefit": {
        "dagpenger": _("Dagpenger"),
        "sosialhjelp": _("Sosialhjelp"),
        "aap": _("Arbeidsavklaringspenger"),
        "kvp": _("Kvalifiseringsprogrammet"),
        "tiltakspenger": _("Tiltakspenger"),
        "overgangsstonad": _("Overgangsstønad"),
        "none": _("Ingen ytelse"),
    },
}
UNKNOWN = _("Ikke oppgitt")
YARDSTICKS: Words = {"guideline": _("Retningslinjer"), "intention": _("Intensjon"), "none": _("Ingen målestokk")}
QUESTIONS: Words = {
    "guideline": _("gjør vi det som er foreskrevet?"),
    "intention": _("gjør vi det reformen ville?"),
    "none": _("vises, men vurderes ikke"),
}
ORIGINS: Words = {"law": _("loven"), "thesis": _("masteroppgaven"), "ours": _("vårt")}
READINGS: Words = {
    "routine": _("rutine"),
    "strict": _("streng"),
    "lenient": _("raus"),
    "early": _("tidlig"),
}


def word(words: Words, code: str) -> str:
    return str(words.get(code, code))


def group_name(dimension: str, value: str) -> str:
    if value in ("unknown", ""):
        return str(UNKNOWN)
    return word(GROUPS.get(dimension, {}), value)


def text(texts: Mapping[str, str]) -> str:
    """A text of a standard in the language of the page, else in bokmål, else in the one it has."""
    language = (get_language() or "nb")[:2]
    return texts.get(language) or texts.get("nb") or next(iter(texts.values()), "")
