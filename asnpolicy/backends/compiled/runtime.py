"""What compiled rules call at run time: the few computations that are not written out in line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asnpolicy.backends.protocol import Statuses
from asnpolicy.language import bounds, folds, numbers, spans
from asnpolicy.language.bounds import NOTHING, Bounds
from asnpolicy.language.folds import MaybeRecord, RecordSpan
from asnpolicy.language.nodes import Fold, Key, Value
from asnpolicy.language.reading import Question, months_counted, months_from, scaled
from asnpolicy.people import ABSENT, History, PartialDay, Record

INFINITE = float("inf")
MOST = 4096
"""So many keys are remembered for one table."""


def as_bounds(low: Any, high: Any) -> Any:
    """Give two ends as the definition has them: one value when they are equal."""
    high = None if high == INFINITE else high
    return low if low is high or (low is not None and low == high) else Bounds(low, high)


def compare(op: Any, low: Any, high: Any, other_low: Any, other_high: Any) -> int:
    """Compare two values by their bounds."""
    if low is high and other_low is other_high and low is not None and other_low is not None:  # as nearly always
        return 0 if low is ABSENT or other_low is ABSENT else 2 if bounds.EXACT[op](low, other_low) else 0
    return bounds.compare(op, as_bounds_or_anything(low, high), as_bounds_or_anything(other_low, other_high))


def as_bounds_or_anything(low: Any, high: Any) -> Any:
    """Give two ends as the definition has them; nothing known at all is anything."""
    return Bounds() if low is None and high is None else as_bounds(low, high)


def member(low: Any, high: Any, among: tuple[Value, ...]) -> int:
    """Tell whether a value known by its bounds is one of those written."""
    return bounds.member(as_bounds_or_anything(low, high), among)


def hull(low: Any, high: Any, other_low: Any, other_high: Any) -> tuple[Any, Any]:
    """Return what is known of a value that is one of two."""
    either = [as_bounds_or_anything(low, high), as_bounds_or_anything(other_low, other_high)]
    return bounds.ends_of(bounds.hull(either))


def record(one: Record, sure: bool, low: Any, high: Any) -> MaybeRecord:
    """Return a record that a fold may count, with its value as far as it is known."""
    return MaybeRecord(one, sure, NOTHING, as_bounds_or_anything(low, high))


def fold(
    node: Fold, history: History[Any], covered: bool, found: list[MaybeRecord], measured: Callable[[Any], tuple[Any, Any]] | None = None
) -> tuple[Any, Any]:
    """Fold as the definition does; return the two ends of what it comes to."""
    if measured is not None and spans.run_together(one.record for one in found):
        total = spans.total(covered, history, found, lambda record: as_bounds_or_anything(*measured(record)))
        return bounds.ends_of(total)
    return bounds.ends_of(folds.fold(node, history, covered, found))


class Banded(dict[tuple[Any, ...], Value]):
    """A table with bands, by its keys: each is looked up in its rows once, as many people have the same."""

    def __init__(self, table: tuple[tuple[tuple[Key, ...], Value], ...], otherwise: Value) -> None:
        super().__init__()
        self.table, self.otherwise = table, otherwise

    def __missing__(self, keys: tuple[Any, ...]) -> Value:
        found = self._look_up(keys)
        return self.setdefault(keys, found) if len(self) < MOST else found

    def _look_up(self, keys: tuple[Any, ...]) -> Value:
        for wanted, value in self.table:
            if all(bounds.matches(want, key) for want, key in zip(wanted, keys, strict=True)):
                return value
        return self.otherwise


def computed(op: str, *ends: Any) -> tuple[Any, Any]:
    """Compute with parts that are known by their two ends; return the two ends of the result."""
    parts = [as_bounds_or_anything(ends[at], ends[at + 1]) for at in range(0, len(ends), 2)]
    return bounds.ends_of(numbers.computed(op, *parts))


def once(rule: Callable[[Question, tuple[Any, ...]], Statuses]) -> Callable[[Question, tuple[Any, ...]], Statuses]:
    """Return a rule that other rules ask: each question is decided once, however many ask it one after the other."""
    last: tuple[Any, Any, Any] = (None, None, None)

    def asked(question: Question, parameters: tuple[Any, ...]) -> Statuses:
        nonlocal last
        known = last  # another thread may set another one meanwhile
        if known[0] is question and known[1] is parameters:
            statuses: Statuses = known[2]
            return statuses
        last = question, parameters, (made := rule(question, parameters))
        return made

    return asked


def divided(low: Any, high: Any, by: int, rounding: Any) -> tuple[Any, Any]:
    """Divide a number that is known by its two ends."""
    part = as_bounds_or_anything(low, high)
    return bounds.ends_of(numbers.monotone(lambda n: numbers.divide(n, by, rounding), (1,), (part,)))


def working(low: Any, high: Any, count: int, holidays: Any) -> tuple[Any, Any]:
    """Count working days from a day that is known by its two ends."""
    return bounds.ends_of(numbers.moved(as_bounds_or_anything(low, high), count, holidays))


def counted(one: Record, low: Any, high: Any) -> tuple[Any, Any]:
    """Count the months of an appraisal that count, from a day that is known by its two ends."""
    return bounds.ends_of(months_counted(one, as_bounds_or_anything(low, high)))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: compute for name, (compute, _) in numbers.MONOTONE.items() if name not in ("plus", "minus")},
    "computed": computed,
    "divided": divided,
    "working": working,
    "counted": counted,
    "months_from": months_from,
    "divide": numbers.divide,
    "scaled": scaled,
    "compare": compare,
    "member": member,
    "hull": hull,
    "record": record,
    "fold": fold,
    "unbroken": folds.chain,
}
UNSET = object()
NAMES: dict[str, Any] = {
    "A": ABSENT, "INF": INFINITE, "U": UNSET, "S": Statuses, "Span": RecordSpan, "PartialDay": PartialDay, "new": tuple.__new__,
    **FUNCTIONS,
}  # fmt: skip
"""The names that compiled code knows."""
