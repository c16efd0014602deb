"""What an employer may call an employee in the journal."""

from __future__ import annotations

import re
import uuid

from framdrift.events.vocabulary import SYSTEM_ACTOR

_CODE = re.compile(r"[A-Za-z0-9._-]+")


def may_be_typed(code: str) -> bool:
    """Letters a to z, numbers, and . _ - alone. Not what the journal calls the system, and nothing that reads as the id of
    a job-seeker, who is an actor too; the codes that we make are ids, but nobody chooses those.
    """
    return bool(_CODE.fullmatch(code)) and code.casefold() != SYSTEM_ACTOR and not _is_id(code)


def _is_id(code: str) -> bool:
    try:
        uuid.UUID(code)
    except ValueError:
        return False
    return True
