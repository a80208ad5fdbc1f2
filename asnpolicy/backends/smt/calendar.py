"""Calendar: month arithmetic on the positions of days, as `language/dates.py` does it on days.

Every month has 31 positions. On days up to the 28th a month is a step of 31 positions; where a later day may be met, the
length of the month counts too, which takes the solver longer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import z3

from asnpolicy.backends.smt.months import length_of
from asnpolicy.backends.smt.people import OPEN_POSITION, YEAR
from asnpolicy.backends.smt.terms import all_of, any_of
from asnpolicy.language import dates
from asnpolicy.language.nodes import LastMonthEnd, Literal, Node, PlusDays, RecordField, walk

MONTH = dates.MONTH
SHORTEST = dates.SHORTEST
MOST_DAYS = 400
"""So many days are added to a day, or taken off it; more are more months than a solver takes."""


def reaches_late_days(*nodes: Node) -> bool:
    """Tell whether a day after the 28th may be met in some expressions."""
    return any(_late(part) for node in nodes for part in walk(node))


def _late(node: Node) -> bool:
    match node:
        case Literal(date() as day):
            return day.day > 28 and day != dates.OPEN
        case RecordField("period_end") | LastMonthEnd() | PlusDays():
            return True
        case _:
            return False


def plus_months(late: bool) -> Callable[[Any, Any], Any]:
    """Return how months are added to a day."""
    return _clipped if late else lambda day, months: _open(day, day + months * MONTH)


def months_between(late: bool) -> Callable[[Any, Any], Any]:
    """Return how whole months are counted from one day to another."""
    return _counted_late if late else lambda start, end: _unless_open(start, end, (end - start) / MONTH)


def cut(edge: str, late: bool) -> Callable[[Any, Any], Any]:
    """Return how months are taken off a day, to one of the three edges."""
    if late:
        return {"lasted": _lasted, "fresh": _fresh, "not_over": _not_over}[edge]
    later = 1 if edge == "fresh" else 0
    return lambda day, months: _open(day, day - months * MONTH + later)


def last_month_end(day: Any) -> Any:
    """Return the last day of the month before."""
    before = day / MONTH - 1
    return _open(day, before * MONTH + length_of(before) - 1)


def plus_days(count: int) -> Callable[[Any], Any]:
    """Return how days are added to a day, or taken off it: month by month, as each is so long."""

    def moved(day: Any) -> Any:
        month, rest = day / MONTH, day % MONTH + count
        for _ in range(abs(count) // SHORTEST + 1):
            if count >= 0:
                length = length_of(month)
                over = rest >= length
                month, rest = z3.If(over, month + 1, month), z3.If(over, rest - length, rest)
            else:
                under = rest < 0
                month, rest = z3.If(under, month - 1, month), z3.If(under, rest + length_of(month - 1), rest)
        return _open(day, month * MONTH + rest)

    return moved


def upcoming(periods: tuple[dates.Period, ...]) -> Callable[[Any], Any]:
    """Return how the first day of some periods on or after a day is found; an open end when none comes by the next year."""

    def found(day: Any) -> Any:
        result: Any = z3.IntVal(OPEN_POSITION)
        year = day / YEAR
        coming = [(ahead, one, each) for ahead in range(2) for each in _days(periods) for one in periods]
        for ahead, one, (month, number) in reversed(coming):
            if (month, number) in one.days:
                there = (year + ahead) * YEAR + (month - 1) * MONTH + number - 1
                in_force = all_of(there >= dates.position(one.since), there < _end(one.until))
                result = z3.If(all_of(there >= day, in_force), there, result)
        return result

    return found


def _days(periods: tuple[dates.Period, ...]) -> list[tuple[int, int]]:
    return sorted({day for one in periods for day in one.days})


def _end(until: Any) -> int:
    return OPEN_POSITION if until == dates.OPEN else dates.position(until)


def _open(day: Any, otherwise: Any) -> Any:
    return z3.If(day == OPEN_POSITION, day, otherwise)


def _unless_open(start: Any, end: Any, months: Any) -> Any:
    never = z3.If(end == OPEN_POSITION, dates.OPEN_MONTHS, 0) - z3.If(start == OPEN_POSITION, dates.OPEN_MONTHS, 0)
    return z3.If(any_of(start == OPEN_POSITION, end == OPEN_POSITION), never, months)


def _counted_late(start: Any, end: Any) -> Any:
    short = all_of(start % MONTH > end % MONTH, end % MONTH + 1 < length_of(end / MONTH))
    return _unless_open(start, end, end / MONTH - start / MONTH - z3.If(short, 1, 0))


def _clipped(day: Any, months: Any) -> Any:
    month = day / MONTH + months
    return _open(day, _on(month, day % MONTH))


def _on(month: Any, day: Any) -> Any:
    last = length_of(month) - 1
    return month * MONTH + z3.If(day > last, last, day)


def _lasted(day: Any, months: Any) -> Any:
    at_end = day % MONTH + 1 == length_of(day / MONTH)
    return _open(day, _on(day / MONTH - months, z3.If(at_end, MONTH - 1, day % MONTH)))


def _fresh(day: Any, months: Any) -> Any:
    start = _lasted(day, months)
    at_end = start % MONTH + 1 == length_of(start / MONTH)
    return _open(day, z3.If(at_end, (start / MONTH + 1) * MONTH, start + 1))


def _not_over(day: Any, months: Any) -> Any:
    month = day / MONTH - months
    there = day % MONTH < length_of(month)
    return _open(day, z3.If(there, month * MONTH + day % MONTH, (month + 1) * MONTH))
