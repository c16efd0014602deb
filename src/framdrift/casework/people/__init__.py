"""The people followed up, known here by an opaque id alone."""
