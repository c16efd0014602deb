"""One data file as a DuckDB relation: its columns found, mapped to ours, and turned into our types.

All parsing of times lies here, so that every evaluator sees the same instants: ISO 8601; without an offset it is
Europe/Oslo, and the hour that comes twice in October is taken as its first coming (PEP 495, fold 0).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from framdrift.events.diagnosis import delimiter_of
from framdrift.events.errors import LogError
from framdrift.events.unpacking import DataFile
from framdrift.events.vocabulary import COLUMNS, REQUIRED_COLUMNS, SYSTEM_ACTOR

# A local time in the hour that is repeated is read as its first coming; DuckDB alone takes the second.
MACROS = """
create or replace macro oslo_instant(t) as case
  when month(t) between 9 and 11
   and timezone('Europe/Oslo', timezone('Europe/Oslo', t) - interval 1 hour) = t
  then timezone('Europe/Oslo', t) - interval 1 hour
  else timezone('Europe/Oslo', t) end;
create or replace macro json_is_loose(x) as case
  when regexp_matches(x, '(?i)[:,\\[]\\s*-?(nan|inf)|,\\s*[}\\]]')
  then regexp_matches(regexp_replace(x, '"([^"\\\\]|\\\\.)*"', '""', 'g'), '(?i)nan|inf|,\\s*[}\\]]')
  else false end;
create or replace macro json_is_deep(x) as
  length(x) > 1000 and length(regexp_replace(x, '[^\\[{]', '', 'g')) > 500;
create or replace macro iso_text(x) as regexp_replace(
  replace(replace(replace(trim(x), ',', '.'), 'z', 'Z'), ' +', '+'),
  '^(.{10}[T ][0-9]{2}:[0-9]{2})(Z|[+-].*)$', '\\1:00\\2');
create or replace macro iso_has_offset(x) as
  right(x, 1) = 'Z' or contains(substr(x, 11), '+') or contains(substr(x, 11), '-');
create or replace macro iso_instant(x) as case
  when not regexp_matches(x, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}|$)') then null
  when iso_has_offset(x) then try_cast(x as timestamptz)
  else oslo_instant(try_cast(x as timestamp)) end;
"""

_INTEGER_TYPES = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT"}


# A year outside these is a slip of the pen (0201 for 2012), and would have a calendar made for centuries.
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
_EARLIEST, _LATEST = (
    int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000 for year in (EARLIEST_YEAR, LATEST_YEAR + 1)
)


@dataclass(frozen=True, slots=True)
class Check:
    """A condition under which a row cannot be taken: on which of our columns, what it holds, and why that is refused."""

    field: str
    bad: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """A data file ready to be read: ``relation`` is SQL for FROM, ``columns`` are expressions of our columns over it.

    ``native`` says that no column needs parsing, so that the file can be read in place, again and again.
    """

    file: DataFile
    relation: str
    columns: Mapping[str, str]
    checks: tuple[Check, ...]
    native: bool


def describe(connection: duckdb.DuckDBPyConnection, file: DataFile, mapping: Mapping[str, str]) -> Source:
    """Finds the columns of ``file``, through ``mapping`` (ours to theirs). Raises LogError when one is missing."""
    relation, types = _relation(connection, file, mapping)
    theirs = _resolve(file, mapping, types)
    columns: dict[str, str] = {}
    checks: list[Check] = []
    native = file.format == "parquet"
    for name in COLUMNS:
        if name not in theirs:
            continue
        quoted, sql_type = quote(theirs[name]), types[theirs[name]]
        if name in ("at", "recorded_at"):
            columns[name] = _instant(file, name, quoted, sql_type)
            native = native and sql_type.startswith("TIMESTAMP")
            checks += _instant_checks(name, columns[name], quoted, required=name in REQUIRED_COLUMNS)
        elif name == "seq":
            columns[name] = quoted if sql_type in _INTEGER_TYPES else f"try_cast({quoted} as bigint)"
            if sql_type not in _INTEGER_TYPES:
                missing = f"{quoted} is not null and {columns[name]} is null"
                checks.append(Check(name, missing, f"{quoted}::varchar", "is not a whole number"))
        elif name == "attributes":
            columns[name] = _attributes(file, quoted, sql_type)
            checks += _attribute_checks(columns[name], sql_type)
        else:
            columns[name] = _text(file, name, quoted, sql_type)
            if name in REQUIRED_COLUMNS:
                empty = f"{columns[name]} is null or {columns[name]} = ''"
                checks.append(Check(name, empty, f"{columns[name]}", "is missing"))
    return Source(file, relation, columns, tuple(checks), native)


def canonical(source: Source, row: str, *, has_seq: bool) -> str:
    """SELECT list that gives the canonical columns of a log.

    ``row`` is the expression of the row number; ``has_seq`` tells whether any row carries its order of recording.
    """
    known = source.columns
    expressions = {
        "event_id": f"coalesce({known.get('event_id', 'null')}, ({row})::varchar)",
        "actor": f"coalesce({known.get('actor', 'null')}, '{SYSTEM_ACTOR}')",
        "recorded_at": f"coalesce({known.get('recorded_at', 'null')}, {known['at']})",
        # Rows that carry no order of recording come after those that do, in the order of the file.
        "seq": f"coalesce({known['seq']}, 9223372036854775807)::bigint" if has_seq else f"({row})::bigint",
        "attributes": f"coalesce({known.get('attributes', 'null')}, '{{}}')",
    }
    if "recorded_at" not in known:
        expressions["recorded_at"] = known["at"]
    selected = [f"{expressions.get(name) or known.get(name, 'null::varchar')} as {quote(name)}" for name in COLUMNS]
    return ", ".join([*selected, f"({row})::bigint as row"])


def quote(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL text literal."""
    return "'" + text.replace("'", "''") + "'"


