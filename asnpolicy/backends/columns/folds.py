"""Folds as columns: only the records that may pass are looked at, and what they come to goes back to their people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from asnpolicy.backends.columns.chains import RUNNING, held_since, leave_together, unbroken
from asnpolicy.backends.columns.reduce import greatest_by, last_by, least_by, number_of, total_by
from asnpolicy.backends.columns.tables import Mask, Records, Rows
from asnpolicy.backends.columns.values import Value, encoded, full, literal, one, pick, possible, sure, unknown
from asnpolicy.language.nodes import DATE, Fold, RecordField
from asnpolicy.language.ranges import range_of
from asnpolicy.language.reading import spec
from asnpolicy.people import ABSENT

if TYPE_CHECKING:
    from asnpolicy.backends.columns.piece import Piece


@dataclass(slots=True, weakref_slot=True)
class Passing:
    """The records that may pass the filter of a fold, with what it asks of them."""

    piece: Piece
    node: Fold
    records: Records
    at: Rows
    """Which records they are, in order."""
    sure: Mask
    """Whether each surely passes."""
    all_sure: bool

    @property
    def of(self) -> Rows:
        """The row of the person of each."""
        return self.records.of[self.at]

    @property
    def people(self) -> int:
        """How many people there are."""
        return self.piece.tables.size

    def value(self) -> Value:
        """Give the value of each."""
        node, size = self.node, len(self.at)
        seen = literal(1) if node.value is None else self.piece.value(node.value, node.history)
        at = pl.Series(self.at.astype(np.uint32))

        def of_those(cells: Any) -> pl.Series:
            return cells[at] if isinstance(cells, pl.Series) else full(cells, size)

        low = of_those(seen.low)
        absent = None if seen.absent is None else of_those(seen.absent)
        return Value(low, low if seen.exact else of_those(seen.high), absent)

    def leave_ties(self) -> None:
        """Pass on whoever has two records of one day here: it can't be told which is the later."""
        of, placed = self.of, self.placed().to_numpy()
        tied = (of[1:] == of[:-1]) & (placed[1:] == placed[:-1])
        self.piece.beyond[of[1:][tied]] = True

    def until(self) -> pl.Series:
        """Give the last day on which each may end."""
        ends = RecordField(spec(self.node.history).ends_by or "", DATE)
        high = full(self.piece.value(ends, self.node.history).high, self.records.size)
        return high[pl.Series(self.at.astype(np.uint32))].fill_null(RUNNING)

    def placed(self) -> pl.Series:
        """Give the day that places each."""
        return self.records.columns["placed"][pl.Series(self.at.astype(np.uint32))]


def fold(piece: Piece, node: Fold) -> Value:
    """Fold over the records of a history: bounds for each person."""
    passes = piece.truth(node.where, node.history)
    records = piece.tables.histories[node.history]
    if passes.null_count():
        at = np.flatnonzero(possible(passes).to_numpy())
        certain = sure(passes).to_numpy()[at]
    else:
        at = np.flatnonzero(passes.to_numpy())
        certain = np.ones(len(at), dtype=bool)
    found = Passing(piece, node, records, at, certain, bool(certain.all()))
    if node.op in IN_ORDER and records.tied is not None:
        found.leave_ties()
    if node.once:
        leave_together(found)
    return FOLDS[node.op](found, piece.covered(node))


def _closed(covered: pl.Series, high: pl.Series) -> pl.Series:
    return high if covered.all() else pick(covered, high, None)


def _met(low: pl.Series, high: pl.Series, covered: pl.Series) -> Value:
    """Give bounds of which the higher is open where not all records are promised."""
    return one(low) if low is high and covered.all() else Value(low, _closed(covered, high))


def _count(found: Passing, covered: pl.Series) -> Value:
    most = number_of(found.of, found.people)
    least = most if found.all_sure else number_of(found.of[found.sure], found.people)
    return _met(least, most, covered)


