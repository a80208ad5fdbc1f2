"""Reach: the values that an expression can take for somebody, and the days on which one that moves reaches a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from asnpolicy.language import dates, numbers
from asnpolicy.language.course import Course, course_of, ends, uncut, year_from
from asnpolicy.language.dates import OPEN
from asnpolicy.language.daycount import plus_days
from asnpolicy.language.nodes import (
    Arithmetic,
    AsOf,
    Cut,
    Divide,
    Elapsed,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    LastMonthEnd,
    Literal,
    Lookup,
    MonthsBetween,
    PlusDays,
    PlusMonths,
    RecordField,
    Scope,
    StartOfYear,
    Upcoming,
    YearOf,
)
from asnpolicy.language.turns import Completeness, Crossing, Of, is_yearly, moves
from asnpolicy.people import PartialDay

DAY = timedelta(days=1)
Point: TypeAlias = Any
"""A day, or a whole number: a year, a number of months, a time in thirty-firsts of a month."""


class Reached(NamedTuple):
    """A day on which a value that moves reaches another."""

    day: date
    value: Point
    crossing: Crossing


NO_DAYS: dict[date, list[Reached]] = {}
"""The days of whatever is not reached."""


class Untold(Exception):  # noqa: N818  # no mistake of anybody: the days are asked one by one
    """On which days a value is reached can't be told from its tree."""


