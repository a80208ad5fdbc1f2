"""A piece: a plan at work on some people, each of its nodes worked out once, as a column of theirs or of their records."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, assert_never

import numpy as np
import polars as pl

from asnpolicy.backends.columns import calendar, folds
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.columns.tables import Records, Rows, Tables
from asnpolicy.backends.columns.values import (
    NONE,
    Cells,
    Truths,
    Value,
    both,
    brought,
    compared,
    decided,
    divided,
    either,
    encoded,
    full,
    greater,
    is_key,
    is_known,
    is_none,
    lesser,
    literal,
    one,
    per_distinct,
    pick,
    sure,
    test,
    truths,
    unknown,
)
from asnpolicy.language.daycount import Holidays
from asnpolicy.language.nodes import (
    AllOf,
    AnyOf,
    Arithmetic,
    Asks,
    AsOf,
    Band,
    Compare,
    Contains,
    CountedMonths,
    Cut,
    Divide,
    Elapsed,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    IsNone,
    LastMonthEnd,
    Literal,
    Lookup,
    Member,
    MonthsBetween,
    Node,
    Not,
    PlusDays,
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    Upcoming,
    Within,
    YearOf,
)  # fmt: skip
from asnpolicy.language.numbers import MONOTONE
from asnpolicy.language.reading import may_be
from asnpolicy.language.rules import Criterion, Rule
from asnpolicy.people import ABSENT, COMPLETE, Agency
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Text, phrase

ALL = COMPLETE.toordinal()


class Piece:
    """Some people, and all that was worked out of them so far; a history's name stands for a column of its records."""

    def __init__(self, plan: Plan, tables: Tables, agency: Agency = NO_AGENCY) -> None:
        self.plan, self.tables, self.agency = plan, tables, agency
        self.beyond = np.zeros(tables.size, dtype=bool)
        """Whose records a fold can't follow, by their rows: they are asked about one by one."""
        self._values: dict[tuple[int, str], Value] = {}
        self._truths: dict[tuple[int, str], Truths] = {}
        self._outcomes: dict[str, tuple[Truths, Truths]] = {}
        self._criteria: dict[int, tuple[Truths, Truths | None]] = {}

    def size(self, history: str) -> int:
        """Return how many rows a column has."""
        return self.tables.histories[history].size if history else self.tables.size

    # Rules

    def outcome(self, rule: Rule) -> tuple[Truths, Truths]:
        """Work out whether a rule applies, and whether all of its criteria hold."""
        if rule.id not in self._outcomes:
            holds = [self.criterion(each)[0] for each in rule.criteria]
            met = reduce(lambda a, b: a & b, holds) if holds else truths(value=True, size=self.tables.size)
            self._outcomes[rule.id] = self.truth(rule.applies_to), met
        return self._outcomes[rule.id]

    def criterion(self, criterion: Criterion) -> tuple[Truths, Truths | None]:
        """Work out whether a criterion holds, and for whom it does not count (None: it counts for all)."""
        found = self._criteria.get(id(criterion))
        if found is None:
            found = self._criteria[id(criterion)] = self._criterion(criterion)
        return found

    def _criterion(self, criterion: Criterion) -> tuple[Truths, Truths | None]:
        best = reduce(lambda a, b: a | b, (self.truth(e.holds) for e in criterion.exempt), self.truth(criterion.holds))
        if criterion.when is None:
            return best, None
        out = ~self.truth(criterion.when)
        return out | best, sure(out)

    # Conditions

    def truth(self, node: Truth, history: str = "") -> Truths:
        """Work out a condition."""
        key = id(node), history
        found = self._truths.get(key)
        if found is None:
            if history and self.plan.free_of_record(node):
                found = self.truth(node)[self.tables.histories[history].whose]
            else:
                found = self._truth(node, history)
            self._truths[key] = found
        return found

    def _truth(self, node: Truth, history: str) -> Truths:
        size = self.size(history)
        match node:
            case Literal(value):
                return truths(value is True, size)
            case Compare(op, left, right):
                return compared(op, self.value(left, history), self.value(right, history), size)
            case IsNone(value):
                return is_none(self.value(value, history), size)
            case Member(value, among):
                return self._member(self.value(value, history), among, size)
            case Contains(texts, text):
                return full(self.value(texts, history).low, size).list.contains(text)
            case Within(unit, code):
                return self._within(self.value(unit, history), code, size)
            case AllOf(items):
                return reduce(lambda a, b: a & b, (self.truth(item, history) for item in items))
            case AnyOf(items):
                return reduce(lambda a, b: a | b, (self.truth(item, history) for item in items))
            case Not(item):
                return ~self.truth(item, history)
            case Asks(rule, question):
                applies, holds = self.outcome(self.plan.rules[rule])
                return applies & holds if question == "eligible" else ~applies | holds
            case _:
                assert_never(node)

    @staticmethod
    def _member(seen: Value, among: tuple[Any, ...], size: int) -> Truths:
        found = [compared("is", seen, literal(each), size) for each in among if each is not ABSENT]
        if ABSENT in among:
            found.append(is_none(seen, size))
        return reduce(lambda a, b: a | b, found, truths(value=False, size=size))

    def _within(self, unit: Value, code: str, size: int) -> Truths:
        if unit.absent is True:
            return truths(value=False, size=size)
        held = truths(value=False, size=size)
        failed = held if unit.absent is None else full(unit.absent, size)
        for name in dict.fromkeys((code, *(each.code for each in self.agency.units or ()))):
            inside = self.agency.within(name, code)
            here = sure(test(lambda a, b: a == b, unit.low, name, size))
            held, failed = (held | here if inside else held), (failed | here if inside is False else failed)
        return decided(held, failed)

    # Values

    def value(self, node: Expr, history: str = "") -> Value:
        """Work out a value."""
        key = id(node), history
        found = self._values.get(key)
        if found is None:
            if history and self.plan.free_of_record(node) and not isinstance(node, Literal):
                found = self._borrowed(self.value(node), history)
            else:
                found = self._value(node, history)
            self._values[key] = found
        return found

    def _borrowed(self, seen: Value, history: str) -> Value:
        """Bring a value of people to their records."""
        rows = self.tables.histories[history].whose
        low = seen.low[rows] if isinstance(seen.low, pl.Series) else seen.low
        high = low if seen.exact else seen.high[rows] if isinstance(seen.high, pl.Series) else seen.high
        absent = seen.absent[rows] if isinstance(seen.absent, pl.Series) else seen.absent
        return Value(low, high, absent)

    def single(self, node: Expr, history: str = "") -> Value:
        """Work out a value as one: not known unless its bounds meet."""
        seen = self.value(node, history)
        if seen.exact:
            return seen
        size = self.size(history)
        met = sure(test(lambda a, b: a == b, seen.low, seen.high, size))
        return one(pick(met, seen.low, None), seen.absent)

    def _value(self, node: Expr, history: str) -> Value:
        match node:
            case Literal(value):
                return literal(value)
            case Field(scope, name):
                return self.tables.field(f"{scope}.{name}", node.type, absent=may_be(node)[1])
            case RecordField(name):
                return self.tables.record(history, name, node.type, absent=may_be(node, history)[1])
            case YearOf(day):
                return self._computed(calendar.year_of, (1,), (day,), history)
            case Elapsed(start, end):
                return self._computed(calendar.elapsed, (-1, 1), (start, end), history)
            case Arithmetic("times", left, right):
                return self._times(self.value(left, history), self.value(right, history), self.size(history))
            case Arithmetic(op, left, right):
                return self._computed(*_ARITHMETIC[op], (left, right), history)
            case Divide(value, by, rounding):
                return self._computed(lambda n: divided(n, by, rounding), (1,), (value,), history)
            case StartOfYear(year):
                return self._monotone("start_of_year", (year,), history)
            case MonthsBetween(start, end):
                return self._monotone("months_between", (start, end), history)
            case PlusMonths(day, months):
                return self._monotone("plus_months", (day, months), history)
            case Cut(day, months):
                return self._monotone(node.edge, (day, months), history)
            case PlusDays(day, count, holidays):
                if holidays is not None:
                    return self._working(day, count, holidays, history)
                return self._monotone("plus_days", (day, Literal(count)), history)
            case LastMonthEnd(day):
                return self._monotone("last_month_end", (day,), history)
            case CountedMonths(since):
                return self._counted(since, history)
            case If(test_, then, otherwise):
                chosen = self.truth(test_, history)
                return self._if(chosen, self.value(then, history), self.value(otherwise, history), self.size(history))
            case Lookup():
                return self._look_up(node, history)
            case Fold():
                return self._fold(node)
            case Figure(_, body):
                return self.value(body, history)
            case AsOf() | Upcoming():
                raise unsupported(node)
            case _:
                assert_never(node)

    def _monotone(self, op: str, parts: tuple[Expr, ...], history: str) -> Value:
        """Compute with days what has no formula of columns, once for each distinct row."""
        compute, signs = MONOTONE[op]
        return self._computed(lambda *c: per_distinct(calendar.by_days(op, compute), *c), signs, parts, history)

    def _working(self, day: Expr, count: int, holidays: Holidays, history: str) -> Value:
        """Move by working days: in a year without published holidays one end is open, for whoever it touches."""
        first, last = (
            self._computed(lambda c, end=end: per_distinct(calendar.working(count, holidays, end), c), (1,), (day,), history)
            for end in (0, 1)
        )
        low, high = full(first.low, self.size(history)), full(last.high, self.size(history))
        return first if first.exact and low.equals(high) else Value(low, high, first.absent)

    def _computed(
        self, compute: Callable[..., pl.Series], signs: tuple[int, ...], parts: tuple[Expr, ...], history: str
    ) -> Value:
        """Compute what never falls, or never rises, with each of its parts: end by end; with an absent one it is absent."""
        size = self.size(history)
        seen = [self.value(part, history) for part in parts]
        none = reduce(either, (each.absent for each in seen))
        lows = [each.low if sign > 0 else each.high for each, sign in zip(seen, signs, strict=True)]
        low = _numbers(compute, lows, size)
        if none is True:
            low = full(None, size, pl.Int64)
        elif none is not None:
            low = pick(full(none, size), None, low)
        absent = (
            None if none is None else full(none, size) & reduce(lambda a, b: a & b, (is_known(s, size) for s in seen))
        )
        if all(each.exact for each in seen):
            return one(low, absent)
        highs = [each.high if sign > 0 else each.low for each, sign in zip(seen, signs, strict=True)]
        high = _numbers(compute, highs, size)
        return Value(low, high if none is None else pick(full(none, size), None, high), absent)

    @staticmethod
    def _times(left: Value, right: Value, size: int) -> Value:
        """Multiply: end by end where neither can be below zero, else by all corners, where all ends are known."""
        none = either(left.absent, right.absent)
        absent = None if none is None else full(none, size) & is_known(left, size) & is_known(right, size)
        if left.exact and right.exact:
            product = _wide(left.low, size) * _wide(right.low, size)
            return one(product if none is None else pick(full(none, size), None, product), absent)
        ends = [_wide(end, size) for end in (left.low, left.high, right.low, right.high)]
        corners = [a * b for a in ends[:2] for b in ends[2:]]
        plain = sure(ends[0] >= 0) & sure(ends[2] >= 0)
        out = truths(value=False, size=size) if none is None else full(none, size)
        lowest = reduce(lambda a, b: lesser(a, b, size), corners)
        highest = reduce(lambda a, b: greater(a, b, size), corners)
        low, high = pick(plain, corners[0], lowest), pick(plain, corners[3], highest)
        return Value(pick(out, None, low), pick(out, None, high), absent)

    def _counted(self, since: Expr, history: str) -> Value:
        """Count the months of an appraisal that count, from the first of a month on or after a day."""
        records = self.tables.histories[history].columns
        size, day = self.size(history), self.value(since, history)
        clear = ~(unknown(records["counted"]) | unknown(records["year"]))
        low = calendar.counted(records, full(day.high, size))
        high = low if day.exact else calendar.counted(records, full(day.low, size))
        if not clear.all():
            low, high = pick(clear, low, 0), pick(clear, high, 12)
        if day.absent is None:
            return Value(low, high)
        some = ~full(day.absent, size)
        return Value(pick(some, low, None), pick(some, high, None), full(day.absent, size))

    @staticmethod
    def _if(chosen: Truths, then: Value, otherwise: Value, size: int) -> Value:
        """Choose; where the condition is unknown, it is one of the two."""
        open_ = unknown(chosen)
        exact = then.exact and otherwise.exact
        low = pick(chosen, then.low, otherwise.low)
        high = low if exact else pick(chosen, then.high, otherwise.high)
        parts = (then.absent, otherwise.absent)
        absent: pl.Series | None = None
        if any(part is not None for part in parts):
            absent = pick(chosen, *(False if part is None else part for part in parts))
            low = pick(absent, None, low)
            high = low if exact else pick(absent, None, high)
        if not open_.any():
            return Value(low, high, absent)
        apart = either(*parts)
        least: pl.Series | None = None
        most: pl.Series | None = None
        if apart is not True:  # else what stands for absent may be of another type: a number beside a text
            least, most = lesser(then.low, otherwise.low, size), greater(then.high, otherwise.high, size)
        if apart is not None:
            least, most = (pick(full(apart, size), None, end) for end in (least, most))
            none = both(*parts)
            absent = pick(open_, False if none is None else none, absent)
        return Value(pick(open_, least, low), pick(open_, most, high), absent)

    def _look_up(self, node: Lookup, history: str) -> Value:
        """Look up: the row of the table for each, the last cell where there is none, nothing where a key is not known."""
        size = self.size(history)
        keys = [self.single(key, history) for key in node.keys]
        cells = [cell for _, cell in node.rows] + [node.otherwise]
        at = _by_code(node, keys) if all(map(_is_code, keys)) else _by_row(node, keys, size)
        known = reduce(lambda a, b: a & b, (is_known(key, size) for key in keys))
        values = pl.Series([None if cell is ABSENT else encoded(cell) for cell in cells], dtype=_width(cells))
        absent = pl.Series([cell is ABSENT for cell in cells])
        if not known.all():
            at = pick(known, at, None)
        none = sure(brought(absent, at)) if absent.any() else None
        return one(brought(values, at), none)

    # Folds

    def _fold(self, node: Fold) -> Value:
        if node.scope != "employee":
            raise unsupported(node)
        return folds.fold(self, node)

    def records(self, history: str) -> tuple[Records, Rows]:
        """Return the records of a history, with the row of the person of each."""
        found = self.tables.histories[history]
        return found, found.of

    def covered(self, node: Fold) -> pl.Series:
        """Tell for whom all records that a fold asks for are promised to be there."""
        complete = self.tables.complete[node.history]
        whole = sure(complete == ALL)
        if node.covers is None:
            return whole
        start = self.single(node.covers)
        size = self.tables.size
        reached = sure(test(lambda a, b: a <= b, complete, start.low, size))
        if start.absent is not None:
            reached &= ~full(start.absent, size)
        return whole | reached


