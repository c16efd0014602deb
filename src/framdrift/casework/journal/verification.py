"""Whether the journal is what was written: every chain, every head, every seal, and the seals' files."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import rfc8785
from django.db import DataError, connection, transaction

from framdrift.casework.cases.models import GENESIS
from framdrift.casework.journal import seals
from framdrift.casework.journal.chain import NotCanonicalError, canonical_attributes_text, canonical_row, row_hash
from framdrift.casework.journal.copying import copied
from framdrift.casework.journal.models import Seal
from framdrift.events import ARROW_SCHEMA

SHOWN = 5
# Whoever owns the tables can put in what the columns forbid: a null is read, and breaks its row alone.
_WITH_HASH = pa.schema([column.with_nullable(True) for column in ARROW_SCHEMA] + [pa.field("hash", pa.string())])
_LINES_AT_ONCE = 10_000
_INSTANTS = ("at", "recorded_at")
# Infinity, and years that no calendar of ours has, are read as null: Arrow would refuse the whole block for them.
_READABLE = ", ".join(
    f"CASE WHEN \"{name}\" BETWEEN '0001-01-01 00:00Z' AND '9999-12-31 23:59:59.999999Z' THEN \"{name}\" END"
    if name in _INSTANTS
    else f'"{name}"'
    for name in ARROW_SCHEMA.names
)


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where the journal is not what was written. `event_id` is None where the event itself is gone."""

    case_id: str
    seq: int
    event_id: str | None
    why: str

    def __str__(self) -> str:
        event = f" ({self.event_id})" if self.event_id else ""
        return f"case {self.case_id}, event {self.seq}{event}: {self.why}" if self.case_id else self.why


@dataclass(slots=True)
class Findings:
    """`first` holds the first few breaches in the order of case ids and `seq`, the chains' before the seals'."""

    cases: int = 0
    events: int = 0
    seals: int = 0
    files: int = 0
    breaches: int = 0
    first: list[Breach] = field(default_factory=list)

    def add(self, breach: Breach) -> None:
        self.breaches += 1
        if len(self.first) < SHOWN:
            self.first.append(breach)


def verify(*, folder: Path | None = None, progress: Callable[[int], None]) -> Findings:
    """Reads the whole journal, as it stands at one moment, and with `folder` the seals' files kept there."""
    findings = Findings()
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _verify_chains(findings, progress)
        _verify_heads(findings)
        _verify_seals(findings)
        if folder is not None:
            _verify_files(findings, folder)
    return findings


def _verify_chains(findings: Findings, progress: Callable[[int], None]) -> None:
    select = f"SELECT {_READABLE}, encode(hash, 'hex') FROM journal_event ORDER BY case_id, seq"
    case_id, last, head = None, 0, GENESIS
    for batch in copied(select, {}, _WITH_HASH):
        for row in _rows(batch):
            if row["case_id"] != case_id:
                case_id, last, head = row["case_id"], 0, GENESIS
                findings.cases += 1
            stored = row.pop("hash")
            if row["seq"] != last + 1:
                why = f"events {last + 1} to {row['seq'] - 1} before it are missing"
                findings.add(Breach(row["case_id"], row["seq"], row["event_id"], why))
            elif why := _fault(row, head, stored):
                findings.add(Breach(row["case_id"], row["seq"], row["event_id"], why))
            last, head = row["seq"], stored
        findings.events += batch.num_rows
        progress(batch.num_rows)


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    columns = {name: batch.column(name) for name in _WITH_HASH.names}
    for name in _INSTANTS:
        columns[name] = pc.strftime(columns[name], "%Y-%m-%dT%H:%M:%SZ")
    given = {name: column.to_pylist() for name, column in columns.items()}
    for values in zip(*given.values(), strict=True):
        row = dict(zip(given, values, strict=True))
        row["hash"] = bytes.fromhex(row["hash"] or "")
        yield row


def _fault(row: dict[str, Any], previous: bytes, stored: bytes) -> str:
    """Empty where the row is what was written. What cannot be brought to its canonical form never was."""
    if row["at"] is None or row["recorded_at"] is None or row["attributes"] is None:
        return "its instants or attributes cannot be read"
    try:
        attributes = canonical_attributes_text(row["attributes"])
    except NotCanonicalError as error:
        return f"its attributes {error}"
    if row_hash(canonical_row(**(row | {"attributes": attributes}), previous=previous)) == stored:
        return ""
    return "its content is not what was written, or it was put in another's place"


