"""Ranges: between which numbers an expression lies, whatever a person is like; known when a policy loads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from asnpolicy.language import dates
from asnpolicy.language.nodes import (
    Arithmetic,
    CountedMonths,
    Divide,
    Elapsed,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    Kind,
    Literal,
    Lookup,
    MonthsBetween,
    Node,
    RecordField,
    Type,
    YearOf,
    children,
)
from asnpolicy.language.numbers import divide
from asnpolicy.people import HISTORIES
from asnpolicy.people.agency import MANY
from asnpolicy.people.histories import MOST

LARGEST = 2**63 - 1
"""The largest number that every back end holds exactly."""
YEARS = (1, 9999)
SPAN = dates.OPEN_MONTHS * dates.MONTH


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the greatest number that a value may be."""

    low: int
    high: int

    @property
    def fits(self) -> bool:
        """Whether every back end holds each number of it exactly."""
        return max(abs(self.low), abs(self.high)) <= LARGEST

    def with_(self, other: Range | None) -> Range:
        """Return the range of what is in one of two."""
        return self if other is None else Range(min(self.low, other.low), max(self.high, other.high))


@cache
def too_wide(node: Node, history: str = "") -> bool:
    """Tell whether something on the way to a value may be a larger number than every back end holds exactly."""
    return _too_wide(node, history)


def _too_wide(node: Node, history: str) -> bool:
    found = range_of(node, history) if isinstance(node, get_args(Expr)) else None
    if found is not None and not found.fits:
        return True
    inside = node.history if isinstance(node, Fold) else history
    return any(_too_wide(part, inside) for part in children(node))


@cache
def range_of(node: Expr, history: str = "") -> Range | None:
    """Return the range of an expression, inside a fold over a history; None when it is no number."""
    match node:
        case Literal(int() as value):
            return Range(int(value), int(value))
        case RecordField(name, type_):
            return Range(0, 12) if name == "months" else _declared(HISTORIES[history], name, type_)
        case Field(_, _, type_):
            return Range(0, MANY) if type_.kind is Kind.NUMBER else _labels(type_)
        case YearOf():
            return Range(*YEARS)
        case CountedMonths():
            return Range(0, 12)
        case MonthsBetween():
            return Range(-dates.OPEN_MONTHS, dates.OPEN_MONTHS)
        case Elapsed():
            return Range(0, SPAN)
        case Arithmetic(op, left, right):
            return _computed(op, range_of(left, history), range_of(right, history))
        case Divide(value, by, rounding):
            inner = range_of(value, history)
            return inner and Range(divide(inner.low, by, rounding), divide(inner.high, by, rounding))
        case If(_, then, otherwise):
            return _either(range_of(then, history), range_of(otherwise, history))
        case Lookup(_, rows, otherwise):
            cells = [
                Range(int(cell), int(cell))
                for cell in (*(cell for _, cell in rows), otherwise)
                if isinstance(cell, int)
            ]
            return _all(cells)
        case Figure(_, body):
            return range_of(body, history)
        case Fold():
            return _folded(node)
        case _:
            return None


def _all(ranges: list[Range]) -> Range | None:
    joined: Range | None = None
    for one in ranges:
        joined = one.with_(joined)
    return joined


def _either(one: Range | None, other: Range | None) -> Range | None:
    return other if one is None else one.with_(other)


def _computed(op: str, left: Range | None, right: Range | None) -> Range | None:
    if left is None or right is None:
        return None
    if op == "plus":
        return Range(left.low + right.low, left.high + right.high)
    if op == "minus":
        return Range(left.low - right.high, left.high - right.low)
    products = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Range(min(products), max(products))


def _folded(node: Fold) -> Range | None:
    value = range_of(node.value, node.history) if node.value is not None else Range(1, 1)
    if value is None:
        return None
    if node.op in ("count", "sum"):
        return Range(min(0, value.low) * MOST, max(0, value.high) * MOST)
    otherwise = Range(int(node.otherwise), int(node.otherwise)) if isinstance(node.otherwise, int) else None
    return value.with_(otherwise)


def _labels(type_: Type) -> Range | None:
    if type_.kind is Kind.TRUTH:
        return Range(0, 1)
    return Range(1, len(type_.labels)) if type_.labels is not None else None


@cache
def _declared(model: type, name: str, type_: Type) -> Range | None:
    """Return the limits that a model declares for a field, in whole numbers of its last places."""
    if type_.kind is not Kind.NUMBER:
        return _labels(type_)
    low, high = _limits(get_type_hints(model, include_extras=True)[name])
    scale = 10**type_.places
    return Range(low * scale, high * scale)


def _limits(annotation: Any) -> tuple[int, int]:
    if get_origin(annotation) is Annotated:
        marks = [mark for part in get_args(annotation)[1:] for mark in _marks(part)]
        low = next((mark.ge for mark in marks if hasattr(mark, "ge")), None)
        high = next((mark.le for mark in marks if hasattr(mark, "le")), None)
        if low is not None and high is not None:
            return int(low), int(high)
    inner = [
        _limits(part) for part in get_args(annotation) if part is not type(None) and not isinstance(part, FieldInfo)
    ]
    return inner[0] if inner else (-LARGEST, LARGEST)


def _marks(part: Any) -> list[Any]:
    return list(part.metadata) if isinstance(part, FieldInfo) else [part]
