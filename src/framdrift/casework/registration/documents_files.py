"""Files of the national register, record by record, in constant memory however large they are. No Django here.

A file holds JSON: one object, a list of objects, objects one after the other, or one on each line (NDJSON); plain or
gzipped, UTF-8 with or without a byte order mark. A record that cannot be read does not stop those after it.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from framdrift.events import Json, UserError

LARGEST_RECORD = 1_000_000
"""Characters. A document of the register has some thousands."""
DEEPEST = 50
"""Objects and lists within each other. A document of the register has five."""

_HEAD, _CHUNK = 65_536, 1 << 18
_STRING = r'"(?:[^"\\]++|\\.)*+"'
_TOKEN = re.compile(_STRING + r"|[{}\[\]]", re.DOTALL)
_WITHIN = re.compile(rf'(?:[^"{{}}\[\]]++|{_STRING})*+', re.DOTALL)
_OUTSIDE = re.compile(rf'(?:[^"{{}}\[\],]++|{_STRING})*+', re.DOTALL)
_BETWEEN = re.compile(r"[\s,]*+")
_BROKEN = (EOFError, OSError, zlib.error)


class FileError(UserError):
    """A file that is not taken at all: which, why, and what to do."""


class RecordError(ValueError):
    """Why one record cannot be read."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: its number and the line it begins on, from 1. `text` is None where `problem` says why."""

    number: int
    line: int
    text: str | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read: known by what it holds, not by its name."""

    path: Path
    size: int
    packed: bool
    by_line: bool

    @property
    def name(self) -> str:
        return str(self.path)


def look_at(path: Path) -> Source:
    """Whether the file is one that can be read. Raises FileError."""
    if not path.exists():
        raise FileError(f"{path}: there is no such file. Check the path.")
    if path.is_dir():
        raise FileError(f"{path}: is a folder. Name the files in it.")
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        packed = head.startswith(b"\x1f\x8b")
        if packed:
            with gzip.open(path) as unpacked:
                head = unpacked.read(_HEAD)
    except PermissionError as error:
        raise FileError(f"{path}: may not be read: permission denied.") from error
    except _BROKEN as error:
        raise FileError(f"{path}: could not be unpacked ({error}). Fetch or pack it again.") from error
    text = _text_of_head(path, head)
    return Source(path, path.stat().st_size, packed, _is_by_line(text))


def _text_of_head(path: Path, head: bytes) -> str:
    if head.startswith(b"PK"):
        raise FileError(f"{path}: is a zip archive. Unpack it, and name the files inside.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileError(f"{path}: is written in UTF-16. Save it as UTF-8.")
    if b"\x00" in head:
        raise FileError(f"{path}: is no text. Give the register's documents as JSON.")
    text = head.decode("utf-8-sig", "replace").lstrip()
    if not text:
        raise FileError(f"{path}: is empty. It must hold at least one document.")
    if text[0] not in "{[":
        raise FileError(
            f"{path}: is no JSON. Give the register's documents as one object, a list, or one object on each line."
        )
    return text


def _is_by_line(text: str) -> bool:
    """Whether each line is a record of its own: the first is whole, or the second begins one too."""
    first, _, rest = text.partition("\n")
    if first.startswith("["):
        return False
    try:
        json.loads(first)
    except RecursionError:
        return True
    except ValueError:
        return len(first) > 1 and rest.lstrip().startswith("{")
    return True


def records(source: Source, *, progress: Callable[[int], None] = lambda _: None) -> Iterator[Record]:
    """The records in the order of the file; `progress` is told the bytes of the file as they are read."""
    with source.path.open("rb") as raw:
        stream: IO[bytes] = gzip.GzipFile(fileobj=raw) if source.packed else raw  # type: ignore[assignment]
        number, line, told = 0, 1, 0
        try:
            for record in _lines(stream) if source.by_line else _values(stream):
                number, line = record.number, record.line
                yield record
                at = raw.tell()
                progress(at - told)
                told = at
        except _BROKEN as error:
            yield Record(number + 1, line, None, f"the file is cut or broken after record {number} ({error})")


def _lines(stream: IO[bytes]) -> Iterator[Record]:
    number = line = 0
    while piece := stream.readline(LARGEST_RECORD):
        line += 1
        whole = piece
        if len(piece) == LARGEST_RECORD and not piece.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                whole = b""
            whole = whole if not rest.strip() else b""
        text = whole.removeprefix(codecs.BOM_UTF8 if line == 1 else b"").decode("utf-8", "surrogateescape").strip()
        if text or not whole:
            number += 1
            yield _record(number, line, text) if whole else Record(number, line, None, _TOO_LARGE)


_TOO_LARGE = f"is larger than {LARGEST_RECORD} characters, which no document of the register is"


def _record(number: int, line: int, text: str) -> Record:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return Record(number, line, None, "is not UTF-8")
    return Record(number, line, text)


def _values(stream: IO[bytes]) -> Iterator[Record]:
    """Values one after the other, in a list or not, found by their brackets: a broken one ends where they close."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    first = decoder.decode(stream.read(_CHUNK)).removeprefix("\ufeff")
    scanner = _Scanner()
    yield from scanner.feed(first)
    while chunk := stream.read(_CHUNK):
        yield from scanner.feed(decoder.decode(chunk))
    yield from scanner.finish()


