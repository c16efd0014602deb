"""Invented people for a demonstration: behind the cases of a simulated log, at the desks, and to log in as.

Nothing here runs in an installation that holds real people. Numbers are synthetic, telephone numbers, addresses and
domains nobody's; names are joined at random.
"""
