"""Chains: the last run of one value, and the touching spans that still run, by running maxima instead of loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from asnpolicy.backends.columns.reduce import greatest_by, last_by, number_of
from asnpolicy.backends.columns.tables import Mask, Rows
from asnpolicy.backends.columns.values import Value, encoded, full, pick, sure, unknown
from asnpolicy.language.dates import OPEN
from asnpolicy.people import ABSENT

if TYPE_CHECKING:
    from asnpolicy.backends.columns.folds import Passing

SHIFT = 2**24
"""More than any ordinal: a person's row times this, and a day, order days person by person."""
RUNNING = OPEN.toordinal()


def held_since(found: Passing, covered: pl.Series) -> Value:
    """Find the first day of the last run of one value.

    Where no record surely counts it may be any day; whoever has some that do and one that may, or a value that is not known,
    is beyond it.
    """
    of, people, seen = found.of, found.people, found.value()
    size = len(found.at)
    absent = np.zeros(size, dtype=bool) if seen.absent is None else full(seen.absent, size).to_numpy()
    low, high = (full(end, size).cast(pl.Int64) for end in (seen.low, seen.high))
    clear = found.sure & (absent | sure(low == high).to_numpy())
    held = np.ones(people, dtype=bool)
    if not found.all_sure:
        held = (number_of(of[found.sure], people) > 0).to_numpy()
    found.piece.beyond[of[~clear & held[of]]] = True
    values = np.where(absent, 0, low.fill_null(0).to_numpy())
    placed = found.placed().fill_null(1).to_numpy().astype(np.int64)
    first = np.ones(size, dtype=bool)  # of a run: another person's, or of another value than the one before
    first[1:] = (of[1:] != of[:-1]) | (values[1:] != values[:-1])
    begins, last = (last_by(of[which], np.flatnonzero(which), people) for which in (first, np.ones(size, dtype=bool)))
    some = begins >= 0
    begun = _begun(found, covered, placed, begins)
    before = begins - 1
    apart = some & (before >= 0)
    apart[apart] &= of[before[apart]] == np.flatnonzero(apart)
    start = np.where(apart, placed[np.maximum(before, 0)], 1) if size else np.ones(people, dtype=np.int64)
    return _since(found, covered, some, held, begun, np.where(some, placed[last], 0) if size else begun, start)


def _begun(found: Passing, covered: pl.Series, placed: Rows, begins: Rows) -> Rows:
    """Return the day of the first record of the last run before which nothing undelivered can break it."""
    of, complete = found.of, found.piece.tables.complete[found.node.history]
    whole = sure(covered).to_numpy()
    since = complete.fill_null(RUNNING).to_numpy()
    counts = (np.arange(len(of)) >= begins[of]) & (whole[of] | (since[of] <= placed))
    begun = np.zeros(found.people, dtype=np.int64)
    which = np.flatnonzero(counts)[::-1]  # the first of a person is written last
    begun[of[which]] = placed[which]
    return begun


def _since(
    found: Passing, covered: pl.Series, some: Mask, held: Mask, begun: Rows, last: Rows, start: Rows
) -> Value:
    complete = found.piece.tables.complete[found.node.history]
    there = pl.Series(some)
    reached = (covered | sure(complete <= pl.Series(last))) & pl.Series(held)
    whole = covered | sure(complete <= pl.Series(start))
    high = pick(there & reached, pl.Series(begun), None)
    early = pick(pl.Series(start > 1), pl.Series(start), None)
    low = pick(there & reached, pick(whole, pl.Series(begun), early), None)
    return _or_nothing(found, covered & ~there, low, high)


def _or_nothing(found: Passing, nothing: pl.Series, low: pl.Series, high: pl.Series) -> Value:
    """Put what is written for nothing where there surely is no record."""
    if not nothing.any():
        return Value(low, high)
    if found.node.otherwise is ABSENT:
        return Value(low, high, nothing)
    value = encoded(found.node.otherwise)
    return Value(pick(nothing, value, low), pick(nothing, value, high))


def unbroken(found: Passing, covered: pl.Series) -> Value:
    """Find where the chain begins that still runs: what is not sure can only make it longer."""
    size, seen = len(found.at), found.value()
    absent = full(False if seen.absent is None else seen.absent, size, pl.Boolean)
    since = found.placed().fill_null(1).to_numpy().astype(np.int64)  # without a day: of somebody who is passed on
    until = pick(absent, None, full(seen.low, size).cast(pl.Int64))
    longest = pick(absent, None, full(seen.high, size).cast(pl.Int64)).fill_null(RUNNING).to_numpy()
    certain = found.sure & ~unknown(until).to_numpy()
    surely = _head(found.of[certain], since[certain], until.fill_null(0).to_numpy()[certain], found.people)
    possibly = surely if certain.all() and seen.exact else _head(found.of, since, longest, found.people)
    complete = found.piece.tables.complete[found.node.history]
    closed = ~unknown(surely) & sure(complete < possibly)
    low = pick(closed, possibly, None)
    return _or_nothing(found, covered & unknown(possibly), low, surely)


def leave_together(found: Passing) -> None:
    """Pass on whoever has two records here that may run on one day: it would be added up twice."""
    of, until = found.of, found.until().to_numpy().astype(np.int64)
    if len(of) < 2:
        return
    since = found.placed().fill_null(1).to_numpy().astype(np.int64)
    reach = np.maximum.accumulate(of * SHIFT + until)
    together = (of[1:] == of[:-1]) & (of[1:] * SHIFT + since[1:] < reach[:-1])
    found.piece.beyond[of[1:][together]] = True


def _head(of: Rows, since: Rows, until: Rows, people: int) -> pl.Series:
    """Return the first day of the last chain of each person, where it still runs; records stand in the order of their days."""
    if not len(of):
        return full(None, people, pl.Int64)
    reach = np.maximum.accumulate(of * SHIFT + until)
    begins = np.ones(len(of), dtype=bool)
    begins[1:] = of[1:] * SHIFT + since[1:] > reach[:-1]
    at = last_by(of[begins], np.flatnonzero(begins), people)
    start = pl.Series(np.where(at >= 0, since[at], 0))
    runs = sure(greatest_by(of, until, people) == RUNNING)
    return pick(runs, start, None)
