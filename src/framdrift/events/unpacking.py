"""From whatever file the user names to plain data files: archives opened, compression undone, format recognised.

The format is recognised by what a file holds, not by its name: a log that was renamed on the way is still a log.
"""

from __future__ import annotations

import codecs
import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from framdrift.events.errors import LogError

Format = Literal["csv", "parquet", "ndjson"]

_DATA_SUFFIXES = {".csv", ".tsv", ".txt", ".parquet", ".ndjson", ".jsonl", ".json"}
_HEAD_BYTES = 65_536
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class DataFile:
    """One plain file with rows in it; ``name`` is what the user would call it, also inside an archive."""

    name: str
    path: Path
    format: Format


def unpack(path: Path, workdir: Path) -> list[DataFile]:
    """The data files behind ``path``, in name order for an archive.

    Raises LogError when there is nothing there to read, or when it is no log in a format we know.
    """
    name = str(path)
    if not path.exists():
        raise LogError(name, "there is no such file. Check the path.")
    if path.is_dir():
        raise LogError(name, "is a folder. Name one file: CSV, Parquet or NDJSON, plain, gzipped or zipped.")
    try:
        plain = list(_plain_files(name, path, workdir))
    except PermissionError as error:
        raise LogError(name, "may not be read: permission denied.") from error
    return [DataFile(inner, file, _format(inner, file)) for inner, file in plain]


def _plain_files(name: str, path: Path, workdir: Path) -> Iterator[tuple[str, Path]]:
    with path.open("rb") as stream:
        magic = stream.read(4)
    if not magic:
        raise LogError(name, "is empty. A log has at least one event.")
    if magic.startswith(b"PK"):
        yield from _zip_members(name, path, workdir)
    elif magic.startswith(b"\x1f\x8b"):
        with gzip.open(path) as packed:
            yield name, _write_out(name, packed, workdir / "unzipped")
    else:
        yield name, path


def _zip_members(name: str, path: Path, workdir: Path) -> Iterator[tuple[str, Path]]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise LogError(name, "looks like a zip archive but is broken. Download or pack it again.") from error
    with archive:
        members = sorted((m for m in archive.infolist() if _is_data(m)), key=lambda m: m.filename)
        if not members:
            held = ", ".join(m.filename for m in archive.infolist()[:5]) or "nothing"
            raise LogError(name, f"the archive holds no CSV, Parquet or NDJSON file (it holds {held}).")
        for number, member in enumerate(members):
            inner = f"{name}/{member.filename}"
            if member.flag_bits & 0x1:
                raise LogError(inner, "is encrypted. Unpack it with its password and name the file inside.")
            with archive.open(member) as packed:
                file = _write_out(inner, packed, workdir / f"member-{number}")
            yield from _plain_files(inner, file, _fresh(workdir / f"inside-{number}"))


def _is_data(member: zipfile.ZipInfo) -> bool:
    parts = Path(member.filename).parts
    if member.is_dir() or "__MACOSX" in parts or parts[-1].startswith("."):
        return False
    last = Path(parts[-1])
    return (last.with_suffix("") if last.suffix.lower() == ".gz" else last).suffix.lower() in _DATA_SUFFIXES


def _write_out(name: str, packed: IO[bytes] | gzip.GzipFile, target: Path) -> Path:
    try:
        with target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, _CHUNK_BYTES)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError) as error:
        raise LogError(
            name, f"could not be unpacked: it is cut or broken ({error}). Download or pack it again."
        ) from error
    return target


def _fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _format(name: str, path: Path) -> Format:
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
        whole = len(head) < _HEAD_BYTES
    if not head:
        raise LogError(name, "is empty. A log has at least one event.")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise LogError(name, "is written in UTF-16. Save it as UTF-8.")
    if b"\x00" in head:
        raise LogError(name, "is neither text nor Parquet. Give a log as CSV, Parquet or NDJSON.")
    text = _decoded(name, head, final=whole).lstrip("\ufeff \t\r\n")
    if not text:
        raise LogError(name, "is empty. A log has at least one event.")
    if text.startswith("["):
        raise LogError(name, "is one JSON list. Give NDJSON: one JSON object on each line, no brackets around.")
    return "ndjson" if text.startswith("{") else "csv"


def _decoded(name: str, head: bytes, *, final: bool) -> str:
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head, final)
    except UnicodeDecodeError as error:
        line = head.count(b"\n", 0, error.start) + 1
        raise LogError(
            name, f"is not UTF-8: the byte 0x{head[error.start]:02x} on line {line}. Save it as UTF-8."
        ) from error