def _wide(cells: Cells, size: int) -> pl.Series:
    return full(cells, size).cast(pl.Int64)


def _numbers(compute: Callable[..., pl.Series], ends: list[Cells], size: int) -> pl.Series:
    return compute(*(_wide(end, size) for end in ends))


CODES = 32
"""More than any vocabulary has labels."""


def _is_code(key: Value) -> bool:
    return isinstance(key.low, pl.Series) and key.low.dtype == pl.Int8


def _by_code(node: Lookup, keys: list[Value]) -> pl.Series:
    """Return the row of a table for keys that are all codes of few: worked out once for each that they may be."""
    shape = (CODES,) * len(keys)
    table = np.full(shape, len(node.rows), dtype=np.uint32)
    for at in range(len(node.rows) - 1, -1, -1):
        places = [_places(wanted) for wanted in node.rows[at][0]]
        table[np.ix_(*places)] = at
    number = np.zeros(len(keys[0].low), dtype=np.int64)  # type: ignore[arg-type]  # a column
    for key in keys:
        number = number * CODES + key.low.fill_null(0).to_numpy()  # type: ignore[union-attr]  # a column
    return pl.Series(table.ravel()[number])


def _places(wanted: Any) -> list[int]:
    """Return the codes that a key of a row stands for."""
    if wanted is ABSENT:
        return [NONE]
    if isinstance(wanted, Band):
        low, high = wanted.low or 0, CODES if wanted.high is None else wanted.high
        return [code for code in range(1, CODES) if low <= code < high]
    return [int(wanted)]


