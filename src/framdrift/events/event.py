"""One event, and the columns of a log of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

import pyarrow as pa

from framdrift.events.vocabulary import SYSTEM_ACTOR

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"

_INSTANT = pa.timestamp("us", tz="UTC")
ARROW_SCHEMA = pa.schema(
    [
        pa.field("event_id", pa.string(), nullable=False),
        pa.field("case_id", pa.string(), nullable=False),
        pa.field("person", pa.string()),
        pa.field("office", pa.string()),
        pa.field("team", pa.string()),
        pa.field("actor", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("at", _INSTANT, nullable=False),
        pa.field("recorded_at", _INSTANT, nullable=False),
        pa.field("seq", pa.int64(), nullable=False),
        pa.field("corrects", pa.string()),
        pa.field("attributes", pa.string(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a case.

    ``at`` (when it happened) and ``recorded_at`` (when it was written down) are aware instants. ``seq`` is the order of
    recording within the case. ``attributes`` holds codes and ids as JSON values, never free text.
    """

    event_id: str
    case_id: str
    kind: str
    at: datetime
    seq: int
    recorded_at: datetime
    attributes: Mapping[str, Json] = field(default_factory=dict)
    person: str | None = None
    office: str | None = None
    team: str | None = None
    actor: str = SYSTEM_ACTOR
    corrects: str | None = None
