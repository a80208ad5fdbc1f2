"""Symbolic rules: a bound program over one symbolic person, as terms of the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, assert_never

import z3

from asnpolicy.backends.smt import calendar
from asnpolicy.backends.smt.people import OPEN_POSITION, YEAR, Cases, Person, Slot, Term, constant, never
from asnpolicy.backends.smt.terms import all_of, any_of, negated
from asnpolicy.backends.smt.units import Units
from asnpolicy.language import dates
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.nodes import (
    AllOf,
    AnyOf,
    Arithmetic,
    Asks,
    AsOf,
    Band,
    Compare,
    Comparison,
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
    Rounding,
    StartOfYear,
    Truth,
    Upcoming,
    Within,
    YearOf,
    walk,
)  # fmt: skip
from asnpolicy.language.reading import spec
from asnpolicy.language.rules import Criterion, Rule
from asnpolicy.people import ABSENT
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Text, phrase

MOST_CASES = 64
"""So many cases of a product are kept apart."""
Found = list[tuple[Any, Term, Any]]
"""For each slot of a history: that it counts, its value, the date that places it."""


class Translation:
    """A bound program over one symbolic person."""

    def __init__(self, rules: Mapping[str, Rule], person: Person, units: Units, *, whatever: bool = False) -> None:
        """`whatever`: a fold may come to anything, as if nothing were known of the records behind it."""
        self.rules, self.person, self.units, self.whatever = rules, person, units, whatever
        self._known: dict[tuple[Node, int], Any] = {}
        self._slots: list[Slot] = []
        self._moved: list[Slot] = []
        """Records with another first day, kept as long as what is known of them."""

    def applies(self, rule: str) -> Any:
        """Say that a rule applies."""
        return self.truth(self.rules[rule].applies_to)

    def holds(self, rule: str) -> Any:
        """Say that all criteria of a rule hold."""
        return all_of([self.criterion(one) for one in self.rules[rule].criteria])

    def clear(self, rule: str) -> Any:
        """Say that a rule does not apply, or holds."""
        return any_of(negated(self.applies(rule)), self.holds(rule))

    def criterion(self, one: Criterion) -> Any:
        """Say that a criterion holds, is exempted or does not apply."""
        parts = [self.truth(one.holds), *(self.truth(a.holds) for a in one.exempt)]
        if one.when is not None:
            parts.append(negated(self.truth(one.when)))
        return any_of(parts)

    def verdict(self, rule: str, verdict: str) -> Any:
        """Say that a rule comes to a verdict."""
        if verdict == "not_applicable":
            return negated(self.applies(rule))
        holds = self.holds(rule)
        return all_of(self.applies(rule), holds if verdict == "eligible" else negated(holds))

    def _remembered(self, node: Node, make: Callable[[Any], Any]) -> Any:
        key = (node, id(self._slots[-1]) if self._slots else 0)
        if key not in self._known:
            self._known[key] = make(node)
        return self._known[key]

    def truth(self, node: Truth) -> Any:
        """Translate a condition."""
        if isinstance(node, Literal):  # as a value it is another term
            return self._truth(node)
        return self._remembered(node, self._truth)

    def _truth(self, node: Truth) -> Any:
        match node:
            case Literal(value):
                return z3.BoolVal(value is True)
            case Compare(op, Fold(op="count", value=None) as fold, Literal(value)) if (op, value) in _SOME and not self.whatever:
                some = any_of([passes for passes, _, _ in self._passing(fold)])
                return some if _SOME[op, value] else negated(some)
            case Compare(op, left, right):
                one, other = self.value(left), self.value(right)
                there = [negated(each.absent) for each in (one, other) if each.absent is not never()]
                return all_of([*there, _compared(op, one.value, other.value)])
            case IsNone(value):
                return self.value(value).absent
            case Member(value, among):
                seen = self.value(value)
                return any_of([self._is(seen, one) for one in among])
            case Contains(texts, text):
                return self.person.contains(texts.name, text)
            case Within(unit, code):
                place = self.value(unit)
                return all_of(negated(place.absent), self.units.stands_in(place.value, code))
            case AllOf(items):
                return all_of([self.truth(item) for item in items])
            case AnyOf(items):
                return any_of([self.truth(item) for item in items])
            case Not(item):
                return negated(self.truth(item))
            case Asks(rule, question):
                return self.clear(rule) if question == "clear" else self.verdict(rule, "eligible")
            case _:
                assert_never(node)

    def _is(self, seen: Term, one: Any) -> Any:
        if one is ABSENT:
            return seen.absent
        same = seen.value == self._literal(one).value
        return same if seen.absent is never() else all_of(negated(seen.absent), same)

    def value(self, node: Expr) -> Term:
        """Translate an expression."""
        found: Term = self._remembered(node, self._value)
        return found

    def _literal(self, value: Any) -> Term:
        if value is ABSENT:
            return Term(z3.IntVal(0), constant(True))
        if isinstance(value, Bounds):
            raise PolicyError(
                [
                    Problem(
                        "unsupported",
                        phrase(
                            en="the solver can't be asked about a value that the law does not give",
                            id="pembukti tidak dapat ditanyai tentang nilai yang tidak diberikan hukum",
                        ),
                    )
                ]
            )
        if isinstance(value, date):
            number = dates.position(value)
        else:
            number = self.person.texts.index(value) if isinstance(value, str) else int(value)
        return Term(z3.IntVal(number), part=lambda: ((constant(True), number),))

    def _value(self, node: Expr) -> Term:
        match node:
            case Literal(value):
                return self._literal(value)
            case Field(scope, name):
                return self.person.field(scope, name, node.type)
            case RecordField(name):
                return self._slots[-1].fields[name]
            case YearOf(day):
                return self._computed(lambda d: d / YEAR, day)
            case StartOfYear(year):
                return self._computed(lambda y: y * YEAR, year)
            case Arithmetic(op, left, right):
                return self._arithmetic(op, left, right)
            case Divide(value, by, rounding):
                return self._computed(lambda n: _divided(n, by, rounding), value)
            case Elapsed(start, end):
                return self._computed(lambda a, b: z3.If(b > a, b - a, 0), start, end)
            case CountedMonths(since):
                return self._counted_months(self.value(since))
            case If(test, then, otherwise):
                return _chosen(self.truth(test), self.value(then), self.value(otherwise))
            case Lookup():
                return self._look_up(node)
            case Fold():
                return self._fold(node)
            case Figure(_, body):
                return self.value(body)
            case AsOf():
                return Term(self.person.day)
            case MonthsBetween(start, end):
                return self._computed(calendar.months_between(self._late(start, end)), start, end)
            case PlusMonths(day, months):
                return self._computed(calendar.plus_months(self._late(day)), day, months)
            case Cut(day, months, edge):
                return self._computed(calendar.cut(edge, self._late(day)), day, months)
            case PlusDays(day, count, None) if abs(count) <= calendar.MOST_DAYS:
                return self._computed(calendar.plus_days(count), day)
            case PlusDays():
                raise _unsupported(node)
            case LastMonthEnd(day):
                return self._computed(calendar.last_month_end, day)
            case Upcoming(day, periods):
                return self._computed(calendar.upcoming(periods), day)
            case _:
                assert_never(node)

    def _late(self, *nodes: Node) -> bool:
        return self.person.late or calendar.reaches_late_days(*nodes)

    def _computed(self, compute: Callable[..., Any], *parts: Expr) -> Term:
        seen = [self.value(part) for part in parts]
        absent = [s.absent for s in seen if s.absent is not never()]
        return Term(compute(*(s.value for s in seen)), any_of(absent) if absent else never())

    def _arithmetic(self, op: str, left: Expr, right: Expr) -> Term:
        if op == "times":
            return _product(self.value(left), self.value(right))
        return self._computed((lambda a, b: a + b) if op == "plus" else (lambda a, b: a - b), left, right)

    def _look_up(self, node: Lookup) -> Term:
        keys = [self.value(key) for key in node.keys]
        result = self._literal(node.otherwise)
        for wanted, cell in reversed(node.rows):
            matches = [self._matches(w, k) for w, k in zip(wanted, keys, strict=True)]
            result = _chosen(matches[0] if len(matches) == 1 else all_of(matches), self._literal(cell), result)
        return result

    def _matches(self, want: Any, key: Term) -> Any:
        if not isinstance(want, Band):
            return self._is(key, want)
        low = key.value >= want.low if want.low is not None else z3.BoolVal(True)
        high = key.value < want.high if want.high is not None else z3.BoolVal(True)
        return all_of(negated(key.absent), low, high)

    def _counted_months(self, since: Term) -> Term:
        """Count the months of the record's period that begin on or after a day."""
        fields = self._slots[-1].fields
        start, end, year = fields["period_start"].value, fields["period_end"].value, fields["year"].value
        begins = [(year * 12 + month) * dates.MONTH for month in range(12)]
        counts = [z3.If(all_of(start < day + dates.MONTH, day <= end, day >= since.value), 1, 0) for day in begins]
        return Term(z3.Sum(counts), since.absent)

    # Folds over the slots

    def _fold(self, node: Fold) -> Term:
        if node.scope not in ("employee", "mentee"):
            raise _unsupported(node)
        if self.whatever:
            return self.person.fold(node)
        found = self._passing(node)
        if node.op in ("latest", "held_since", "unbroken_since"):
            self.person.in_order.add(node.history)
        match node.op:
            case "count" | "sum":
                return Term(z3.Sum([z3.If(all_of(p, negated(v.absent)), v.value, 0) for p, v, _ in found]))
            case "least" | "greatest":
                return self._extreme(node, found)
            case "latest":
                return self._latest(node, found)
            case "held_since":
                return self._held_since(node, found)
            case "unbroken_since":
                return self._unbroken(node, found)

    def _passing(self, node: Fold) -> Found:
        """Return of each record whether a fold looks at it, what it gives, and when it was."""
        if node.scope not in ("employee", "mentee"):
            raise _unsupported(node)
        found: Found = []
        reach = z3.IntVal(0)
        for slot in self.person.slots(node.history):
            self._slots.append(slot)
            passes = all_of(slot.there, self.truth(node.where))
            if node.once:
                self._slots[-1] = _from(slot, node.history, reach)
                self._moved.append(self._slots[-1])
                until = slot.fields[spec(node.history).ends_by or ""].value
                reach = z3.If(all_of(passes, until > reach), until, reach)
            value = self.value(node.value) if node.value is not None else Term(z3.IntVal(1))
            self._slots.pop()
            found.append((passes, value, slot.placed))
        return found

    def _extreme(self, node: Fold, found: Found) -> Term:
        best, some = z3.IntVal(0), z3.BoolVal(False)
        for passes, value, _ in found:
            counts = all_of(passes, negated(value.absent))
            better = value.value < best if node.op == "least" else value.value > best
            best = z3.If(all_of(counts, any_of(negated(some), better)), value.value, best)
            some = any_of(some, counts)
        return _chosen(some, Term(best), self._literal(node.otherwise))

    def _latest(self, node: Fold, found: Found) -> Term:
        result = self._literal(node.otherwise)
        for at, (passes, value, _) in enumerate(found):
            later = z3.Sum([z3.IntVal(0), *(z3.If(p, 1, 0) for p, _, _ in found[at + 1 :])])
            result = _chosen(all_of(passes, later == node.nth - 1), value, result)
        return result

    def _held_since(self, node: Fold, found: Found) -> Term:
        start, run, some = z3.IntVal(0), z3.IntVal(0), z3.BoolVal(False)
        for passes, value, placed in found:
            start = z3.If(all_of(passes, negated(all_of(some, value.value == run))), placed, start)
            run = z3.If(passes, value.value, run)
            some = any_of(some, passes)
        return _chosen(some, Term(start), self._literal(node.otherwise))

    def _unbroken(self, node: Fold, found: Found) -> Term:
        head, runs = z3.IntVal(OPEN_POSITION), z3.BoolVal(False)
        for passes, value, placed in found:
            running = all_of(passes, value.value == OPEN_POSITION)
            head = z3.If(all_of(running, placed < head), placed, head)
            runs = any_of(runs, running)
        for passes, value, placed in reversed(found):
            head = z3.If(all_of(passes, placed < head, head <= value.value), placed, head)
        return _chosen(runs, Term(head), self._literal(node.otherwise))