def _by_row(node: Lookup, keys: list[Value], size: int) -> pl.Series:
    """Return the row of a table for keys of any kind, row by row of the table."""
    chosen = full(len(node.rows), size, pl.Int16)
    for at in range(len(node.rows) - 1, -1, -1):
        wanted = node.rows[at][0]
        chosen = pick(
            reduce(lambda a, b: a & b, (is_key(w, k, size) for w, k in zip(wanted, keys, strict=True))), at, chosen
        )
    return chosen


def _width(cells: list[Any]) -> Any:
    if any(isinstance(cell, str) for cell in cells):
        return pl.String
    return pl.Int64


_ARITHMETIC: dict[str, tuple[Callable[[pl.Series, pl.Series], pl.Series], tuple[int, int]]] = {
    "plus": (lambda a, b: a + b, (1, 1)),
    "minus": (lambda a, b: a - b, (1, -1)),
}


def unsupported(node: Node) -> PolicyError:
    """Say that columns can't say something."""
    what = type(node).__name__
    scope = Text(f" dari {node.scope}", f" of the {node.scope}") if isinstance(node, Fold) else ""
    message = phrase(
        en="columns can't say `{what}`{scope}", id="kolom tidak dapat menyatakan `{what}`{scope}", what=what, scope=scope
    )
    help = phrase(en="use the back end `compiled`", id="pakai mesin `compiled`")
    return PolicyError([Problem("unsupported", message, help=help)])
