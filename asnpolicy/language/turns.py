"""Turns: what makes the answer of a rule change from one day to another, told from its tree alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias

from asnpolicy.language.nodes import (
    Arithmetic,
    AsOf,
    Band,
    Compare,
    Comparison,
    Cut,
    Divide,
    Elapsed,
    Expr,
    Figure,
    Fold,
    If,
    Key,
    LastMonthEnd,
    Literal,
    Lookup,
    Member,
    MonthsBetween,
    Node,
    PlusDays,
    PlusMonths,
    Scope,
    StartOfYear,
    Upcoming,
    YearOf,
    children,
    walk,
)
from asnpolicy.language.rules import Rule
from asnpolicy.language.windows import AS_OF


class Of(NamedTuple):
    """A history of somebody."""

    scope: Scope
    history: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """The day since when a history is complete."""

    of: Of


@dataclass(frozen=True, slots=True)
class Crossing:
    """A value that moves with the as-of date, and what it is held against: an answer turns where it reaches that."""

    moving: Expr
    against: Expr | Completeness
    beyond: tuple[int, ...]
    """By how much each value must be passed: 0 to reach it, 1 to be on the day after, or above it."""
    inside: Of | None = None
    """The history that record fields are of."""
    towards: Expr | None = None
    """What moves within each year, where this is the bar for it that is another one in the next."""


@dataclass(frozen=True, slots=True)
class Turning:
    """All that turns the answer of a rule, whoever it is about."""

    crossings: tuple[Crossing, ...]
    flows: tuple[Compare, ...]
    """Comparisons of time added up over records: between two days that crossings give, each turns at most twice."""
    every_day: bool = False
    """Whether something moves of which nothing can be told, so that each day has to be asked."""


# What moves


@cache
def moves(node: Node) -> bool:
    """Tell whether a value goes on with the as-of date, and does not only jump where a comparison turns.

    >>> moves(AsOf()), moves(YearOf(AsOf())), moves(Literal(3)), moves(Compare("below", YearOf(AsOf()), Literal(2026)))
    (True, True, False, False)
    """
    match node:
        case AsOf():
            return True
        case If(_, then, otherwise):
            return moves(then) or moves(otherwise)
        case Fold(value=value):
            return value is not None and moves(value)
        case (
            YearOf() | StartOfYear() | LastMonthEnd() | Upcoming() | PlusMonths() | PlusDays() | Cut() | MonthsBetween() | Elapsed() | Arithmetic()
            | Divide() | Figure()
        ):  # fmt: skip
            return any(map(moves, children(node)))
        case _:
            return False


@cache
def is_yearly(node: Node) -> bool:
    """Tell whether a moving value is the same all year: then it has one value for each.

    >>> is_yearly(StartOfYear(YearOf(AsOf()))), is_yearly(AsOf())
    (True, False)
    """
    match node:
        case YearOf(AsOf()):
            return True
        case StartOfYear(year):
            return is_yearly(year)
        case PlusMonths(day, Literal()) | PlusDays(day, _, None):
            return is_yearly(day)
        case Divide(value):
            return is_yearly(value)
        case Arithmetic(_, left, right):
            return any(map(is_yearly, (left, right))) and all(
                is_yearly(one) or isinstance(one, Literal) for one in (left, right)
            )
        case _:
            return False


@cache
def yearly_ways(node: Expr) -> tuple[Expr, ...]:
    """Return what a value may be within a year, where it is one of several by a test of its own; nothing where it moves otherwise.

    >>> year = StartOfYear(YearOf(AsOf()))
    >>> half = If(Compare("below", AsOf(), PlusMonths(year, Literal(6))), year, PlusMonths(year, Literal(6)))
    >>> yearly_ways(half) == (year, PlusMonths(year, Literal(6))), yearly_ways(AsOf())
    (True, ())
    """
    if is_yearly(node) or not moves(node):
        return (node,)
    match node:
        case If(_, then, otherwise):
            ways = yearly_ways(then), yearly_ways(otherwise)
            return (*ways[0], *ways[1]) if all(ways) else ()
        case PlusMonths(day, Literal() as months):
            return tuple(PlusMonths(way, months) for way in yearly_ways(day))
        case PlusDays(day, count, None):
            return tuple(PlusDays(way, count) for way in yearly_ways(day))
        case _:
            return ()


@cache
def is_flow(node: Node) -> bool:
    """Tell whether a value is time added up over records, which no single record tells."""
    match node:
        case Fold(op="sum"):
            return moves(node)
        case Figure() | Arithmetic() | Divide() | If():
            return any(map(is_flow, children(node)))
        case _:
            return False


# What turns


@cache
def turning(rule: Rule) -> Turning:
    """Return what turns the answer of a rule, the rules that it builds on left aside."""
    due = () if rule.due is None else (Compare("at_least", AS_OF, rule.due),)
    target = () if rule.target is None else (rule.target,)
    found = [each for root in (*rule.conditions, *due, *target) for each in _turned(root, None)]
    return Turning(
        tuple(dict.fromkeys(_one_alone(one) for one in found if isinstance(one, Crossing))),
        tuple(dict.fromkeys(one for one in found if isinstance(one, Compare))),
        None in found,
    )


@cache
def _one_alone(crossing: Crossing) -> Crossing:
    """Return the same object for equal crossings of any rules: its days are worked out once for each person."""
    return crossing


_Turn: TypeAlias = Crossing | Compare | None
"""A crossing, a comparison of time added up, or something of which nothing can be told."""


def _turned(node: Node, inside: Of | None) -> Iterator[_Turn]:
    match node:
        case Compare(op, left, right):
            yield from _compared(node, op, left, right, inside)
        case Member(value, among) if moves(value):
            yield from (Crossing(value, Literal(each), (0, 1), inside) for each in among)
        case Lookup(keys, rows):
            yield from _looked_up(keys, rows, inside)
        case Fold(covers=covers):
            of = Of(node.scope, node.history)
            if covers is not None and moves(covers):
                yield Crossing(covers, Completeness(of), (0,))
            inside = of
        case _:
            pass
    for part in children(node):
        yield from _turned(part, inside)


_BEYOND: dict[Comparison, tuple[int, ...]] = {
    "at_least": (0,),
    "below": (0,),
    "above": (1,),
    "at_most": (1,),
    "is": (0, 1),
}
_MIRRORED: dict[Comparison, tuple[int, ...]] = {
    "at_least": (1,),
    "below": (1,),
    "above": (0,),
    "at_most": (0,),
    "is": (0, 1),
}


def _compared(node: Compare, op: Comparison, left: Expr, right: Expr, inside: Of | None) -> Iterator[_Turn]:
    if not moves(left) and not moves(right):
        return
    if is_flow(left) or is_flow(right):
        if inside is not None or (moves(left) and moves(right)):
            yield None
        elif op == "is":  # reached, and then passed: each of the two turns once
            yield from (Compare("at_least", left, right), Compare("above", left, right))
        else:
            yield node
    elif moves(left) and (ways := yearly_ways(right)):
        yield from _against(left, ways, _BEYOND[op], inside)
    elif moves(right) and (ways := yearly_ways(left)):
        yield from _against(right, ways, _MIRRORED[op], inside)
    else:
        yield None


def _against(moving: Expr, ways: tuple[Expr, ...], beyond: tuple[int, ...], inside: Of | None) -> Iterator[Crossing]:
    """Return that a value reaches each that another may be; where that is chosen anew, its test turns by itself."""
    for way in ways:
        yield Crossing(moving, way, beyond, inside)
        yield from _anew(moving, way, beyond, inside)


def _anew(moving: Expr, against: Expr, beyond: tuple[int, ...], inside: Of | None) -> Iterator[Crossing]:
    """Return that what is reached within a year is lost again where another begins, with which the bar goes up."""
    if moves(against) and not is_yearly(moving):
        yield Crossing(against, against, beyond, inside, moving)


def _looked_up(
    keys: tuple[Expr, ...], rows: tuple[tuple[tuple[Key, ...], object], ...], inside: Of | None
) -> Iterator[_Turn]:
    for at, key in enumerate(keys):
        if not moves(key):
            continue
        if is_flow(key) or any(isinstance(part, (MonthsBetween, Divide)) and moves(part) for part in walk(key)):
            yield None  # known by its ends, it may be one value on some days and two on others
        for wanted, _ in rows:
            one = wanted[at]
            if isinstance(one, Band):
                yield from (Crossing(key, Literal(end), (0,), inside) for end in (one.low, one.high) if end is not None)
            else:
                yield Crossing(key, Literal(one), (0, 1), inside)


@cache
def crossings(root: Node) -> tuple[Crossing, ...]:
    """Return the crossings of one condition or value."""
    return tuple(_one_alone(one) for one in _turned(root, None) if isinstance(one, Crossing))
