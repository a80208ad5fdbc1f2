"""Values as columns: their bounds, where they are absent, and how they are compared; null is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, assert_never

import polars as pl

from asnpolicy.language.nodes import Band, Comparison, Key, Kind
from asnpolicy.people import ABSENT

Cells: TypeAlias = pl.Series | int | str
"""A column of values, or one value for all rows."""
Truths: TypeAlias = pl.Series
"""A column of strong Kleene truth values: null is unknown."""
NONE = 0
"""What stands in a column of labels and numbers where there is none: codes begin at 1."""
NO_DAY = date.min.toordinal()
"""What stands in a column of days where there is none."""
NO_TEXT = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value for each row: its bounds (null: open), and where it is absent (None: nowhere). What is absent has no bounds."""

    low: Cells
    high: Cells
    absent: pl.Series | bool | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one value: null means that it is not known."""
        return self.low is self.high

    @property
    def everywhere(self) -> bool:
        """Whether it is the same for all rows."""
        return not isinstance(self.low, pl.Series)


def one(cells: Cells, absent: pl.Series | bool | None = None) -> Value:
    """Give a value whose bounds meet."""
    return Value(cells, cells, absent)


def none_of(kind: Kind) -> int | str:
    """Tell what stands for absent in a column of a kind."""
    if kind in (Kind.TEXT, Kind.TEXTS):
        return NO_TEXT
    return NO_DAY if kind in (Kind.DATE, Kind.DURATION) else NONE


def encoded(value: Any) -> int | str:
    """Give a written value as it stands in a column."""
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, str) else int(value)


def literal(value: Any) -> Value:
    """Give a written value."""
    return one(NONE, absent=True) if value is ABSENT else one(encoded(value))


_YES, _NO = pl.Series([True]), pl.Series([False])


def sure(test: pl.Series) -> pl.Series:
    """Read a test that is not known as false."""
    return _YES.zip_with(test, _NO) if test.null_count() else test


def possible(test: pl.Series) -> pl.Series:
    """Read a test that is not known as true."""
    return _NO.zip_with(~test, _YES) if test.null_count() else test


def unknown(cells: pl.Series) -> pl.Series:
    """Tell which cells are not known."""
    return cells.is_null() if cells.null_count() else truths(value=False, size=len(cells))


def either(one: pl.Series | bool | None, other: pl.Series | bool | None) -> pl.Series | bool | None:
    """Join two masks of what is absent."""
    if one is True or other is True:
        return True
    if one is None or other is None:
        return other if one is None else one
    return one | other


def both(one: pl.Series | bool | None, other: pl.Series | bool | None) -> pl.Series | bool | None:
    """Meet two masks of what is absent."""
    if one is None or other is None:
        return None
    if one is True or other is True:
        return other if one is True else one
    return one & other


def brought(column: pl.Series, rows: pl.Series) -> pl.Series:
    """Give for each row what stands in that row of a column: null where the row is null, or is none that may be."""
    return column[rows.cast(pl.UInt32, strict=False)]


def pick(test: pl.Series, then: Any, otherwise: Any) -> pl.Series:
    """Choose row by row; a test that is not known chooses the second."""
    first, second = _like(then, otherwise), _like(otherwise, then)
    if isinstance(first, pl.Series) and isinstance(second, pl.Series) and first.dtype == second.dtype:
        return first.zip_with(test, second)
    return pl.select(pl.when(test).then(_part(then)).otherwise(_part(otherwise))).to_series()


def _like(cells: Any, other: Any) -> Any:
    """Give one value as a column of one cell, of the type of the other column where that can hold it."""
    if isinstance(cells, pl.Series) or not isinstance(other, pl.Series):
        return cells
    fits = cells is None or (other.dtype.is_signed_integer() and type(cells) is int and _wide(other, cells) is other)
    return pl.Series([cells], dtype=other.dtype) if fits else cells


def _part(cells: Any) -> Any:
    return cells if isinstance(cells, pl.Series) else pl.lit(cells)


def _best(one: pl.Series, other: pl.Series, *, low: bool) -> pl.Series:
    chosen = pick((one <= other) if low else (one >= other), one, other)
    open_ = unknown(one) | unknown(other)
    return pick(open_, None, chosen) if open_.any() else chosen


def lesser(one: Cells, other: Cells, size: int) -> pl.Series:
    """Return the lesser of two, null where one is."""
    return _best(full(one, size), full(other, size), low=True)


def greater(one: Cells, other: Cells, size: int) -> pl.Series:
    """Return the greater of two, null where one is."""
    return _best(full(one, size), full(other, size), low=False)


def full(cells: Any, size: int, dtype: Any = None) -> pl.Series:
    """Give a column of so many rows."""
    if isinstance(cells, pl.Series):
        return cells
    if dtype is None and type(cells) is int:
        dtype = pl.Int32 if -(2**31) <= cells < 2**31 else pl.Int64
    return pl.Series([cells], dtype=dtype).new_from_index(0, size)


def truths(value: bool | None, size: int) -> Truths:
    """Give the same truth value for all rows."""
    return pl.Series([value], dtype=pl.Boolean).new_from_index(0, size)


# Comparisons

_WIDTH: dict[Any, int] = {pl.Int8: 2**7, pl.Int16: 2**15, pl.Int32: 2**31}


def _wide(cells: Cells, other: Cells) -> Cells:
    """Widen a column that can't hold the number it is compared with."""
    if isinstance(cells, pl.Series) and isinstance(other, int):
        limit = _WIDTH.get(cells.dtype.base_type())
        if limit is not None and not -limit <= other < limit:
            return cells.cast(pl.Int64)
    return cells


