"""The records of follow-up, one Django app per subject; at the bottom offices, people, cases, journal, in that order."""
