"""An instance: one thing that a rule asked of one case, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from framdrift.standard.model import State


@dataclass(frozen=True, slots=True)
class Instance:
    """One thing asked of one case.

    ``start`` and ``target`` are event ids: what asked for it, and what met it (or came too late). ``opened`` is the
    start's instant. ``due`` is a local date, an instant for a span of time, None where the rule sets no time. ``closed``
    is the instant of the event that settled the state: the target (met, late), the end or the later `from` (void), the
    end (missed without a due date), the event itself (precedence, content), the event too many or the end (absence), the
    `closes` that left a gap (coverage). It is None where time alone settled it, or nothing has yet.
    """

    case_id: str
    requirement: str
    reading: str | None
    start: str
    target: str | None
    opened: datetime
    due: date | datetime | None
    closed: datetime | None
    state: State
