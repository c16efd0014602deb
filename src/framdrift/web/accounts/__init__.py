"""Logging in and out, and the gate that every page stands behind."""
