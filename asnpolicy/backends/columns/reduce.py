"""Reductions: what the records of each person come to; records of one person stand together."""

from __future__ import annotations

import numpy as np
import polars as pl

from asnpolicy.backends.columns.tables import Rows
from asnpolicy.backends.columns.values import full, pick


def number_of(of: Rows, people: int) -> pl.Series:
    """Count the records of each person."""
    return pl.Series(np.bincount(of, minlength=people).astype(np.int32))


def _starts(of: Rows) -> Rows:
    """Return where the records of each person begin who has any."""
    first = np.empty(len(of), dtype=bool)
    first[:1] = True
    np.not_equal(of[1:], of[:-1], out=first[1:])
    return np.flatnonzero(first)


def total_by(of: Rows, numbers: Rows, people: int) -> pl.Series:
    """Add up the numbers of each person, exactly."""
    found = np.zeros(people, dtype=np.int64)
    starts = _starts(of)
    if len(starts):
        found[of[starts]] = np.add.reduceat(numbers, starts)
    return pl.Series(found)


def _best_by(best: np.ufunc, of: Rows, numbers: Rows, people: int) -> pl.Series:
    found = np.zeros(people, dtype=np.int64)
    starts = _starts(of)
    if len(starts) == 0:
        return full(None, people, pl.Int64)
    found[of[starts]] = best.reduceat(numbers, starts)
    if len(starts) == people:
        return pl.Series(found)
    there = np.zeros(people, dtype=bool)
    there[of[starts]] = True
    return pick(pl.Series(there), pl.Series(found), None)


def least_by(of: Rows, numbers: Rows, people: int) -> pl.Series:
    """Return the least number of each person; null where there is none."""
    return _best_by(np.minimum, of, numbers, people)


def greatest_by(of: Rows, numbers: Rows, people: int) -> pl.Series:
    """Return the greatest number of each person; null where there is none."""
    return _best_by(np.maximum, of, numbers, people)


def last_by(of: Rows, at: Rows, people: int) -> Rows:
    """Return the last record of each person, by its place; -1 where there is none."""
    found = np.full(people, -1, dtype=np.int64)
    if len(of):
        last = np.empty(len(of), dtype=bool)
        last[-1] = True
        np.not_equal(of[1:], of[:-1], out=last[:-1])
        found[of[last]] = at[last]
    return found
