"""Statistics Norway's file of STYRK-08, read: a JSON list, the answer of their API, or CSV. No Django here.

Searched are the occupations of the lowest level, which have four digits; those above are counted and passed over.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framdrift.casework.occupations.searching import Occupation
from framdrift.events import UserError

DIGITS = 4
"""Of the lowest level."""
LONGEST_NAME = 300
LARGEST_FILE = 20_000_000
"""Bytes. The whole classification has some 100,000."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not taken: its place in the file (from 1), the field, what it holds, and why."""

    row: int
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"record {self.row}, {self.field}: {self.value!r} {self.reason}"


@dataclass(slots=True)
class Classification:
    names: list[Occupation] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    above: int = 0
    """Groups of occupations, with fewer digits."""


def read_classification(path: Path) -> Classification:
    """Raises UserError for a file that is none of these, or that has no occupation in it."""
    text = _text(path)
    rows = _json_rows(path, text) if text.lstrip().startswith(("{", "[")) else _csv_rows(path, text)
    found = Classification()
    names: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        _take(number, row, names, found)
    found.names = [Occupation(code, name) for code, name in sorted(names.items())]
    if not found.names:
        first = f" The first that was refused: {found.refused[0]}." if found.refused else ""
        raise UserError(f"{path}: holds no occupation with a code of four digits and a name.{first}")
    return found


def _text(path: Path) -> str:
    if not path.is_file():
        raise UserError(f"{path}: there is no such file. Check the path.")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{path}: is larger than {LARGEST_FILE:,} bytes, which the classification is not.")
        data = path.read_bytes()
    except PermissionError as error:
        raise UserError(f"{path}: may not be read: permission denied.") from error
    if not data.strip():
        raise UserError(f"{path}: is empty.")
    if b"\x00" in data:
        raise UserError(f"{path}: is no text, or is written in UTF-16. Save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("iso-8859-1")  # which their API writes CSV in


def _json_rows(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: is no valid JSON ({error}). Fetch it again.") from error
    if isinstance(value, dict):
        value = value.get("classificationItems")
    if not isinstance(value, list):
        raise UserError(f'{path}: is neither a list nor an object with "classificationItems". Fetch it again.')
    for row in value:
        yield row if isinstance(row, dict) else {"code": row}


def _csv_rows(path: Path, text: str) -> Iterator[Mapping[str, Any]]:
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    try:
        names = {name.strip().lower(): name for name in reader.fieldnames or () if name}
        if not {"code", "name"} <= names.keys():
            raise UserError(f"{path}: lacks the columns code and name. It has: {', '.join(names) or 'none'}.")
        for row in reader:
            yield {"code": row[names["code"]], "name": row[names["name"]]}
    except csv.Error as error:
        raise UserError(f"{path}: is no valid CSV ({error}). Fetch it again.") from error


def _take(number: int, row: Mapping[str, Any], names: dict[str, str], found: Classification) -> None:
    said, named = row.get("code"), row.get("name")
    code = said.strip() if isinstance(said, str) else ""
    name = " ".join(named.split()) if isinstance(named, str) else ""
    if not (code.isascii() and code.isdigit() and len(code) <= DIGITS):
        refused = RefusedRow(number, "code", _short(said), "is no code of one to four digits, as a text")
    elif not name:
        refused = RefusedRow(number, "name", _short(named), f"is no name (code {code})")
    elif len(name) > LONGEST_NAME:
        refused = RefusedRow(number, "name", _short(name), f"is longer than {LONGEST_NAME} letters (code {code})")
    elif len(code) < DIGITS:
        found.above += 1
        return
    elif names.setdefault(code, name) != name:
        refused = RefusedRow(number, "code", code, "stands twice with different names; the first was taken")
    else:
        return
    found.refused.append(refused)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…"