def _relation(
    connection: duckdb.DuckDBPyConnection, file: DataFile, mapping: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    path = literal(str(file.path))
    if file.format == "parquet":
        relation = f"read_parquet({path}, file_row_number=true)"
        try:
            described = connection.execute(f"describe select * from {relation}").fetchall()
        except duckdb.Error as error:
            raise LogError(file.name, "is a broken Parquet file. Write or download it again.") from error
        return relation, {name: sql_type for name, sql_type, *_ in described if name != "file_row_number"}
    if file.format == "csv":
        names, delimiter = _csv_header(file)
        listed = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
        relation = (
            f"read_csv({path}, header=true, auto_detect=false, delim={literal(delimiter)}, quote='\"', escape='\"', "
            f"columns={{{listed}}}, nullstr='')"
        )
        return relation, dict.fromkeys(names, "VARCHAR")
    wanted = _ndjson_keys(file, mapping)
    listed = ", ".join(f"{literal(name)}: {literal(sql_type)}" for name, sql_type in wanted.items())
    return f"read_json({path}, format='newline_delimited', columns={{{listed}}})", wanted


def _csv_header(file: DataFile) -> tuple[list[str], str]:
    with file.path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.readline(1_000_000)
        delimiter = delimiter_of(head)
        try:
            names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter), [])]
        except csv.Error as error:
            raise LogError(file.name, "does not begin with a heading: one line of column names.") from error
    for name in names:
        if names.count(name) > 1:
            raise LogError(file.name, f"has two columns called {name!r}. Rename one of them.")
    return [name or f"column {number}" for number, name in enumerate(names, 1)], delimiter


def _ndjson_keys(file: DataFile, mapping: Mapping[str, str]) -> dict[str, str]:
    with file.path.open(encoding="utf-8-sig") as stream:
        first = next((line for line in stream if line.strip()), "")
    try:
        keys = list(json.loads(first))
    except ValueError as error:
        raise LogError(file.name, f"row 1 is not JSON ({error}). Give one JSON object on each line.") from error
    # A key may be missing on the first line and stand on a later one.
    wanted = list(
        dict.fromkeys([*keys, *(mapping.get(name, name) for name in COLUMNS if name not in REQUIRED_COLUMNS)])
    )
    return {name: "JSON" if name == mapping.get("attributes", "attributes") else "VARCHAR" for name in wanted}


