"""Exact arithmetic on whole numbers and days, and what it comes to when its parts are known by their bounds."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any, assert_never

from asnpolicy.language import dates
from asnpolicy.language.bounds import Bounds, Missing, ends_of
from asnpolicy.language.daycount import Holidays, plus_days
from asnpolicy.language.nodes import Rounding, Value
from asnpolicy.people import ABSENT

UNPUBLISHED = "holidays"
"""What is missing where working days are counted in a year of which no holidays are published."""
WHOLE = 100
"""A share is said in percent: a record that passes adds so much to it."""
FINER = 2
"""A mean and a share are told, and compared, with so many decimals more than what is spread has."""


def _year(day: date) -> int:
    return day.year


def _start_of_year(year: int) -> date:
    return date(year, 1, 1)


MONOTONE: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
    "plus": (operator.add, (1, 1)),
    "minus": (operator.sub, (1, -1)),
    "year": (_year, (1,)),
    "start_of_year": (_start_of_year, (1,)),
    "months_between": (dates.months_between, (-1, 1)),
    "plus_months": (dates.plus_months, (1, 1)),
    "lasted": (dates.cut, (1, -1)),
    "fresh": (dates.fresh, (1, -1)),
    "not_over": (dates.not_over, (1, -1)),
    "plus_days": (plus_days, (1, 1)),
    "last_month_end": (dates.last_month_end, (1,)),
    "upcoming": (dates.upcoming, (1, 1)),
    "elapsed": (dates.elapsed, (-1, 1)),
}
"""What is computed of known values, and how it goes with each: never down (1), or never up (-1), as that one rises."""


def computed(op: str, *parts: Value | Bounds, missing: Missing = frozenset()) -> Value | Bounds:
    """Compute as far as the parts are known: with one that is absent the result is absent.

    >>> computed("plus", Bounds(1, 3), 10), computed("minus", 10, Bounds(1, None))
    (Bounds(low=11, high=13, missing=frozenset()), Bounds(low=None, high=9, missing=frozenset()))
    """
    if op == "times":
        return _times(*parts, missing=missing)
    compute, signs = MONOTONE[op]
    return monotone(compute, signs, parts, missing)


def monotone(
    compute: Callable[..., Any],
    signs: tuple[int, ...],
    parts: tuple[Value | Bounds, ...],
    missing: Missing = frozenset(),
) -> Value | Bounds:
    """Compute what never falls, or never rises, with each of its parts."""
    if not any(isinstance(part, Bounds) for part in parts):
        return ABSENT if ABSENT in parts else compute(*parts)
    if ABSENT in parts:
        return Bounds(missing=missing)
    ends = [ends_of(part) if sign > 0 else ends_of(part)[::-1] for part, sign in zip(parts, signs, strict=True)]
    low, high = (None if None in side else compute(*side) for side in zip(*ends, strict=True))
    return low if low is not None and low == high else Bounds(low, high, missing)


def moved(day: Value | Bounds, count: int, holidays: Holidays | None) -> Value | Bounds:
    """Return a day some days later, or earlier; of working days its bounds, where no holidays are published.

    >>> moved(date(2026, 7, 14), 15, Holidays()).missing
    frozenset({'holidays'})
    """
    missing = day.missing if isinstance(day, Bounds) else frozenset()
    if day is ABSENT or holidays is None:
        return computed("plus_days", day, count, missing=missing)
    first, last = ends_of(day)
    low = None if first is None else holidays.moved(first, count)[0]
    high = None if last is None else holidays.moved(last, count)[1]
    if low is not None and low == high:
        return low
    unpublished = (low is None) != (first is None) or (high is None) != (last is None)
    return Bounds(low, high, missing | {UNPUBLISHED} if unpublished else missing)


def _times(*parts: Value | Bounds, missing: Missing) -> Value | Bounds:
    if not any(isinstance(part, Bounds) for part in parts):
        return ABSENT if ABSENT in parts else parts[0] * parts[1]  # type: ignore[operator]  # numbers, by their types
    if ABSENT in parts:
        return Bounds(missing=missing)
    ends = [ends_of(part) for part in parts]
    if all(low is not None and low >= 0 for low, _ in ends):
        return monotone(operator.mul, (1, 1), parts, missing)
    if any(end is None for pair in ends for end in pair):
        return Bounds(missing=missing)
    corners = [one * other for one, other in product(*ends)]
    return min(corners) if min(corners) == max(corners) else Bounds(min(corners), max(corners), missing)


def divide(value: int, by: int, rounding: Rounding) -> int:
    """Divide exactly and round as written; `by` is positive, and halves go away from zero with `half_up`.

    >>> divide(9375, 10, "half_up"), divide(-5, 10, "half_up"), divide(9375, 10, "down")
    (938, -1, 937)
    """
    size, rest = divmod(abs(value), by)
    match rounding:
        case "half_up":
            size += 2 * rest >= by
        case "half_even":
            size += 2 * rest > by or (2 * rest == by and size % 2)
        case "up":
            size += rest > 0
        case "down":
            pass
        case _:
            assert_never(rounding)
    return size if value >= 0 else -size
