"""The standard of follow-up: loaded from a file, held against one case or a whole log, judged by two yardsticks."""

from framdrift.standard.conformity import Conformity, conformity, last_day, office_conformity
from framdrift.standard.figures import Figures, figures
from framdrift.standard.instance import Instance
from framdrift.standard.loading import load, profiles, standard_in_force
from framdrift.standard.model import Rule, Standard
from framdrift.standard.nodes import StandardError
from framdrift.standard.one_case import evaluate

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