class Reach:
    """The values and days of one question: its people as delivered, and between two days."""

    def __init__(self, people: Mapping[Scope, tuple[Any, ...]], since: date, until: date) -> None:
        self._people = people
        self._since, self._until = since, until
        self._values: dict[tuple[int, Of | None], frozenset[Point]] = {}
        """By the identity of nodes, which live as long as the rules."""
        self._days: dict[int, dict[date, list[Reached]]] = {}

    def days(self, crossing: Crossing) -> Mapping[date, Sequence[Reached]]:
        """Return each day on which a crossing may turn an answer, with the values that are reached.

        Raises Untold where that can't be told.
        """
        found = self._days.get(id(crossing))
        if found is None:
            found = {}
            for one in self._found(crossing):
                found.setdefault(one.day, []).append(one)
            self._days[id(crossing)] = found or NO_DAYS
        return found

    def _found(self, crossing: Crossing) -> Iterable[Reached]:
        course = course_of(crossing.moving if crossing.towards is None else crossing.towards)
        if course is None:
            return self._in_several_ways(crossing)
        if bars_of(crossing) is not None:
            return year_by_year(crossing, course, self._since, self._until)
        return self._on_course(crossing, course)

    def _on_course(self, crossing: Crossing, course: Course) -> Iterator[Reached]:
        """Look only at values that lie between what the moving one is on the first day and on the last."""
        low, high = ends(course, self._since, self._until)
        for value in self._against(crossing):
            for more in crossing.beyond:
                above = _after(value, more) if more else value
                if low < above <= high:
                    yield Reached(course.first(above), value, crossing)

    def _in_several_ways(self, crossing: Crossing) -> Iterator[Reached]:
        beyond = crossing.beyond if crossing.towards is None else (0,)  # each new year
        for value in self._against(crossing):
            for more in beyond:
                for day in self._reached(crossing.moving, _after(value, more), crossing.inside):
                    if self._since < day < self._until:
                        yield Reached(day, value, crossing)

    def _against(self, crossing: Crossing) -> Iterable[Point]:
        against = crossing.against
        if not isinstance(against, Completeness):
            return self.values(against, crossing.inside)
        complete = {getattr(one, against.of.history).complete_since for one in self._subjects(against.of.scope)}
        return _points(complete)

    def _subjects(self, scope: Scope) -> tuple[Any, ...]:
        return self._people.get(scope, ())

    # Values

    def values(self, node: Expr, inside: Of | None) -> frozenset[Point]:
        """Return all that a value can be, on whatever day, or more: days and whole numbers alone."""
        key = id(node), inside
        if key not in self._values:
            self._values[key] = frozenset(_points(self._all(node, inside)))
        return self._values[key]

    def _all(self, node: Expr, inside: Of | None) -> Iterable[Point]:  # one line a node
        if moves(node):
            return self._yearly(node)
        match node:
            case Literal(value):
                return (value,)
            case Field(scope, name):
                return (getattr(one, name) for one in self._subjects(scope) if hasattr(one, name))
            case RecordField(name):
                return (getattr(record, name) for record in self._records(inside))
            case Fold(op="latest" | "least" | "greatest", value=value) if value is not None:
                return (*self.values(value, Of(node.scope, node.history)), node.otherwise)
            case Fold(op="held_since" | "unbroken_since"):
                return (*(record.placed for record in self._records(Of(node.scope, node.history))), node.otherwise)
            case If(_, then, otherwise):
                return self.values(then, inside) | self.values(otherwise, inside)
            case Lookup(_, rows, otherwise):
                return (*(cell for _, cell in rows), otherwise)
            case Figure(_, body):
                return self.values(body, inside)
            case YearOf(day):
                return (one.year for one in self.values(day, inside))
            case StartOfYear(year):
                return (date(one, 1, 1) for one in self.values(year, inside))
            case LastMonthEnd(day):
                return map(dates.last_month_end, self.values(day, inside))
            case Upcoming(day, periods):
                return (dates.upcoming(one, periods) for one in self.values(day, inside))
            case PlusMonths(day, months):
                return self._each(dates.plus_months, inside, day, months)
            case PlusDays(day, count, None):
                return (plus_days(one, count) for one in self.values(day, inside))
            case Cut(day, months, edge):
                return self._each(dates.CUT[edge], inside, day, months)
            case MonthsBetween(start, end):
                return self._each(dates.months_between, inside, start, end)
            case Elapsed(start, end):
                return self._each(dates.elapsed, inside, start, end)
            case Arithmetic(op, left, right):
                return self._each(_ARITHMETIC[op], inside, left, right)
            case Divide(value, by, rounding):
                return (numbers.divide(one, by, rounding) for one in self.values(value, inside))
            case _:  # how many records there are, or what they add up to
                raise Untold

    def _each(self, compute: Callable[[Any, Any], Point], inside: Of | None, one: Expr, other: Expr) -> Iterator[Point]:
        return (compute(a, b) for a, b in product(self.values(one, inside), self.values(other, inside)))

    def _records(self, inside: Of | None) -> Iterator[Any]:
        if inside is not None:
            histories = [getattr(one, inside.history) for one in self._subjects(inside.scope)]
            for history in {id(one): one for one in histories}.values():  # most stretches show the same one
                yield from history.records

    def _yearly(self, node: Expr) -> Iterator[Point]:
        """Return the value of each year, for what is the same all year."""
        if not is_yearly(node):
            raise Untold
        for year in range(self._since.year, self._until.year + 1):
            yield in_year(node, year)

    # Days

    def _reached(self, node: Expr, value: Point, inside: Of | None) -> Iterator[date]:  # one line a node
        """Return the first day on which a moving value is at least so much: one for each way it may move."""
        if value is None:
            return
        match node:
            case AsOf():
                yield value
            case Cut(day, months, edge) if moves(day):
                for n in self.values(months, inside):
                    yield from self._reached(day, uncut(edge, value, n), inside)
            case PlusMonths(day, months) if moves(day):
                for n in self.values(months, inside):
                    yield from self._reached(day, dates.not_over(value, n), inside)
            case PlusDays(day, count, None):
                yield from self._reached(day, plus_days(value, -count), inside)
            case LastMonthEnd(day):
                yield from self._reached(day, dates.plus_months(value.replace(day=1), 1), inside)
            case Upcoming(day, periods):
                if (before := dates.passed(value, periods)) is not None:
                    yield from self._reached(day, before + DAY, inside)
            case YearOf(day):
                yield from self._reached(day, date(value, 1, 1), inside)
            case StartOfYear(year):
                yield from self._reached(year, year_from(value), inside)
            case Arithmetic(op, left, right):
                yield from self._calculated(op, left, right, value, inside)
            case If(_, then, otherwise):
                for part in (then, otherwise):
                    yield from self._reached(part, value, inside) if moves(part) else ()
            case MonthsBetween(start, end) if not moves(start):
                for since in self.values(start, inside):
                    yield from self._reached(end, dates.plus_months(since, value), inside)
            case Elapsed(start, end):
                yield from self._elapsed(start, end, value, inside)
            case Fold(op="latest" | "least" | "greatest", value=inner) if inner is not None:
                yield from self._reached(inner, value, Of(node.scope, node.history))
            case Figure(_, body):
                yield from self._reached(body, value, inside)
            case _:
                raise Untold

    def _calculated(self, op: str, left: Expr, right: Expr, value: int, inside: Of | None) -> Iterator[date]:
        moving, still = (left, right) if moves(left) else (right, left)
        if op == "times" or moves(still):
            raise Untold
        for other in self.values(still, inside):
            if op == "plus":
                yield from self._reached(moving, value - other, inside)
            else:  # what is taken away falls below as it grows
                yield from self._reached(moving, value + other if moving is left else other - value + 1, inside)

    def _elapsed(self, start: Expr, end: Expr, value: int, inside: Of | None) -> Iterator[date]:
        """Return the days on which so much time has gone by, whichever way it is measured."""
        for begin, close in product(_ways(start), _ways(end)):
            if begin == close or not (moves(begin) or moves(close)):
                continue
            if not moves(close) or moves(begin):  # one that begins anew each year would fall back too
                raise Untold
            for since in self.values(begin, inside):
                if value > 0 and since != OPEN:
                    yield from self._reached(close, _at(dates.position(since) + value), inside)


