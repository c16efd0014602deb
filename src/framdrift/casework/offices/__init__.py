"""Offices, their teams, their staff, and who belonged where when."""
