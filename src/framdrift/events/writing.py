"""Logs written: Parquet, CSV or NDJSON by the name's ending, plain or gzipped, batch by batch in constant memory."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from framdrift.events.errors import UserError
from framdrift.events.event import ARROW_SCHEMA
from framdrift.events.vocabulary import COLUMNS

_ROWS_PER_GROUP = 250_000


def write_log(path: str | Path, batches: Iterable[pa.RecordBatch]) -> int:
    """Writes batches in ``ARROW_SCHEMA`` to ``path`` and returns the number of events.

    The ending gives the format: .parquet, .csv, .ndjson or .jsonl; the last three also with .gz. The file appears under
    its name only when it is complete. Raises UserError for another ending or a folder that is not there.
    """
    target = Path(path)
    writer = _writer_of(target)
    if not target.parent.is_dir():
        raise UserError(f"{target}: there is no folder {target.parent}. Make it first.")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        count = writer(unfinished, batches)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _writer_of(path: Path) -> Callable[[Path, Iterable[pa.RecordBatch]], int]:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = bool(suffixes) and suffixes[-1] == ".gz"
    ending = (suffixes[:-1] if packed else suffixes)[-1:]
    if ending == [".parquet"] and not packed:
        return _write_parquet
    if ending == [".csv"]:
        return lambda file, batches: _write_csv(file, batches, packed=packed)
    if ending in ([".ndjson"], [".jsonl"]):
        return lambda file, batches: _write_ndjson(file, batches, packed=packed)
    raise UserError(f"{path}: the name must end in .parquet, .csv or .ndjson (the last two also with .gz).")


def _write_parquet(path: Path, batches: Iterable[pa.RecordBatch]) -> int:
    count = 0
    with pq.ParquetWriter(path, ARROW_SCHEMA, compression="zstd") as writer:
        for table in _grouped(batches):
            writer.write_table(table)
            count += table.num_rows
    return count


def _grouped(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Row groups of a size that readers like, whatever the size of the batches."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(part.num_rows for part in held) >= _ROWS_PER_GROUP:
            yield pa.Table.from_batches(held, ARROW_SCHEMA)
            held = []
    if held:
        yield pa.Table.from_batches(held, ARROW_SCHEMA)


def _write_csv(path: Path, batches: Iterable[pa.RecordBatch], *, packed: bool) -> int:
    count = 0
    with _text(path, packed=packed) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in _rows(batches):
            writer.writerow(["" if row[column] is None else row[column] for column in COLUMNS])
            count += 1
    return count


def _write_ndjson(path: Path, batches: Iterable[pa.RecordBatch], *, packed: bool) -> int:
    count = 0
    with _text(path, packed=packed) as stream:
        for row in _rows(batches):
            row["attributes"] = json.loads(str(row["attributes"]))
            stream.write(
                json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False)
            )
            stream.write("\n")
            count += 1
    return count


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, object]]:
    for batch in batches:
        for row in batch.to_pylist():
            row["at"] = row["at"].isoformat()
            row["recorded_at"] = row["recorded_at"].isoformat()
            yield row


@contextmanager
def _text(path: Path, *, packed: bool) -> Iterator[IO[str]]:
    with path.open("wb") as plain:
        # Neither name nor time in the gzip heading: the same events give the same bytes.
        inner = gzip.GzipFile(filename="", fileobj=plain, mode="wb", mtime=0) if packed else plain
        with io.TextIOWrapper(inner, encoding="utf-8", newline="", write_through=False) as stream:
            yield stream
