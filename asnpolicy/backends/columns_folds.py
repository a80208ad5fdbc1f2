"""Folds as columns: filter a history, group it by person, and come back with bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import narwhals as nw

from asnpolicy.backends.columns_values import Value, no, of_cell, sure
from asnpolicy.backends.tables import Frame
from asnpolicy.language.bounds import Bounds, ends_of
from asnpolicy.language.dates import OPEN, position
from asnpolicy.language.folds import RecordSpan, chain, held_since
from asnpolicy.language.nodes import Fold
from asnpolicy.language.ranges import range_of
from asnpolicy.people import ABSENT


@dataclass(frozen=True, slots=True)
class Found:
    """The records that may count, with the columns that a fold needs."""

    rows: Frame
    sure: nw.Expr
    low: nw.Expr
    high: nw.Expr
    absent: nw.Expr
    covered: nw.Expr
    complete: nw.Expr


Finish = Callable[[nw.Expr], Value]


def _total(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    """Add up; where a value may be below zero, what is not known may take away as well."""
    below_zero = _below_zero(node)
    low, high, open_ = f"sum_low{at}", f"sum_high{at}", f"sum_open{at}"
    least: nw.Expr = nw.when(found.sure | below_zero).then(nw.when(found.absent).then(nw.lit(0)).otherwise(found.low))
    most: nw.Expr = nw.when(found.absent).then(nw.lit(0)).otherwise(found.high)
    if below_zero:
        least = nw.when(found.sure).then(least).otherwise(nw.min_horizontal(least, nw.lit(0)))
        most = nw.when(found.sure).then(most).otherwise(nw.max_horizontal(most, nw.lit(0)))
    rows = found.rows.with_columns(
        least.fill_null(0).alias(low),
        most.fill_null(0).alias(high),
        (found.high.is_null() & ~found.absent).alias(open_),
    )
    made = rows.group_by("row").agg(nw.col(low).sum(), nw.col(high).sum(), nw.col(open_).max())

    def finish(covered: nw.Expr) -> Value:
        closed = covered & ~nw.col(open_).fill_null(value=False)
        total = nw.when(closed).then(nw.col(high).fill_null(0))
        least = nw.col(low).fill_null(0)
        return Value(nw.when(closed).then(least) if below_zero else least, total, no(), exact=False)

    return made, finish


def _below_zero(node: Fold) -> bool:
    least = range_of(node.value, node.history) if node.value is not None else None
    return least is not None and least.low < 0


def _extreme(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    near, far, open_, sure = (f"{name}{at}" for name in ("near", "far", "open", "sure_"))
    best, ends = ("min", (found.low, found.high)) if node.op == "least" else ("max", (found.high, found.low))
    rows = found.rows.filter(~found.absent).with_columns(
        nw.when(found.sure).then(ends[1]).alias(near),
        ends[0].alias(far),
        ends[0].is_null().alias(open_),
        found.sure.alias(sure),
    )
    made = rows.group_by("row").agg(
        getattr(nw.col(near), best)(), getattr(nw.col(far), best)(), nw.col(open_).max(), nw.col(sure).max()
    )
    value, none = of_cell(node.otherwise)

    def finish(covered: nw.Expr) -> Value:
        empty = nw.col(sure).is_null()
        some = nw.col(sure).fill_null(value=False)
        closed = covered & ~nw.col(open_).fill_null(value=True) & some
        nothing = nw.when(covered).then(value)
        bound = nw.when(empty).then(nothing).otherwise(nw.when(some).then(nw.col(near)))
        limit = nw.when(empty).then(nothing).otherwise(nw.when(closed).then(nw.col(far)))
        low, high = (limit, bound) if node.op == "least" else (bound, limit)
        return Value(low, high, empty & covered & none, exact=False)

    return made, finish


def _latest(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    """Find the last record but so many; where some may or may not count, the bounds of those that it may be."""
    names = ("low", "high", "open_low", "open_high", "none", "some", "anchor")
    low, high, open_low, open_high, none, some, anchor = (f"{name}{at}" for name in names)
    counts = {"sure_": found.sure.cast(nw.Int64()), "all_": found.sure.cast(nw.Int64()) * 0 + 1}
    rows = found.rows.sort("row", "order").with_columns(**counts)
    after = {
        f"{name}after": nw.col(name).cum_sum(reverse=True).over("row", order_by="order") - nw.col(name)
        for name in counts
    }
    rows = rows.with_columns(**after)
    may_be = (nw.col("sure_after") < node.nth) & (nw.col("all_after") + 1 >= node.nth)
    there = may_be & ~found.absent
    rows = rows.with_columns(
        nw.when(there).then(found.low).alias(low),
        nw.when(there).then(found.high).alias(high),
        (there & found.low.is_null()).alias(open_low),
        (there & found.high.is_null()).alias(open_high),
        (may_be & found.absent).alias(none),
        there.alias(some),
        nw.when(found.sure & (nw.col("sure_after") == node.nth - 1)).then(nw.col("placed")).alias(anchor),
    )
    made = rows.group_by("row").agg(
        nw.col(low).min(), *(nw.col(name).max() for name in (high, open_low, open_high, none, some, anchor))
    )
    otherwise, otherwise_none = of_cell(node.otherwise)

    def finish(covered: nw.Expr) -> Value:
        enough = ~nw.col(anchor).is_null()
        known = covered | (enough & sure(found.complete <= nw.col(anchor)))
        any_none = nw.col(none).fill_null(value=False) | (~enough & otherwise_none)
        any_some = nw.col(some).fill_null(value=False) | (~enough & ~otherwise_none)
        one = known & ~(any_none & any_some)
        closed, shut = (one & ~nw.col(name).fill_null(value=False) for name in (open_low, open_high))
        least, most = nw.col(low), nw.col(high)
        if node.otherwise is not ABSENT:
            spare = nw.when(~enough).then(otherwise)
            least, most = nw.min_horizontal(least, spare), nw.max_horizontal(most, spare)
        return Value(
            nw.when(closed).then(least),
            nw.when(shut).then(most),
            known & any_none & ~any_some,
            exact=False,
        )

    return made, finish


class _Row(NamedTuple):
    """A record as a fold of the definition looks at it; its days are positions."""

    first: int
    last: int
    sure: bool
    value: Any
    most: Any
    """The two ends of its value."""


def _held_since(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    return _by_person(node, found, at, _run_of)


def _run_of(node: Fold, rows: list[_Row], complete: int | None, covered: bool) -> Any:
    known = [row.value if row.value is not None and row.value == row.most else Bounds() for row in rows]
    values = [row._replace(value=value) for row, value in zip(rows, known, strict=True)]
    return held_since(node, complete, covered, values, earliest=0)


def _unbroken(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    return _by_person(node, found, at, _chain_of)


def _chain_of(node: Fold, rows: list[_Row], complete: int | None, covered: bool) -> Any:
    spans = [RecordSpan(row.first, row.last, row.value, row.most, row.sure) for row in rows]
    low, high = chain(spans, complete, covered, node.otherwise, open_=position(OPEN))
    return high if low is not None and low == high else Bounds(low, high)


def _by_person(node: Fold, found: Found, at: int, fold: Callable[..., Any]) -> tuple[Frame, Finish]:
    """Fold person by person, in Python; who has no record has what is written for nothing."""
    rows = found.rows.sort("row", "order").select(
        "row", "placed", found.low.alias("value"), found.high.alias("most"), found.sure.alias("certain"),
        found.complete.alias("complete"), found.covered.alias("covered"),
    )  # fmt: skip
    people: dict[int, list[_Row]] = {}
    promised: dict[int, tuple[int | None, bool]] = {}
    for row, placed, value, most, certain, complete, covered in rows.iter_rows():
        people.setdefault(row, []).append(_Row(placed, placed, certain, value, most))
        promised[row] = complete, bool(covered)
    low, high, none = f"by_low{at}", f"by_high{at}", f"by_none{at}"
    made: dict[str, list[Any]] = {"row": list(people), low: [], high: [], none: []}
    for row, records in people.items():
        ends = ends_of(fold(node, records, *promised[row]))
        made[none].append(ends[0] is ABSENT)
        made[low].append(None if ends[0] is ABSENT else ends[0])
        made[high].append(None if ends[0] is ABSENT else ends[1])
    schema = {"row": nw.Int64(), low: nw.Int64(), high: nw.Int64(), none: nw.Boolean()}
    frame = nw.from_dict(made, schema, backend=found.rows.implementation)
    otherwise, otherwise_none = of_cell(node.otherwise)

    def finish(covered: nw.Expr) -> Value:
        nobody = nw.col(none).is_null()
        nothing = nobody & covered
        return Value(
            nw.when(nothing).then(otherwise).otherwise(nw.col(low)),
            nw.when(nothing).then(otherwise).otherwise(nw.col(high)),
            (nothing & otherwise_none) | nw.col(none).fill_null(value=False),
            exact=False,
        )

    return frame, finish


FOLDS: dict[str, Callable[[Fold, Found, int], tuple[Frame, Finish]]] = {
    "count": _total,
    "sum": _total,
    "least": _extreme,
    "greatest": _extreme,
    "latest": _latest,
    "held_since": _held_since,
    "unbroken_since": _unbroken,
}