def _sum(found: Passing, covered: pl.Series) -> Value:
    """Add up; where a value may be below zero, what is not known may take away as well."""
    node, seen = found.node, found.value()
    limits = range_of(node.value, node.history) if node.value is not None else None
    below_zero = limits is not None and limits.low < 0
    absent = np.zeros(len(found.at), dtype=bool) if seen.absent is None else full(seen.absent, len(found.at)).to_numpy()
    tops, open_ = _filled(seen.high, absent, 0)
    bottoms = (
        tops if seen.exact and not open_.any() else _filled(seen.low, absent, min(0, limits.low) if limits else 0)[0]
    )
    high_of = tops if found.all_sure else np.where(found.sure, tops, np.maximum(tops, 0))
    low_of = bottoms if found.all_sure else np.where(found.sure, bottoms, np.minimum(bottoms, 0))
    high = total_by(found.of, np.where(open_, 0, high_of) if open_.any() else high_of, found.people)
    low = high if low_of is high_of else total_by(found.of, low_of, found.people)
    if open_.any():
        shut = number_of(found.of[open_], found.people) == 0
        return Value(pick(covered, low, None) if below_zero else low, pick(covered & shut, high, None))
    if below_zero and not covered.all():
        return Value(_closed(covered, low), _closed(covered, high))
    return _met(low, high, covered)


def _filled(cells: Any, absent: Mask, instead: int) -> tuple[Rows, Mask]:
    """Return numbers, with what is absent as 0 and what is open filled; and which were open."""
    open_ = unknown(cells).to_numpy() & ~absent
    numbers = cells.cast(pl.Int64).fill_null(instead).to_numpy()
    return (np.where(absent, 0, numbers) if absent.any() else numbers), open_


def _least(found: Passing, covered: pl.Series) -> Value:
    seen = found.value()
    near, far = _extreme(found, covered, seen.low, seen.high, seen.absent, (least_by, greatest_by))
    return _otherwise(found, covered, seen, near, far)


def _greatest(found: Passing, covered: pl.Series) -> Value:
    seen = found.value()
    near, far = _extreme(found, covered, seen.high, seen.low, seen.absent, (greatest_by, least_by))
    return _otherwise(found, covered, seen, far, near)


By = Callable[[Rows, Rows, int], pl.Series]


def _extreme(
    found: Passing, covered: pl.Series, near: Any, far: Any, absent: Any, by: tuple[By, By]
) -> tuple[pl.Series, pl.Series]:
    """Return how far the best may go, open where not all is promised, and what the sure ones make of it at the worst."""
    best, _ = by
    there = np.ones(len(found.at), dtype=bool) if absent is None else ~full(absent, len(found.at)).to_numpy()
    nears, open_ = near.cast(pl.Int64), (unknown(near).to_numpy() & there)
    limit = best(found.of[there], nears.fill_null(0).to_numpy()[there], found.people)
    shut = covered
    if open_.any():
        shut = shut & (number_of(found.of[open_], found.people) == 0)
    bounding = there & found.sure & ~unknown(far).to_numpy()
    bound = best(found.of[bounding], far.cast(pl.Int64).fill_null(0).to_numpy()[bounding], found.people)
    some = number_of(found.of[there & found.sure], found.people) > 0
    return _closed(shut & some, limit), bound


def _otherwise(found: Passing, covered: pl.Series, seen: Value, low: pl.Series, high: pl.Series) -> Value:
    """Put what is written for nothing where there is surely no record with a value."""
    of = found.of if seen.absent is None else found.of[~full(seen.absent, len(found.at)).to_numpy()]
    nothing = (number_of(of, found.people) == 0) & covered
    if not nothing.any():
        return Value(low, high)
    if found.node.otherwise is ABSENT:
        return Value(low, high, nothing)
    value = encoded(found.node.otherwise)
    return Value(pick(nothing, value, low), pick(nothing, value, high))


# The latest


