"""Values as columns: their bounds, whether they are absent, and how they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import narwhals as nw

from asnpolicy.backends.tables import NONE, NONE_TEXT, encoded
from asnpolicy.language.nodes import Band, Comparison, Key, Kind
from asnpolicy.people import ABSENT


@dataclass(frozen=True, slots=True)
class Value:
    """The columns of a value: its bounds (null: open) and whether it is absent."""

    low: nw.Expr
    high: nw.Expr
    absent: nw.Expr
    exact: bool = True
    """One value: null means that it is not known."""


def no() -> nw.Expr:
    """Say no for every row."""
    return nw.lit(False)  # a column of one truth value


def sure(test: nw.Expr) -> nw.Expr:
    """Read a test that is not known as false."""
    return test.fill_null(value=False)


def is_known(seen: Value) -> nw.Expr:
    """Tell where a value is known, if only to be absent."""
    return seen.absent | (~seen.low.is_null() if seen.exact else sure(seen.low == seen.high))


def status(held: nw.Expr, failed: nw.Expr) -> nw.Expr:
    """Give statuses: held, failed, else unknown."""
    return nw.when(held).then(nw.lit(2)).otherwise(nw.when(failed).then(nw.lit(0)).otherwise(nw.lit(1)))


def compared(op: Comparison, left: Value, right: Value) -> nw.Expr:
    """Compare two values by their bounds."""
    absent = left.absent | right.absent
    held, failed = sides(op, left, right)
    return status(sure(held) & ~absent, sure(failed) | absent)


def sides(op: Comparison, left: Value, right: Value) -> tuple[nw.Expr, nw.Expr]:
    """Say when a comparison holds and when it fails."""
    match op:
        case "at_least":
            return left.low >= right.high, left.high < right.low
        case "above":
            return left.low > right.high, left.high <= right.low
        case "at_most":
            return left.high <= right.low, left.low > right.high
        case "below":
            return left.high < right.low, left.low >= right.high
        case "is":
            if left.exact and right.exact:
                return left.low == right.low, left.low != right.low
            same = (left.low == left.high) & (right.low == right.high) & (left.low == right.low)
            return same, sure(left.high < right.low) | sure(right.high < left.low)


def literal(value: Any) -> Value:
    """Give a written value."""
    if value is ABSENT:
        return Value(nw.lit(NONE), nw.lit(NONE), nw.lit(True))
    return Value(nw.lit(encoded(value)), nw.lit(encoded(value)), no())


def of_cell(value: Any) -> tuple[nw.Expr, nw.Expr]:
    """Give a cell of a table: its value, and whether it is absent."""
    made = literal(value)
    return made.low, made.absent


def column(name: str, kind: Kind) -> Value:
    """Give a column as a value."""
    column = nw.col(name)
    none = NONE_TEXT if kind in (Kind.TEXT, Kind.TEXTS) else NONE
    return Value(column, column, sure(column == none))


def is_key(want: Key, key: Value) -> nw.Expr:
    """Tell where a key is the one that a row asks for."""
    if want is ABSENT:
        return key.absent
    if isinstance(want, Band):
        low = sure(key.low >= want.low) if want.low is not None else ~key.low.is_null()
        return (low & (sure(key.low < want.high) if want.high is not None else low)) & ~key.absent
    return sure(key.low == encoded(want)) & ~key.absent


def divided(value: nw.Expr, by: int, rounding: str) -> nw.Expr:
    """Divide exactly and round as written."""
    size, rest = value.abs() // by, value.abs() % by
    up = {
        "half_up": (2 * rest >= by),
        "half_even": (2 * rest > by) | ((2 * rest == by) & (size % 2 == 1)),
        "up": rest > 0,
        "down": rest < 0,
    }[rounding]
    whole = size + up.cast(nw.Int64())
    return nw.when(value >= 0).then(whole).otherwise(-whole)
