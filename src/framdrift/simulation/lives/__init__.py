"""Invented lives behind simulated cases: who the person is, how to reach them, and what they answer when they register."""

from framdrift.simulation.lives.answers import Registration, draw_answers, with_more_need
from framdrift.simulation.lives.life import Life, Registered, draw_life

__all__ = ["Life", "Registered", "Registration", "draw_answers", "draw_life", "with_more_need"]
