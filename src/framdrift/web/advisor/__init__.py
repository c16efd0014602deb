"""Pages of those who work with cases: finding a person, opening them, registering together with them."""