# Year by year


@cache
def bars_of(crossing: Crossing) -> Expr | None:
    """Return what a value that moves within a year is held against, where that is another one each year."""
    against = crossing.against
    if isinstance(against, Completeness) or not is_yearly(against):
        return None
    return against if crossing.towards is not None or not is_yearly(crossing.moving) else None


@lru_cache(maxsize=512)
def year_by_year(crossing: Crossing, course: Course, since: date, until: date) -> tuple[Reached, ...]:
    """Return the days on which a moving value reaches the bar of their year, or those on which a new year takes that away.

    They are the same for everybody.
    """
    bars = bars_of(crossing)
    assert bars is not None  # noqa: S101  # asked for such crossings alone
    found = _renewed if crossing.towards is not None else _reached_within
    years = range(since.year, until.year + 1)
    return tuple(
        Reached(day, bar, crossing) for year in years for day, bar in found(course, bars, year, crossing.beyond)
        if since < day < until
    )  # fmt: skip


def _reached_within(course: Course, bars: Expr, year: int, beyond: tuple[int, ...]) -> Iterator[tuple[date, Point]]:
    bar, new_year = in_year(bars, year), date(year, 1, 1)
    for more in beyond:
        day = course.first(_after(bar, more))
        if new_year < day and day.year == year:
            yield day, bar


def _renewed(course: Course, bars: Expr, year: int, beyond: tuple[int, ...]) -> Iterator[tuple[date, Point]]:
    new_year, bar, last = date(year, 1, 1), in_year(bars, year), in_year(bars, year - 1)
    today, yesterday = course.on(new_year), course.on(new_year - DAY)
    if any((yesterday >= _after(last, more)) != (today >= _after(bar, more)) for more in beyond):
        yield new_year, bar


def in_year(node: Expr, year: int) -> Point:
    """Return the value in a year of what is the same all year; raises Untold."""
    match node:
        case YearOf():
            return year
        case StartOfYear(inner):
            return date(in_year(inner, year), 1, 1)
        case Arithmetic(op, left, right):
            return _ARITHMETIC[op](in_year(left, year), in_year(right, year))
        case PlusDays(inner, count, None):
            return plus_days(in_year(inner, year), count)
        case PlusMonths(inner, Literal(int() as months)):
            return dates.plus_months(in_year(inner, year), months)
        case Divide(inner, by, rounding):
            return numbers.divide(in_year(inner, year), by, rounding)
        case Literal(value):
            return value
        case _:
            raise Untold


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "plus": lambda one, other: one + other,
    "minus": lambda one, other: one - other,
    "times": lambda one, other: one * other,
}


def _points(values: Iterable[Any]) -> Iterator[Point]:
    """Keep days and numbers: of a day that is known in part its two ends; an open end is never reached."""
    for value in values:
        kind = type(value)
        if kind is int or (kind is date and date.min < value < OPEN):
            yield value
        elif kind is PartialDay:
            yield from (end for end in (value.first, value.last) if date.min < end < OPEN)


def _after(value: Point, more: int) -> Point:
    if not more:
        return value
    return value + (DAY if isinstance(value, date) else 1)


def _ways(node: Expr) -> Iterator[Expr]:
    """Return what a value is on either side of each choice."""
    if isinstance(node, If):
        yield from (*_ways(node.then), *_ways(node.otherwise))
    else:
        yield node


def _at(position: int) -> date:
    """Return the first day that is so far on the line of equal months."""
    index, day = divmod(position, dates.MONTH)
    return dates.not_over(date(2000, 1, day + 1), 2000 * 12 - index)
