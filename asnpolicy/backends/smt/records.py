"""How many records a symbolic person has: so many that one more could change nothing, where such a number is known.

Take anybody at all, and let go of every record but these: the last k for `latest(k)`, the last, the first of its run and
the one before that for `held_since`, the deciding one for `least` and `greatest`, and of those that a count compared with n counts, n (or n + 1, to be above n). Every comparison comes out as
before: a record let go of was neither the last, nor the best, nor needed to reach n. What is left has no more records
than the rules ask for, so a claim that nobody with so many refutes is refuted by nobody. A total of a field that no
filter reads needs one record for each combination of totals: the others can be added up in it.

A total of computed values, a chain of spans, or a count that is not compared with written numbers has no such number.
Then people have one record for each of these beside the others, and what is claimed is claimed of people with at most so
many (`enough` is false).

What is added up in one record may be more than any one record may have. A proof lets it; whoever is shown has as many
records as it takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace

from asnpolicy.backends.smt.people import limits_of
from asnpolicy.language.nodes import (
    AllOf,
    Asks,
    Compare,
    Comparison,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    Literal,
    Lookup,
    Node,
    RecordField,
    Truth,
    Value,
    children,
    rebuild,
    walk,
)

MOST = 16
"""The most records of one history that a symbolic person ever starts with."""


@dataclass(frozen=True, slots=True)
class RecordLimit:
    """How many records of a history the people of a question have at most; `enough` when more would change nothing."""

    history: str
    most: int
    enough: bool
    summed: frozenset[str] = frozenset()
    """Its fields of which one record stands for many, added up."""

    def one_more(self) -> RecordLimit:
        """Let people have one record more."""
        return replace(self, most=self.most + 1)


@dataclass(slots=True)
class _Needs:
    """What the folds over one history ask for."""

    latest: dict[Truth, int] = field(default_factory=dict)
    runs: set[Fold] = field(default_factory=set)
    counts: dict[Fold, int] = field(default_factory=dict)
    extremes: set[Fold] = field(default_factory=set)
    totals: dict[str, dict[Truth, int]] = field(default_factory=lambda: defaultdict(dict))
    """Of each field that is added up, the filters, each with how many records it takes to reach what it is compared with."""
    read: set[str] = field(default_factory=set)
    endless: set[Fold] = field(default_factory=set)

    def records(self, history: str) -> RecordLimit:
        number = sum(self.latest.values()) + sum(self.counts.values()) + len(self.extremes)
        number += 3 * len(self.runs)
        number += sum((2 ** len(filters) - 1) * max(filters.values()) for filters in self.totals.values())
        number += len(self.endless)
        enough = not self.endless and not any(name in self.read for name in self.totals) and number <= MOST
        return RecordLimit(history, min(max(number, 1), MOST), enough, frozenset(self.totals))


class _Reading:
    """Walks through conditions and notes what each fold asks for."""

    def __init__(self) -> None:
        self.needs: dict[str, _Needs] = defaultdict(_Needs)

    def node(self, node: Node) -> None:
        """Note what a node and all inside it ask for."""
        match node:
            case Compare(op, left, right):
                self._compared(op, _bare(left), _bare(right))
            case Fold():
                self._fold(node)
            case _:
                for child in children(node):
                    self.node(child)

    def _compared(self, op: Comparison, left: Expr, right: Expr) -> None:
        numbers = _written(right)
        if isinstance(left, Fold) and left.op == "count" and numbers is not None:
            counts = self.needs[left.history].counts
            wanted = max(numbers, default=0) + (op not in ("at_least", "below"))
            counts[left] = max(counts.get(left, 0), wanted)
            self._inside(left)
        elif isinstance(left, Fold) and left.op == "sum" and isinstance(left.value, RecordField):
            self._total(left, left.value, max(numbers or (), default=0))
        else:
            self.node(left)
        self.node(right)

    def _total(self, node: Fold, summed: RecordField, number: int) -> None:
        """Note how many records it takes to come to more than a number."""
        filters = self.needs[node.history].totals[summed.name]
        most = limits_of(node.history, summed.name)[1] * 10**summed.type.places
        filters[node.where] = max(filters.get(node.where, 1), 1 + number // max(most, 1))
        self._inside(node)

    def _fold(self, node: Fold) -> None:
        needs = self.needs[node.history]
        match node.op:
            case "latest":
                needs.latest[node.where] = max(needs.latest.get(node.where, 0), node.nth)
            case "held_since":
                needs.runs.add(node)
            case "least" | "greatest":
                needs.extremes.add(node)
            case "sum" if isinstance(node.value, RecordField):
                self._total(node, node.value, 0)
                return
            case _:
                needs.endless.add(node)
        self._inside(node)

    def _inside(self, node: Fold) -> None:
        summed = node.op == "sum" and isinstance(node.value, RecordField)
        parts = [node.where] if node.value is None or summed else [node.where, node.value]
        for part in parts:
            self.needs[node.history].read |= _fields_read(part)
            self.node(part)


def records_for(
    conditions: Iterable[Node], fields: Container[tuple[str, str]] = (), histories: Container[str] = ()
) -> dict[str, RecordLimit]:
    """Return the records that a question about some conditions needs, for each history that they look at.

    Where twins differ in some fields (each with its scope) or in records of some histories, a fold that reads one of
    these comes out twice: once for each of them.
    """
    reading = _Reading()
    for condition in conditions:
        reading.node(condition)
        if fields or histories:
            reading.node(_of_the_twin(condition, fields, histories))
    return {history: needs.records(history) for history, needs in reading.needs.items()}


def bounded(*conditions: Truth) -> bool:
    """Tell whether so many records are enough to tell of some conditions, and they ask no other rule."""
    nodes = (node for condition in conditions for node in walk(condition))
    enough = all(one.enough for one in records_for(conditions).values())
    return enough and not any(isinstance(node, Asks) for node in nodes)


def _of_the_twin(node: Node, fields: Container[tuple[str, str]], histories: Container[str]) -> Node:
    def change(part: Node) -> Node:
        if isinstance(part, Field) and (part.scope, part.name) in fields:
            return replace(part, name=f"{part.name} of the twin")
        part = rebuild(part, change)
        if isinstance(part, Fold) and part.history in histories:
            return replace(part, where=AllOf((part.where, Literal("of the twin"))))
        return part

    return change(node)


def _bare(node: Expr) -> Expr:
    return _bare(node.body) if isinstance(node, Figure) else node


def _written(node: Expr) -> set[int] | None:
    """Give the numbers that an expression can come to, when all of them are written in the policy."""
    match node:
        case Literal(value):
            return _numbers([value])
        case Lookup(_, rows, otherwise):
            return _numbers([otherwise, *(cell for _, cell in rows)])
        case If(_, then, otherwise):
            one, other = _written(_bare(then)), _written(_bare(otherwise))
            return None if one is None or other is None else one | other
        case _:
            return None


def _numbers(values: Iterable[Value]) -> set[int]:
    return {value for value in values if isinstance(value, int)}


def _fields_read(node: Node) -> set[str]:
    """Name the fields of a record that a filter or a value reads; a fold inside it has records of its own."""
    if isinstance(node, RecordField):
        return {node.name}
    if isinstance(node, Fold):
        return set()
    return set().union(*(_fields_read(child) for child in children(node)))
