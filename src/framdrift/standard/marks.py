"""Selectors over a whole log: each event gets one bit for every selector it matches.

One scan of the log parses attributes, and only those of the kinds that a selector asks about; every rule then works on
bits. Written in Ibis, so that the same expression runs where the log is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import reduce
from operator import and_, or_

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from framdrift.events.vocabulary import CLOSES_CASE, OPENS_CASE
from framdrift.standard.engine import (
    double_as_json,
    json_at,
    json_items,
    json_type,
    list_contains,
    number_at,
    pointer_to,
    text_as_json,
    whole_as_json,
)
from framdrift.standard.model import Compare, Content, Rule
from framdrift.standard.selector import (
    Alternative,
    AtLeast,
    Condition,
    Includes,
    OneOf,
    Present,
    Scalar,
    Selector,
)

BITS_PER_WORD = 62


_LARGEST_WHOLE = 2**53


@dataclass(frozen=True)
class Marks:
    """Which bit stands for which selector. The opening and the end of a case have bits of their own."""

    selectors: tuple[Selector, ...]

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Marks:
        asked = [OPENING, ENDING]
        for rule in rules:
            asked += selectors_of(rule)
        return cls(tuple(dict.fromkeys(asked)))

    @property
    def words(self) -> list[str]:
        """The names of the integer columns that hold the bits."""
        return [f"marks_{number}" for number in range((len(self.selectors) - 1) // BITS_PER_WORD + 1)]

    def columns(self, events: ir.Table) -> dict[str, ir.IntegerColumn]:
        """For each word, the expression over ``kind`` and ``attributes`` that gives its bits."""
        return {
            word: self._word(events, self.selectors[number * BITS_PER_WORD : (number + 1) * BITS_PER_WORD])
            for number, word in enumerate(self.words)
        }

    def has(self, rows: ir.Table, *selectors: Selector) -> ir.BooleanValue:
        """Whether a row matches any of the selectors."""
        bits: dict[str, int] = {}
        for selector in selectors:
            place = self.selectors.index(selector)
            word = f"marks_{place // BITS_PER_WORD}"
            bits[word] = bits.get(word, 0) | 1 << place % BITS_PER_WORD
        return reduce(or_, [(rows[word] & mask) != 0 for word, mask in bits.items()])

    def _word(self, events: ir.Table, selectors: tuple[Selector, ...]) -> ir.IntegerColumn:
        """Kind by kind, so that a row's attributes are parsed for the selectors of its own kind only."""
        branches = []
        for kind in sorted({kind for selector in selectors for kind in selector.kinds}):
            bits = [
                _bit(events, [part for part in selector.alternatives if kind in part.kinds], 1 << place)
                for place, selector in enumerate(selectors)
                if kind in selector.kinds
            ]
            branches.append((events.kind == kind, reduce(or_, bits)))
        return ibis.cases(*branches, else_=ibis.literal(0, dt.int64))


def selectors_of(rule: Rule) -> list[Selector]:
    """Every selector a rule looks for; what a content rule holds of its events is one more."""
    asked = [rule.cases] if rule.cases else []
    if isinstance(rule.pattern, Content):
        asked += [rule.pattern.event, holding(rule.pattern)]
    elif not isinstance(rule.pattern, Compare):
        values = (getattr(rule.pattern, part.name) for part in fields(rule.pattern))
        asked += [value for value in values if isinstance(value, Selector)]
    return asked


def holding(pattern: Content) -> Selector:
    """The events of a content rule that hold what is asked."""
    return Selector(tuple(replace(part, where=(*part.where, *pattern.holds)) for part in pattern.event.alternatives))


def _bit(events: ir.Table, alternatives: list[Alternative], value: int) -> ir.IntegerValue:
    bit = ibis.literal(value, dt.int64)
    if any(not part.where for part in alternatives):
        return bit
    matches = [reduce(and_, [_holds(events, condition) for condition in part.where]) for part in alternatives]
    return ibis.cases((reduce(or_, matches).fill_null(False), bit), else_=ibis.literal(0, dt.int64))


def _holds(events: ir.Table, condition: Condition) -> ir.BooleanValue:
    pointer = pointer_to(condition.attribute)
    value = json_at(events.attributes, pointer)
    match condition.test:
        case OneOf(values):
            return reduce(or_, [value == text for scalar in values for text in _canonical(scalar)])
        case AtLeast(lowest):
            return (number_at(events.attributes, condition.attribute) >= ibis.literal(lowest, dt.float64)).fill_null(
                False
            )
        case Includes(items):
            held = json_items(value, "$[*]")
            found = [reduce(or_, [list_contains(held, text) for text in _canonical(item)]) for item in items]
            return reduce(and_, found, value.notnull() & (json_type(events.attributes, pointer) == "ARRAY"))
        case Present():
            return value.notin(["null", '""', "[]"])


def _canonical(scalar: Scalar) -> list[ir.StringValue]:
    """The texts that a JSON value is written as by the engine: a whole number may stand as 1 or as 1.0."""
    match scalar.value:
        case None:
            return [ibis.literal("null")]
        case bool(value):
            return [ibis.literal("true" if value else "false")]
        case str(value):
            return [text_as_json(ibis.literal(value))]
        case value:
            texts = [double_as_json(ibis.literal(float(value), dt.float64))]
            if value == int(value) and abs(value) <= _LARGEST_WHOLE:
                texts.append(whole_as_json(ibis.literal(int(value), dt.int64)))
            return texts


OPENING = Selector((Alternative((OPENS_CASE,)),))
ENDING = Selector((Alternative((CLOSES_CASE,)),))