def _resolve(file: DataFile, mapping: Mapping[str, str], types: Mapping[str, str]) -> dict[str, str]:
    for ours, theirs in mapping.items():
        if ours not in COLUMNS:
            raise LogError(file.name, f"--map {ours}={theirs}: {ours!r} is none of our columns ({', '.join(COLUMNS)}).")
        if theirs not in types:
            raise LogError(file.name, f"has no column {theirs!r} (--map {ours}={theirs}). It has: {', '.join(types)}.")
    theirs_of = {name: mapping.get(name, name) for name in COLUMNS}
    missing = [name for name in REQUIRED_COLUMNS if theirs_of[name] not in types]
    if missing:
        raise LogError(
            file.name,
            f"lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. It has: {_listed(types)}. "
            f"Name the column that holds it: --map {missing[0]}=THEIRS.",
        )
    return {name: theirs for name, theirs in theirs_of.items() if theirs in types}


def _listed(names: Mapping[str, str]) -> str:
    shown = [name if len(name) <= 40 else name[:37] + "..." for name in names]
    return ", ".join(shown[:20]) + (f" and {len(shown) - 20} more" if len(shown) > 20 else "")


def _text(file: DataFile, name: str, quoted: str, sql_type: str) -> str:
    if sql_type == "VARCHAR":
        return quoted
    if sql_type.startswith(("STRUCT", "MAP", "UNION", "BLOB")) or sql_type.endswith("[]"):
        raise LogError(file.name, f"the column for {name} is of type {sql_type}; it must be text.")
    return f"{quoted}::varchar"


def _instant(file: DataFile, name: str, quoted: str, sql_type: str) -> str:
    if sql_type == "TIMESTAMP WITH TIME ZONE":
        return quoted
    if sql_type.startswith("TIMESTAMP") or sql_type == "DATE":
        return f"oslo_instant({quoted}::timestamp)"
    if sql_type == "VARCHAR":
        return f"coalesce(iso_instant({quoted}), iso_instant(iso_text({quoted})))"
    raise LogError(file.name, f"the column for {name} is of type {sql_type}; it must be a time or an ISO 8601 text.")


def _instant_checks(name: str, instant: str, quoted: str, *, required: bool) -> list[Check]:
    broken = f"{quoted} is not null and {instant} is null"
    outside = f"coalesce(epoch_us({instant}) not between {_EARLIEST} and {_LATEST}, false)"
    checks = [
        Check(name, broken, f"{quoted}::varchar", "is not an ISO 8601 time like 2012-03-01T09:30:00+01:00"),
        Check(name, outside, f"{quoted}::varchar", f"is not between the years {EARLIEST_YEAR} and {LATEST_YEAR}"),
    ]
    if required:
        checks.append(Check(name, f"{quoted} is null", "''", "is missing"))
    return checks


def _attributes(file: DataFile, quoted: str, sql_type: str) -> str:
    if sql_type.startswith(("STRUCT", "MAP")):
        return f"to_json({quoted})::varchar"
    if sql_type == "JSON" and file.format == "ndjson":
        # An object as it stands, or a text that holds one, as in CSV.
        return (
            f"nullif(case when json_type({quoted}) = 'VARCHAR' then {quoted}->>'$' else {quoted}::varchar end, 'null')"
        )
    if sql_type in ("VARCHAR", "JSON"):
        return f"{quoted}::varchar"
    raise LogError(file.name, f"the column for attributes is of type {sql_type}; it must hold a JSON object.")


def _attribute_checks(attributes: str, sql_type: str) -> list[Check]:
    """What the engine's JSON reader lets pass and others do not: every evaluator must read the same values."""
    if sql_type.startswith(("STRUCT", "MAP")):
        return [
            Check("attributes", f"json_is_loose({attributes})", attributes, "holds a number that JSON has no word for")
        ]
    valid = f"coalesce(json_valid({attributes}), false)"
    broken = f"{attributes} is not null and (not {valid} or json_is_loose({attributes}) or json_is_deep({attributes}))"
    is_object = f"json_type({attributes}) = 'OBJECT'"
    other = f"case when {valid} then not {is_object} else false end"
    twice = (
        f"case when {valid} then {is_object} and"
        f" len(json_keys({attributes})) <> len(list_distinct(json_keys({attributes}))) else false end"
    )
    return [
        Check("attributes", broken, attributes, "is not valid JSON"),
        Check("attributes", other, attributes, 'is not a JSON object like {"channel": "phone"}'),
        Check("attributes", twice, attributes, "has the same key twice"),
    ]
