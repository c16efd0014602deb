"""Pages of the analyst: the sums of every office, never the cases behind them."""
