"""Settings of all tests: nothing passes or fails by how busy the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")
