"""Settings for all tests."""

from hypothesis import settings

# How long an example takes is measured elsewhere, never asserted; a busy machine is no failure.
settings.register_profile("sparring", deadline=None)
settings.load_profile("sparring")
