"""The words that explanations are made of, in Norwegian bokmål and English. The glossary is docs/glossary.md."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from framdrift.standard.calendar import OSLO
from framdrift.standard.period import Period

Language = Literal["nb", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "en")

KINDS: Mapping[str, tuple[str, str]] = {
    "registered": ("registrering", "registration"),
    "registration_changed": ("endret registrering", "changed registration"),
    "registration_confirmed": ("bekreftet registrering", "confirmed registration"),
    "assigned": ("ansvarlig veileder", "responsible advisor"),
    "unassigned": ("uten ansvarlig veileder", "no responsible advisor"),
    "contact": ("kontakt", "contact"),
    "conversation": ("samtale", "conversation"),
    "meeting_attended": ("fellesmøte", "common meeting"),
    "meeting_missed": ("ikke møtt på fellesmøte", "common meeting missed"),
    "contact_waived": ("skriftlig begrunnelse for å la kontakt være", "written reason for leaving contact out"),
    "decision_made": ("vedtak", "decision"),
    "work_ability_assessment_started": ("arbeidsevnevurdering begynt", "work ability assessment started"),
    "work_ability_assessment_completed": ("arbeidsevnevurdering fullført", "work ability assessment completed"),
    "request_stated": ("bestilling", "request"),
    "mapping_done": ("kartlegging", "mapping"),
    "plan_created": ("aktivitetsplan", "activity plan"),
    "plan_changed": ("endret aktivitetsplan", "changed activity plan"),
    "plan_evaluated": ("evaluering av planen", "evaluation of the plan"),
    "job_match_sent": ("jobbmatch", "job match"),
    "job_log_agreed": ("avtale om jobblogg", "agreed job log"),
    "job_log_delivered": ("levert jobblogg", "delivered job log"),
    "job_log_answered": ("svar på jobblogg", "answer to the job log"),
    "condition_notice_given": ("varsel om vilkår", "notice of a condition"),
    "condition_statement_received": ("uttalelse om vilkår", "statement on a condition"),
    "condition_set": ("vilkår", "condition"),
    "condition_lifted": ("opphevet vilkår", "lifted condition"),
    "consequence_proposed": ("foreslått konsekvens", "proposed consequence"),
    "consequence_agreed": ("samtykke til konsekvens fra en annen veileder", "second advisor's agreement"),
    "consequence_effected": ("konsekvens", "consequence"),
    "measure_considered": ("vurdering av tiltak", "consideration of a measure"),
    "measure_started": ("start på tiltak", "start of a measure"),
    "measure_ended": ("slutt på tiltak", "end of a measure"),
    "measure_evaluated": ("evaluering av tiltak", "evaluation of a measure"),
    "transfer_proposed": ("forslag om overføring", "proposed transfer"),
    "transfer_accepted": ("godtatt overføring", "accepted transfer"),
    "transfer_returned": ("overføring sendt tilbake", "returned transfer"),
    "transfer_escalated": ("overføring løftet til leder", "escalated transfer"),
    "transfer_decided": ("avgjort overføring", "decided transfer"),
    "complaint_received": ("klage", "complaint"),
    "complaint_acknowledged": ("kvittering for klage", "acknowledged complaint"),
    "complaint_answered": ("svar på klage", "answered complaint"),
    "message_received": ("melding", "message"),
    "message_answered": ("svar på melding", "answer to the message"),
    "ended": ("avslutning", "end of the case"),
}
VALUES: Mapping[str, tuple[str, str]] = {
    "first": ("første", "first"),
    "own_view": ("med brukerens eget syn", "with the person's own view"),
    "wants_contact": ("ønsker kontakt", "wants contact"),
    "exchange": ("skriftlig utveksling", "written exchange"),
    "cv_review": ("lest CV", "CV read"),
    "information": ("informasjonsmøte", "information meeting"),
    "job_workshop": ("jobbverksted", "job workshop"),
    "guidance": ("veiledningsmøte", "guidance meeting"),
    "standard": ("standard innsats", "standard effort"),
    "situational": ("situasjonsbestemt innsats", "situational effort"),
    "specially_adapted": ("spesielt tilpasset innsats", "specially adapted effort"),
    "graded_permanent": ("gradert varig tilpasset innsats", "graded permanent effort"),
    "permanently_adapted": ("varig tilpasset innsats", "permanently adapted effort"),
    "granted": ("innvilget", "granted"),
    "sms": ("SMS", "SMS"),
    "email": ("e-post", "e-mail"),
    "out": ("fra kontoret", "from the office"),
    "jobseeker": ("brukeren", "the person"),
    "both": ("begge", "both"),
    "parts": ("delene", "parts"),
    "goal": ("mål", "a goal"),
    "legal_basis": ("hjemmel", "a legal basis"),
    "unclear": ("noe uklart", "something unclear"),
    "rung_advisor": ("veileders trinn", "the advisor's rung"),
    "rung_jobseeker": ("brukerens trinn", "the person's rung"),
}
YARDSTICKS: Mapping[str, tuple[str, str]] = {
    "guideline": ("retningslinjer", "guideline"),
    "intention": ("intensjon", "intention"),
    "none": ("vises, vurderes ikke", "shown, not judged"),
}
STATES: Mapping[str, tuple[str, str]] = {
    "met": ("oppfylt", "met"),
    "late": ("for sent", "late"),
    "missed": ("ikke gjort", "missed"),
    "open": ("åpen", "open"),
    "void": ("bortfalt", "void"),
}
_MONTHS = (
    [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
)
_UNITS: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "month": (("måned", "måneder"), ("month", "months")),
    "day": (("dag", "dager"), ("day", "days")),
    "week": (("uke", "uker"), ("week", "weeks")),
    "working day": (("virkedag", "virkedager"), ("working day", "working days")),
    "hour": (("time", "timer"), ("hour", "hours")),
    "minute": (("minutt", "minutter"), ("minute", "minutes")),
    "second": (("sekund", "sekunder"), ("second", "seconds")),
}


def word(words: Mapping[str, tuple[str, str]], code: str, language: Language) -> str:
    """The word for a code, or the code itself where it is nobody's word (another system's kind)."""
    return words[code][LANGUAGES.index(language)] if code in words else code


def on_date(when: date | datetime, language: Language, *, clock: bool = False) -> str:
    """ "3. mars 2012", "3 March 2012"; with the time of day where it decides."""
    local = when.astimezone(OSLO) if isinstance(when, datetime) else when
    month = _MONTHS[LANGUAGES.index(language)][local.month - 1]
    text = f"{local.day}. {month} {local.year}" if language == "nb" else f"{local.day} {month} {local.year}"
    if clock and isinstance(local, datetime):
        text += f" kl. {local:%H.%M}" if language == "nb" else f" at {local:%H:%M}"
    return text


def amount(count: int, unit: str, language: Language) -> str:
    """ "1 dag", "14 dager"."""
    return f"{count} {_UNITS[unit][LANGUAGES.index(language)][count != 1]}"


def length(period: Period, language: Language) -> str:
    """A period in words: "3 måneder", "5 virkedager", "120 timer"."""
    if period.unit == "working_days":
        return amount(period.days, "working day", language)
    if period.unit == "span":
        return span(period.seconds, language)
    parts = [amount(period.months, "month", language)] if period.months else []
    if period.days or not parts:
        weeks, days = divmod(period.days, 7)
        whole_weeks = period.text.endswith("W") and not days
        parts.append(amount(weeks, "week", language) if whole_weeks else amount(period.days, "day", language))
    return (" og " if language == "nb" else " and ").join(parts)


def span(seconds: int, language: Language) -> str:
    """A span of time by its largest whole unit of hours, minutes or seconds."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= size and (seconds % size == 0 or seconds >= 2 * size):
            return amount(seconds // size, unit, language)
    return amount(seconds, "second", language)
