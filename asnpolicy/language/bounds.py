"""Bounds: values as far as they are known, compared and folded so that more knowledge never turns an answer."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias, TypeVar, assert_never

from asnpolicy.language.dates import OPEN
from asnpolicy.language.nodes import Band, Comparison, Fold, Key, Rounding, Value
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN
from asnpolicy.people import ABSENT, Record

Missing = frozenset[str]
NOTHING: Missing = frozenset()


@dataclass(frozen=True, slots=True)
class Bounds:
    """A value known to lie between two ends (one that is None is open), and what could make it known."""

    low: Any = None
    high: Any = None
    missing: Missing = NOTHING


ANYTHING = Bounds()
Day = TypeVar("Day", date, int)
Span: TypeAlias = tuple[Day, Day | None, bool]
"""When a record begins, when it ends if that is known, and whether it surely passes."""


class Found(NamedTuple):
    """A record that a fold may count: whether it surely passes the filter, or what could tell, and its value."""

    record: Record
    sure: bool
    doubt: Missing
    value: Value | Bounds


def compare(op: Comparison, left: Value | Bounds, right: Value | Bounds) -> int:
    """Compare two values by their bounds: decided when all that they can be says so; with an absent one, false."""
    if left is ABSENT or right is ABSENT:
        return FAILED
    if not isinstance(left, Bounds) and not isinstance(right, Bounds):
        return HELD if _EXACT[op](left, right) else FAILED
    low, high = _ends(left)
    other_low, other_high = _ends(right)
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


_EXACT: dict[Comparison, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "at_least": operator.ge,
    "at_most": operator.le,
    "below": operator.lt,
    "above": operator.gt,
}


def _ends(value: Value | Bounds) -> tuple[Any, Any]:
    return (value.low, value.high) if isinstance(value, Bounds) else (value, value)


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
    return HELD if any(matches(each, value) for each in among) else FAILED


def fold(node: Fold, complete: date | None, covered: bool, found: list[Found]) -> Value | Bounds:
    """Fold over the records that may count: one value, or the bounds that hold whatever is missing."""
    match node.op:
        case "count" | "sum":
            return _total(covered, found)
        case "least":
            return _extreme(node, min, covered, found)
        case "greatest":
            turned = _extreme(node, max, covered, found)
            return Bounds(turned.high, turned.low) if isinstance(turned, Bounds) else turned
        case "latest":
            return _latest(node, complete, covered, found)
        case "unbroken_since":
            return _unbroken(node, complete, covered, found)
        case _:
            assert_never(node.op)


def _total(covered: bool, found: list[Found]) -> Value | Bounds:
    known: list[tuple[bool, int]] = [(f.sure, f.value) for f in found if isinstance(f.value, int)]
    low = sum(value for sure, value in known if sure)
    if not covered or any(isinstance(f.value, Bounds) for f in found):
        return Bounds(low, None)
    high = sum(value for _, value in known)
    return low if low == high else Bounds(low, high)


def _extreme(node: Fold, best: Callable[..., Any], covered: bool, found: list[Found]) -> Value | Bounds:
    found = [f for f in found if f.value is not ABSENT]
    if not found:
        return node.otherwise if covered else ANYTHING
    known = [f for f in found if not isinstance(f.value, Bounds)]
    near = [f.value for f in known if f.sure]
    bound = best(near) if near else None
    closed = covered and len(known) == len(found) and any(f.sure for f in found)
    limit = best(f.value for f in known) if closed else None
    return bound if bound is not None and bound == limit else Bounds(limit, bound)


def _latest(node: Fold, complete: date | None, covered: bool, found: list[Found]) -> Value | Bounds:
    for count, each in enumerate(reversed(found), start=1):
        reached = covered or (complete is not None and complete <= each.record.placed)
        if not each.sure or not reached:
            return ANYTHING
        if count == node.nth:
            return each.value
    return node.otherwise if covered else ANYTHING


def _unbroken(node: Fold, complete: date | None, covered: bool, found: list[Found]) -> Value | Bounds:
    """Give the start of the chain of touching spans that still runs; a record's value is its end, open if running."""
    spans = [(f.record.placed, f.value if isinstance(f.value, date) else None, f.sure) for f in found]
    low, high = chain(spans, complete, covered, node.otherwise)
    return Bounds(low, high) if low is None or low != high else high


def chain(spans: list[Span[date]], complete: date | None, covered: bool, otherwise: Value) -> tuple[Any, Any]:
    """Give the bounds of where the chain begins that still runs: spans that are not sure can only make it longer."""
    surely, possibly, ends_known = chains(spans, OPEN)
    if possibly is None and ends_known:
        return (otherwise, otherwise) if covered else (None, None)
    if surely is None or possibly is None:
        return None, surely
    certain = ends_known and complete is not None and complete < possibly
    return (possibly if certain else None), surely


def chains(spans: list[Span[Day]], open_: Day) -> tuple[Day | None, Day | None, bool]:
    """Give the start of the chain of the sure spans, that of all whose end is known, and whether every end is."""
    ended = [(since, until, sure) for since, until, sure in spans if until is not None]
    surely = _head([(since, until) for since, until, sure in ended if sure], open_)
    return surely, _head([(since, until) for since, until, _ in ended], open_), len(ended) == len(spans)


def _head(spans: list[tuple[Day, Day]], open_: Day) -> Day | None:
    head: Day | None = min((since for since, until in spans if until == open_), default=None)
    for since, until in reversed(spans):
        if head is not None and since < head <= until:
            head = since
    return head


ARITHMETIC: dict[str, Callable[[int, int], int]] = {"plus": operator.add, "minus": operator.sub, "times": operator.mul}


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