def _latest(found: Passing, covered: pl.Series) -> Value:
    """Find the last record but so many; where some may or may not pass, all that it may be."""
    at, size, nth = found.at, found.people, found.node.nth
    sure_at = _nth(found.of[found.sure], at[found.sure], nth, size)
    enough = pl.Series(sure_at >= 0)
    placed = found.records.columns["placed"]
    day = (
        placed[pl.Series(np.where(sure_at < 0, 0, sure_at).astype(np.uint32))]
        if len(placed)
        else full(None, size, pl.Int32)
    )
    complete = found.piece.tables.complete[found.node.history]
    reached = covered | (enough & sure(complete <= day))
    if found.all_sure:
        return _chosen(found, sure_at, enough, reached)
    last_at = _nth(found.of, at, nth, size)
    may_be = (at >= sure_at[found.of]) & (at <= last_at[found.of])
    return _hull(found, may_be, enough, reached)


def _nth(of: Rows, at: Rows, nth: int, people: int) -> Rows:
    """Return the record that is the last but so many of each person; -1 where there are not so many."""
    last = last_by(of, at, people)
    for _ in range(nth - 1):
        before = at < last[of]
        of, at = of[before], at[before]
        last = last_by(of, at, people)
    return last


def _chosen(found: Passing, at: Rows, enough: pl.Series, reached: pl.Series) -> Value:
    """Read the value of one record of each person, or what is written for nothing."""
    node, piece, size = found.node, found.piece, found.people
    seen = literal(1) if node.value is None else piece.value(node.value, node.history)
    where = pick(enough & reached, pl.Series(at), None).cast(pl.UInt32)
    nothing = reached & ~enough

    def of_those(cells: Any) -> pl.Series:
        if not isinstance(cells, pl.Series):
            return pick(~unknown(where), cells, None)
        return cells[where]

    low = of_those(seen.low)
    high = low if seen.exact else of_those(seen.high)
    absent = None if seen.absent is None else sure(of_those(seen.absent))
    if not nothing.any():
        return Value(low, high, absent)
    if node.otherwise is ABSENT:
        return Value(low, high, nothing if absent is None else absent | nothing)
    value = encoded(node.otherwise)
    filled = pick(nothing, value, low)
    del size
    return Value(filled, filled if seen.exact else pick(nothing, value, high), absent)


def _hull(found: Passing, may_be: Mask, enough: pl.Series, reached: pl.Series) -> Value:
    """Give the bounds of all records that may be the one, and of what is written for nothing where it may be none."""
    node, size, seen = found.node, found.people, found.value()
    absent = full(False if seen.absent is None else seen.absent, len(found.at), pl.Boolean)
    there = ~absent
    rows = pl.DataFrame(
        {"of": found.of, "low": seen.low, "high": seen.high, "absent": absent, "there": there, "may_be": may_be}
    ).filter("may_be")
    valued = pl.col("there")
    made = rows.group_by("of").agg(
        pl.col("low").filter(valued).min(), pl.col("high").filter(valued).max(),
        (pl.col("low").is_null() & valued).any().alias("open_low"),
        (pl.col("high").is_null() & valued).any().alias("open_high"),
        pl.col("absent").any(), valued.any().alias("some"),
    )  # fmt: skip
    whole = pl.DataFrame({"of": np.arange(size)}).join(made, on="of", how="left", maintain_order="left")
    none = sure(whole["absent"])
    some = sure(whole["some"])
    low, high = whole["low"], whole["high"]
    if node.otherwise is ABSENT:
        none = none | ~enough
    else:
        some = some | ~enough
        value = encoded(node.otherwise)
        low = pick(enough, low, pick(unknown(low) | (low > value), value, low))
        high = pick(enough, high, pick(unknown(high) | (high < value), value, high))
    single = reached & ~(none & some)
    low = pick(single & ~sure(whole["open_low"]), low, None)
    high = pick(single & ~sure(whole["open_high"]), high, None)
    return Value(low, high, reached & none & ~some)


def _held_since(found: Passing, covered: pl.Series) -> Value:
    return held_since(found, covered)


def _unbroken(found: Passing, covered: pl.Series) -> Value:
    return unbroken(found, covered)


IN_ORDER = ("latest", "held_since")
"""Folds that ask which record is the later."""
FOLDS: dict[str, Callable[[Passing, pl.Series], Value]] = {
    "count": _count,
    "sum": _sum,
    "least": _least,
    "greatest": _greatest,
    "latest": _latest,
    "held_since": _held_since,
    "unbroken_since": _unbroken,
}
