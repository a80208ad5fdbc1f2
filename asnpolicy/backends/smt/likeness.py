"""Likeness: in what a person and a twin may differ, and that they are the same in all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import z3

from asnpolicy.backends.smt.people import Person, Slot, Term
from asnpolicy.backends.smt.terms import all_of, any_of, negated
from asnpolicy.language.nodes import (
    AllOf,
    AnyOf,
    Arithmetic,
    Compare,
    Divide,
    Field,
    Figure,
    Fold,
    If,
    Literal,
    Lookup,
    Member,
    Node,
    RecordField,
    walk,
)

Other = tuple[str, str]
"""A field with its scope."""


@dataclass(frozen=True)
class Likeness:
    """Two people who are the same but for some fields, some kinds of records, or one merit of which the twin has more."""

    fields: frozenset[Other] = frozenset()
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a history, the kinds of records that one of them may have and the other not; none: any record."""
    more: tuple[str, str] | None = None
    """A history and a field of its records that is at least as much for the twin, record by record."""

    @property
    def histories(self) -> frozenset[str]:
        """The histories whose records are not the same."""
        return frozenset(self.kinds) | ({self.more[0]} if self.more else frozenset())

    def terms(self, one: Person, other: Person) -> list[Any]:
        """Say that two people are so alike."""
        parts = []
        for key, term in one.fields.items():
            if key not in self.fields:
                parts.append(same(term, other.fields[key]))
        for history, slots in one.histories.items():
            for mine, its in zip(slots, other.slots(history), strict=True):
                parts += self._record(one, history, mine, its)
        parts += [fact == other.contains(*key) for key, fact in one.has.items()]
        for node, term in one.folds.items():
            parts += self._fold(node, term, other.folds[node])
        return parts

    def _record(self, person: Person, history: str, mine: Slot, its: Slot) -> list[Any]:
        if self.more is not None and history == self.more[0]:
            return [mine.there == its.there, *(self._part(name, mine, its) for name in mine.fields)]
        alike = all_of(mine.there == its.there, *(same(term, its.fields[name]) for name, term in mine.fields.items()))
        if history not in self.kinds:
            return [alike]
        free = [any_of(negated(slot.there), _of_kind(person, slot, self.kinds[history])) for slot in (mine, its)]
        return [any_of(alike, all_of(free))]

    def _part(self, name: str, mine: Slot, its: Slot) -> Any:
        one, other = mine.fields[name], its.fields[name]
        if self.more is None or name != self.more[1]:
            return same(one, other)
        return all_of(one.absent == other.absent, other.value >= one.value)

    def _fold(self, node: Fold, one: Term, other: Term) -> list[Any]:
        """Say what a fold of unseen records tells about the same fold of the twin's."""
        if any(isinstance(part, Field) and (part.scope, part.name) in self.fields for part in walk(node)):
            return []
        if node.history not in self.histories:
            return [same(one, other)]
        if self.more is None:
            return [same(one, other)] if _of_other_kinds(node.where, self.kinds[node.history]) else []
        name = self.more[1]
        if not _reads(node.where, name):
            if node.value is None or not _reads(node.value, name):
                return [same(one, other)]
            up = node.op in ("sum", "least", "greatest", "latest") and grows(node.value, name)
            return [one.absent == other.absent, other.value >= one.value] if up else []
        if not _loosens(node.where, name) or (node.value is not None and not grows(node.value, name)):
            return []
        if node.op in ("count", "sum"):
            return [other.value >= one.value]
        if node.op == "greatest":
            return [any_of(one.absent, all_of(negated(other.absent), other.value >= one.value))]
        return []


def same(one: Term, other: Term) -> Any:
    """Say that two terms are one value."""
    return all_of(one.value == other.value, one.absent == other.absent)


def _of_kind(person: Person, slot: Slot, kinds: tuple[str, ...]) -> Any:
    if not kinds:
        return z3.BoolVal(True)
    value = slot.fields["kind"].value
    return any_of([value == person.texts.index(kind) for kind in kinds if kind in person.texts])


def _of_other_kinds(where: Node, kinds: tuple[str, ...]) -> bool:
    """Tell whether a filter asks for a kind of record that is none of some."""
    tests = where.items if isinstance(where, AllOf) else (where,)
    return bool(kinds) and any(
        _of_other_kinds(test, kinds)
        if isinstance(test, AllOf)
        else isinstance(test, Compare)
        and test.op == "is"
        and isinstance(test.left, RecordField)
        and test.left.name == "kind"
        and isinstance(test.right, Literal)
        and test.right.value not in kinds
        for test in tests
    )


def _reads(node: Node, name: str) -> bool:
    return any(isinstance(part, RecordField) and part.name == name for part in walk(node))


def grows(node: Node, name: str) -> bool:
    """Tell whether a value, which is never below zero, is surely no less where a field of the record is more."""
    if not _reads(node, name):
        return True
    match node:
        case RecordField():
            return True
        case Figure(_, body):
            return grows(body, name)
        case Divide(value):
            return grows(value, name)
        case Arithmetic("plus" | "times", left, right):
            return grows(left, name) and grows(right, name)
        case Arithmetic("minus", left, right):
            return grows(left, name) and not _reads(right, name)
        case If(test, then, otherwise):
            return not _reads(test, name) and grows(then, name) and grows(otherwise, name)
        case Lookup():
            return _rises(node, name)
        case _:
            return False


def _rises(table: Lookup, name: str) -> bool:
    """Tell whether the cells of a table rise with the one key that is the field: a label, each with a cell."""
    keys = [at for at, key in enumerate(table.keys) if _reads(key, name)]
    if len(keys) != 1 or not isinstance(table.keys[keys[0]], RecordField):
        return False
    at, labels = keys[0], table.keys[keys[0]].type.labels  # type: ignore[union-attr]  # a field of a record has a type
    columns: dict[Any, dict[int, Any]] = {}
    for wanted, cell in table.rows:
        key = wanted[at]
        if not isinstance(key, int):
            return False
        columns.setdefault(wanted[:at] + wanted[at + 1 :], {})[int(key)] = cell
    order = [int(label) for label in labels or ()]
    rows = [[column.get(label, table.otherwise) for label in order] for column in columns.values()]
    return bool(order) and all(isinstance(cell, int) for row in rows for cell in row) and all(map(_ordered, rows))


def _ordered(row: list[Any]) -> bool:
    return all(one <= other for one, other in pairwise(row))


def _loosens(where: Node, name: str) -> bool:
    """Tell whether a filter lets every record pass that passed with less in a field: it asks only that there be enough."""
    tests = getattr(where, "items", (where,)) if isinstance(where, (AllOf, AnyOf)) else (where,)
    return all(not _reads(test, name) or _asks_for_more(test, name) for test in tests)


def _asks_for_more(test: Node, name: str) -> bool:
    match test:
        case AllOf() | AnyOf():
            return _loosens(test, name)
        case Compare("at_least" | "above", RecordField(), right):
            return not _reads(right, name)
        case Compare("is", RecordField(type=type_), Literal(value)):
            return value is True or (type_.labels is not None and value == max(type_.labels))
        case Member(RecordField(type=type_), among) if type_.labels is not None:
            those = [label for label in type_.labels if label in among]
            return len(those) == len(among) and those == list(type_.labels)[-len(those) :]
        case _:
            return False
