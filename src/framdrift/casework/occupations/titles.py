"""The everyday titles that ship with Framdrift: `titles.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from framdrift.casework.occupations.searching import Occupation

FILE = Path(__file__).with_name("titles.yaml")


@cache
def shipped() -> tuple[Occupation, ...]:
    """In the order of the file, with the borders of compounds marked in the titles."""
    with FILE.open(encoding="utf-8") as stream:
        by_code: dict[str, list[str]] = yaml.load(stream, getattr(yaml, "CSafeLoader", yaml.SafeLoader))["titles"]  # noqa: S506
    return tuple(Occupation(code, title) for code, titles in by_code.items() for title in titles)
