"""Two have changed the same step: both are shown, and whoever came last chooses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from framdrift.casework.registration.answers import as_typed
from framdrift.casework.registration.drafts import Draft
from framdrift.web.registration import words
from framdrift.web.registration.party import Party
from framdrift.web.registration.summary import Change, compared


@dataclass(frozen=True, slots=True)
class Conflict:
    address: str
    title: str
    changes: tuple[Change, ...]
    version: int
    typed: str
    """What was typed, as it is sent again if it shall stand."""
    saved_at: datetime | None
    saved_by: str
    is_by_person: bool


def conflict_of(party: Party, step: str, data: Mapping[str, Any], stored: Draft) -> Conflict:
    saved = [each for each in stored.contributions if each.step == step]
    typed = as_typed(data)
    return Conflict(
        address=party.places.step(step),
        title=str(words.STEPS[step]),
        changes=tuple(compared(step, typed, stored.data(step))),
        version=stored.version,
        typed=json.dumps(typed),
        saved_at=saved[-1].at if saved else None,
        saved_by=saved[-1].name if saved else "",
        is_by_person=bool(saved) and not saved[-1].name,
    )
