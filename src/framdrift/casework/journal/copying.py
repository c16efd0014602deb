"""PostgreSQL's COPY and Arrow's batches: each read as the other."""

import io
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection
from psycopg import Copy

_BLOCK_BYTES = 8 << 20


class CopyReader(io.RawIOBase):
    """The bytes of a COPY … TO STDOUT, in the portions asked for."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(target):
            if not self._rest:
                self._rest = memoryview(self._copy.read())
                if not self._rest:
                    break
            portion = self._rest[: len(target) - filled]
            target[filled : filled + len(portion)] = portion
            self._rest = self._rest[len(portion) :]
            filled += len(portion)
        return filled


def csv_bytes(table: pa.Table) -> bytes:
    """What COPY … FROM STDIN (FORMAT csv) takes: text always quoted, so that a bare empty field is NULL and no text."""
    out = io.BytesIO()
    pa_csv.write_csv(table, out, pa_csv.WriteOptions(include_header=False, quoting_style="needed"))
    return out.getvalue()


def copied(select: str, parameters: dict[str, Any], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of a SELECT as batches of `schema`, in constant memory. Takes the connection until it is at its end."""
    # Django keeps its connections at UTC, so COPY writes instants with the offset +00, which Arrow reads as such.
    statement = f"COPY ({select}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(statement, parameters) as copy:
        stream = io.BufferedReader(CopyReader(copy), _BLOCK_BYTES)
        if stream.peek(1):
            yield from _parsed(stream, schema)


def _parsed(stream: io.BufferedIOBase, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """CSV to Arrow: an empty field is null where it stands bare, and text where it is quoted, as COPY writes them."""
    batches = pa_csv.open_csv(
        stream,
        pa_csv.ReadOptions(column_names=schema.names, block_size=_BLOCK_BYTES),
        pa_csv.ParseOptions(newlines_in_values=True),
        pa_csv.ConvertOptions(
            column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )
    for batch in batches:
        yield batch.cast(schema)