def _verify_heads(findings: Findings) -> None:
    """A tail that was cut off, or an event put in by other ways than the one write path."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id, next_seq - 1, coalesce(latest.seq, 0), latest.event_id
            FROM cases_case LEFT JOIN LATERAL (
                SELECT seq, hash, event_id FROM journal_event WHERE case_id = cases_case.id ORDER BY seq DESC LIMIT 1
            ) AS latest ON true
            WHERE next_seq <> coalesce(latest.seq, 0) + 1 OR chain_head <> coalesce(latest.hash, %s)
            ORDER BY id
            """,
            [GENESIS],
        )
        for case_id, expected, found, event_id in cursor:
            if found < expected:
                findings.add(Breach(case_id, found + 1, None, f"events {found + 1} to {expected} were cut off"))
            else:
                findings.add(Breach(case_id, found, event_id, "is not the event that the case ends with"))


def _verify_seals(findings: Findings) -> None:
    previous, number = GENESIS, 0
    for made in Seal.objects.defer("sealed_at").order_by("number"):
        number += 1
        if made.number != number or bytes(made.previous) != previous:
            findings.add(Breach("", 0, None, f"seal {made.number}: the seal before it is missing or another"))
        if not _is_as_made(made):
            findings.add(Breach("", 0, None, f"seal {made.number}: it is not what it was when it was made"))
        previous, number = bytes(made.root), made.number
        findings.seals += 1
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT sealed.case_id, sealed.seq, event_id, seal_id
            FROM journal_sealedhead AS sealed LEFT JOIN journal_event AS event USING (case_id, seq)
            WHERE event.hash IS DISTINCT FROM sealed.hash
            ORDER BY case_id, seq
            """
        )
        for case_id, seq, event_id, seal in cursor:
            findings.add(Breach(case_id, seq, event_id, _not_as_sealed(event_id, f"seal {seal}")))


def _is_as_made(made: Seal) -> bool:
    try:
        return seals.root_of(seals.lines(made, seals.sealed_heads(made.number))) == bytes(made.root)
    except (DataError, rfc8785.CanonicalizationError):  # an instant that Python has not, a number that JSON has not
        return False


def _verify_files(findings: Findings, folder: Path) -> None:
    """The files are what an attacker who owns the database cannot change: they are believed, and the tables are not.

    A seal whose file is gone has lost that witness, and is no longer better than the tables.
    """
    unseen = {bytes(root): seals.file_name(number) for number, root in Seal.objects.values_list("number", "root")}
    roots = set(unseen)
    for path in sorted(folder.glob("seal-*.ndjson")):
        findings.files += 1
        root = seals.root_of_file(path)
        unseen.pop(root, None)
        if root in roots:
            continue
        findings.add(Breach("", 0, None, f"{path.name}: the database has no seal with this root"))
        try:
            with path.open(encoding="utf-8") as file:
                json.loads(next(file))
                while heads := [json.loads(line) for line in islice(file, _LINES_AT_ONCE)]:
                    with transaction.atomic():  # what PostgreSQL cannot read fails alone
                        _compare(findings, path.name, heads)
        except (DataError, ValueError, KeyError, TypeError, RecursionError, StopIteration):
            findings.add(Breach("", 0, None, f"{path.name}: it is not a seal's file, or it was changed"))
    for name in sorted(unseen.values()):
        if not (folder / name).exists():
            findings.add(Breach("", 0, None, f"{name}: the database has this seal, and its file is not in {folder}"))


def _compare(findings: Findings, name: str, heads: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT sealed.case_id, sealed.seq, event_id
            FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS sealed (case_id, seq, hash)
            LEFT JOIN journal_event AS event USING (case_id, seq)
            WHERE encode(event.hash, 'hex') IS DISTINCT FROM sealed.hash
            ORDER BY case_id, seq
            """,
            [[head[key] for head in heads] for key in ("case_id", "seq", "hash")],
        )
        for case_id, seq, event_id in cursor:
            findings.add(Breach(case_id, seq, event_id, _not_as_sealed(event_id, name)))


def _not_as_sealed(event_id: str | None, where: str) -> str:
    return f"it is not the event that {where} holds" if event_id else f"it is gone, and {where} holds it"
