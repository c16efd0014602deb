"""The words of the national register: its codes, as ours, and its fields. No Django here.

A code that is known and says nothing (`INGEN_SVAR`, `UDEFINERT`) is None. Source: the register's published schema,
version 4; older documents give the level of education as a name, newer ones as a digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

SITUATIONS: Mapping[str, str | None] = {
    "HAR_SAGT_OPP": "quit",
    "HAR_BLITT_SAGT_OPP": "dismissed",
    "ER_PERMITTERT": "laid_off",
    "ALDRI_HATT_JOBB": "never_worked",
    "IKKE_VAERT_I_JOBB_SISTE_2_AAR": "not_worked_two_years",
    "AKKURAT_FULLFORT_UTDANNING": "just_finished_education",
    "VIL_BYTTE_JOBB": "wants_change",
    "USIKKER_JOBBSITUASJON": "unsure",
    "MIDLERTIDIG_JOBB": "temporary_job",
    "DELTIDSJOBB_VIL_MER": "part_time_wants_more",
    "NY_JOBB": "new_job",
    "KONKURS": "bankrupt",
    "ANNET": "other",
    "UDEFINERT": None,
    "UKJENT_VERDI": None,
}
YES_NO: Mapping[str, str | None] = {
    "JA": "yes",
    "NEI": "no",
    "VET_IKKE": "unsure",
    "INGEN_SVAR": None,
    "UDEFINERT": None,
    "UKJENT_VERDI": None,
}
LEVELS: Mapping[str, str | None] = {
    **{digit: digit for digit in "012345678"},
    "9": None,  # not stated
    "INGEN_UTDANNING": "0",
    "GRUNNSKOLE": "2",
    "VIDEREGAENDE_GRUNNUTDANNING": "3",
    "VIDEREGAENDE_FAGBREV_SVENNEBREV": "4",
    "HOYERE_UTDANNING_1_TIL_4": "6",
    "HOYERE_UTDANNING_5_ELLER_MER": "7",
    "INGEN_SVAR": None,
    "UDEFINERT": None,
    "UKJENT_VERDI": None,
}
PROFILES: Mapping[str, str | None] = {
    "ANTATT_GODE_MULIGHETER": "assumed_good_chances",
    "ANTATT_BEHOV_FOR_VEILEDNING": "assumed_need_for_guidance",
    "OPPGITT_HINDRINGER": "stated_hindrances",
    "UDEFINERT": None,
    "UKJENT_VERDI": None,
}
SENDERS: Mapping[str, str | None] = dict.fromkeys(("SLUTTBRUKER", "VEILEDER", "SYSTEM", "UDEFINERT", "UKJENT_VERDI"))

Fields: TypeAlias = "Mapping[str, Fields]"

_META: Fields = {
    "tidspunkt": {},
    "utfoertAv": {"type": {}, "id": {}, "sikkerhetsnivaa": {}},
    "kilde": {},
    "aarsak": {},
    "tidspunktFraKilde": {"tidspunkt": {}, "avviksType": {}},
}
DETAILS = (
    "gjelder_fra_dato_iso8601",
    "gjelder_til_dato_iso8601",
    "stilling_styrk08",
    "stilling",
    "prosent",
    "siste_dag_med_loenn_iso8601",
    "siste_dag_med_loen_iso8601",  # as some sources write it
    "siste_arbeidsdag_iso8601",
)
_SITUATION: Fields = {"beskrivelse": {}, "detaljer": {name: {} for name in DETAILS}}
REGISTRATION: Fields = {
    "opplysningerOmArbeidssoekerId": {},
    "periodeId": {},
    "sendtInnAv": _META,
    "utdanning": {"nus": {}, "bestaatt": {}, "godkjent": {}},
    "helse": {"helsetilstandHindrerArbeid": {}},
    "annet": {"andreForholdHindrerArbeid": {}},
    "jobbsituasjon": {**_SITUATION, "beskrivelser": _SITUATION},
}
WHOLE: Fields = {
    "arbeidssoekerperiodeStartet": {},
    "opplysningerOmArbeidssoeker": REGISTRATION,
    "profilering": {
        "profileringId": {},
        "periodeId": {},
        "opplysningerOmArbeidssoekerId": {},
        "sendtInnAv": _META,
        "profilertTil": {},
        "jobbetSammenhengendeSeksAvTolvSisteManeder": {},
        "alder": {},
    },
}
"""The fields we know; what stands in lists has the path of the list."""
