"""Names of invented people, joined at random from `names.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from framdrift.simulation.people import pick


@dataclass(frozen=True, slots=True)
class Group:
    """Names that are found together."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]


def _read() -> dict[str, Any]:
    with Path(__file__).with_name("names.yaml").open(encoding="utf-8") as stream:
        read: dict[str, Any] = yaml.safe_load(stream)
    return read


_FILE = _read()
GROUPS: Mapping[str, Group] = {
    name: Group(*(tuple(lists[part]) for part in ("female", "male", "family")))
    for name, lists in _FILE["groups"].items()
}
ORIGINS: Mapping[str, Mapping[str, float]] = _FILE["origins"]
STREETS: tuple[str, ...] = tuple(_FILE["streets"])
_JOINED: Mapping[str, float] = _FILE["joined"]


def draw_name(rng: Random, *, sex: str, language: str) -> tuple[str, str]:
    """Given name and family name, of a group that fits the language somebody registers in."""
    group = GROUPS[pick(rng, ORIGINS.get(language, ORIGINS["other"]))]
    given = rng.choice(group.female if sex == "female" else group.male)
    family = rng.choice(group.family)
    how = pick(rng, {**_JOINED, "one": 1 - sum(_JOINED.values())})
    second = rng.choice(group.family) if how != "one" else family
    if second == family:
        return given, family
    return given, f"{second}-{family}" if how == "hyphen" else f"{second} {family}"
