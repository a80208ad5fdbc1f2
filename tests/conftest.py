"""What holds for every test: speed is measured by benchmarks, and no test fails by the clock."""

from hypothesis import settings

settings.register_profile("asnpolicy", deadline=None)
settings.load_profile("asnpolicy")