def test(op: Callable[[Any, Any], Any], left: Cells, right: Cells, size: int) -> pl.Series:
    """Compare two columns cell by cell; null where one is."""
    found = op(_wide(left, right), _wide(right, left))
    return found if isinstance(found, pl.Series) else truths(found, size)


def compared(op: Comparison, left: Value, right: Value, size: int) -> Truths:
    """Compare two values by their bounds; with an absent one it is false."""
    absent = either(left.absent, right.absent)
    if absent is True:
        return truths(value=False, size=size)
    found = _exactly(op, left.low, right.low, size) if left.exact and right.exact else _bounds(op, left, right, size)
    return found if absent is None else found & ~absent


def _exactly(op: Comparison, left: Cells, right: Cells, size: int) -> Truths:
    match op:
        case "at_least":
            return test(lambda a, b: a >= b, left, right, size)
        case "above":
            return test(lambda a, b: a > b, left, right, size)
        case "at_most":
            return test(lambda a, b: a <= b, left, right, size)
        case "below":
            return test(lambda a, b: a < b, left, right, size)
        case "is":
            return test(lambda a, b: a == b, left, right, size)
        case _:
            assert_never(op)


def _bounds(op: Comparison, left: Value, right: Value, size: int) -> Truths:
    match op:
        case "at_least":
            held = _exactly("at_least", left.low, right.high, size)
            failed = _exactly("below", left.high, right.low, size)
        case "above":
            held = _exactly("above", left.low, right.high, size)
            failed = _exactly("at_most", left.high, right.low, size)
        case "at_most":
            held = _exactly("at_most", left.high, right.low, size)
            failed = _exactly("above", left.low, right.high, size)
        case "below":
            held = _exactly("below", left.high, right.low, size)
            failed = _exactly("at_least", left.low, right.high, size)
        case "is":
            meet = _exactly("is", left.low, left.high, size) & _exactly("is", right.low, right.high, size)
            held = sure(meet) & sure(_exactly("is", left.low, right.low, size))
            failed = sure(_exactly("below", left.high, right.low, size)) | sure(
                _exactly("below", right.high, left.low, size)
            )
        case _:
            assert_never(op)
    return decided(sure(held), sure(failed))


def decided(held: pl.Series, failed: pl.Series) -> Truths:
    """Give truth values: held, failed, else unknown."""
    open_ = ~(held | failed)
    return held if not open_.any() else pick(open_, None, held)


def is_known(seen: Value, size: int) -> pl.Series:
    """Tell where a value is known, if only to be absent."""
    met = (
        ~unknown(full(seen.low, size)) if seen.exact else sure(test(lambda a, b: a == b, seen.low, seen.high, size))
    )
    return met if seen.absent is None else truths(value=True, size=size) if seen.absent is True else met | seen.absent


def is_none(seen: Value, size: int) -> Truths:
    """Tell where a value is none, as opposed to: not known."""
    if seen.absent is True:
        return truths(value=True, size=size)
    absent = truths(value=False, size=size) if seen.absent is None else seen.absent
    there = is_known(seen, size)
    return absent if there.all() else pick(there, absent, None)  # type: ignore[return-value]  # a column


def is_key(want: Key, key: Value, size: int) -> pl.Series:
    """Tell where a known key is the one that a row asks for."""
    nowhere = truths(value=False, size=size)
    if want is ABSENT:
        return nowhere if key.absent is None else full(key.absent, size)
    if key.absent is True:
        return nowhere
    if isinstance(want, Band):
        found = ~unknown(full(key.low, size))
        if want.low is not None:
            found &= sure(test(lambda a, b: a >= b, key.low, want.low, size))
        if want.high is not None:
            found &= sure(test(lambda a, b: a < b, key.low, want.high, size))
    else:
        found = sure(test(lambda a, b: a == b, key.low, encoded(want), size))
    return found if key.absent is None else found & ~key.absent


# Arithmetic


def divided(value: pl.Series, by: int, rounding: str) -> pl.Series:
    """Divide exactly and round as written."""
    size, rest = value.abs() // by, value.abs() % by
    up = {
        "half_up": lambda: 2 * rest >= by,
        "half_even": lambda: (2 * rest > by) | ((2 * rest == by) & (size % 2 == 1)),
        "up": lambda: rest > 0,
        "down": lambda: rest < 0,
    }[rounding]()
    whole = size + up.cast(pl.Int64)
    return pick(value >= 0, whole, -whole)


def per_distinct(compute: Callable[..., Any], *columns: pl.Series) -> pl.Series:
    """Compute what only Python can, once for each distinct row; null where a part is."""
    rows = pl.DataFrame([column.alias(str(at)) for at, column in enumerate(columns)])
    found = rows.unique().drop_nulls()
    made = [compute(*row) for row in found.iter_rows()]
    table = found.with_columns(pl.Series("made", made, dtype=pl.Int64))
    return rows.join(table, on=rows.columns, how="left", maintain_order="left")["made"]