_SOME: dict[tuple[Comparison, Any], bool] = {
    ("at_least", 1): True, ("above", 0): True, ("is", 0): False, ("at_most", 0): False, ("below", 1): False,
}  # fmt: skip
"""Comparisons of a number that ask whether there is any at all, with whether there must be: nothing has to be added up."""


def _from(slot: Slot, history: str, reach: Any) -> Slot:
    """Return a record from the day on to which none before it reaches: each day is added up once."""
    placed = spec(history).placed_by
    since = z3.If(slot.placed < reach, reach, slot.placed)
    return replace(slot, fields={**slot.fields, placed: Term(since, slot.fields[placed].absent)}, placed=since)


def _compared(op: Comparison, left: Any, right: Any) -> Any:
    match op:
        case "is":
            return left == right
        case "at_least":
            return left >= right
        case "at_most":
            return left <= right
        case "below":
            return left < right
        case "above":
            return left > right


def _chosen(test: Any, then: Term, otherwise: Term) -> Term:
    def part() -> Cases:
        cases = tuple((all_of(test, case), number) for case, number in then.cases)
        return cases + tuple((all_of(negated(test), case), number) for case, number in otherwise.cases)

    absent = then.absent if then.absent is otherwise.absent else z3.If(test, then.absent, otherwise.absent)
    few = _constant(then) and _constant(otherwise)
    return Term(z3.If(test, then.value, otherwise.value), absent, part if few else None)


