"""The definition: what a program means, with reasons and unknowns; slow, complete, pure; back ends are held to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, assert_never

from asnpolicy.language import bounds, dates
from asnpolicy.language.bounds import ANYTHING, Bounds, Found
from asnpolicy.language.kleene import DECIDED, answer, greatest, joined, least, opposite, union
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
    Not,
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    Value,
    Within,
    YearOf,
)  # fmt: skip
from asnpolicy.language.outcome import NOTHING, Answer, Finding, Outcome, Seen, Waives
from asnpolicy.language.reading import Question, read, read_record
from asnpolicy.language.rules import FAILED, HELD, NOT_APPLICABLE, UNKNOWN, WAIVED, Criterion, Rule
from asnpolicy.people import ABSENT, COMPLETE, History


def _nothing_is_waived(rule: Rule, criterion: Criterion) -> bool:
    del rule, criterion
    return False


@dataclass(slots=True)
class Meaning:
    """The definition at work on one question; rules are bound to its day."""

    question: Question
    rules: Mapping[str, Rule] = field(default_factory=dict)
    waives: Waives = _nothing_is_waived
    _outcomes: dict[str, Outcome] = field(default_factory=dict)
    _seen: dict[int, Seen] = field(default_factory=dict)
    """What folds and look-ups came to, by the identity of their nodes, which live as long as the rules."""

    def outcome(self, rule: Rule) -> Outcome:
        """Decide a rule, with all its criteria."""
        if rule.id not in self._outcomes:
            self._outcomes[rule.id] = self._decide(rule)
        return self._outcomes[rule.id]

    def _decide(self, rule: Rule) -> Outcome:
        applies = self.truth(rule.applies_to)
        findings = tuple(self._finding(rule, criterion) for criterion in rule.criteria)
        warnings = tuple(self._finding(rule, criterion) for criterion in rule.warnings)
        worst = min((min(f.status, HELD) for f in findings), default=HELD)
        open_ = applies.missing if applies.status == UNKNOWN else NOTHING
        if worst == UNKNOWN and applies.status != FAILED:
            open_ |= union(f.missing for f in findings if f.status == UNKNOWN)
        return Outcome(rule, applies.status, findings, warnings, open_)

    def _finding(self, rule: Rule, criterion: Criterion) -> Finding:
        when = self.truth(criterion.when) if criterion.when is not None else Answer(HELD)
        if when.status == FAILED:
            return Finding(criterion, NOT_APPLICABLE)
        exempt = [(self.truth(alternative.holds), alternative) for alternative in criterion.exempt]
        answer = greatest([self.truth(criterion.holds), *(given for given, _ in exempt)])
        if when.status == UNKNOWN:
            answer = greatest([opposite(when), answer])
        if answer.status != HELD and criterion.waivable_by and self.waives(rule, criterion):
            return Finding(criterion, WAIVED)
        by = next((alternative for given, alternative in exempt if given.status == HELD), None)
        return Finding(criterion, answer.status, answer.missing, by)

    def truth(self, node: Truth, record: object = None) -> Answer:
        """Give the truth of a condition, in strong Kleene logic."""
        match node:
            case Compare(op, left, right):
                one, other = self.value(left, record), self.value(right, record)
                status = bounds.compare(op, one.value, other.value)
                return DECIDED.get(status) or Answer(UNKNOWN, one.missing | other.missing)
            case Literal(value):
                return Answer(HELD if value is True else FAILED)
            case IsNone(value):
                seen = self.value(value, record)
                return answer(HELD if seen.value is ABSENT else FAILED if seen.known else UNKNOWN, seen.missing)
            case Member(value, among):
                seen = self.value(value, record)
                return answer(bounds.member(seen.value, among), seen.missing)
            case Contains(texts, text):
                seen = self.value(texts, record)
                has = isinstance(seen.value, frozenset) and text in seen.value
                return answer(HELD if has else FAILED if seen.known else UNKNOWN, seen.missing)
            case Within(unit, code):
                return self._within(self.value(unit, record), code)
            case AllOf(items):
                return self._least(items, record)
            case AnyOf(items):
                return greatest([self.truth(item, record) for item in items])
            case Not(item):
                return opposite(self.truth(item, record))
            case Asks(rule, question):
                return _asks(self.outcome(self.rules[rule]), question)
            case _:
                assert_never(node)

    def _least(self, items: tuple[Truth, ...], record: object) -> Answer:
        unknown = []
        for item in items:
            answer = self.truth(item, record)
            if answer.status == FAILED:
                return answer
            if answer.status == UNKNOWN:
                unknown.append(answer)
        return joined(UNKNOWN if unknown else HELD, unknown)

    def _within(self, unit: Seen, code: str) -> Answer:
        if not isinstance(unit.value, str):
            return Answer(FAILED) if unit.known else Answer(UNKNOWN, unit.missing)
        held = self.question.agency.within(unit.value, code)
        return Answer(UNKNOWN, frozenset({"agency.units"})) if held is None else Answer(HELD if held else FAILED)

    def value(self, node: Expr, record: object = None) -> Seen:
        """Give the value of an expression, as far as it is known."""
        match node:
            case RecordField(name):
                given = read_record(record, node)
                return Seen(given) if given is not None else _unknown(name)
            case Literal(value):
                return Seen(value)
            case Field(scope, name):
                given = read(self.question.subject(scope), node)
                return Seen(given) if given is not None else _unknown(_named(scope, name))
            case Fold():
                return self._once(node, lambda: self._fold(node))
            case Lookup(keys) if record is None:
                return self._once(node, lambda: self._look_up(node, [self.value(key) for key in keys]))
            case Lookup(keys):
                return self._look_up(node, [self.value(key, record) for key in keys])
            case AsOf():
                return Seen(self.question.as_of)
            case YearOf(day):
                return self._exact(lambda d: d.year, record, day)
            case StartOfYear(year):
                return self._exact(lambda y: date(y, 1, 1), record, year)
            case Arithmetic(op, left, right):
                return self._exact(bounds.ARITHMETIC[op], record, left, right)
            case Divide(value, by, rounding):
                return self._exact(lambda n: bounds.divide(n, by, rounding), record, value)
            case If(test, then, otherwise):
                chosen = self.truth(test, record)
                if chosen.status == UNKNOWN:
                    return Seen(ANYTHING, chosen.missing)
                return self.value(then if chosen.status == HELD else otherwise, record)
            case MonthsBetween(start, end):
                return self._exact(dates.months_between, record, start, end)
            case PlusMonths(day, months):
                return self._exact(dates.plus_months, record, day, months)
            case Cut(day, months):
                return self._exact(dates.CUT[node.edge], record, day, months)
            case Elapsed(start, end):
                return self._exact(dates.elapsed, record, start, end)
            case Figure(_, body):
                return self.value(body, record)
            case _:
                assert_never(node)

    def _once(self, node: Expr, compute: Callable[[], Seen]) -> Seen:
        if id(node) not in self._seen:
            self._seen[id(node)] = compute()
        return self._seen[id(node)]

    def _exact(self, compute: Callable[..., Value], record: object, *parts: Expr) -> Seen:
        """Compute with known values only: one that is absent makes the result absent, an inexact one unknown."""
        seen = [self.value(part, record) for part in parts]
        if not all(s.known for s in seen):
            return Seen(ANYTHING, union(s.missing for s in seen))
        return Seen(ABSENT if any(s.value is ABSENT for s in seen) else compute(*(s.value for s in seen)))

    def _look_up(self, node: Lookup, keys: list[Seen]) -> Seen:
        if not all(key.known for key in keys):
            return Seen(ANYTHING, union(key.missing for key in keys))
        values: list[Any] = [key.value for key in keys]
        for wanted, value in node.rows:
            if all(map(bounds.matches, wanted, values)):
                return Seen(value)
        return Seen(node.otherwise)

    def _fold(self, node: Fold) -> Seen:
        history: History[Any] = getattr(self.question.subject(node.scope), node.history)
        covered = self._covered(node, history.complete_since)
        found, unknown = [], set()
        name = _named(node.scope, node.history)
        for record in history.records:
            passes = self.truth(node.where, record)
            if passes.status == FAILED:
                continue
            seen = self.value(node.value, record) if node.value is not None else Seen(1)
            found.append(Found(record.placed, passes.status == HELD, seen.value))
            unknown |= {f"{name}[{record.placed}].{part}" for part in passes.missing | seen.missing}
        result = bounds.fold(node, history.complete_since, covered, found)
        if not isinstance(result, Bounds):
            return Seen(result)
        return Seen(
            result, frozenset(unknown) if covered and unknown else frozenset(unknown | {self._asked(node, name)})
        )

    def _covered(self, node: Fold, complete: date | None) -> bool:
        if complete is None or complete == COMPLETE or node.covers is None:
            return complete == COMPLETE
        start = self.value(node.covers).value
        return isinstance(start, date) and complete <= start

    def _asked(self, node: Fold, name: str) -> str:
        asked = self.value(node.asks) if node.asks is not None else None
        return f"{name}[{asked.value}]" if asked is not None and asked.known else name


def _asks(outcome: Outcome, question: str) -> Answer:
    applies, holds = Answer(outcome.applies, outcome.missing), Answer(outcome.holds, outcome.missing)
    return least([applies, holds]) if question == "eligible" else greatest([opposite(applies), holds])


def _named(scope: str, name: str) -> str:
    return name if scope == "employee" else f"{scope}.{name}"


def _unknown(name: str) -> Seen:
    return Seen(ANYTHING, frozenset({name}))
