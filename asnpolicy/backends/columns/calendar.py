"""Calendar arithmetic on columns of ordinals; what has no formula is computed once for each distinct day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from asnpolicy.backends.columns.values import brought
from asnpolicy.language.dates import MONTH
from asnpolicy.language.daycount import Holidays

EPOCH = date(1970, 1, 1).toordinal()
OF_DAYS = frozenset({"plus_months", "plus_days", "lasted", "fresh", "not_over"})
"""What is computed of a day and a number of months or of days."""


def days(ordinals: pl.Series) -> pl.Series:
    """Return the days of ordinals."""
    return (ordinals - EPOCH).cast(pl.Int32).cast(pl.Date)


def ordinals(column: pl.Series) -> pl.Series:
    """Return the ordinals of days."""
    return column.to_physical() + EPOCH


def year_of(day: pl.Series) -> pl.Series:
    """Return the years of days."""
    return days(day).dt.year().cast(pl.Int64)


def position(day: pl.Series) -> pl.Series:
    """Place days on a line of equal months."""
    found = days(day).dt
    months = found.year().cast(pl.Int64) * 12 + found.month() - 1
    return months * MONTH + found.day() - 1


def elapsed(start: pl.Series, end: pl.Series) -> pl.Series:
    """Measure spans in thirty-firsts of a month, never below zero."""
    return (position(end) - position(start)).clip(lower_bound=0)


def counted(records: dict[str, pl.Series], since: pl.Series) -> pl.Series:
    """Count the months of appraisals that count, from the first of a month on or after a day."""
    found = days(since).dt
    year, month = found.year(), found.month().cast(pl.Int64)
    first = month - (found.day() == 1).cast(pl.Int64)
    before = pl.select(
        pl.when(year > records["year"]).then(12).when(year < records["year"]).then(0).otherwise(first)
    ).to_series()
    return brought(_COUNTS, records["counted"] * 13 + before)


_COUNTS = pl.Series([(counted >> before).bit_count() for counted in range(2**12) for before in range(13)], dtype=pl.Int64)
"""How many of the months of a year count, for each way in which they may, from the first month or a later one."""


@cache
def working(count: int, holidays: Holidays, end: int) -> Callable[[int], int | None]:
    """Return the first or the last day that may be so many working days after a day, as ordinals; None where it is open."""

    def moved(day: int) -> int | None:
        found = holidays.moved(date.fromordinal(day), count)[end]
        return None if found is None else found.toordinal()

    return moved


@cache
def by_days(op: str, compute: Callable[..., Any]) -> Callable[..., int]:
    """Return a computation with days as one with ordinals."""

    def computed(*parts: int) -> int:
        if op in OF_DAYS:
            given: tuple[Any, ...] = (date.fromordinal(parts[0]), parts[1])
        elif op == "start_of_year":
            given = parts
        else:
            given = tuple(map(date.fromordinal, parts))
        found = compute(*given)
        return found.toordinal() if isinstance(found, date) else int(found)

    return computed
