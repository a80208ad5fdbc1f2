"""The definition: what a program means, with reasons and unknowns; slow, complete, pure; back ends are held to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias, assert_never

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
from asnpolicy.language.reading import OTHERWISE, Question, months_counted, native, read
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
    _applying: dict[str, TruthStatus] = field(default_factory=dict)
    _seen: dict[Expr, Value | Bounds] = field(default_factory=dict)
    """What folds and look-ups came to: many rules are asked of one question, and equal nodes come to the same."""
    _passed: dict[tuple[str, str, Truth], list[tuple[Record, TruthStatus]]] = field(default_factory=dict)
    """The records of a history that may pass a filter."""

    def outcome(self, rule: Rule) -> Outcome:
        """Decide a rule, with all its criteria."""
        found = self._outcomes.get(rule.id)
        if found is None:
            found = self._outcomes[rule.id] = self._decide(rule, self._applies(rule))
        return found

    def decide(self, rule: Rule) -> Outcome:
        """Decide a rule that need not be the one of its name, such as a part of it; what it asks of others is remembered."""
        return self._decide(rule, self.truth(rule.applies_to))

    def _decide(self, rule: Rule, applies: TruthStatus) -> Outcome:
        findings = tuple([self._finding(rule, criterion) for criterion in rule.criteria])
        warnings = tuple([self._finding(rule, criterion) for criterion in rule.warnings])
        worst = min([HELD, *[finding.status for finding in findings]])
        open_ = applies.missing if applies.status == UNKNOWN else NOTHING
        if worst == UNKNOWN and applies.status != FAILED:
            open_ |= union(f.missing for f in findings if f.status == UNKNOWN)
        return Outcome(rule, applies.status, findings, warnings, open_, worst)

    def _applies(self, rule: Rule) -> TruthStatus:
        found = self._applying.get(rule.id)
        if found is None:
            found = self._applying[rule.id] = self.truth(rule.applies_to)
        return found

    def asks(self, name: str, question: str) -> TruthStatus:
        """Tell whether another rule is `eligible` or `clear`; of one that is not for the person, no criterion is asked."""
        rule = self.rules[name]
        if self._applies(rule).status == FAILED:  # as for most
            return DECIDED[FAILED if question == "eligible" else HELD]
        outcome = self.outcome(rule)
        if outcome.applies == HELD and outcome.holds != UNKNOWN:
            return DECIDED[outcome.holds]
        applies, holds = TruthStatus(outcome.applies, outcome.missing), TruthStatus(outcome.holds, outcome.missing)
        return least([applies, holds]) if question == "eligible" else greatest([opposite(applies), holds])

    def _finding(self, rule: Rule, criterion: Criterion) -> Finding:
        when = self.truth(criterion.when) if criterion.when is not None else DECIDED[HELD]
        if when.status == FAILED:
            return Finding(criterion, NOT_APPLICABLE)
        holds = self.truth(criterion.holds)
        exempt = [(self.truth(alternative.holds), alternative) for alternative in criterion.exempt]
        answer = greatest([holds, *(given for given, _ in exempt)]) if exempt else holds
        if when.status == UNKNOWN:
            answer = greatest([opposite(when), answer])
        if answer.status != HELD and criterion.waivable_by and self.waives(rule, criterion):
            return Finding(criterion, WAIVED)
        by = next((alternative for given, alternative in exempt if given.status == HELD), None) if exempt else None
        return Finding(criterion, answer.status, answer.missing, by)

    def truth(self, node: Truth, record: object = None) -> TruthStatus:
        """Give the truth of a condition, in strong Kleene logic."""
        return truth_of(node)(self, record)

    def value(self, node: Expr, record: object = None) -> Value | Bounds:
        """Give the value of an expression, as far as it is known."""
        return node.value if isinstance(node, Literal) else value_of(node)(self, record)

    def within(self, unit: Value | Bounds, code: str) -> TruthStatus:
        """Tell whether a unit is the one of a code, or stands below it."""
        if not isinstance(unit, str):
            return answer(_failed(unit), unit)
        held = self.question.agency.within(unit, code)
        return TruthStatus(UNKNOWN, frozenset({"agency.units"})) if held is None else DECIDED[HELD if held else FAILED]

    def fold(self, node: Fold) -> Value | Bounds:
        """Give what a history comes to, worked out once."""
        found = self._seen.get(node)
        if found is None:
            found = self._seen[node] = self._fold(node)
        return found

    def _fold(self, node: Fold) -> Value | Bounds:
        history: History[Any] = getattr(self.question.subject(node.scope), node.history)
        value = value_of(node.value or _ONE)
        passing = self._passing(node, history)
        found = [MaybeRecord(record, how.status == HELD, how.missing, value(self, record)) for record, how in passing]
        covered = self._covered(node, history.complete_since)
        if node.once and spans.run_together(record for record, _ in passing):
            result = spans.total(covered, history, found, lambda record: value(self, record))
        else:
            result = folds.fold(node, history, covered, found)
        if not isinstance(result, Bounds):
            return result
        whole = covered and (node.op not in _OPEN_BEFORE or history.complete_since == COMPLETE)
        return replace(result, missing=self._open(node, history, whole, found))

    def _passing(self, node: Fold, history: History[Any]) -> list[tuple[Record, TruthStatus]]:
        """Give the records that surely or maybe pass the filter, which other folds may share."""
        key = node.scope, node.history, node.where
        found = self._passed.get(key)
        if found is None:
            ask = truth_of(node.where)
            asked = [(record, ask(self, record)) for record in history.records]
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


Asked: TypeAlias = Callable[[Meaning, object], TruthStatus]
"""How the truth of a condition is found: for a question, and the record that the enclosing fold looks at."""
Read: TypeAlias = Callable[[Meaning, object], "Value | Bounds"]
"""How the value of an expression is found."""


# Conditions: what each means is made of it once, and asked for every question


def truth_of(node: Truth) -> Asked:
    """Return what a condition means."""
    if isinstance(node, Literal):
        always = _HELD if node.value is True else _FAILED
        return lambda of, record: always  # noqa: ARG005  # the same for all
    known: Asked | None = getattr(node, "means", None)
    if known is None:
        known = _truth(node)
        object.__setattr__(node, "means", known)
    return known


def _truth(node: Truth) -> Asked:
    match node:
        case Compare():
            return _compared(node)
        case AllOf():
            return _settled_by(FAILED, [truth_of(item) for item in node.items], _HELD)
        case AnyOf():
            return _settled_by(HELD, [truth_of(item) for item in node.items], _FAILED)
        case Member():
            return _asked_of(node.value, lambda value: answer(bounds.member(value, node.among), value))
        case Not():
            item = truth_of(node.item)
            return lambda of, record: opposite(item(of, record))
        case Asks():
            return lambda of, _: of.asks(node.rule, node.question)
        case Literal():
            return truth_of(node)
        case IsNone():
            return _asked_of(node.value, lambda value: answer(HELD if value is ABSENT else _failed(value), value))
        case Contains():
            return _asked_of(node.texts, lambda texts: answer(_contains(texts, node.text), texts))
        case Within():
            unit = value_of(node.unit)
            return lambda of, record: of.within(unit(of, record), node.code)
        case _:
            assert_never(node)


def _compared(node: Compare) -> Asked:
    op, exact, left, right = node.op, bounds.EXACT[node.op], value_of(node.left), value_of(node.right)

    def asked(of: Meaning, record: object) -> TruthStatus:
        one, other = left(of, record), right(of, record)
        if one is ABSENT or other is ABSENT:
            return _FAILED
        if isinstance(one, Bounds) or isinstance(other, Bounds):
            return DECIDED.get(bounds.compare(op, one, other)) or answer(UNKNOWN, one, other)
        return _HELD if exact(one, other) else _FAILED

    return asked


def _settled_by(status: int, parts: list[Asked], otherwise: TruthStatus) -> Asked:
    """Ask one part after the other until one has a status; where none has, it is what is left, unless one is unknown."""

    def asked(of: Meaning, record: object) -> TruthStatus:
        unknown = []
        for part in parts:
            found = part(of, record)
            if found.status == status:
                return found
            if found.status == UNKNOWN:
                unknown.append(found)
        return joined(UNKNOWN, unknown) if unknown else otherwise

    return asked


def _asked_of(node: Expr, ask: Callable[[Value | Bounds], TruthStatus]) -> Asked:
    value = value_of(node)
    return lambda of, record: ask(value(of, record))


def _contains(texts: Value | Bounds, text: str) -> int:
    return HELD if isinstance(texts, frozenset) and text in texts else _failed(texts)


_HELD, _FAILED = DECIDED[HELD], DECIDED[FAILED]


# Expressions


def value_of(node: Expr) -> Read:
    """Return what an expression means."""
    if isinstance(node, Literal):
        value = node.value
        return lambda of, record: value  # noqa: ARG005  # the same for all
    known: Read | None = getattr(node, "means", None)
    if known is None:
        known = _value(node)
        object.__setattr__(node, "means", known)
    return known


def _value(node: Expr) -> Read:
    match node:
        case RecordField():
            return _field_of_record(node)
        case Literal():
            return value_of(node)
        case Field():
            return _field(node)
        case Fold():
            return lambda of, _: of.fold(node)
        case Lookup():
            return _looked_up(node)
        case AsOf():
            return lambda of, _: of.question.as_of
        case YearOf():
            return _computed("year", node.day)
        case StartOfYear():
            return _computed("start_of_year", node.year)
        case Arithmetic():
            return _computed(node.op, node.left, node.right)
        case Divide():
            return _divided(node)
        case If():
            return _chosen(node)
        case MonthsBetween():
            return _computed("months_between", node.start, node.end)
        case PlusMonths():
            return _computed("plus_months", node.day, node.months)
        case PlusDays():
            day = value_of(node.day)
            return lambda of, record: numbers.moved(day(of, record), node.count, node.holidays)
        case Cut():
            return _computed(node.edge, node.day, node.months)
        case LastMonthEnd():
            return _computed("last_month_end", node.day)
        case Upcoming():
            return _upcoming(node)
        case CountedMonths():
            since = value_of(node.since)
            return lambda of, record: months_counted(record, since(of, record))
        case Elapsed():
            return _computed("elapsed", node.start, node.end)
        case Figure():
            return value_of(node.body)
        case _:
            assert_never(node)


def _field_of_record(node: RecordField) -> Read:
    name, doubted = node.name, f".{node.name}"

    def read(of: Meaning, record: object) -> Value | Bounds:
        del of
        value: Any = getattr(record, name)
        if value is None or isinstance(value, OTHERWISE):
            return bounds.known(native(value, node.type), doubted)
        return value  # type: ignore[no-any-return]  # as its type says

    return read


def _field(node: Field) -> Read:
    scope, named = node.scope, _named(node.scope, node.name)

    def known(of: Meaning, record: object) -> Value | Bounds:
        del record
        value = read(getattr(of.question, scope), node)
        return bounds.known(value, named) if value is None or isinstance(value, PartialDay) else value

    return known


def _looked_up(node: Lookup) -> Read:
    keys, rows = [value_of(key) for key in node.keys], node.rows
    bands = any(isinstance(key, Band) for wanted, _ in rows for key in wanted)
    exact = {} if bands else dict(reversed(rows))  # the first row of some keys counts

    def looked_up(of: Meaning, record: object) -> Value | Bounds:
        seen: tuple[Any, ...] = tuple([key(of, record) for key in keys])
        if any(isinstance(key, Bounds) for key in seen):
            return Bounds(missing=missing(seen))
        if exact:
            return exact.get(seen, node.otherwise)
        return next((value for wanted, value in rows if all(map(bounds.matches, wanted, seen))), node.otherwise)

    return looked_up


def _computed(op: str, *parts: Expr) -> Read:
    values = [value_of(part) for part in parts]

    def computed(of: Meaning, record: object) -> Value | Bounds:
        seen = [value(of, record) for value in values]
        return numbers.computed(op, *seen, missing=missing(seen))

    return computed


def _divided(node: Divide) -> Read:
    value = value_of(node.value)

    def divided(of: Meaning, record: object) -> Value | Bounds:
        whole = value(of, record)
        return numbers.monotone(lambda n: numbers.divide(n, node.by, node.rounding), (1,), (whole,), missing([whole]))

    return divided


def _upcoming(node: Upcoming) -> Read:
    value = value_of(node.day)

    def upcoming(of: Meaning, record: object) -> Value | Bounds:
        day = value(of, record)
        return numbers.monotone(lambda one: dates.upcoming(one, node.periods), (1,), (day,), missing([day]))

    return upcoming


def _chosen(node: If) -> Read:
    test, then, otherwise = truth_of(node.test), value_of(node.then), value_of(node.otherwise)

    def chosen(of: Meaning, record: object) -> Value | Bounds:
        found = test(of, record)
        if found.status == UNKNOWN:
            either = [then(of, record), otherwise(of, record)]
            return bounds.hull(either, found.missing | missing(either))
        return then(of, record) if found.status == HELD else otherwise(of, record)

    return chosen


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


def _named(scope: str, name: str) -> str:
    return name if scope == "employee" else f"{scope}.{name}"
