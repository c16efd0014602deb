"""The naive evaluator's own table of kinds is the vocabulary's, so that both call the same kinds unknown."""

import naive

from framdrift.events import KINDS


def test_kinds():
    assert set(KINDS) == naive.KINDS
