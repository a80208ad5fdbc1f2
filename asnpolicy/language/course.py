"""Course: how a value moves with the day where it moves one way alone; what it is on a day, and when it reaches a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, TypeAlias

from asnpolicy.language import dates
from asnpolicy.language.dates import OPEN
from asnpolicy.language.daycount import plus_days
from asnpolicy.language.nodes import (
    Arithmetic,
    AsOf,
    Cut,
    Expr,
    Figure,
    LastMonthEnd,
    Literal,
    PlusDays,
    PlusMonths,
    StartOfYear,
    YearOf,
)

DAY = timedelta(days=1)
Point: TypeAlias = Any
"""A day, or a whole number."""
SPANS = 8_192
"""So many ends of courses between two days are remembered."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A value that hangs on the day alone and never falls."""

    on: Callable[[date], Point]
    """What it is on a day."""
    first: Callable[[Point], date]
    """The first day on which it is at least so much."""


@lru_cache(maxsize=SPANS)
def ends(course: Course, since: date, until: date) -> tuple[Point, Point]:
    """Return what a value is on the first and the last day of `since <= day < until`: it reaches what lies above the one, up to the other."""
    return course.on(since), course.on(until - DAY)


@cache
def course_of(node: Expr) -> Course | None:
    """Return how a value moves; None where it hangs on people, or may move in several ways.

    >>> first_of_last_year = StartOfYear(Arithmetic("minus", YearOf(AsOf()), Literal(1)))
    >>> course_of(first_of_last_year).first(date(2026, 1, 1))
    datetime.date(2027, 1, 1)
    """
    match node:
        case AsOf():
            return Course(lambda day: day, lambda value: value)
        case Cut(day, Literal(int() as n), edge):
            return _after(day, lambda one: dates.CUT[edge](one, n), lambda value: uncut(edge, value, n))
        case PlusMonths(day, Literal(int() as n)):
            return _after(day, lambda one: dates.plus_months(one, n), lambda value: dates.not_over(value, n))
        case PlusDays(day, n, None):
            return _after(day, lambda one: plus_days(one, n), lambda value: plus_days(value, -n))
        case LastMonthEnd(day):
            return _after(day, dates.last_month_end, lambda value: dates.plus_months(value.replace(day=1), 1))
        case YearOf(day):
            return _after(day, lambda one: one.year, lambda value: date(value, 1, 1))
        case StartOfYear(year):
            return _after(year, lambda one: date(one, 1, 1), year_from)
        case Arithmetic("plus", part, Literal(int() as n)) | Arithmetic("plus", Literal(int() as n), part):
            return _after(part, lambda one: one + n, lambda value: value - n)
        case Arithmetic("minus", part, Literal(int() as n)):
            return _after(part, lambda one: one - n, lambda value: value + n)
        case Figure(_, body):
            return course_of(body)
        case _:
            return None


def _after(part: Expr, goes: Callable[[Point], Point], back: Callable[[Point], Point]) -> Course | None:
    """Return the course of what is worked out of a part that moves."""
    inner = course_of(part)
    if inner is None:
        return None
    on, first = inner.on, inner.first
    return Course(lambda day: goes(on(day)), lambda value: first(back(value)))


def uncut(edge: str, value: date, months: int) -> date:
    """Return the first day that, cut by so many months, is no earlier than a day."""
    if edge == "lasted":
        return dates.plus_months(value, months)
    start = dates.plus_months(value - DAY, months)
    return start + DAY if edge == "not_over" and start < OPEN else start


def year_from(value: date) -> int:
    """Return the first year that begins no earlier than a day."""
    return value.year + (value != date(value.year, 1, 1))
