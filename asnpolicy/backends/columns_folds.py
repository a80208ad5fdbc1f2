"""Folds as columns: filter a history, group it by person, and come back with bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from asnpolicy.backends.columns_values import Value, no, of_cell, sure
from asnpolicy.backends.tables import Frame
from asnpolicy.language import bounds
from asnpolicy.language.dates import OPEN, position
from asnpolicy.language.nodes import Fold


@dataclass(frozen=True, slots=True)
class Found:
    """The records that may count, with the columns that a fold needs."""

    rows: Frame
    sure: nw.Expr
    value: nw.Expr
    absent: nw.Expr
    covered: nw.Expr
    complete: nw.Expr


Finish = Callable[[nw.Expr], Value]


def _total(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    del node
    low, high, open_ = f"sum_low{at}", f"sum_high{at}", f"sum_open{at}"
    counts = nw.when(~found.absent).then(found.value).otherwise(nw.lit(0))
    rows = found.rows.with_columns(
        nw.when(found.sure).then(counts).otherwise(nw.lit(0)).alias(low),
        counts.alias(high),
        (found.value.is_null() & ~found.absent).alias(open_),
    )
    made = rows.group_by("row").agg(nw.col(low).sum(), nw.col(high).sum(), nw.col(open_).max())

    def finish(covered: nw.Expr) -> Value:
        closed = covered & ~nw.col(open_).fill_null(value=False)
        total = nw.when(closed).then(nw.col(high).fill_null(0))
        return Value(nw.col(low).fill_null(0), total, no(), exact=False)

    return made, finish


def _extreme(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    near, far, open_, sure = (f"{name}{at}" for name in ("near", "far", "open", "sure_"))
    rows = found.rows.filter(~found.absent).with_columns(
        nw.when(found.sure).then(found.value).alias(near),
        found.value.alias(far),
        found.value.is_null().alias(open_),
        found.sure.alias(sure),
    )
    best = "min" if node.op == "least" else "max"
    made = rows.group_by("row").agg(
        getattr(nw.col(near), best)(), getattr(nw.col(far), best)(), nw.col(open_).max(), nw.col(sure).max()
    )
    value, none = of_cell(node.otherwise)

    def finish(covered: nw.Expr) -> Value:
        empty = nw.col(sure).is_null()
        closed = covered & ~nw.col(open_).fill_null(value=True) & nw.col(sure).fill_null(value=False)
        nothing = nw.when(covered).then(value)
        bound = nw.when(empty).then(nothing).otherwise(nw.col(near))
        limit = nw.when(empty).then(nothing).otherwise(nw.when(closed).then(nw.col(far)))
        low, high = (limit, bound) if node.op == "least" else (bound, limit)
        return Value(low, high, empty & covered & none, exact=False)

    return made, finish


def _latest(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    doubt, value, none, there = (f"{name}{at}" for name in ("doubt", "latest", "latest_none", "there"))
    back = nw.col("order").rank("ordinal", descending=True).over("row")
    rows = found.rows.with_columns(back.alias("back")).filter(nw.col("back") <= node.nth)
    reached = found.covered | sure(found.complete <= nw.col("placed"))
    this = nw.col("back") == node.nth
    rows = rows.with_columns(
        (~found.sure | ~reached).alias(doubt),
        nw.when(this).then(found.value).alias(value),
        (this & found.absent).alias(none),
        this.alias(there),
    )
    made = rows.group_by("row").agg(nw.col(name).max() for name in (doubt, value, none, there))
    otherwise, otherwise_none = of_cell(node.otherwise)

    def finish(covered: nw.Expr) -> Value:
        doubtful = nw.col(doubt).fill_null(value=False)
        found_ = nw.col(there).fill_null(value=False) & ~doubtful
        nothing = ~nw.col(there).fill_null(value=False) & ~doubtful & covered
        result = nw.when(found_).then(nw.col(value)).otherwise(nw.when(nothing).then(otherwise))
        absent = (found_ & nw.col(none).fill_null(value=False)) | (nothing & otherwise_none)
        return Value(result, result, absent)

    return made, finish


def _unbroken(node: Fold, found: Found, at: int) -> tuple[Frame, Finish]:
    rows = found.rows.select(
        "row", "placed", found.value.alias("until"), found.sure.alias("certain"), found.complete.alias("complete")
    )
    chains: dict[int, list[bounds.Span[int]]] = {}
    completes: dict[int, int | None] = {}
    for row, placed, until, certain, complete in rows.iter_rows():
        chains.setdefault(row, []).append((placed, until, certain))
        completes[row] = complete
    low, high, running = f"chain_low{at}", f"chain_high{at}", f"chain_runs{at}"
    made: dict[str, list[Any]] = {"row": list(chains), low: [], high: [], running: []}
    for row, spans in chains.items():
        for name, end in zip((low, high, running), _ends(spans, completes[row]), strict=True):
            made[name].append(end)
    schema = {"row": nw.Int64(), low: nw.Int64(), high: nw.Int64(), running: nw.Int8()}
    frame = nw.from_dict(made, schema, backend=found.rows.implementation)
    otherwise, otherwise_none = of_cell(node.otherwise)

    def finish(covered: nw.Expr) -> Value:
        nothing = (nw.col(running).fill_null(0) == 0) & covered
        absent = nothing & otherwise_none
        return Value(
            nw.when(nothing).then(otherwise).otherwise(nw.col(low)),
            nw.when(nothing).then(otherwise).otherwise(nw.col(high)),
            absent,
            exact=False,
        )

    return frame, finish


def _ends(spans: list[bounds.Span[int]], complete: int | None) -> tuple[int | None, int | None, int]:
    """Give the bounds of where the chain begins that runs, and whether one does: 1 yes, 0 no, 2 not known."""
    surely, possibly, ends_known = bounds.chains(spans, position(OPEN))
    if surely is None or possibly is None:
        return None, None, 0 if possibly is None and ends_known else 2
    certain = ends_known and complete is not None and complete < possibly
    return possibly if certain else None, surely, 1


FOLDS: dict[str, Callable[[Fold, Found, int], tuple[Frame, Finish]]] = {
    "count": _total,
    "sum": _total,
    "least": _extreme,
    "greatest": _extreme,
    "latest": _latest,
    "unbroken_since": _unbroken,
}
