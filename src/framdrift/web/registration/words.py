"""Plain words for the codes of the registration, as a job-seeker meets them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, Promise | str]

STEPS: Words = {
    "about_you": _("Om deg"),
    "situation": _("Situasjonen din"),
    "education": _("Utdanning"),
    "experience": _("Erfaring"),
    "wishes": _("Ønsker"),
    "hindrances": _("Helse og annet"),
    "help": _("Hjelp"),
}

CHANNELS: Words = {
    "phone": _("Telefon"),
    "sms": _("SMS"),
    "email": _("E-post"),
    "letter": _("Brev i posten"),
    "portal": _("Melding på Min side"),
}

YES_NO: Words = {"yes": _("Ja"), "no": _("Nei")}
YES_NO_UNSURE: Words = {**YES_NO, "unsure": _("Vet ikke")}

JOB_SITUATIONS: Words = {
    "dismissed": _("Jeg har blitt sagt opp"),
    "quit": _("Jeg har sagt opp selv"),
    "laid_off": _("Jeg er permittert"),
    "bankrupt": _("Arbeidsgiveren min gikk konkurs"),
    "temporary_job": _("Jeg har en midlertidig jobb"),
    "part_time_wants_more": _("Jeg jobber deltid og vil jobbe mer"),
    "wants_change": _("Jeg har jobb, men vil bytte"),
    "new_job": _("Jeg har fått ny jobb som ikke har begynt"),
    "just_finished_education": _("Jeg er nettopp ferdig med utdanning"),
    "never_worked": _("Jeg har aldri jobbet"),
    "not_worked_two_years": _("Jeg har ikke jobbet de siste to årene"),
    "unsure": _("Jeg er usikker"),
    "other": _("Noe annet"),
}

BENEFITS: Words = {
    "dagpenger": _("Dagpenger"),
    "sosialhjelp": _("Økonomisk sosialhjelp"),
    "aap": _("Arbeidsavklaringspenger (AAP)"),
    "kvp": _("Kvalifiseringsstønad"),
    "tiltakspenger": _("Tiltakspenger"),
    "overgangsstonad": _("Overgangsstønad"),
    "none": _("Ingen av disse"),
}

# The levels of Statistics Norway's NUS2000, in the words one would use of one's own schooling.
EDUCATION_LEVELS: Words = {
    "0": _("Ingen utdanning"),
    "1": _("Barneskole"),
    "2": _("Ungdomsskole"),
    "3": _("Videregående, ett år eller mer"),
    "4": _("Fullført videregående eller fagbrev"),
    "5": _("Påbygg, fagskole eller annet etter videregående"),
    "6": _("Høyskole eller universitet, inntil 4 år"),
    "7": _("Høyskole eller universitet, mer enn 4 år"),
    "8": _("Doktorgrad"),
    "9": _("Vet ikke"),
}

FLUENCIES: Words = {
    "beginner": _("Litt"),
    "good": _("Godt"),
    "very_good": _("Svært godt"),
    "first_language": _("Som morsmål"),
}

LICENCES: Words = {
    "B": _("B: personbil"),
    "BE": _("BE: personbil med tung tilhenger"),
    "B96": _("B96: personbil med tilhenger inntil 4250 kg"),
    "C1": _("C1: lett lastebil"),
    "C1E": _("C1E: lett lastebil med tilhenger"),
    "C": _("C: lastebil"),
    "CE": _("CE: lastebil med tilhenger"),
    "D1": _("D1: minibuss"),
    "D1E": _("D1E: minibuss med tilhenger"),
    "D": _("D: buss"),
    "DE": _("DE: buss med tilhenger"),
    "AM": _("AM: moped"),
    "A1": _("A1: lett motorsykkel"),
    "A2": _("A2: mellomtung motorsykkel"),
    "A": _("A: tung motorsykkel"),
    "S": _("S: snøscooter"),
    "T": _("T: traktor"),
}

HOURS: Words = {"full": _("Heltid"), "part": _("Deltid"), "either": _("Begge deler går bra")}

ARRANGEMENTS: Words = {
    "day": _("Dag"),
    "evening": _("Kveld"),
    "night": _("Natt"),
    "shift": _("Skift eller turnus"),
    "weekend": _("Helg"),
}

STARTS: Words = {
    "now": _("Med en gang"),
    "within_month": _("Innen en måned"),
    "within_three_months": _("Innen tre måneder"),
    "later": _("Senere"),
}

HELP: Words = {
    "cv": _("Skrive CV og søknader"),
    "search": _("Finne jobber å søke på"),
    "courses": _("Kurs eller opplæring"),
    "work_practice": _("Prøve meg på en arbeidsplass"),
    "health": _("Finne arbeid som passer med helsen"),
    "economy": _("Økonomi og gjeld"),
    "language": _("Lære bedre norsk"),
    "other": _("Noe annet"),
}

OWN_VIEWS: Words = {
    "manage_alone": _("Jeg klarer å finne jobb selv"),
    "some_help": _("Jeg trenger litt hjelp"),
    "much_help": _("Jeg trenger mye hjelp"),
}

LANGUAGES: Words = {
    "nb": _("norsk bokmål"),
    "nn": _("norsk nynorsk"),
    "en": _("engelsk"),
    "se": _("nordsamisk"),
    "nsl": _("norsk tegnspråk"),
    "sv": _("svensk"),
    "da": _("dansk"),
    "fi": _("finsk"),
    "de": _("tysk"),
    "fr": _("fransk"),
    "es": _("spansk"),
    "pt": _("portugisisk"),
    "it": _("italiensk"),
    "pl": _("polsk"),
    "lt": _("litauisk"),
    "lv": _("latvisk"),
    "ro": _("rumensk"),
    "bg": _("bulgarsk"),
    "bs": _("bosnisk"),
    "hr": _("kroatisk"),
    "sr": _("serbisk"),
    "sq": _("albansk"),
    "ru": _("russisk"),
    "uk": _("ukrainsk"),
    "tr": _("tyrkisk"),
    "ku": _("kurdisk"),
    "ar": _("arabisk"),
    "fa": _("persisk"),
    "prs": _("dari"),
    "ps": _("pashto"),
    "ur": _("urdu"),
    "pa": _("panjabi"),
    "ta": _("tamil"),
    "th": _("thai"),
    "vi": _("vietnamesisk"),
    "tl": _("filippinsk"),
    "zh": _("kinesisk"),
    "my": _("burmesisk"),
    "so": _("somali"),
    "ti": _("tigrinja"),
    "am": _("amharisk"),
    "om": _("oromo"),
    "sw": _("swahili"),
    "rw": _("kinyarwanda"),
    "other": _("et annet språk"),
}
