"""Why a text file could not be read: a slow and careful second look, taken only when the fast reader gave up."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from framdrift.events.errors import BadRow, LogError
from framdrift.events.unpacking import DataFile

if TYPE_CHECKING:
    from _csv import Reader

_SHOWN = 5


def of_broken_text(file: DataFile) -> LogError | None:
    """The LogError that names the first rows of ``file`` that break its format, all of them counted; None if none does."""
    try:
        broken = _broken_csv_rows(file) if file.format == "csv" else _broken_json_lines(file)
        shown: list[BadRow] = []
        count = 0
        for row in broken:
            count += 1
            if len(shown) < _SHOWN:
                shown.append(row)
    except UnicodeDecodeError as encoding:
        line = _first_broken_line(file)
        byte = encoding.object[encoding.start]
        return LogError(file.name, f"is not UTF-8: the byte 0x{byte:02x} on line {line}. Save it as UTF-8.")
    except csv.Error as problem:
        return LogError(file.name, f"is not readable as CSV: {problem}. Look for a quote that is never closed.")
    if not shown:
        return None
    rows = "1 row" if count == 1 else f"{count} rows"
    return LogError(file.name, f"nothing was taken, {rows} cannot be read:", shown, count)


def with_one_line_ending(file: DataFile, folder: Path) -> DataFile:
    """The same CSV rows, every line ending alike: a file stitched together on two systems has both."""
    mended = folder / f"{file.path.name}.mended"
    with (
        file.path.open(encoding="utf-8-sig", newline="") as stream,
        mended.open("w", encoding="utf-8", newline="") as out,
    ):
        head = stream.readline(1_000_000)
        stream.seek(0)
        delimiter = delimiter_of(head)
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(
            csv.reader(stream, delimiter=delimiter, strict=True)
        )
    return DataFile(file.name, mended, "csv")


def delimiter_of(heading: str) -> str:
    """The separator that a CSV heading uses most: comma, semicolon (as Norwegian spreadsheets write), tab or bar."""
    return max(",;\t|", key=heading.count)


def _broken_csv_rows(file: DataFile) -> Iterator[BadRow]:
    with file.path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.readline(1_000_000)
        stream.seek(0)
        delimiter = delimiter_of(head)
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        width = len(next(reader))
        for number, row in enumerate(_told_where(reader), 1):
            if row and len(row) != width:
                yield BadRow(
                    number, "the row", delimiter.join(row), f"has {len(row)} fields where the heading has {width}"
                )


def _told_where(reader: Reader) -> Iterator[list[str]]:
    """The rows of a CSV reader, whose complaint is told with its line."""
    try:
        yield from reader
    except csv.Error as problem:
        raise csv.Error(f"line {reader.line_num}, {problem}") from problem


def _broken_json_lines(file: DataFile) -> Iterator[BadRow]:
    with file.path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                yield BadRow(number, "the line", line.strip(), f"is not valid JSON ({error})")
                continue
            if not isinstance(value, dict):
                yield BadRow(number, "the line", line.strip(), "is not a JSON object")


def _first_broken_line(file: DataFile) -> int:
    """The decoder works in blocks: the place in the file is found by looking for the first line that does not decode."""
    with file.path.open("rb") as stream:
        number = 0
        for number, line in enumerate(stream, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return number
