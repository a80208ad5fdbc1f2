"""Writer: a plan as columns of a sheet, each of its nodes once, of people or of their records."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, assert_never

from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.columns.values import none_of
from asnpolicy.backends.sql.days import DayArithmetic
from asnpolicy.backends.sql.ends import (
    SqlEnds,
    all_of,
    any_of,
    cell,
    compared,
    decided,
    extreme,
    is_key,
    is_known,
    is_none,
    literal,
    member,
    one,
    opposite,
    pick,
    sure,
)
from asnpolicy.backends.sql.fold_records import FoldRecords
from asnpolicy.backends.sql.folds import fold
from asnpolicy.backends.sql.sheet import NO, NULL, YES, Sheet, Sql, number, sql
from asnpolicy.backends.sql.working_days import WorkingDays
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
    PlusDays,
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    Type,
    Upcoming,
    Within,
    YearOf,
)  # fmt: skip
from asnpolicy.language.reading import may_be
from asnpolicy.language.rules import Criterion, Rule
from asnpolicy.people import ABSENT, COMPLETE, Agency
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Text, phrase

ALL = COMPLETE.toordinal()


class FieldSource(Protocol):
    """What the fields of people and of their records are read from, as a plan reads them."""

    def field(self, name: str) -> Sql:
        """Return a field of people, such as `employee.unit`."""
        ...

    def record(self, history: str, name: str) -> Sql:
        """Return a field of records, `placed` (the day that places each) or `seq` (its number among those of the person)."""
        ...

    def complete(self, history: str) -> Sql:
        """Return since when a history is complete."""
        ...


class PreparedTables(FieldSource):
    """Prepared tables: each field as a plan reads it."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def field(self, name: str) -> Sql:
        """Return a field of people."""
        return self.sheet.read("", name)

    def record(self, history: str, name: str) -> Sql:
        """Return a field of records."""
        return self.sheet.read(history, name)

    def complete(self, history: str) -> Sql:
        """Return since when a history is complete."""
        return self.sheet.read("", f"complete.{history}")


