"""Mistakes in input, said so that the person who made them can mend them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class UserError(Exception):
    """A mistake in what the user gave: one clear text that says what, where, why and how to mend it.

    The command line prints the text and ends with exit code 2; it never shows a traceback for it.
    """


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row of a log that cannot be taken.

    ``row`` is the data row, 1 for the first one after a CSV heading; for NDJSON it is the line.
    """

    row: int
    field: str
    value: str
    why: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        return f"row {self.row}, {self.field}: {shown!r} {self.why}"


class LogError(UserError):
    """A log that is not taken: the file, and where they are known the first bad rows and how many there are in all."""

    def __init__(self, file: str, why: str, bad_rows: Sequence[BadRow] = (), bad_count: int = 0) -> None:
        self.file = file
        self.bad_rows = list(bad_rows)
        self.bad_count = bad_count or len(self.bad_rows)
        text = f"{file}: {why}"
        if self.bad_rows:
            text += " " + "; ".join(str(row) for row in self.bad_rows)
            more = self.bad_count - len({row.row for row in self.bad_rows})
            if more:
                text += f"; and {more} more row{'s' if more > 1 else ''}"
            text += "."
        super().__init__(text)
