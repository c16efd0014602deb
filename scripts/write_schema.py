"""Writes src/framdrift/standard/schema.json: what the loader of standards accepts, for editors and other tools.

    .venv/bin/python scripts/write_schema.py

A reading takes what it does not say from its requirement, even the pattern, so which keys are allowed and needed depends on
both. The schema says it for each pattern: those who read by it (requirement or readings) have only its keys, and all it needs.
What no schema can say (names that must be known elsewhere in the file, a number no higher than another) only the loader finds;
docs/standard-files.md lists it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from framdrift.standard.loading import _COMMON_KEYS, _PATTERN_KEYS
from framdrift.standard.model import ORIGINS, OWED_BY, YARDSTICKS

SCHEMA = Path(__file__).resolve().parent.parent / "src" / "framdrift" / "standard" / "schema.json"

Schema = dict[str, Any]
_WIDTH = 110

_DATES = "P(?=[0-9])([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?"
_WORKING_DAYS = "P[0-9]+B"
_SPAN = "P([0-9]+W)?([0-9]+D)?T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?"

_TEXT: Schema = {"type": "string", "minLength": 1}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_KEYS: dict[str, Schema] = {
    "title": _ref("texts"),
    "source": _ref("texts"),
    "origin": {"enum": list(ORIGINS)},
    "yardstick": {"enum": list(YARDSTICKS)},
    "owed_by": {"enum": list(OWED_BY)},
    "goals": {"type": "array", "items": _ref("text")},
    "pattern": {"enum": list(_PATTERN_KEYS)},
    "cases": _ref("selector"),
    "after_end": {"type": "boolean"},
    **{key: _ref("selector") for key in ("trigger", "target", "event", "requires", "unless", "from", "reset")},
    **{key: _ref("selector") for key in ("opens", "closes", "among")},
    **{key: _ref("period") for key in ("within", "every", "after")},
    "holds": _ref("conditions"),
    "per": {"enum": ["actor", "office"]},
    "group": _ref("group"),
    "margin": _SHARE,
    "min_n": _COUNT,
    "at_least": _SHARE,
}
# Keys that mean something else with another pattern.
_KEYS_OF: dict[str, dict[str, Schema]] = {
    "absence": {"at_most": _COUNT},
    "share": {"of": _ref("selector"), "at_most": _SHARE},
    "compare": {"of": _ref("text")},
}
_DEFINITIONS: dict[str, Schema] = {
    "text": _TEXT,
    "texts": {
        "description": "Texts by language (nb, en); a plain text is Norwegian bokmål.",
        "anyOf": [_ref("text"), {"type": "object", "additionalProperties": _ref("text")}],
    },
    "period": {
        "description": "P14D, P3M, P12W (calendar dates), P5B (working days), PT120H (hours).",
        "type": "string",
        "pattern": f"^({_DATES}|{_WORKING_DAYS}|{_SPAN})$",
    },
    "selector": {
        "description": "Which events: of a kind, with attributes; or any of several.",
        "type": "object",
        "properties": {
            "kind": {"anyOf": [_ref("text"), {"type": "array", "minItems": 1, "items": _ref("text")}]},
            "where": _ref("conditions"),
            "any": {"type": "array", "minItems": 1, "items": _ref("selector")},
        },
        "additionalProperties": False,
        "oneOf": [{"required": ["kind"]}, {"required": ["any"]}],
        "dependentSchemas": {"any": {"not": {"required": ["where"]}}},
    },
    "conditions": {
        "description": "Attributes and what each must be; all must hold.",
        "type": "object",
        "additionalProperties": _ref("test"),
    },
    "scalar": {"type": ["string", "number", "boolean", "null"]},
    "test": {
        "anyOf": [
            _ref("scalar"),
            {"description": "One of these.", "type": "array", "minItems": 1, "items": _ref("scalar")},
            {
                "type": "object",
                "properties": {
                    "at_least": {"type": "number"},
                    "includes": {"type": "array", "items": _ref("scalar")},
                    "present": {"const": True},
                },
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ]
    },
    "group": {
        "type": "object",
        "properties": {
            "age_below": {"type": "integer", "minimum": 1},
            "lasted": {"type": "string", "pattern": f"^{_DATES}$"},
        },
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    },
    "goal": {
        "type": "object",
        "properties": {"id": _ref("text"), "title": _ref("texts"), "source": _ref("text")},
        "additionalProperties": False,
        "required": ["id"],
    },
    "verdict": {
        "description": "From which rate a requirement conforms, or partly does, and from how many closed instances.",
        "type": "object",
        "properties": {"conforms": _SHARE, "partly": _SHARE, "min_n": _COUNT},
        "additionalProperties": False,
    },
}


def _is(pattern: str) -> Schema:
    return {"required": ["pattern"], "properties": {"pattern": {"const": pattern}}}


_UNSAID: Schema = {"not": {"required": ["pattern"]}}


def _by(pattern: str) -> Schema:
    """What a part that is read by a pattern may say: the keys of the pattern and those of every requirement."""
    required, optional = _PATTERN_KEYS[pattern]
    special = _KEYS_OF.get(pattern, {})
    own = (*required, *optional)
    return {
        "properties": {name: special.get(name, _KEYS.get(name)) for name in own},
        "propertyNames": {"enum": ["id", "readings", *_COMMON_KEYS, *own]},
    }


def _needs(pattern: str) -> list[list[str]]:
    """What a pattern needs: of each list at least one key."""
    required, _ = _PATTERN_KEYS[pattern]
    bounds = [["at_most", "at_least"]] if pattern == "share" else []
    return [*([name] for name in required), *bounds]


def _has(names: list[str]) -> Schema:
    return {"required": names} if len(names) == 1 else {"anyOf": [{"required": [name]} for name in names]}


def _every_reading(then: Schema) -> Schema:
    return {"properties": {"readings": {"additionalProperties": then}}}


def _some_reading(that: Schema) -> Schema:
    return {"required": ["readings"], "not": _every_reading({"not": that})}


def _read_by(pattern: str, reading: Schema) -> Schema:
    """The requirement beside readings that are read by ``pattern``; ``reading`` tells which those are."""
    return {
        "allOf": [
            _ref(f"by_{pattern}"),
            _every_reading({"if": reading, "then": _ref(f"by_{pattern}")}),
            *(
                {"anyOf": [_has(names), _every_reading({"if": reading, "then": _has(names)})]}
                for names in _needs(pattern)
            ),
        ]
    }


def _requirement() -> Schema:
    own = [
        {
            "if": {**_is(pattern), "not": {"required": ["readings"]}},
            "then": {"allOf": [_ref(f"by_{pattern}"), *map(_has, _needs(pattern))]},
        }
        for pattern in _PATTERN_KEYS
    ]
    inherited = [
        {"if": {"allOf": [_is(pattern), _some_reading(_UNSAID)]}, "then": _read_by(pattern, _UNSAID)}
        for pattern in _PATTERN_KEYS
    ]
    replaced = [
        {"if": _some_reading(_is(pattern)), "then": _read_by(pattern, _is(pattern))} for pattern in _PATTERN_KEYS
    ]
    return {
        "type": "object",
        "$ref": "#/$defs/common",
        "properties": {
            "id": _ref("text"),
            "readings": {"type": "object", "minProperties": 1, "additionalProperties": _ref("reading")},
        },
        "required": ["id"],
        "anyOf": [
            {"required": ["pattern"]},
            {"required": ["readings"], **_every_reading({"required": ["pattern"]})},
        ],
        "allOf": [*own, *inherited, *replaced],
    }


def written() -> str:
    """The schema as its file."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:framdrift:standard",
        "title": "A Framdrift standard",
        "description": "A standard file, YAML read as JSON (a date as a text). Explained in docs/standard-files.md.",
        "type": "object",
        "properties": {
            "standard": _ref("text"),
            "title": _ref("texts"),
            "in_force": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "source": _ref("text"),
            "goals": {"type": "array", "items": _ref("goal")},
            "verdict": _ref("verdict"),
            "requirements": {"type": "array", "minItems": 1, "items": _ref("requirement")},
        },
        "additionalProperties": False,
        "required": ["standard", "requirements"],
        "$defs": {
            **_DEFINITIONS,
            "common": {"type": "object", "properties": {name: _KEYS[name] for name in _COMMON_KEYS}},
            "reading": {**_ref("common"), "propertyNames": {"not": {"enum": ["id", "readings"]}}},
            **{f"by_{pattern}": _by(pattern) for pattern in _PATTERN_KEYS},
            "requirement": _requirement(),
        },
    }
    return _laid_out(schema, "") + "\n"


def _laid_out(value: Any, indent: str) -> str:
    """JSON with short parts on one line."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent) + len(short) <= _WIDTH:
        return short
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(name)}: {_laid_out(part, inner)}" for name, part in value.items()]
    else:
        parts = [_laid_out(part, inner) for part in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closing}"


if __name__ == "__main__":
    SCHEMA.write_text(written(), encoding="utf-8")
