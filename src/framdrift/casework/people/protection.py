from __future__ import annotations

from enum import IntFlag


class Protection(IntFlag):
    """Why only those who are cleared may find a person, as bits: a person may have several (domain.md 5).

    Kept as a number where the walls read it: somebody may see a person if no bit of theirs is missing in the clearance.
    """

    CONFIDENTIAL = 1
    """Confidential address, *kode 7*."""
    STRICTLY_CONFIDENTIAL = 2
    """Strictly confidential address, *kode 6*."""
    SHIELDED = 4
    """A shielded person, *egen ansatt*: works in the house, or is close to somebody who does."""


UNPROTECTED = Protection(0)