def _constant(term: Term) -> bool:
    return term.part is not None or term.absent is constant(True)


def _product(one: Term, other: Term) -> Term:
    """Multiply so that the solver never sees a product of two unknowns: one factor is one of a few constants."""
    absent = any_of(one.absent, other.absent)
    if not one.cases:
        one, other = other, one
    few, others = one.cases, other.cases
    if not few:
        return Term(one.value * other.value, absent)
    value: Any = z3.IntVal(0)
    for test, number in few:
        value = z3.If(test, number * other.value, value)
    if not others or len(few) * len(others) > MOST_CASES:
        return Term(value, absent)
    return Term(value, absent, lambda: tuple((all_of(a, b), m * n) for a, m in few for b, n in others))


def _divided(value: Any, by: int, rounding: Rounding) -> Any:
    match rounding:
        case "half_up":
            return _either_side(value, lambda size: (2 * size + by) / (2 * by))
        case "half_even":
            return _either_side(value, lambda size: _to_even(size / by, size % by, by))
        case "up":
            return _either_side(value, lambda size: (size + by - 1) / by)
        case "down":
            return _either_side(value, lambda size: size / by)
        case _:
            assert_never(rounding)


def _either_side(value: Any, divide: Callable[[Any], Any]) -> Any:
    return z3.If(value >= 0, divide(value), -divide(-value))


