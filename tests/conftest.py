"""Hypothesis: the same examples in every run by default, new ones each night."""

from __future__ import annotations

from hypothesis import settings
from tests.nightly import more

settings.register_profile("default", deadline=None, derandomize=True, database=None)
settings.register_profile("nightly", deadline=None, database=None, print_blob=True)
settings.load_profile(more("nightly", "default"))