class Writer:
    """Writes the nodes of a plan into a sheet; a history's name stands for a column of its records."""

    def __init__(self, plan: Plan, sheet: Sheet, source: FieldSource, agency: Agency = NO_AGENCY) -> None:
        self.plan, self.sheet, self.source, self.agency = plan, sheet, source, agency
        self.beyond: list[Sql] = []
        """Whose records a fold can't follow: they are passed on."""
        self._values: dict[tuple[int, str], SqlEnds] = {}
        self._truths: dict[tuple[int, str], Sql] = {}
        self._criteria: dict[int, tuple[Sql, Sql]] = {}

    # Rules

    def outcome(self, rule: Rule) -> tuple[Sql, Sql]:
        """Write whether a rule applies, and whether all of its criteria hold."""
        met = all_of([self.criterion(each)[0] for each in rule.criteria])
        return self.truth(rule.applies_to), self.sheet.keep(met)

    def criterion(self, criterion: Criterion) -> tuple[Sql, Sql]:
        """Write whether a criterion holds, and for whom it does not count."""
        found = self._criteria.get(id(criterion))
        if found is None:
            found = self._criteria[id(criterion)] = self._criterion(criterion)
        return found

    def _criterion(self, criterion: Criterion) -> tuple[Sql, Sql]:
        best = any_of((self.truth(criterion.holds), *(self.truth(each.holds) for each in criterion.exempt)))
        if criterion.when is None:
            return self.sheet.keep(best), NO
        out = opposite(self.truth(criterion.when))
        return self.sheet.keep(any_of((out, best))), sure(out)

    # Conditions

    def truth(self, node: Truth, history: str = "") -> Sql:
        """Write a condition."""
        key = id(node), history
        found = self._truths.get(key)
        if found is None:
            if history and self.plan.free_of_record(node):
                found = self.sheet.bring(self.truth(node), history)
            else:
                found = self.sheet.short(self._truth(node, history), history)
            self._truths[key] = found
        return found

    def _truth(self, node: Truth, history: str) -> Sql:
        match node:
            case Literal(value):
                return YES if value is True else NO
            case Compare(op, left, right):
                return compared(op, self.value(left, history), self.value(right, history))
            case IsNone(value):
                return is_none(self.value(value, history))
            case Member(value, among):
                return member(self.value(value, history), among, self.sheet.dialect)
            case Contains(texts, text):
                dialect = self.sheet.dialect
                return sql(dialect.has, self.value(texts, history).low, Sql(dialect.quoted(text)))
            case Within(unit, code):
                return self._within(self.value(unit, history), code)
            case AllOf(items):
                return all_of([self.truth(item, history) for item in items])
            case AnyOf(items):
                return any_of([self.truth(item, history) for item in items])
            case Not(item):
                return opposite(self.truth(item, history))
            case Asks(rule, question):
                applies, holds = self.outcome(self.plan.rules[rule])
                return all_of((applies, holds)) if question == "eligible" else any_of((opposite(applies), holds))
            case _:
                assert_never(node)

    def _within(self, unit: SqlEnds, code: str) -> Sql:
        held, failed = NO, unit.absent
        for name in dict.fromkeys((code, *(each.code for each in self.agency.units or ()))):
            inside = self.agency.within(name, code)
            here = sql("{} = {}", unit.low, cell(name, self.sheet.dialect))
            held = any_of((held, here)) if inside else held
            failed = any_of((failed, here)) if inside is False else failed
        return NO if unit.absent == YES else decided(all_of((held, opposite(unit.absent))), failed)

    # Values

    def value(self, node: Expr, history: str = "") -> SqlEnds:
        """Write a value."""
        key = id(node), history
        found = self._values.get(key)
        if found is None:
            if history and self.plan.free_of_record(node) and not isinstance(node, Literal):
                found = self._each(self.value(node), lambda part: self.sheet.bring(part, history))
            else:
                found = self._each(self._value(node, history), lambda part: self.sheet.keep(part, history))
            self._values[key] = found
        return found

    @staticmethod
    def _each(seen: SqlEnds, change: Callable[[Sql], Sql]) -> SqlEnds:
        return SqlEnds(change(seen.low), change(seen.high), change(seen.absent))

    def single(self, node: Expr, history: str = "") -> SqlEnds:
        """Write a value as one: not known unless its bounds meet."""
        seen = self.value(node, history)
        if seen.exact:
            return seen
        met = pick(sql("{} = {}", seen.low, seen.high), seen.low, NULL)
        return one(self.sheet.keep(met, history), seen.absent)

    def _value(self, node: Expr, history: str) -> SqlEnds:
        days = DayArithmetic(self.sheet, history)
        match node:
            case Literal(value):
                return literal(value, self.sheet.dialect)
            case Field(scope, name):
                return self._read("", f"{scope}.{name}", node.type, absent=may_be(node)[1])
            case RecordField(name):
                return self._read(history, name, node.type, absent=may_be(node, history)[1])
            case YearOf(day):
                return self._computed(partial(days.part, "YEAR"), (1,), (day,), history)
            case Elapsed(start, end):
                return self._computed(days.elapsed, (-1, 1), (start, end), history)
            case Arithmetic("times", left, right):
                return self._times(self.value(left, history), self.value(right, history))
            case Arithmetic("plus", left, right):
                return self._computed(partial(sql, "{} + {}"), (1, 1), (left, right), history)
            case Arithmetic(_, left, right):
                return self._computed(partial(sql, "{} - {}"), (1, -1), (left, right), history)
            case Divide(value, by, rounding):
                return self._computed(lambda n: self._divided(n, by, rounding, history), (1,), (value,), history)
            case StartOfYear(year):
                return self._computed(days.start_of_year, (1,), (year,), history)
            case MonthsBetween(start, end):
                return self._computed(days.months_between, (-1, 1), (start, end), history)
            case PlusMonths(day, months):
                return self._computed(days.plus_months, (1, 1), (day, months), history)
            case Cut(day, months, edge):
                cuts = {"lasted": days.lasted, "fresh": days.fresh, "not_over": days.not_over}
                return self._computed(cuts[edge], (1, -1), (day, months), history)
            case PlusDays(day, count, holidays):
                if holidays is not None:
                    return self._working(WorkingDays(days, holidays), count, self.value(day, history))
                return self._computed(partial(days.plus_days, count), (1,), (day,), history)
            case LastMonthEnd(day):
                return self._computed(days.last_month_end, (1,), (day,), history)
            case CountedMonths(since):
                return self._counted(self.value(since, history), history)
            case If(test, then, otherwise):
                return self._if(self.truth(test, history), self.value(then, history), self.value(otherwise, history))
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

    @staticmethod
    def _working(days: WorkingDays, count: int, day: SqlEnds) -> SqlEnds:
        """Move by working days: in a year without published holidays one end is open, for whoever it touches."""
        if day.absent == YES:
            return one(NULL, YES)
        low, high = (days.moved(count, end)[at] for at, end in enumerate((day.low, day.high)))
        return SqlEnds(pick(day.absent, NULL, low), pick(day.absent, NULL, high), day.absent)

    def _read(self, table: str, name: str, type_: Type, *, absent: bool) -> SqlEnds:
        column = self.source.record(table, name) if table else self.source.field(name)
        if not absent:
            return one(column)
        return one(column, sql("{} IS NOT DISTINCT FROM {}", column, cell(none_of(type_.kind), self.sheet.dialect)))

    def _computed(
        self, compute: Callable[..., Sql], signs: tuple[int, ...], parts: tuple[Expr, ...], history: str
    ) -> SqlEnds:
        """Compute what never falls, or never rises, with each of its parts: end by end; with an absent one it is absent."""
        seen = [self.value(part, history) for part in parts]
        none = any_of([each.absent for each in seen])
        absent = NO if none == NO else all_of((none, *(is_known(each) for each in seen)))
        exact = all(each.exact for each in seen)
        lows = [each.low if sign > 0 else each.high for each, sign in zip(seen, signs, strict=True)]
        low = self._worked_out(compute, lows, none)
        if exact:
            return one(low, absent)
        highs = [each.high if sign > 0 else each.low for each, sign in zip(seen, signs, strict=True)]
        return SqlEnds(low, self._worked_out(compute, highs, none), absent)

    @staticmethod
    def _worked_out(compute: Callable[..., Sql], ends: list[Sql], none: Sql) -> Sql:
        """Compute one end: nothing where a part is open or absent."""
        return NULL if NULL in ends or none == YES else pick(none, NULL, compute(*ends))

    def _divided(self, value: Sql, by: int, rounding: str, history: str) -> Sql:
        """Divide exactly and round as written."""
        size = self.sheet.keep(sql(f"ABS({{}}) {self.sheet.dialect.division} {{}}", value, by), history)
        rest = self.sheet.keep(sql("ABS({}) % {}", value, by), history)
        up = {
            "half_up": sql("2 * {} >= {}", rest, by),
            "half_even": sql("2 * {0} > {1} OR (2 * {0} = {1} AND {2} % 2 = 1)", rest, by, size),
            "up": sql("{} > 0", rest),
            "down": NO,
        }[rounding]
        whole = self.sheet.keep(sql("{} + {}", size, pick(up, number(1), number(0))), history)
        return pick(sql("{} < 0", value), sql("-{}", whole), whole)

    @staticmethod
    def _times(left: SqlEnds, right: SqlEnds) -> SqlEnds:
        """Multiply: end by end where neither can be below zero, else by all corners, where all ends are known."""
        none = any_of((left.absent, right.absent))
        absent = NO if none == NO else all_of((none, is_known(left), is_known(right)))
        if none == YES:
            return one(NULL, absent)
        if left.exact and right.exact:
            return one(pick(none, NULL, sql("{} * {}", left.low, right.low)), absent)
        corners = [sql("{} * {}", a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
        plain = all_of((sql("{} >= 0", left.low), sql("{} >= 0", right.low)))
        low = pick(none, NULL, pick(plain, corners[0], extreme("LEAST", *corners)))
        high = pick(none, NULL, pick(plain, corners[3], extreme("GREATEST", *corners)))
        return SqlEnds(low, high, absent)

    def _counted(self, since: SqlEnds, history: str) -> SqlEnds:
        """Count the months of an appraisal that count, from the first of a month on or after a day."""
        counted, year = (self.source.record(history, name) for name in ("counted", "year"))
        clear = sql("{} IS NOT NULL AND {} IS NOT NULL", counted, year)
        ends = []
        for day, open_ in ((since.high, 0), (since.low, 12)):
            months = NULL if day == NULL else DayArithmetic(self.sheet, history).counted(counted, year, day)
            ends.append(pick(since.absent, NULL, pick(clear, months, number(open_))))
        return SqlEnds(ends[0], ends[1], since.absent)

    def _if(self, chosen: Sql, then: SqlEnds, otherwise: SqlEnds) -> SqlEnds:
        """Choose; where the condition is unknown, it is one of the two."""
        if chosen in (YES, NO):
            return then if chosen == YES else otherwise
        none, both = any_of((then.absent, otherwise.absent)), all_of((then.absent, otherwise.absent))
        ends = []
        for word, a, b in (("LEAST", then.low, otherwise.low), ("GREATEST", then.high, otherwise.high)):
            either = pick(none, NULL, extreme(word, a, b))
            if_held, if_not = (pick(part.absent, NULL, end) for part, end in ((then, a), (otherwise, b)))
            ends.append(_three(chosen, if_held, if_not, either))
        return SqlEnds(ends[0], ends[1], _three(chosen, then.absent, otherwise.absent, both))

    def _look_up(self, node: Lookup, history: str) -> SqlEnds:
        """Look up: the row of the table for each, the last cell where there is none, nothing where a key is not known."""
        keys = [self.single(key, history) for key in node.keys]
        cells = [value for _, value in node.rows] + [node.otherwise]
        dialect = self.sheet.dialect
        rows = [all_of([is_key(w, k, dialect) for w, k in zip(wanted, keys, strict=True)]) for wanted, _ in node.rows]
        at = self.sheet.keep(_chosen(rows, [number(row) for row in range(len(rows) + 1)]), history)
        known = all_of([is_known(key) for key in keys])
        values = [NULL if value is ABSENT else cell(value, dialect) for value in cells]
        found = _chosen([sql("{} = {}", at, row) for row in range(len(rows))], values)
        absent = any_of([sql("{} = {}", at, row) for row, value in enumerate(cells) if value is ABSENT])
        return one(pick(known, found, NULL), all_of((known, absent)))

    # Folds

    def _fold(self, node: Fold) -> SqlEnds:
        if node.scope != "employee":
            raise unsupported(node)
        passes = self.sheet.keep(self.truth(node.where, node.history), node.history)
        return fold(FoldRecords(self, node, passes, self.sheet.keep(self._covered(node))))

    def _covered(self, node: Fold) -> Sql:
        """Tell for whom all records that a fold asks for are promised to be there."""
        complete = self.source.complete(node.history)
        whole = sure(sql(f"{{}} = {ALL}", complete))
        if node.covers is None:
            return whole
        start = self.single(node.covers)
        reached = all_of((sure(sql("{} <= {}", complete, start.low)), opposite(start.absent)))
        return any_of((whole, reached))


def _three(test: Sql, then: Sql, otherwise: Sql, unknown: Sql) -> Sql:
    """Choose by a condition, with a third for where it is not known."""
    if then == otherwise == unknown:
        return then
    return sql("CASE WHEN {0} THEN {1} WHEN NOT {0} THEN {2} ELSE {3} END", test, then, otherwise, unknown, whole=True)


def _chosen(tests: list[Sql], values: list[Sql]) -> Sql:
    """Choose the first value whose test holds, else the last one."""
    if all(value == values[0] for value in values):
        return values[0]
    rows = "".join("WHEN {} THEN {} " for _ in tests)
    parts = [part for pair in zip(tests, values, strict=False) for part in pair]
    return sql(f"CASE {rows}ELSE {{}} END", *parts, values[-1], whole=True)


def unsupported(node: Node) -> PolicyError:
    """Say that a query can't say something."""
    what = type(node).__name__
    scope = Text(f" dari {node.scope}", f" of the {node.scope}") if isinstance(node, Fold) else ""
    message = phrase(
        en="SQL can't say `{what}`{scope}", id="SQL tidak dapat menyatakan `{what}`{scope}", what=what, scope=scope
    )
    help_ = phrase(en="ask `decide` or `assess_frame`", id="tanyakan lewat `decide` atau `assess_frame`")
    return PolicyError([Problem("unsupported", message, help=help_)])
