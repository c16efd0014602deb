"""Pages of the office leader."""
