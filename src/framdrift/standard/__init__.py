"""The standard of follow-up: loaded from a file, held against one case or a whole log, judged by two yardsticks."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framdrift.standard.instance import Instance
from framdrift.standard.loading import load, profiles, standard_in_force
from framdrift.standard.model import Rule, Standard
from framdrift.standard.nodes import StandardError
from framdrift.standard.one_case import evaluate

if TYPE_CHECKING:
    from framdrift.standard.measurement import Conformity, conformity, last_day, office_conformity
    from framdrift.standard.sums import Figures, figures

# The evaluation of all cases stands on Ibis, which takes a second to import: a page that shows one case does without.
_OF_ALL_CASES = {
    "Conformity": "measurement",
    "conformity": "measurement",
    "last_day": "measurement",
    "office_conformity": "measurement",
    "Figures": "sums",
    "figures": "sums",
}

__all__ = [
    "Conformity",
    "Figures",
    "Instance",
    "Rule",
    "Standard",
    "StandardError",
    "conformity",
    "evaluate",
    "figures",
    "last_day",
    "load",
    "office_conformity",
    "profiles",
    "standard_in_force",
]


def __getattr__(name: str) -> Any:
    if name not in _OF_ALL_CASES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_OF_ALL_CASES[name]}"), name)
