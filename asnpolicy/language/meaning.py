"""The definition: what a program means, with reasons and unknowns; slow, complete, pure; back ends are held to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, assert_never

from asnpolicy.language import bounds, dates, folds, numbers, spans
from asnpolicy.language.bounds import NOTHING, Bounds, Missing
from asnpolicy.language.folds import MaybeRecord
from asnpolicy.language.kleene import DECIDED, answer, greatest, joined, least, missing, opposite, union
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
    Not,
    PlusDays,
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    Upcoming,
    Value,
    Within,
    YearOf,
)  # fmt: skip
from asnpolicy.language.outcome import Finding, Outcome, TruthStatus, Waives
from asnpolicy.language.reading import Question, months_counted, read, read_record
from asnpolicy.language.rules import FAILED, HELD, NOT_APPLICABLE, UNKNOWN, WAIVED, Criterion, Rule
from asnpolicy.people import ABSENT, COMPLETE, History, PartialDay, Record


def _nothing_is_waived(rule: Rule, criterion: Criterion) -> bool:
    del rule, criterion
    return False


@dataclass(slots=True)
class Meaning:
    """The definition at work on one question; rules are bound to its day."""

    question: Question
    rules: Mapping[str, Rule] = field(default_factory=dict)
    waives: Waives = _nothing_is_waived
    as_registered: bool = False
    """Whether what may still be recorded after the registers were known counts as not delivered."""
    _outcomes: dict[str, Outcome] = field(default_factory=dict)
    _seen: dict[Expr, Value | Bounds] = field(default_factory=dict)
    """What folds and look-ups came to: many rules are asked of one question, and equal nodes come to the same."""
    _passed: dict[tuple[str, str, Truth], list[tuple[Record, TruthStatus]]] = field(default_factory=dict)
    """The records of a history that may pass a filter."""

    def outcome(self, rule: Rule) -> Outcome:
        """Decide a rule, with all its criteria."""
        if rule.id not in self._outcomes:
            self._outcomes[rule.id] = self.decide(rule)
        return self._outcomes[rule.id]

    def decide(self, rule: Rule) -> Outcome:
        """Decide a rule that need not be the one of its name, such as a part of it; what it asks of others is remembered."""
        applies = self.truth(rule.applies_to)
        findings = tuple(self._finding(rule, criterion) for criterion in rule.criteria)
        warnings = tuple(self._finding(rule, criterion) for criterion in rule.warnings)
        worst = min((min(f.status, HELD) for f in findings), default=HELD)
        open_ = applies.missing if applies.status == UNKNOWN else NOTHING
        if worst == UNKNOWN and applies.status != FAILED:
            open_ |= union(f.missing for f in findings if f.status == UNKNOWN)
        return Outcome(rule, applies.status, findings, warnings, open_)

    def _finding(self, rule: Rule, criterion: Criterion) -> Finding:
        when = self.truth(criterion.when) if criterion.when is not None else DECIDED[HELD]
        if when.status == FAILED:
            return Finding(criterion, NOT_APPLICABLE)
        exempt = [(self.truth(alternative.holds), alternative) for alternative in criterion.exempt]
        holds = self.truth(criterion.holds)
        answer = greatest([holds, *(given for given, _ in exempt)]) if exempt else holds
        if when.status == UNKNOWN:
            answer = greatest([opposite(when), answer])
        if answer.status != HELD and criterion.waivable_by and self.waives(rule, criterion):
            return Finding(criterion, WAIVED)
        by = next((alternative for given, alternative in exempt if given.status == HELD), None) if exempt else None
        return Finding(criterion, answer.status, answer.missing, by)

    def truth(self, node: Truth, record: object = None) -> TruthStatus:
        """Give the truth of a condition, in strong Kleene logic."""
        if isinstance(node, Compare):  # most are one of these two: sooner told so than by a pattern
            left, right = self.value(node.left, record), self.value(node.right, record)
            return DECIDED.get(bounds.compare(node.op, left, right)) or answer(UNKNOWN, left, right)
        if isinstance(node, AllOf):
            return self._least(node.items, record)
        match node:  # what is asked most comes first
            case Member():
                value = self.value(node.value, record)
                return answer(bounds.member(value, node.among), value)
            case Not():
                return opposite(self.truth(node.item, record))
            case Asks():
                return _asks(self.outcome(self.rules[node.rule]), node.question)
            case Literal():
                return DECIDED[HELD if node.value is True else FAILED]
            case IsNone():
                value = self.value(node.value, record)
                return answer(HELD if value is ABSENT else _failed(value), value)
            case AnyOf():
                return greatest([self.truth(item, record) for item in node.items])
            case Contains():
                texts = self.value(node.texts, record)
                return answer(HELD if isinstance(texts, frozenset) and node.text in texts else _failed(texts), texts)
            case Within():
                return self._within(self.value(node.unit, record), node.code)
            case _:
                assert_never(node)

    def _least(self, items: tuple[Truth, ...], record: object) -> TruthStatus:
        unknown = []
        for item in items:
            answer = self.truth(item, record)
            if answer.status == FAILED:
                return answer
            if answer.status == UNKNOWN:
                unknown.append(answer)
        return joined(UNKNOWN, unknown) if unknown else DECIDED[HELD]

    def _within(self, unit: Value | Bounds, code: str) -> TruthStatus:
        if not isinstance(unit, str):
            return answer(_failed(unit), unit)
        held = self.question.agency.within(unit, code)
        return TruthStatus(UNKNOWN, frozenset({"agency.units"})) if held is None else DECIDED[HELD if held else FAILED]

    def value(self, node: Expr, record: object = None) -> Value | Bounds:
        """Give the value of an expression, as far as it is known."""
        if isinstance(node, RecordField):
            value = read_record(record, node)
            if value is None or isinstance(value, PartialDay):
                return bounds.known(value, f".{node.name}")
            return value
        if isinstance(node, Literal):
            return node.value
        match node:
            case Field():
                return bounds.known(read(self.question.subject(node.scope), node), _named(node.scope, node.name))
            case Fold():
                return self._once(node, self._fold)
            case Lookup():
                return self._once(node, self._look_up) if record is None else self._look_up(node, record)
            case AsOf():
                return self.question.as_of
            case YearOf():
                return self._computed("year", record, node.day)
            case StartOfYear():
                return self._computed("start_of_year", record, node.year)
            case Arithmetic():
                return self._computed(node.op, record, node.left, node.right)
            case Divide():
                whole = self.value(node.value, record)
                return numbers.monotone(
                    lambda n: numbers.divide(n, node.by, node.rounding), (1,), (whole,), missing([whole])
                )
            case If():
                chosen = self.truth(node.test, record)
                if chosen.status == UNKNOWN:
                    either = [self.value(node.then, record), self.value(node.otherwise, record)]
                    return bounds.hull(either, chosen.missing | missing(either))
                return self.value(node.then if chosen.status == HELD else node.otherwise, record)
            case MonthsBetween():
                return self._computed("months_between", record, node.start, node.end)
            case PlusMonths():
                return self._computed("plus_months", record, node.day, node.months)
            case PlusDays():
                return numbers.moved(self.value(node.day, record), node.count, node.holidays)
            case Cut():
                return self._computed(node.edge, record, node.day, node.months)
            case LastMonthEnd():
                return self._computed("last_month_end", record, node.day)
            case Upcoming():
                day = self.value(node.day, record)
                return numbers.monotone(lambda one: dates.upcoming(one, node.periods), (1,), (day,), missing([day]))
            case CountedMonths():
                return months_counted(record, self.value(node.since, record))
            case Elapsed():
                return self._computed("elapsed", record, node.start, node.end)
            case Figure():
                return self.value(node.body, record)
            case _:
                assert_never(node)

    def _once(self, node: Expr, compute: Callable[[Any], Value | Bounds]) -> Value | Bounds:
        found = self._seen.get(node)
        if found is None:
            found = self._seen[node] = compute(node)
        return found

    def _computed(self, op: str, record: object, *parts: Expr) -> Value | Bounds:
        seen = [self.value(part, record) for part in parts]
        return numbers.computed(op, *seen, missing=missing(seen))

    def _look_up(self, node: Lookup, record: object = None) -> Value | Bounds:
        keys: list[Any] = [self.value(key, record) for key in node.keys]
        if any(isinstance(key, Bounds) for key in keys):
            return Bounds(missing=missing(keys))
        return next((value for wanted, value in node.rows if all(map(bounds.matches, wanted, keys))), node.otherwise)

    def _fold(self, node: Fold) -> Value | Bounds:
        history: History[Any] = getattr(self.question.subject(node.scope), node.history)
        value = node.value or _ONE
        passing = self._passing(node, history)
        found = [
            MaybeRecord(record, how.status == HELD, how.missing, self.value(value, record)) for record, how in passing
        ]
        covered = self._covered(node, history.complete_since)
        if node.once and spans.run_together(record for record, _ in passing):
            result = spans.total(covered, history, found, lambda record: self.value(value, record))
        else:
            result = folds.fold(node, history, covered, found)
        whole = covered and (node.op not in _OPEN_BEFORE or history.complete_since == COMPLETE)
        return (
            replace(result, missing=self._open(node, history, whole, found)) if isinstance(result, Bounds) else result
        )

    def _passing(self, node: Fold, history: History[Any]) -> list[tuple[Record, TruthStatus]]:
        """Give the records that surely or maybe pass the filter, which other folds may share."""
        key = node.scope, node.history, node.where
        found = self._passed.get(key)
        if found is None:
            asked = [(record, self.truth(node.where, record)) for record in history.records]
            found = self._passed[key] = [each for each in asked if each[1].status != FAILED]
        return found

    def _covered(self, node: Fold, complete: date | None) -> bool:
        if complete is None or not self._on_record(node):
            return False
        if complete == COMPLETE or node.covers is None:
            return complete == COMPLETE
        return isinstance(start := self.value(node.covers), date) and complete <= start

    def _on_record(self, node: Fold) -> bool:
        """Tell whether all that counts should have been on record when the registers were known."""
        known_on = self.question.subject(node.scope).known_on if self.as_registered else None
        if known_on is None:
            return True
        by = self.question.as_of if node.by is None else self.value(node.by)
        return isinstance(by, date) and by <= known_on

    def _open(self, node: Fold, history: History[Any], covered: bool, found: list[MaybeRecord]) -> Missing:
        """Name what could settle a fold: fields of its records, and the records that may not have been delivered."""
        name = _named(node.scope, node.history)
        parts: set[str] = set()
        for one in folds.in_reach(node, found):
            doubts = one.doubt | missing([one.value]) | _unplaced(node, one.record)
            within = f"{name}[{_key(history, one.record)}]" if any(doubt[0] == "." for doubt in doubts) else ""
            parts |= {within + doubt if doubt[0] == "." else doubt for doubt in doubts}
        parts |= {f"{name}[{_key(history, one.record)}].{one.record.placed_by}" for one in folds.tied(node, found)}
        first = NOTHING if covered or node.covers is None else missing([self.value(node.covers)])
        return frozenset(parts if covered and parts else {*parts, *first, self._asked(node, name)})

    def _asked(self, node: Fold, name: str) -> str:
        return name if node.asks is None or isinstance(asked := self.value(node.asks), Bounds) else f"{name}[{asked}]"


_ONE = Literal(1)
"""What each record counts for, where nothing of it is added up."""
_OPEN_BEFORE = ("unbroken_since", "held_since")
"""Folds that ask how far back something goes, which a record that was not delivered may change."""
_IN_ORDER = ("latest", *_OPEN_BEFORE)


def _unplaced(node: Fold, record: Record) -> Missing:
    """Name the day of a record where its order among others decides, and it is not wholly known."""
    placed = node.op in _IN_ORDER and not isinstance(record.placed, date)
    return frozenset({f".{record.placed_by}"}) if placed else NOTHING


def _key(history: History[Any], record: Record) -> str:
    """Name a record by its day, or by its place in the history where its day is not known."""
    if record.placed is not None:
        return str(record.placed)
    return f"#{next(at for at, one in enumerate(history.records, 1) if one is record)}"


def _failed(value: Value | Bounds) -> int:
    return UNKNOWN if isinstance(value, Bounds) else FAILED


def _asks(outcome: Outcome, question: str) -> TruthStatus:
    if outcome.applies == FAILED:  # as for most
        return DECIDED[FAILED if question == "eligible" else HELD]
    applies, holds = TruthStatus(outcome.applies, outcome.missing), TruthStatus(outcome.holds, outcome.missing)
    return least([applies, holds]) if question == "eligible" else greatest([opposite(applies), holds])


def _named(scope: str, name: str) -> str:
    return name if scope == "employee" else f"{scope}.{name}"
