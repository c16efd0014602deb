"""One record of the national register, read: strict about what is mandatory, lenient about what we do not know.

A record is the register's answer about a registration (`arbeidssoekerperiodeStartet`, `opplysningerOmArbeidssoeker`,
`profilering`) or the registration alone. Mandatory in the published schema is only `jobbsituasjon`; besides, we need the
ids by which a document is taken once, and the time by which it is dated. All else may be missing or unknown: what we
have no word for is kept in the payload as it came, and told. No Django here.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from framdrift.casework.registration import documents_codes as codes
from framdrift.casework.registration.documents_files import Record, RecordError, read_json, shown
from framdrift.events import Json
from framdrift.standard.calendar import OSLO

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
_FETCH_AGAIN = "Fetch the document from the register again"
_MOST_SITUATIONS = 50
_APART = ("opplysningerOmArbeidssoeker", "profilering")
_NAME = re.compile(r"[A-Za-z0-9_æøåÆØÅ-]{1,60}")
_CODE = re.compile(r"[A-Z0-9_ÆØÅ]{1,60}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a record is refused: the field, what it holds (short, and no national identity number), how to mend it."""

    field: str
    value: str
    reason: str
    mend: str = f"{_FETCH_AGAIN}."

    def __str__(self) -> str:
        return " ".join(part for part in (self.field, self.value, f"{self.reason}.", self.mend) if part)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What we have no word for: a field (`value` is empty), or a value of a field. Kept in the payload as it came."""

    field: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """One of `jobbsituasjon`: our code, None where we have none, and what is said of it."""

    code: str | None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One registration of the national register. What it does not say, or says in words we do not know, is None.

    `registration` and `profiling` are kept as they came, and so is whatever else stood `around` them.
    """

    id: uuid.UUID
    period: uuid.UUID
    sent_at: datetime
    started_at: datetime | None
    situations: Sequence[Situation]
    level: str | None
    passed: str | None
    recognised: str | None
    health: str | None
    other: str | None
    profile: str | None
    registration: Mapping[str, Json]
    profiling: Mapping[str, Json] | None
    around: Mapping[str, Json] | None
    unknown: Sequence[Unknown]


def digest(value: object) -> bytes:
    """The same for the same content, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).digest()


class RefusedError(ValueError):
    """A record that is not taken, with everything that stands in the way."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


def read_record(record: Record) -> Document:
    """Raises RefusedError."""
    if record.text is None:
        raise RefusedError(Problem("", "", record.problem))
    try:
        value = read_json(record.text)
    except RecordError as error:
        raise RefusedError(Problem("", "", str(error))) from error
    if not isinstance(value, dict):
        raise RefusedError(Problem("", shown(record.text), "is not a JSON object", "A document is an object: {…}."))
    return read_document(value)


def read_document(whole: dict[str, Json]) -> Document:
    """Raises RefusedError."""
    wrapped = "opplysningerOmArbeidssoeker" in whole
    found = whole["opplysningerOmArbeidssoeker"] if wrapped else whole
    if not isinstance(found, dict):
        raise RefusedError(Problem("opplysningerOmArbeidssoeker", shown(found), "is not an object"))
    reading = _Reading("opplysningerOmArbeidssoeker." if wrapped else "")
    own_id, period = reading.id(found, "opplysningerOmArbeidssoekerId"), reading.id(found, "periodeId")
    sent_at = reading.sent_at(found)
    situations = reading.situations(found)
    if own_id is None or period is None or sent_at is None or reading.problems:
        raise RefusedError(*reading.problems)
    profiling, profile = reading.profiling(whole, own_id, period) if wrapped else (None, None)
    started_at = reading.started_at(whole, sent_at) if wrapped else None
    if reading.problems:
        raise RefusedError(*reading.problems)
    reading.unknown_fields(whole, codes.WHOLE if wrapped else codes.REGISTRATION)
    return Document(
        id=own_id,
        period=period,
        sent_at=sent_at,
        started_at=started_at,
        situations=situations,
        level=reading.code(found, "utdanning.nus", codes.LEVELS),
        passed=reading.code(found, "utdanning.bestaatt", codes.YES_NO),
        recognised=reading.code(found, "utdanning.godkjent", codes.YES_NO),
        health=reading.code(found, "helse.helsetilstandHindrerArbeid", codes.YES_NO),
        other=reading.code(found, "annet.andreForholdHindrerArbeid", codes.YES_NO),
        profile=profile,
        registration=found,
        profiling=profiling,
        around={name: value for name, value in whole.items() if name not in _APART} if wrapped else None,
        unknown=tuple(dict.fromkeys(reading.unknown)),
    )


