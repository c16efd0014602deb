"""An office's practice simulated from described habits: demo data, loads for measuring, and "what if" for leaders."""

from framdrift.simulation.description import Habits
from framdrift.simulation.expectations import HabitsError
from framdrift.simulation.loading import load_habits, shipped
from framdrift.simulation.practice import SimulationError, cases_of_one_office, simulate

__all__ = [
    "Habits",
    "HabitsError",
    "SimulationError",
    "cases_of_one_office",
    "load_habits",
    "shipped",
    "simulate",
]
