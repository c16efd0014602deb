"""Conformity as stored figures: computed once, shown many times."""
