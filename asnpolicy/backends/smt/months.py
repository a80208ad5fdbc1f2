"""Months: how many days each has, for the solver."""

from __future__ import annotations

from typing import Any

import z3

from asnpolicy.backends.smt.terms import all_of, any_of

FEBRUARY = 1
SHORT = (3, 5, 8, 10)
NO_LEAP = tuple(year * 12 + FEBRUARY for year in (1700, 1800, 1900, 2100, 2200, 2300))
"""The months of February of those years that are divided by four and have no 29 February."""


def length_of(month: Any) -> Any:
    """Return the days of a month, which is counted from year 0."""
    place = month % 12
    leap = all_of(month % 48 == FEBRUARY, *(month != one for one in NO_LEAP))
    short = any_of([place == number for number in SHORT])
    return z3.If(place == FEBRUARY, z3.If(leap, 29, 28), z3.If(short, 30, 31))
