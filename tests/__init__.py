"""Tests of the library, of the policies that ship with it, and of all that is written about them."""

import gc

# The policies and people that tests keep are many objects, and stay: searching them again and again took a tenth of the time.
gc.set_threshold(50_000, 20, 20)
