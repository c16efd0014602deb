"""The hash chain of a case: SHA-256 over the canonical bytes (RFC 8785) of each row and of the hash before it.

Pure: no database. What is hashed is one JSON object of the published columns, `previous` among them, all in RFC 8785's
canonical form: instants as UTC text with six decimals, what is not given as null, `previous` as hex (zeros for a
case's first event). What belongs to this installation, as its transaction and request ids, is not part of it: so an
exported log, loaded anywhere, gives the same hashes.
"""

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

import rfc8785

LARGEST_NUMBER = 2**53
"""Beyond it JSON numbers are not exact (RFC 8785 section 3.2.2.3 rests on IEEE 754 doubles)."""


class NotCanonicalError(ValueError):
    """Attributes that cannot be kept exactly; the text completes a sentence that begins with the attributes."""


def canonical_attributes(value: Any) -> str:
    """RFC 8785 of what JSON and PostgreSQL both keep exactly. Raises NotCanonicalError for the rest."""
    try:
        text = rfc8785.dumps(value).decode()
        _refuse_inexact(value)
    except rfc8785.IntegerDomainError as error:
        raise NotCanonicalError("hold a number too large to be kept exactly") from error
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise NotCanonicalError(f"cannot be kept: {error}") from error
    return text


@lru_cache(maxsize=65_536)
def canonical_attributes_text(text: str) -> str:
    """The same from JSON text. Cached, because the events of an office share a few thousand sets of attributes."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise NotCanonicalError("are nested too deep to be kept") from error
    except ValueError as error:  # a number of thousands of digits, which Python does not read
        raise NotCanonicalError(f"cannot be read: {error}") from error
    return canonical_attributes(value)


def canonical_instant(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical_row(
    *,
    actor: str,
    at: str,
    attributes: str,
    case_id: str,
    corrects: str | None,
    event_id: str,
    kind: str,
    office: str | None,
    person: str | None,
    previous: bytes,
    recorded_at: str,
    seq: int,
    team: str | None,
) -> str:
    """The canonical form of a row; `at`, `recorded_at` and `attributes` come in theirs.

    Put together by hand, keys in RFC 8785's order: ten times faster than building a dict, and equal to it by test.
    """
    return (
        f'{{"actor":{_text(actor)},"at":"{at}","attributes":{attributes},"case_id":{_text(case_id)},'
        f'"corrects":{_text(corrects)},"event_id":{_text(event_id)},"kind":{_text(kind)},"office":{_text(office)},'
        f'"person":{_text(person)},"previous":"{previous.hex()}","recorded_at":"{recorded_at}","seq":{seq},'
        f'"team":{_text(team)}}}'
    )


def row_hash(canonical: str) -> bytes:
    return hashlib.sha256(canonical.encode()).digest()


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _refuse_inexact(value: Any) -> None:
    """A float such as 1e300 would come back from PostgreSQL as a whole number of 301 digits, a zero character never."""
    if isinstance(value, float) and abs(value) >= LARGEST_NUMBER:
        raise NotCanonicalError("hold a number too large to be kept exactly")
    if isinstance(value, str) and "\0" in value:
        raise NotCanonicalError("hold a zero character, which PostgreSQL does not keep")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    elif not isinstance(value, list | tuple):
        return
    for part in value:
        _refuse_inexact(part)