class _Reading:
    """Reads one document; gathers what stands in the way, and what is unknown."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.problems: list[Problem] = []
        self.unknown: list[Unknown] = []

    def _refuse(
        self, name: str, value: Json, reason: str, mend: str = f"{_FETCH_AGAIN}.", *, missing: str = ""
    ) -> None:
        if value is None:
            self.problems.append(Problem(name, "", "is missing", missing or mend))
        else:
            self.problems.append(Problem(name, shown(value), reason, mend))

    def id(self, found: dict[str, Json], name: str) -> uuid.UUID | None:
        value = found.get(name)
        try:
            return uuid.UUID(value if isinstance(value, str) and len(value) == 36 else "")
        except ValueError:
            self._refuse(
                f"{self._prefix}{name}",
                value,
                "is no UUID like 4590dfe7-8215-4c1f-a852-762de0846cee",
                missing="Without it a document could be taken twice. Fetch it again with its ids.",
            )
            return None

    def sent_at(self, found: dict[str, Json]) -> datetime | None:
        name = f"{self._prefix}sendtInnAv"
        sent = found.get("sendtInnAv")
        if not isinstance(sent, dict):
            self._refuse(name, sent, "is not an object", missing=f"It says when. {_FETCH_AGAIN}.")
            return None
        self._judge(sent, "utfoertAv.type", codes.SENDERS, f"{name}.")
        return self._instant(sent.get("tidspunkt"), f"{name}.tidspunkt")

    def _instant(self, value: Json, name: str) -> datetime | None:
        try:
            instant = datetime.fromisoformat(value if isinstance(value, str) and len(value) > len("2024-10-30") else "")
        except ValueError:
            self._refuse(name, value, "is no ISO 8601 time like 2024-10-30T08:51:04.927Z")
            return None
        if not EARLIEST_YEAR <= instant.year <= LATEST_YEAR:
            self._refuse(name, value, f"is not between the years {EARLIEST_YEAR} and {LATEST_YEAR}")
            return None
        return instant if instant.tzinfo else instant.replace(tzinfo=OSLO)

    def started_at(self, whole: dict[str, Json], sent_at: datetime) -> datetime | None:
        """When the period began; a registration is sent in after that, whatever the clocks say."""
        value = whole.get("arbeidssoekerperiodeStartet")
        started = None if value is None else self._instant(value, "arbeidssoekerperiodeStartet")
        return min(started, sent_at) if started else None

    def situations(self, found: dict[str, Json]) -> list[Situation]:
        name = f"{self._prefix}jobbsituasjon"
        given = found.get("jobbsituasjon")
        if isinstance(given, dict):
            name, given = f"{name}.beskrivelser", given.get("beskrivelser")
        mandatory = f"It is the one block that is mandatory. {_FETCH_AGAIN}."
        if not isinstance(given, list):
            self._refuse(name, given, "is no list", missing=mandatory)
            return []
        if not given or len(given) > _MOST_SITUATIONS:
            reason = f"has more than {_MOST_SITUATIONS} situations" if given else "has no situation"
            self.problems.append(Problem(name, "", reason, mandatory))
            return []
        return [self._situation(each, f"{name}[{place}]", name) for place, each in enumerate(given)]

    def _situation(self, given: Json, name: str, path: str) -> Situation:
        if not isinstance(given, dict):
            self._refuse(name, given, 'is not an object like {"beskrivelse": "VIL_BYTTE_JOBB"}')
            return Situation(None)
        said = given.get("beskrivelse")
        if not isinstance(said, str):
            self._refuse(f"{name}.beskrivelse", said, "is no text")
            return Situation(None)
        details = given.get("detaljer") or {}
        if not isinstance(details, dict):
            self.unknown.append(Unknown(f"{path}[].detaljer", _shape(details)))
            details = {}
        told = {key: str(value) for key, value in details.items() if isinstance(value, str | int) and _says(value)}
        if said not in codes.SITUATIONS:
            self.unknown.append(Unknown(f"{path}[].beskrivelse", _shape(said)))
        return Situation(codes.SITUATIONS.get(said), told)

    def profiling(
        self, whole: dict[str, Json], own_id: uuid.UUID, period: uuid.UUID
    ) -> tuple[dict[str, Json] | None, str | None]:
        """The register's profiling of this registration; one of another has strayed here."""
        given = whole.get("profilering")
        if given is None:
            return None, None
        if not isinstance(given, dict):
            self.unknown.append(Unknown("profilering", _shape(given)))
            return None, None
        for name, ours in (("opplysningerOmArbeidssoekerId", own_id), ("periodeId", period)):
            theirs = given.get(name)
            if theirs is not None and str(theirs).lower() != str(ours):
                self._refuse(f"profilering.{name}", theirs, "is of another registration than the one beside it")
        return given, self._judge(given, "profilertTil", codes.PROFILES, "profilering.")

    def code(self, found: dict[str, Json], path: str, known: Mapping[str, str | None]) -> str | None:
        return self._judge(found, path, known, self._prefix)

    def _judge(self, found: dict[str, Json], path: str, known: Mapping[str, str | None], prefix: str) -> str | None:
        """Our code for what stands at the path; what we have none for is told."""
        *blocks, name = path.split(".")
        value: Json = found
        for block in [*blocks, name]:
            value = value.get(block) if isinstance(value, dict) else None
        if blocks and not isinstance(found.get(blocks[0]), dict | None):
            self.unknown.append(Unknown(f"{prefix}{blocks[0]}", _shape(found.get(blocks[0]))))
        if value is None:
            return None
        said = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if isinstance(said, str) and said in known:
            return known[said]
        self.unknown.append(Unknown(f"{prefix}{path}", _shape(value)))
        return None

    def unknown_fields(self, found: Mapping[str, Json], known: codes.Fields, path: str = "") -> None:
        for name, value in found.items():
            if name not in known:
                is_word = _NAME.fullmatch(name) and _is_tellable(name)
                self.unknown.append(Unknown(f"{path}{name if is_word else '(a name that is no word)'}"))
                continue
            for inner in _objects(value):
                listed = "[]" if isinstance(value, list) else ""
                self.unknown_fields(inner, known[name], f"{path}{name}{listed}.")


def _objects(value: Json) -> Iterator[dict[str, Json]]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            yield each


def _says(value: str | int) -> bool:
    """The register's sources write "null" and empty text for what nobody told."""
    return value not in ("", "null")


def _is_tellable(word: str) -> bool:
    return not re.search(r"\d{6}", word)


def _shape(value: Json) -> str:
    """A code as it stands; of anything else only what sort of thing it is, since it may be about a person."""
    if isinstance(value, str):
        return value if _CODE.fullmatch(value) and _is_tellable(value) else f"(text of {len(value)} letters)"
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    return {int: "(a number)", float: "(a number)", list: "(a list)"}.get(type(value), "(an object)")
