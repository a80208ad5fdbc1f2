"""Likeness: in what a person and a twin may differ, and that they are the same in all else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import z3

from asnpolicy.backends.smt.people import Person, Slot, Term
from asnpolicy.language.nodes import Compare, Field, Fold, Literal, Node, RecordField, walk

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
        alike = z3.And(mine.there == its.there, *(same(term, its.fields[name]) for name, term in mine.fields.items()))
        if history not in self.kinds:
            return [alike]
        free = [z3.Or(z3.Not(slot.there), _of_kind(person, slot, self.kinds[history])) for slot in (mine, its)]
        return [z3.Or(alike, z3.And(free))]

    def _part(self, name: str, mine: Slot, its: Slot) -> Any:
        one, other = mine.fields[name], its.fields[name]
        if self.more is None or name != self.more[1]:
            return same(one, other)
        return z3.And(one.absent == other.absent, other.value >= one.value)

    def _fold(self, node: Fold, one: Term, other: Term) -> list[Any]:
        """Say what a fold of unseen records tells about the same fold of the twin's."""
        if any(isinstance(part, Field) and (part.scope, part.name) in self.fields for part in walk(node)):
            return []
        if node.history not in self.histories:
            return [same(one, other)]
        if self.more is None:
            return []
        name = self.more[1]
        if not _reads(node.where, name):
            if node.value is None or not _reads(node.value, name):
                return [same(one, other)]
            grows = node.op in ("sum", "least", "greatest", "latest") and isinstance(node.value, RecordField)
            return [one.absent == other.absent, other.value >= one.value] if grows else []
        return [other.value >= one.value] if node.op == "count" and _only_at_least(node.where, name) else []


def same(one: Term, other: Term) -> Any:
    """Say that two terms are one value."""
    return z3.And(one.value == other.value, one.absent == other.absent)


def _of_kind(person: Person, slot: Slot, kinds: tuple[str, ...]) -> Any:
    if not kinds:
        return z3.BoolVal(True)
    value = slot.fields["kind"].value
    return z3.Or([value == person.texts.index(kind) for kind in kinds if kind in person.texts])


def _reads(node: Node, name: str) -> bool:
    return any(isinstance(part, RecordField) and part.name == name for part in walk(node))


def _only_at_least(where: Node, name: str) -> bool:
    """Tell whether a filter asks of a field, and all that it asks is that it be at least, or above, something written."""
    tests = [part for part in getattr(where, "items", (where,)) if _reads(part, name)]
    return all(
        isinstance(test, Compare)
        and test.op in ("at_least", "above")
        and isinstance(test.left, RecordField)
        and isinstance(test.right, Literal)
        for test in tests
    )
