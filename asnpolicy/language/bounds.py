"""Bounds: values as far as they are known, compared so that more knowledge never turns an answer."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, assert_never

from asnpolicy.language.nodes import Band, Comparison, Key, Value
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN
from asnpolicy.people import ABSENT, PartialDay

Missing = frozenset[str]
NOTHING: Missing = frozenset()


@dataclass(frozen=True, slots=True)
class Bounds:
    """A value known to lie between two ends (one that is None is open), and what could make it known."""

    low: Any = None
    high: Any = None
    missing: Missing = NOTHING


ANYTHING = Bounds()


def known(value: Any, name: str) -> Value | Bounds:
    """Return a delivered value as far as it is known: a day that is known in part has bounds; None is not known at all."""
    if value is None:
        return _not_known(name)
    return Bounds(value.first, value.last, frozenset({name})) if type(value) is PartialDay else value


@cache
def _not_known(name: str) -> Bounds:
    return Bounds(missing=frozenset({name}))


def ends_of(value: Value | Bounds) -> tuple[Any, Any]:
    """Return the two ends of a value; one that is None is open."""
    return (value.low, value.high) if isinstance(value, Bounds) else (value, value)


def hull(values: list[Value | Bounds], missing: Missing = NOTHING) -> Value | Bounds:
    """Return what is known of a value that is one of several: itself when all are the same, else their bounds."""
    first = values[0]
    if not isinstance(first, Bounds) and all(
        other is first or (other == first and type(other) is type(first)) for other in values
    ):
        return first
    if any(value is ABSENT for value in values):
        return Bounds(missing=missing)
    lows, highs = zip(*map(ends_of, values), strict=True)
    return Bounds(None if None in lows else min(lows), None if None in highs else max(highs), missing)


def compare(op: Comparison, left: Value | Bounds, right: Value | Bounds) -> int:
    """Compare two values by their bounds: decided when all that they can be says so; with an absent one, false."""
    if left is ABSENT or right is ABSENT:
        return FAILED
    if not isinstance(left, Bounds) and not isinstance(right, Bounds):
        return HELD if EXACT[op](left, right) else FAILED
    low, high = ends_of(left)
    other_low, other_high = ends_of(right)
    match op:
        case "at_least":
            return _status(_le(other_high, low), _lt(high, other_low))
        case "above":
            return _status(_lt(other_high, low), _le(high, other_low))
        case "at_most":
            return _status(_le(high, other_low), _lt(other_high, low))
        case "below":
            return _status(_lt(high, other_low), _le(other_high, low))
        case "is":
            same = low is not None and low == high == other_low == other_high
            return _status(same, _apart(low, high, other_low, other_high))
        case _:
            assert_never(op)


EXACT: dict[Comparison, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
    "above": operator.gt,
}


def _status(held: bool, failed: bool) -> int:
    return HELD if held else FAILED if failed else UNKNOWN


def _le(a: Any, b: Any) -> bool:
    return a is not None and b is not None and a <= b


def _lt(a: Any, b: Any) -> bool:
    return a is not None and b is not None and a < b


def _apart(low: Any, high: Any, other_low: Any, other_high: Any) -> bool:
    return _lt(high, other_low) or _lt(other_high, low)


def matches(want: Key, value: Value) -> bool:
    """Tell whether a known value is the one that a row or a list asks for."""
    if isinstance(want, Band):
        return (
            isinstance(value, int)
            and (want.low is None or want.low <= value)
            and (want.high is None or value < want.high)
        )
    return want is value if want is ABSENT or value is ABSENT else want == value


def member(value: Value | Bounds, among: tuple[Value, ...]) -> int:
    """Tell whether a value is one of those written."""
    if isinstance(value, Bounds):
        possible = any(compare("is", value, each) != FAILED for each in among if each is not ABSENT)
        return UNKNOWN if possible or ABSENT in among else FAILED
    for each in among:
        if matches(each, value):
            return HELD
    return FAILED