class _Scanner:
    """Cuts a growing text into values. Holds the value it is in, and no more of that than a record may be long."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0  # how far it has been looked at
        self._start: int | None = None  # of the value it is in
        self._depth = 0  # of brackets within the value
        self._is_too_large = False
        self._listed = self._in_list = False  # the file is a list, which has not ended yet
        self._number = 0
        self._begins = self._line = 1
        self._counted = 0  # how far lines have been counted

    def feed(self, text: str) -> Iterator[Record]:
        self._text += text
        while True:
            if self._start is None and not self._find_start():
                break
            self._at = (_WITHIN if self._depth else _OUTSIDE).match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at == len(self._text) or self._text[self._at] == '"':
                break  # the value, or a text in it, goes on in what comes next
            yield from self._pass(self._text[self._at])
        self._forget()

    def _find_start(self) -> bool:
        """Passes by what stands between values, and the brackets of the list. False where no value begins yet."""
        while True:
            self._at = _BETWEEN.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at == len(self._text):
                return False
            letter = self._text[self._at]
            if letter == "[" and not self._listed:
                self._listed = self._in_list = True
            elif letter == "]" and self._in_list:
                self._in_list = False
            else:
                self._count_lines(self._at)
                self._start, self._begins = self._at, self._line
                return True
            self._at += 1

    def _pass(self, mark: str) -> Iterator[Record]:
        """A bracket, or outside all brackets a comma."""
        if self._depth == 0 and mark in (",", "]"):
            yield from self._close()
            self._in_list = self._in_list and mark == ","
            self._at += 1
            return
        self._at += 1
        self._depth += 1 if mark in ("{", "[") else -1
        if self._depth <= 0:
            self._depth = 0
            yield from self._close()

    def _close(self) -> Iterator[Record]:
        text = self._text[self._start : self._at].strip()
        is_too_large = self._is_too_large or len(text) > LARGEST_RECORD
        self._start, self._is_too_large = None, False
        if text:
            self._number += 1
            yield (
                Record(self._number, self._begins, None, _TOO_LARGE)
                if is_too_large
                else _record(self._number, self._begins, text)
            )

    def _forget(self) -> None:
        """Drops what is behind; of a value that is too large all, but for the text that it is in."""
        begins = self._at if self._start is None else self._start
        if self._start is not None and len(self._text) - self._start > LARGEST_RECORD:
            self._is_too_large = True
            begins = self._at
        self._count_lines(begins)
        self._text = self._text[begins:]
        self._counted, self._at = 0, self._at - begins
        self._start = None if self._start is None else 0
        if self._is_too_large and len(self._text) > LARGEST_RECORD:
            self._count_lines(len(self._text))
            self._text = '"\\' if _ends_escaping(self._text) else '"'
            self._counted = len(self._text)

    def _count_lines(self, up_to: int) -> None:
        self._line += self._text.count("\n", self._counted, up_to)
        self._counted = up_to

    def finish(self) -> Iterator[Record]:
        """What the file ends with: a value that nothing closes is cut off."""
        if self._start is not None and (self._depth or self._at < len(self._text)):
            self._number += 1
            yield Record(self._number, self._begins, None, "is cut off: the file ends before the record does")
        elif self._start is not None:
            yield from self._close()
        elif self._in_list:
            yield Record(self._number + 1, self._line, None, "is missing: the file ends before its list does")


def _ends_escaping(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def read_json(text: str) -> Json:
    """A JSON value that every reader takes alike and the database can hold. Raises RecordError."""
    if _depth(text) > DEEPEST:
        raise RecordError(f"has objects within each other more than {DEEPEST} deep")
    try:
        value: Json = json.loads(
            text, object_pairs_hook=_pairs, parse_constant=_no_constant, parse_float=_finite, parse_int=_whole
        )
    except json.JSONDecodeError as error:
        raise RecordError(f"is no valid JSON ({error.msg} at character {error.pos + 1})") from error
    _refuse_strange_letters(value)
    return value


def _depth(text: str) -> int:
    if text.count("{") + text.count("[") <= DEEPEST:
        return 0
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "{[") - (token[0] in "}]")
        deepest = max(deepest, depth)
    return deepest


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RecordError(f"has the field {shown(twice)} twice in one object")
    return found


def _refuse_strange_letters(value: Json) -> None:
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise RecordError("holds a zero character or half a character, which no text may")
    elif isinstance(value, dict):
        for name, each in value.items():
            _refuse_strange_letters(name)
            _refuse_strange_letters(each)
    elif isinstance(value, list):
        for each in value:
            _refuse_strange_letters(each)


def _no_constant(word: str) -> Json:
    raise RecordError(f"holds {word}, which is no number in JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise RecordError("holds a number too large to keep")
    return value


def _whole(digits: str) -> int:
    if len(digits) > 100:
        raise RecordError("holds a number too large to keep")
    return int(digits)


_ELEVEN_DIGITS = re.compile(r"\d(?:[ .\-]?\d){10,}")


def shown(value: object, longest: int = 40) -> str:
    """A value as it may be told to whoever runs the command: short, and never a national identity number."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = _ELEVEN_DIGITS.sub("(a number)", text)
    return repr(text if len(text) <= longest else text[: longest - 1] + "…")
