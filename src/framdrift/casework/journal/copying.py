"""PostgreSQL's COPY and Arrow's batches: each read as the other."""

import io
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection
from psycopg import Copy

_BLOCK_BYTES = 8 << 20


def csv_bytes(table: pa.Table) -> bytes:
    """What COPY … FROM STDIN (FORMAT csv) takes: text always quoted, so that a bare empty field is NULL and no text."""
    out = io.BytesIO()
    pa_csv.write_csv(table, out, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    return out.getvalue()


def copied(select: str, parameters: dict[str, Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of a SELECT as batches of `schema`, in constant memory. Takes the connection until it is at its end."""
    # Django keeps its connections at UTC, so COPY writes instants with the offset +00, which Arrow reads as such.
    statement = f"COPY ({select}) TO STDOUT (FORMAT csv)"
    # Past Django's cursor, which with DEBUG on hands its parameters to no `copy`.
    with connection.cursor() as cursor, cursor.cursor.copy(statement, parameters) as copy:
        for block in _blocks(copy):
            yield from _parsed(block, schema).to_batches()


def _blocks(copy: Copy) -> Iterator[bytes]:
    """Whole rows: the server sends one in each message. Parsed as they come, so that no thread outlives the reading."""
    rows: list[bytes | bytearray | memoryview] = []
    size = 0
    for row in copy:
        rows.append(row)
        size += len(row)
        if size >= _BLOCK_BYTES:
            yield b"".join(rows)
            rows, size = [], 0
    if rows:
        yield b"".join(rows)


def _parsed(block: bytes, schema: pa.Schema) -> pa.Table:
    """CSV to Arrow: an empty field is null where it stands bare, and text where it is quoted, as COPY writes them."""
    return pa_csv.read_csv(
        pa.BufferReader(block),
        pa_csv.ReadOptions(column_names=schema.names, block_size=len(block)),
        pa_csv.ParseOptions(newlines_in_values=True),
        pa_csv.ConvertOptions(
            column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    ).cast(schema)
