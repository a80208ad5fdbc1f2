"""What compiled rules call at run time: the few computations that are not written out in line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from asnpolicy.backends.statuses import Statuses
from asnpolicy.language import bounds, dates
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.nodes import Key, Value
from asnpolicy.language.reading import scaled
from asnpolicy.people import ABSENT

INFINITE = float("inf")


def as_bounds(low: Any, high: Any) -> Any:
    """Give two ends as the definition has them: one value when they are equal."""
    high = None if high == INFINITE else high
    return low if low is high or (low is not None and low == high) else Bounds(low, high)


def compare(op: Any, low: Any, high: Any, other_low: Any, other_high: Any) -> int:
    """Compare two values by their bounds."""
    return bounds.compare(op, as_bounds_or_anything(low, high), as_bounds_or_anything(other_low, other_high))


def as_bounds_or_anything(low: Any, high: Any) -> Any:
    """Give two ends as the definition has them; nothing known at all is anything."""
    return Bounds() if low is None and high is None else as_bounds(low, high)


def member(low: Any, high: Any, among: tuple[Value, ...]) -> int:
    """Tell whether a value known by its bounds is one of those written."""
    return bounds.member(as_bounds_or_anything(low, high), among)


def rows(keys: tuple[Any, ...], table: tuple[tuple[tuple[Key, ...], Value], ...], otherwise: Value) -> Value:
    """Look a key up in a table with bands."""
    for wanted, value in table:
        if all(bounds.matches(want, key) for want, key in zip(wanted, keys, strict=True)):
            return value
    return otherwise


def _year(day: date) -> int:
    return day.year


def _start(year: int) -> date:
    return date(year, 1, 1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "year": _year,
    "start": _start,
    "lasted": dates.cut,
    "fresh": dates.fresh,
    "not_over": dates.not_over,
    "months_between": dates.months_between,
    "plus_months": dates.plus_months,
    "elapsed": dates.elapsed,
    "divide": bounds.divide,
    "scaled": scaled,
    "compare": compare,
    "member": member,
    "rows": rows,
    "unbroken": bounds.chain,
}
NAMES: dict[str, Any] = {"A": ABSENT, "INF": INFINITE, "S": Statuses, "new": tuple.__new__, **FUNCTIONS}
"""The names that compiled code knows."""