def _to_even(size: Any, rest: Any, by: int) -> Any:
    return z3.If(any_of(2 * rest > by, all_of(2 * rest == by, size % 2 == 1)), size + 1, size)


def _unsupported(node: Node) -> PolicyError:
    what: str | Text = f"{type(node).__name__} of the {node.scope}" if isinstance(node, Fold) else type(node).__name__
    if isinstance(node, PlusDays) and node.holidays is not None:
        what = Text("hari kerja", "working days")  # holidays that are not published yet are unknown, and a witness by them shows nothing
    return PolicyError(
        [
            Problem(
                "unsupported",
                phrase(
                    en="the solver can't be asked about `{what}`",
                    id="pembukti tidak dapat ditanyai tentang `{what}`",
                    what=what,
                ),
            )
        ]
    )


def texts_of(conditions: Iterable[Node]) -> set[str]:
    """Give every text that some conditions name: a symbolic text is one of them, or another."""
    return {text for condition in conditions for node in walk(condition) for text in _texts_in(node)}


def reached(rules: Mapping[str, Rule], asked: Iterable[str]) -> list[Rule]:
    """Give some rules, and all that they build on."""
    found: dict[str, Rule] = {}
    left = list(asked)
    while left:
        name = left.pop()
        if name not in found:
            found[name] = rules[name]
            left += rules[name].builds_on
    return list(found.values())


def _texts_in(node: Node) -> list[str]:
    values: list[Any] = []
    match node:
        case Literal(value):
            values = [value]
        case Member(_, among):
            values = list(among)
        case Lookup(_, rows, otherwise):
            values = [otherwise, *(part for wanted, cell in rows for part in (*wanted, cell))]
        case Within(_, code):
            values = [code]
        case _:
            pass
    return [value for value in values if isinstance(value, str)]
