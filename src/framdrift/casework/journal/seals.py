"""Seals: all chain heads at one moment, fixed in a file outside the database.

A seal's file has one JSON object (RFC 8785) on each line: first the seal itself, with the root of the seal before it,
then the head of each case that moved since then, in the order of case ids. Its root is the SHA-256 of the file, so
that `sha256sum` checks it. Each seal holds the root of the one before: the last root stands for the whole journal.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import rfc8785
from django.db import connection, transaction

from framdrift.casework.cases.models import GENESIS
from framdrift.casework.journal.chain import canonical_instant
from framdrift.casework.journal.models import Seal
from framdrift.events import UserError

Head = tuple[str, int, bytes]
"""Case, the `seq` of its last event, and that event's hash."""

_MOVED = """
    FROM cases_case AS moved WHERE next_seq > 1 AND NOT EXISTS (
        SELECT FROM journal_sealedhead AS sealed WHERE sealed.case_id = moved.id AND sealed.seq = moved.next_seq - 1)
"""


@dataclass(frozen=True, slots=True)
class SealFile:
    seal: Seal
    path: Path


@transaction.atomic
def seal(*, now: datetime) -> Seal:
    """Seals the journal as it stands. Writers go on meanwhile; what they have not committed is in the next seal."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE journal_seal IN EXCLUSIVE MODE")
        # A row that moves while we work must not differ between the file and the table: its head is read once.
        cursor.execute(
            "CREATE TEMPORARY TABLE moved_head ON COMMIT DROP AS "
            f"SELECT moved.id AS case_id, next_seq - 1 AS seq, chain_head AS hash {_MOVED}"
        )
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM moved_head), coalesce(sum(seq), 0)::bigint FROM (
                SELECT max(seq) AS seq
                FROM (SELECT case_id, seq FROM journal_sealedhead UNION ALL SELECT case_id, seq FROM moved_head) AS head
                GROUP BY case_id) AS latest
            """
        )
        cases, events = cursor.fetchone() or (0, 0)
    before = Seal.objects.order_by("-number").first()
    made = Seal(
        number=before.number + 1 if before else 1,
        sealed_at=now,
        cases=cases,
        events=events,
        previous=bytes(before.root) if before else GENESIS,
    )
    made.root = root_of(lines(made, _heads("SELECT case_id, seq, hash FROM moved_head ORDER BY case_id")))
    made.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_sealedhead (case_id, seq, hash, seal_id)"
            " SELECT case_id, seq, hash, %s FROM moved_head",
            [made.number],
        )
        cursor.execute("DROP TABLE moved_head")
    return made


@transaction.atomic
def write_files(folder: Path) -> list[SealFile]:
    """Writes the file of every seal that has none in `folder`, and gives back those written. Never changes a file."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for made in Seal.objects.order_by("number"):
        path = folder / file_name(made.number)
        if path.exists():
            continue
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
        with unfinished.open("wb") as file:
            file.writelines(lines(made, sealed_heads(made.number)))
            file.flush()
            os.fsync(file.fileno())
        if root_of_file(unfinished) != bytes(made.root):
            unfinished.unlink()
            raise UserError(
                f"Seal {made.number} is not what it was when it was made, so no file of it is written. "
                "See what differs with: framdrift journal verify"
            )
        unfinished.replace(path)
        written.append(SealFile(made, path))
    return written


def lines(made: Seal, heads: Iterable[Head]) -> Iterator[bytes]:
    """The lines of a seal's file."""
    yield _line(
        {
            "cases": made.cases,
            "events": made.events,
            "number": made.number,
            "previous": bytes(made.previous).hex(),
            "sealed_at": canonical_instant(made.sealed_at),
        }
    )
    for case_id, seq, head in heads:
        yield _line({"case_id": case_id, "hash": head.hex(), "seq": seq})


def sealed_heads(number: int) -> Iterator[Head]:
    yield from _heads("SELECT case_id, seq, hash FROM journal_sealedhead WHERE seal_id = %s ORDER BY case_id", number)


def root_of(content: Iterable[bytes]) -> bytes:
    digest = hashlib.sha256()
    for line in content:
        digest.update(line)
    return digest.digest()


def root_of_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def file_name(number: int) -> str:
    return f"seal-{number:06}.ndjson"


def _line(value: dict[str, str | int]) -> bytes:
    return rfc8785.dumps(value) + b"\n"


def _heads(statement: str, *parameters: int) -> Iterator[Head]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        for case_id, seq, head in cursor:
            yield case_id, seq, bytes(head)
