"""Lengths of time: a day that is moved by one, in months or in days, and the day that lies so far back."""

from __future__ import annotations

from typing import Literal as Choice
from typing import TypeAlias

from asnpolicy.language.daycount import Days
from asnpolicy.language.nodes import Cut, Expr, Figure, If, Literal, PlusDays, PlusMonths, walk

Edge: TypeAlias = Choice["lasted", "fresh", "not_over"]


def later(day: Expr, length: Expr) -> Expr:
    """Return a day some length of time later: a choice of lengths is a choice of days, where any is in days."""
    match length:
        case Literal(Days(count, holidays)):
            return PlusDays(day, count, holidays)
        case If(test, then, otherwise) if in_days(length):
            return If(test, later(day, then), later(day, otherwise))
        case Figure(_, body) if in_days(length):
            return later(day, body)
        case _:
            return PlusMonths(day, length)


def back(day: Expr, length: Expr, edge: Edge = "lasted") -> Expr:
    """Return the last start that has `lasted` so long by a day, the first that has not (`fresh`), or is `not_over`."""
    match length:
        case Literal(Days(count, holidays)):
            if edge == "not_over" and holidays is not None:
                return PlusDays(PlusDays(PlusDays(day, -1), -count, holidays), 1)
            start = PlusDays(day, -count, holidays)
            return PlusDays(start, 1) if edge == "fresh" else start
        case If(test, then, otherwise) if in_days(length):
            return If(test, back(day, then, edge), back(day, otherwise, edge))
        case Figure(_, body) if in_days(length):
            return back(day, body, edge)
        case _:
            return Cut(day, length, edge)


def in_days(length: Expr) -> bool:
    """Tell whether a length of time is counted in days, or some of those that it may be."""
    return any(isinstance(part, Literal) and isinstance(part.value, Days) for part in walk(length))
