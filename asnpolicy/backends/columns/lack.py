"""Lack: which data could still settle what a rule leaves undecided, as columns: for each name, for whom it is missing.

The definition names records one by one (`educations[2009-08-01].field`); here a field of a history has one name
(`educations.field`), and so does each year that is not there (`appraisals[2024]`).

INVARIANT: for whoever columns say, these are the names that the definition gives, put together so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import TypeAlias

import numpy as np
import polars as pl

from asnpolicy.backends.columns.piece import ALL, Piece
from asnpolicy.backends.columns.tables import Mask
from asnpolicy.backends.columns.values import Truths, full, is_known, possible, sure, unknown
from asnpolicy.language.nodes import (
    KINDS,
    AllOf,
    AnyOf,
    Asks,
    Compare,
    Contains,
    CountedMonths,
    Expr,
    Field,
    Fold,
    If,
    IsNone,
    Literal,
    Member,
    Node,
    Not,
    RecordField,
    Truth,
    Within,
    children,
)  # fmt: skip
from asnpolicy.language.rules import Criterion, Rule
from asnpolicy.people import HISTORIES

Names: TypeAlias = dict[str, Mask]
"""For each name of what is missing, the rows for which it is; a name that begins with a dot is a field of a record."""
OPEN_BEFORE = ("unbroken_since", "held_since")
"""Folds that ask how far back something goes, which a record that was not delivered may change."""
IN_ORDER = ("latest", *OPEN_BEFORE)
OPENING = "opening"
"""All that is not known of a vacant post, where none is given."""


class Lack:
    """What is missing of the people of a piece, each node looked at once."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self._known: dict[tuple[int, str], Names] = {}
        self._rules: dict[str, Names] = {}

    def of(self, rule: Rule) -> Names:
        """Return what is missing where a rule is undetermined: of a duty that is not fulfilled, its day where that is unknown."""
        found = dict(self._rule(rule))
        if rule.due is not None:
            applies, holds = self.piece.outcome(rule)
            late = sure(applies & ~holds).to_numpy()
            found = _joined([found, _where(self._value(rule.due), late)])
        return distinct(found)

    def _rule(self, rule: Rule) -> Names:
        known = self._rules.get(rule.id)
        if known is None:
            applies, _ = self.piece.outcome(rule)
            may = ~sure(~applies).to_numpy()
            unmet = [self._criterion(each) for each in rule.criteria]
            failed = reduce(
                np.logical_or,
                (sure(~self.piece.criterion(each)[0]).to_numpy() for each in rule.criteria),
                np.zeros(self.piece.tables.size, dtype=bool),
            )
            known = self._rules[rule.id] = _joined(
                [self._truth(rule.applies_to), *(_where(each, may & ~failed) for each in unmet)]
            )
        return known

    def _criterion(self, one: Criterion) -> Names:
        holds, _ = self.piece.criterion(one)
        if not holds.null_count():
            return {}
        return _where(_joined(self._truth(part) for part in one.conditions), unknown(holds).to_numpy())

    # Conditions

    def _truth(self, node: Truth, history: str = "") -> Names:
        seen = self.piece.truth(node, history)
        if not seen.null_count():
            return {}
        return self._once(node, history, lambda: _where(self._open(node, history, seen), unknown(seen).to_numpy()))

    def _open(self, node: Truth, history: str, seen: Truths) -> Names:
        match node:
            case Asks(rule, _):
                return self._rule(self.piece.plan.rules[rule])
            case Within(unit, _):
                given = self._value(unit, history)
                known = reduce(np.logical_and, (~mask for mask in given.values()), unknown(seen).to_numpy())
                return _joined([given, {"agency.units": known}])
            case Not(item):
                return self._truth(item, history)
            case AllOf(items) | AnyOf(items):
                return _joined(self._truth(item, history) for item in items)
            case Compare(_, left, right):
                return _joined([self._value(left, history), self._value(right, history)])
            case IsNone(value) | Member(value, _):
                return self._value(value, history)
            case Contains(texts, _):
                return self._value(texts, history)
            case _:
                return {}

    # Values

    def _value(self, node: Expr, history: str = "") -> Names:
        if isinstance(node, Literal):
            return {}
        size = self.piece.size(history)
        known = is_known(self.piece.value(node, history), size)
        if known.all():
            return {}
        return self._once(node, history, lambda: _where(self._unknown(node, history), ~known.to_numpy()))

    def _unknown(self, node: Expr, history: str) -> Names:
        everywhere = np.ones(self.piece.size(history), dtype=bool)
        match node:
            case Field(scope, name):
                return {name if scope == "employee" else scope if scope == OPENING else f"{scope}.{name}": everywhere}
            case RecordField(name):
                return {f".{name}": everywhere}
            case CountedMonths(since):
                columns = self.piece.tables.histories[history].columns
                clear = (~(unknown(columns["counted"]) | unknown(columns["year"]))).to_numpy()
                return _joined([self._value(since, history), {".period_start": ~clear}])
            case If(test, then, otherwise):
                return self._either(test, then, otherwise, history)
            case Fold():
                return self._fold(node)
            case _:
                return _joined(self._part(part, history) for part in children(node))

    def _part(self, node: Node, history: str) -> Names:
        return self._value(node, history) if type(node) in _VALUES else self._truth(node, history)  # type: ignore[arg-type]  # as told apart

    def _either(self, test: Truth, then: Expr, otherwise: Expr, history: str) -> Names:
        chosen = self.piece.truth(test, history)
        held, failed = (sure(part).to_numpy() for part in (chosen, ~chosen))
        return _joined(
            [
                self._truth(test, history),
                _where(self._value(then, history), ~failed),
                _where(self._value(otherwise, history), ~held),
            ]
        )

    # Folds

    def _fold(self, node: Fold) -> Names:
        piece, history = self.piece, node.history
        name = history if node.scope == "employee" else f"{node.scope}.{history}"
        whole = piece.covered(node).to_numpy()
        if node.op in OPEN_BEFORE:
            whole = whole & sure(piece.tables.complete[history] == ALL).to_numpy()
        parts = self._of_records(node, name)
        doubted = reduce(np.logical_or, parts.values(), np.zeros(piece.tables.size, dtype=bool))
        first = {} if node.covers is None else _where(self._value(node.covers), ~whole)
        return _joined([parts, first, _where(self._asked(node, name), ~(whole & doubted))])

    def _of_records(self, node: Fold, name: str) -> Names:
        """Return what is missing of the records that may count, for the people whose they are."""
        piece, history = self.piece, node.history
        records = piece.tables.histories[history]
        found = [self._truth(node.where, history), {} if node.value is None else self._value(node.value, history)]
        if node.op in IN_ORDER:
            placed = unknown(records.columns["placed"]).to_numpy()
            found.append({f".{HISTORIES[history].placed_by}": placed})
        may = possible(piece.truth(node.where, history)).to_numpy()
        made: Names = {}
        for each, mask in _joined(found).items():
            people = np.zeros(piece.tables.size, dtype=bool)
            people[records.of[mask & may]] = True
            made[f"{name}{each}" if each[0] == "." else each] = people
        return made

    def _asked(self, node: Fold, name: str) -> Names:
        size = self.piece.tables.size
        if node.asks is None:
            return {name: np.ones(size, dtype=bool)}
        year = self.piece.single(node.asks)
        if not isinstance(year.low, pl.Series):
            return {f"{name}[{year.low}]": np.ones(size, dtype=bool)}
        given = full(year.low, size)
        made = {
            f"{name}[{each}]": sure(given == each).to_numpy() for each in given.unique().drop_nulls()
        }
        return {name: unknown(given).to_numpy(), **made}

    def _once(self, node: Node, history: str, compute: Callable[[], Names]) -> Names:
        key = id(node), history
        known = self._known.get(key)
        if known is None:
            if history and self.piece.plan.free_of_record(node):
                rows = self.piece.tables.histories[history].of
                own = self._part(node, "")
                known = {name: mask[rows] for name, mask in own.items()}
            else:
                known = compute()
            self._known[key] = known
        return known


_VALUES = frozenset(
    kind for kind in KINDS if kind not in (AllOf, AnyOf, Asks, Compare, Contains, IsNone, Member, Not, Within)
)


def _joined(parts: Iterable[Mapping[str, Mask]]) -> Names:
    made: Names = {}
    for part in parts:
        for name, mask in part.items():
            made[name] = made[name] | mask if name in made else mask
    return made


def _where(names: Names, mask: Mask) -> Names:
    found = {name: own & mask for name, own in names.items()}
    return {name: own for name, own in found.items() if own.any()}


# Names


def distinct(names: Names) -> Names:
    """Return what is missing, once: `appraisals[2024]` says more than `appraisals`."""
    made = dict(names)
    for name, mask in names.items():
        whole = name.partition("[")[0]
        if name.endswith("]") and whole in made:
            made[whole] = made[whole] & ~mask
    return {name: mask for name, mask in made.items() if mask.any()}
