"""How properties are checked: no deadline, as other work shares the machine and the first example loads the data."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("here"), max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "here"))
