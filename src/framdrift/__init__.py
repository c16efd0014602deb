"""Framdrift: follow-up of job-seekers, and whether it is in accordance with its intention."""

__version__ = "0.1.0"
