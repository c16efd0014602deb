"""Documents of the national register, of our own making, in the shapes that the register has used."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from typing import Any

from framdrift.casework.offices.models import Office, Team
from framdrift.casework.registration.documents_files import Record
from framdrift.casework.registration.importing import Outcome, take

STARTED = "2026-03-02T07:30:00Z"
SENT = "2026-03-02T07:36:12.345Z"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BARE = "opplysningerOmArbeidssoeker"


def an_id(number: int) -> str:
    return str(uuid.UUID(int=number, version=4))


def bare(number: int = 1, period: int = 100, sent: str = SENT, **changed: Any) -> dict[str, Any]:
    """The registration alone, with nothing to ask about; a field that is given as None is left out."""
    document = {
        "opplysningerOmArbeidssoekerId": an_id(number),
        "periodeId": an_id(period),
        "sendtInnAv": {
            "tidspunkt": sent,
            "utfoertAv": {"type": "SLUTTBRUKER", "id": "en person"},
            "kilde": "test",
            "aarsak": "sendt inn",
        },
        "utdanning": {"nus": "4", "bestaatt": "JA", "godkjent": "JA"},
        "helse": {"helsetilstandHindrerArbeid": "NEI"},
        "annet": {"andreForholdHindrerArbeid": "NEI"},
        "jobbsituasjon": [{"beskrivelse": "ER_PERMITTERT", "detaljer": {"prosent": "50"}}],
    }
    return {name: value for name, value in (document | changed).items() if value is not None}


def wrapped(number: int = 1, period: int = 100, sent: str = SENT, started: str | None = STARTED, **changed: Any) -> Any:
    """With when the period began, and the register's profiling."""
    return {
        "arbeidssoekerperiodeStartet": started,
        "opplysningerOmArbeidssoeker": bare(number, period, sent, **changed),
        "profilering": {
            "profileringId": an_id(number + 1000),
            "periodeId": an_id(period),
            "opplysningerOmArbeidssoekerId": an_id(number),
            "sendtInnAv": {"tidspunkt": sent, "utfoertAv": {"type": "SYSTEM"}, "kilde": "test", "aarsak": "mottatt"},
            "profilertTil": "ANTATT_GODE_MULIGHETER",
            "jobbetSammenhengendeSeksAvTolvSisteManeder": True,
            "alder": 36,
        },
    }


def record(value: Any, number: int = 1) -> Record:
    return Record(number, number, value if isinstance(value, str) else json.dumps(value))


def an_office(code: str = "lillevik") -> Office:
    place, _ = Office.objects.get_or_create(code=code, defaults={"name": code.title()})
    Team.objects.get_or_create(office=place, code="mottak", defaults={"name": "Mottak", "takes_new": True})
    return place


def take_all(*values: Any, office: Office, now: datetime = NOW) -> list[Outcome]:
    return [take(record(value, number), office=office, now=now) for number, value in enumerate(values, 1)]
