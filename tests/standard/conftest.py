"""Property tests draw the same examples every time; ``--hypothesis-profile=wild`` draws new ones, and more."""

from hypothesis import HealthCheck, settings

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("steady", derandomize=True, deadline=None, database=None, suppress_health_check=QUIET)
settings.register_profile("wild", deadline=None, max_examples=1_000, suppress_health_check=QUIET)
settings.load_profile("steady")
