"""What the engine (DuckDB) does and Ibis has no word for: JSON, instants and wall clocks, dates some period on.

Instants are whole microseconds since 1970, UTC, so that comparing them never asks a zone library.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from inspect import Parameter, Signature
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from framdrift.standard.period import Period

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = dt.Timestamp("UTC")
_ZONE = "Europe/Oslo"


def _builtin(name: str, *arguments: dt.DataType, gives: dt.DataType) -> Callable[..., Any]:
    """A function of the engine that Ibis does not know by itself."""

    def declared(*values: object) -> None:
        """The engine has the body."""

    parameters = [Parameter(f"value_{place}", Parameter.POSITIONAL_OR_KEYWORD) for place in range(len(arguments))]
    declared.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    return ibis.udf.scalar.builtin(declared, name=name, signature=(arguments, gives))  # type: ignore[no-any-return]


json_at = _builtin("json_extract", dt.string, dt.string, gives=dt.string)
json_items = _builtin("json_extract", dt.string, dt.string, gives=dt.Array(dt.string))
json_texts = _builtin("json_extract_string", dt.string, dt.string, gives=dt.Array(dt.string))
json_text = _builtin("json_extract_string", dt.string, dt.string, gives=dt.string)
json_type = _builtin("json_type", dt.string, dt.string, gives=dt.string)
list_contains = _builtin("list_contains", dt.Array(dt.string), dt.string, gives=dt.boolean)
text_as_json = _builtin("to_json", dt.string, gives=dt.string)
whole_as_json = _builtin("to_json", dt.int64, gives=dt.string)
double_as_json = _builtin("to_json", dt.float64, gives=dt.string)
instant_variable = _builtin("getvariable", dt.string, gives=dt.int64)
date_variable = _builtin("getvariable", dt.string, gives=dt.date)
truth_variable = _builtin("getvariable", dt.string, gives=dt.boolean)
wall_clock = _builtin("make_timestamp", dt.int64, gives=dt.timestamp)
microseconds_of = _builtin("epoch_us", _INSTANT, gives=dt.int64)
_instant_of = _builtin("make_timestamptz", dt.int64, gives=_INSTANT)
_wall_clock_in = _builtin("timezone", dt.string, _INSTANT, gives=dt.timestamp)
_instant_in = _builtin("timezone", dt.string, dt.timestamp, gives=_INSTANT)


def compiled(expression: ir.Expr) -> str:
    """The engine's SQL for an expression over tables that need not exist yet."""
    sql: str = _COMPILER.compile(expression)
    return sql


_COMPILER = Backend()


def number_at(attributes: ir.StringValue, attribute: str) -> ir.FloatingValue:
    """The number an attribute holds; null where it is not there or no number."""
    pointer = pointer_to(attribute)
    is_number = json_type(attributes, pointer).isin(["BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT", "DOUBLE"])
    return ibis.cases((is_number, json_at(attributes, pointer).cast("float64")))


def pointer_to(attribute: str) -> str:
    """RFC 6901."""
    return "/" + attribute.replace("~", "~0").replace("/", "~1")


def text_at(attributes: ir.StringValue, attribute: str) -> ir.StringValue:
    """The text an attribute holds; null where it is not there or no text."""
    pointer = pointer_to(attribute)
    return ibis.cases((json_type(attributes, pointer) == "VARCHAR", json_text(attributes, pointer)))


def texts_at(attributes: ir.StringValue, attribute: str) -> ir.ArrayValue:
    """The items of a list that an attribute holds, as texts; empty where it is no list."""
    return json_texts(json_at(attributes, pointer_to(attribute)), "$[*]")


def local_day(microseconds: ir.IntegerValue) -> ir.DateValue:
    """The date in Norway at an instant, by the engine's zone library: for the few, not for every event."""
    return _wall_clock_in(_ZONE, _instant_of(microseconds)).cast("date")


def end_of_local_day(day: ir.DateValue) -> ir.IntegerValue:
    """The last instant of a day in Norway."""
    return microseconds_of(_instant_in(_ZONE, (day.cast("timestamp") + ibis.interval(days=1)))) - 1


def date_after(day: ir.DateValue, period: Period) -> ir.DateValue:
    """The date a period of dates after a day: a month later is the same day number or the month's last day."""
    later = day.cast("timestamp")
    if period.months:
        later = later + ibis.interval(months=period.months)
    if period.days:
        later = later + ibis.interval(days=period.days)
    return later.cast("date")


def to_microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def from_microseconds(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
