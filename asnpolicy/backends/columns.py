"""The columns back end: one rule for a whole workforce at once, as a plan of columns through Narwhals.

Every value is two columns, its bounds; every condition one column of statuses. A fold filters its history, groups by
person and comes back as columns. One fold, `unbroken_since`, follows chains record by record in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, reduce
from typing import Any, assert_never

import narwhals as nw

from asnpolicy.backends.columns_folds import FOLDS, Found
from asnpolicy.backends.columns_values import (
    Value,
    column,
    compared,
    divided,
    is_key,
    is_known,
    literal,
    of_cell,
    status,
    sure,
)
from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.tables import Frame, Workforce, part_of_list, workforce
from asnpolicy.language.dates import position
from asnpolicy.language.lower import bind
from asnpolicy.language.nodes import (
    AllOf,
    AnyOf,
    Arithmetic,
    Asks,
    AsOf,
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
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    Upcoming,
    Within,
    YearOf,
    children,
)  # fmt: skip
from asnpolicy.language.reading import Question, nobody
from asnpolicy.language.rules import Criterion, Program, Rule
from asnpolicy.people import ABSENT, COMPLETE, Agency
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.problems import PolicyError, Problem

YEAR = 12 * 31
Status = str
"""The name of a column of statuses."""


class Plan:
    """Columns that grow: each node is worked out once, on the questions or on the records of a history."""

    def __init__(
        self, frame: Frame, workforce: Workforce, rules: Mapping[str, Rule], agency: Agency, outer: Plan | None = None
    ) -> None:
        self.frame, self.workforce, self.rules, self.agency, self.outer = frame, workforce, rules, agency, outer
        self._values: dict[Node, Value] = {}
        self._truths: dict[Node, Status] = {}
        self._outcomes: dict[str, tuple[Status, Status]] = {}
        self.names: dict[Node, tuple[str, str, str]] = {}
        self._count = 0

    # Columns

    def keep(self, **columns: nw.Expr) -> list[str]:
        """Work columns out; give their names."""
        self._count += 1
        names = [f"{name}{self._count}{'r' if self.outer else ''}" for name in columns]
        made = [expr.alias(name) for name, expr in zip(names, columns.values(), strict=True)]
        self.frame = self.frame.with_columns(*made)
        return names

    def _borrowed(self, *names: str) -> None:
        """Bring columns of the questions to their records."""
        assert self.outer is not None  # noqa: S101  # only records borrow
        wanted = [name for name in names if name not in self.frame.columns]
        if wanted:
            self.frame = self.frame.join(self.outer.frame.select("row", *wanted), on="row", how="left")

    # Rules

    def outcome(self, rule: Rule) -> tuple[Status, Status]:
        """Work out whether a rule applies, and the least of its criteria."""
        if rule.id not in self._outcomes:
            applies = self.truth(rule.applies_to)
            statuses = [nw.col(self.criterion(one)) for one in rule.criteria]
            least = nw.min_horizontal(nw.lit(2), *statuses) if statuses else nw.lit(2)
            self._outcomes[rule.id] = applies, self.keep(least=least)[0]
        return self._outcomes[rule.id]

    def criterion(self, one: Criterion) -> Status:
        """Work out the status of a criterion."""
        best = self.truth(AnyOf((one.holds, *(a.holds for a in one.exempt))) if one.exempt else one.holds)
        if one.when is None:
            return best
        when, best_ = nw.col(self.truth(one.when)), nw.col(best)
        doubtful = nw.when((when == 1) & (best_ == 0)).then(nw.lit(1)).otherwise(best_)
        return self.keep(status=nw.when(when == 0).then(nw.lit(4)).otherwise(doubtful))[0]

    # Conditions

    def truth(self, node: Truth) -> Status:
        """Work out a condition: 0 failed, 1 unknown, 2 held."""
        if self.outer is not None and _free_of_record(node):
            name = self.outer.truth(node)
            self._borrowed(name)
            return name
        if node not in self._truths:
            self._truths[node] = self.keep(t=self._truth(node))[0]
        return self._truths[node]

    def _truth(self, node: Truth) -> nw.Expr:
        match node:
            case Literal(value):
                return nw.lit(2 if value is True else 0)
            case Compare(op, left, right):
                return compared(op, self.value(left), self.value(right))
            case IsNone(value):
                seen = self.value(value)
                return status(seen.absent, is_known(seen) & ~seen.absent)
            case Member(value, among):
                return self._member(self.value(value), among)
            case Contains(texts, text):
                seen = self.value(texts)
                has = seen.low.str.contains(f"|{part_of_list(text)}|", literal=True)
                return status(sure(has), sure(~has))
            case Within(unit, code):
                return self._within(self.value(unit), code)
            case AllOf(items):
                return nw.min_horizontal(*(nw.col(self.truth(item)) for item in items))
            case AnyOf(items):
                return nw.max_horizontal(*(nw.col(self.truth(item)) for item in items))
            case Not(item):
                return 2 - nw.col(self.truth(item))
            case Asks(rule, question):
                applies, holds = (nw.col(name) for name in self.outcome(self.rules[rule]))
                if question == "eligible":
                    return nw.min_horizontal(applies, holds)
                return nw.max_horizontal(2 - applies, holds)
            case _:
                assert_never(node)

    @staticmethod
    def _member(seen: Value, among: tuple[Any, ...]) -> nw.Expr:
        statuses = [compared("is", seen, literal(one)) for one in among if one is not ABSENT]
        if ABSENT in among:
            statuses.append(status(seen.absent, is_known(seen) & ~seen.absent))
        return nw.max_horizontal(nw.lit(0), *statuses)

    def _within(self, unit: Value, code: str) -> nw.Expr:
        units = [one.code for one in self.agency.units or ()]
        inside = [code, *(u for u in units if self.agency.within(u, code) is True)]
        outside = [u for u in units if self.agency.within(u, code) is False]
        return status(sure(unit.low.is_in(inside)), unit.absent | sure(unit.low.is_in(outside)))

    # Values

    def value(self, node: Expr) -> Value:
        """Work out a value."""
        if self.outer is not None and _free_of_record(node) and not isinstance(node, Literal):
            seen = self.outer.value(node)
            self._borrowed(*self.outer.names[node])
            return seen
        if node not in self._values:
            value = self._value(node)
            if not isinstance(node, Literal):
                low, high, absent = self.keep(low=value.low, high=value.high, absent=value.absent)
                self.names[node] = (low, high, absent)
                value = Value(nw.col(low), nw.col(high), nw.col(absent), value.exact)
            self._values[node] = value
        return self._values[node]

    def single(self, node: Expr) -> Value:
        """Work out a value as one: not known unless its bounds meet."""
        seen = self.value(node)
        if seen.exact:
            return seen
        one = nw.when(sure(seen.low == seen.high)).then(seen.low)
        return Value(one, one, seen.absent)

    def _value(self, node: Expr) -> Value:
        match node:
            case Literal(value):
                return literal(value)
            case Field(scope, name):
                return column(f"{scope}.{name}", node.type.kind)
            case RecordField(name):
                return column(f"record.{name}", node.type.kind)
            case YearOf(day):
                return self._computed(lambda d: d // YEAR, (1,), day)
            case StartOfYear(year):
                return self._computed(lambda y: y * YEAR, (1,), year)
            case Arithmetic("times", left, right):
                return _times(self.value(left), self.value(right))
            case Arithmetic(op, left, right):
                return self._computed(*_ARITHMETIC[op], left, right)
            case Divide(value, by, rounding):
                return self._computed(lambda n: divided(n, by, rounding), (1,), value)
            case Elapsed(start, end):
                return self._computed(lambda a, b: nw.max_horizontal(b - a, nw.lit(0)), (-1, 1), start, end)
            case CountedMonths(since):
                return self._counted(since)
            case If(test, then, otherwise):
                return self._if(nw.col(self.truth(test)), self.value(then), self.value(otherwise))
            case Lookup():
                return self._look_up(node)
            case Fold():
                return self._fold(node)
            case Figure(_, body):
                return self.value(body)
            case AsOf() | MonthsBetween() | PlusMonths() | Cut() | LastMonthEnd() | Upcoming():
                raise _unsupported(node)
            case _:
                assert_never(node)

    def _computed(self, compute: Callable[..., nw.Expr], signs: tuple[int, ...], *parts: Expr) -> Value:
        """Compute what never falls, or never rises, with each of its parts: end by end."""
        seen = [self.value(part) for part in parts]
        known = reduce(lambda a, b: a & b, (is_known(s) for s in seen))
        none = reduce(lambda a, b: a | b, (s.absent for s in seen))
        lows = [s.low if sign > 0 else s.high for s, sign in zip(seen, signs, strict=True)]
        low = _of_known(compute, lows, none)
        if all(s.exact for s in seen):
            return Value(low, low, known & none)
        highs = [s.high if sign > 0 else s.low for s, sign in zip(seen, signs, strict=True)]
        return Value(low, _of_known(compute, highs, none), known & none, exact=False)

    def _counted(self, since: Expr) -> Value:
        day = self.value(since)
        clear = ~nw.col("record.counted").is_null() & ~nw.col("record.year").is_null()
        low = nw.when(clear).then(_counted_months(day.high)).otherwise(nw.lit(0))
        high = nw.when(clear).then(_counted_months(day.low)).otherwise(nw.lit(12))
        some = ~day.absent
        return Value(nw.when(some).then(low), nw.when(some).then(high), day.absent, exact=False)

    @staticmethod
    def _if(test: nw.Expr, then: Value, otherwise: Value) -> Value:
        apart = then.absent | otherwise.absent

        def chosen(a: nw.Expr, b: nw.Expr, either: nw.Expr) -> nw.Expr:
            unsure = nw.when(~apart & ~a.is_null() & ~b.is_null()).then(either)
            return nw.when(test == 2).then(a).otherwise(nw.when(test == 0).then(b).otherwise(unsure))

        absent = ((test == 2) & then.absent) | ((test == 0) & otherwise.absent)
        absent = absent | ((test == 1) & then.absent & otherwise.absent)
        low = chosen(then.low, otherwise.low, nw.min_horizontal(then.low, otherwise.low))
        high = chosen(then.high, otherwise.high, nw.max_horizontal(then.high, otherwise.high))
        return Value(low, high, absent, exact=False)

    def _look_up(self, node: Lookup) -> Value:
        keys = [self.single(key) for key in node.keys]
        value, absent = of_cell(node.otherwise)
        for wanted, cell in reversed(node.rows):
            matches = reduce(lambda a, b: a & b, (is_key(w, k) for w, k in zip(wanted, keys, strict=True)))
            cell_value, cell_absent = of_cell(cell)
            value = nw.when(matches).then(cell_value).otherwise(value)
            absent = nw.when(matches).then(cell_absent).otherwise(absent)
        known = reduce(lambda a, b: a & b, (is_known(key) for key in keys))
        result = nw.when(known).then(value)
        return Value(result, result, known & absent)

    # Folds

    def _fold(self, node: Fold) -> Value:
        if node.scope != "employee":
            raise _unsupported(node)
        inner = Plan(self.workforce.histories[node.history], self.workforce, self.rules, self.agency, self)
        passes = inner.truth(node.where)
        value = inner.value(node.value) if node.value is not None else literal(1)
        complete, covered = f"{node.history}.complete", self._covered(node)
        inner._borrowed(complete, covered)
        kept = inner.keep(sure=nw.col(passes) == 2, least=value.low, most=value.high, none=value.absent)
        rows = inner.frame.filter(nw.col(passes) != 0)
        columns = Found(rows, *(nw.col(name) for name in (*kept, covered, complete)))
        made, finish = FOLDS[node.op](node, columns, self._count)
        self._count += 1
        self.frame = self.frame.join(made, on="row", how="left")
        return finish(nw.col(covered))

    def _covered(self, node: Fold) -> str:
        complete = nw.col(f"{node.history}.complete")
        all_of_it = sure(complete == position(COMPLETE))
        if node.covers is None:
            return self.keep(covered=all_of_it)[0]
        start = self.single(node.covers)
        return self.keep(covered=all_of_it | (sure(complete <= start.low) & ~start.absent))[0]


def _free_of_record(node: Node) -> bool:
    if isinstance(node, (RecordField, CountedMonths)):
        return False
    return isinstance(node, Fold) or all(_free_of_record(child) for child in children(node))


_ARITHMETIC: dict[str, tuple[Callable[[Any, Any], Any], tuple[int, int]]] = {
    "plus": (lambda a, b: a + b, (1, 1)),
    "minus": (lambda a, b: a - b, (1, -1)),
}


def _of_known(compute: Callable[..., nw.Expr], ends: list[nw.Expr], none: nw.Expr) -> nw.Expr:
    """Compute one end where all its parts are known; `max_horizontal` and the like pass over what is not."""
    known = reduce(lambda a, b: a & b, (~end.is_null() for end in ends))
    return nw.when(known & ~none).then(compute(*ends))


def _times(one: Value, other: Value) -> Value:
    """Multiply: end by end where neither can be below zero, else by all corners, where all ends are known."""
    known, none = is_known(one) & is_known(other), one.absent | other.absent
    if one.exact and other.exact:
        product = nw.when(~none).then(one.low * other.low)
        return Value(product, product, known & none)
    plain = sure(one.low >= 0) & sure(other.low >= 0)
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    closed = reduce(lambda a, b: a & b, (~corner.is_null() for corner in corners))

    def end(simple: nw.Expr, best: nw.Expr) -> nw.Expr:
        return nw.when(~none).then(nw.when(plain).then(simple).otherwise(nw.when(closed).then(best)))

    low = end(corners[0], nw.min_horizontal(*corners))
    return Value(low, end(corners[3], nw.max_horizontal(*corners)), known & none, exact=False)


def _counted_months(since: nw.Expr) -> nw.Expr:
    """Count the months of the record that count, from the first of a month on or after a day."""
    months, year = nw.col("record.counted"), nw.col("record.year")
    month = since % YEAR // 31 + (since % 31 > 0).cast(nw.Int64())
    year_of = since // YEAR
    before = (
        nw.when(year_of > year).then(nw.lit(12)).otherwise(nw.when(year_of < year).then(nw.lit(0)).otherwise(month))
    )
    bits = [(months // 2**at % 2) * (before <= at).cast(nw.Int64()) for at in range(12)]
    return nw.sum_horizontal(*bits) + months * 0  # not known where the months are not


def _unsupported(node: Node) -> PolicyError:
    what = type(node).__name__
    scope = f" of the {node.scope}" if isinstance(node, Fold) else ""
    return PolicyError(
        [Problem("unsupported", f"columns can't say `{what}`{scope}", help="use the back end `compiled`")]
    )


class Columns:
    """Runs rules for many questions at once."""

    def __init__(self, program: Program) -> None:
        self._bound = lru_cache(maxsize=64)(lambda day: {rule.id: rule for rule in bind(program, day).rules})
        self._program = program

    @cached_property
    def _compiled(self) -> Compiled:
        return Compiled(self._program)

    def decide_many(self, rule: str, workforce: Workforce, as_of: date, agency: Agency = NO_AGENCY) -> Frame:
        """Return a row a question: `applies`, `c:<criterion>` and `w:<warning>` as statuses, in the order of rows.

        Questions that columns can't say (`workforce.passed_on`) are answered one by one by compiled rules. Raises KeyError
        for a rule that is not there, PolicyError for one that columns can't say.
        """
        rules = self._bound(as_of)
        found = rules[rule]
        plan = Plan(workforce.questions, workforce, rules, agency)
        names = {"applies": plan.outcome(found)[0], "holds": plan.outcome(found)[1]}
        names |= {f"c:{one.id}": plan.criterion(one) for one in found.criteria}
        names |= {f"w:{one.id}": plan.criterion(one) for one in found.warnings}
        columns: Iterable[nw.Expr] = (nw.col(column).cast(nw.Int8()).alias(name) for name, column in names.items())
        answered = plan.frame.select("row", *columns)
        others = self._one_by_one(rule, workforce, agency, answered)
        return nw.concat([answered, others]).sort("row") if workforce.passed_on else answered.sort("row")

    def _one_by_one(self, rule: str, workforce: Workforce, agency: Agency, answered: Frame) -> Frame:
        rows = []
        for row, question in workforce.passed_on:
            statuses = self._compiled.decide(rule, replace(question, agency=agency))
            rows.append((row, statuses.applies, statuses.holds, *statuses.criteria, *statuses.warnings))
        data = dict(zip(answered.columns, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}
        return nw.from_dict(
            data or {name: [] for name in answered.columns}, answered.schema, backend=answered.implementation
        )

    def unsupported(self, rule: str, as_of: date) -> tuple[str, ...]:
        """Say why a rule can't run here; empty when it can."""
        try:
            self.decide_many(rule, workforce([Question(as_of, nobody())]), as_of)
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()
