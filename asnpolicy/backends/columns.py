"""The columns back end: one rule for a whole workforce at once, as a plan of columns through Narwhals.

Every value is two columns, its bounds; every condition one column of statuses. A fold filters its history, groups by
person and comes back as columns. One fold, `unbroken_since`, follows chains record by record in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, reduce
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
    Cut,
    Divide,
    Elapsed,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    IsNone,
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
                return self._computed(lambda d: d // YEAR, day)
            case StartOfYear(year):
                return self._computed(lambda y: y * YEAR, year)
            case Arithmetic(op, left, right):
                return self._computed(_ARITHMETIC[op], left, right)
            case Divide(value, by, rounding):
                return self._computed(lambda n: divided(n, by, rounding), value)
            case Elapsed(start, end):
                return self._computed(lambda a, b: nw.max_horizontal(b - a, nw.lit(0)), start, end)
            case If(test, then, otherwise):
                return self._if(nw.col(self.truth(test)), self.value(then), self.value(otherwise))
            case Lookup():
                return self._look_up(node)
            case Fold():
                return self._fold(node)
            case Figure(_, body):
                return self.value(body)
            case AsOf() | MonthsBetween() | PlusMonths() | Cut():
                raise _unsupported(node)
            case _:
                assert_never(node)

    def _computed(self, compute: Callable[..., nw.Expr], *parts: Expr) -> Value:
        seen = [self.single(part) for part in parts]
        known = reduce(lambda a, b: a & b, (is_known(s) for s in seen))
        absent = known & reduce(lambda a, b: a | b, (s.absent for s in seen))
        value = nw.when(known & ~absent).then(compute(*(s.low for s in seen)))
        return Value(value, value, absent)

    @staticmethod
    def _if(test: nw.Expr, then: Value, otherwise: Value) -> Value:
        def chosen(a: nw.Expr, b: nw.Expr) -> nw.Expr:
            return nw.when(test == 2).then(a).otherwise(nw.when(test == 0).then(b))

        absent = ((test == 2) & then.absent) | ((test == 0) & otherwise.absent)
        low, high = chosen(then.low, otherwise.low), chosen(then.high, otherwise.high)
        return Value(low, high, absent, then.exact and otherwise.exact)

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
        value = inner.single(node.value) if node.value is not None else literal(1)
        complete, covered = f"{node.history}.complete", self._covered(node)
        inner._borrowed(complete, covered)
        sure, found, absent = inner.keep(sure=nw.col(passes) == 2, found=value.low, none=value.absent)
        rows = inner.frame.filter(nw.col(passes) != 0)
        columns = Found(rows, nw.col(sure), nw.col(found), nw.col(absent), nw.col(covered), nw.col(complete))
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
    if isinstance(node, RecordField):
        return False
    return isinstance(node, Fold) or all(_free_of_record(child) for child in children(node))


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "plus": lambda a, b: a + b,
    "minus": lambda a, b: a - b,
    "times": lambda a, b: a * b,
}


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

    def decide_many(self, rule: str, workforce: Workforce, as_of: date, agency: Agency = NO_AGENCY) -> Frame:
        """Give a row a question: `applies`, `c:<criterion>` and `w:<warning>` as statuses, in the order of rows.

        Raises KeyError for a rule that is not there, PolicyError for one that columns can't say.
        """
        rules = self._bound(as_of)
        found = rules[rule]
        plan = Plan(workforce.questions, workforce, rules, agency)
        names = {"applies": plan.outcome(found)[0], "holds": plan.outcome(found)[1]}
        names |= {f"c:{one.id}": plan.criterion(one) for one in found.criteria}
        names |= {f"w:{one.id}": plan.criterion(one) for one in found.warnings}
        columns: Iterable[nw.Expr] = (nw.col(column).cast(nw.Int8()).alias(name) for name, column in names.items())
        return plan.frame.sort("row").select("row", *columns)

    def unsupported(self, rule: str, as_of: date) -> tuple[str, ...]:
        """Say why a rule can't run here; empty when it can."""
        try:
            self.decide_many(rule, workforce([Question(as_of, nobody())]), as_of)
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()
