"""Lowering: binds rules to a day, so that no as-of date and no arithmetic on constants remains."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, assert_never

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.dates import CUT
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import (
    NO,
    YES,
    AllOf,
    AnyOf,
    Asks,
    AsOf,
    Compare,
    Contains,
    CountedMonths,
    Cut,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    IsNone,
    Literal,
    Lookup,
    Member,
    Node,
    Not,
    RecordField,
    Truth,
    Value,
    Within,
    children,
    rebuild,
)  # fmt: skip
from asnpolicy.language.reading import Question, nobody
from asnpolicy.language.rules import (
    HELD,
    Branch,
    ConditionTree,
    Criterion,
    Leaf,
    Preference,
    Program,
    Rule,
    RuleLeaf,
    SilentLeaf,
    TargetLeaf,
    YearLeaf,
)

_NEVER_CONSTANT = (Literal, Field, RecordField, CountedMonths, Fold, Asks, Contains, Within)


def bind(program: Program, as_of: date) -> Program:
    """Bind all rules of a program to a day."""
    return replace(program, rules=tuple(bind_rule(rule, Binder(as_of)) for rule in program.rules))


def bind_rule(rule: Rule, binder: Binder) -> Rule:
    """Bind one rule to a day: its conditions, its target and what it observes; equal nodes of a binder's rules are one."""
    return replace(
        rule,
        applies_to=binder.node(rule.applies_to),
        criteria=tuple(_criterion(binder, c) for c in rule.criteria),
        warnings=tuple(_criterion(binder, c) for c in rule.warnings),
        target=None if rule.target is None else binder.node(rule.target),
        whom=_tree(binder, rule.whom),
        period=None if rule.period is None else (binder.node(rule.period[0]), binder.node(rule.period[1])),
        due=None if rule.due is None else binder.node(rule.due),
        mentee_prefers=_preferences(binder, rule.mentee_prefers),
        mentor_prefers=_preferences(binder, rule.mentor_prefers),
    )


def _criterion(binder: Binder, criterion: Criterion) -> Criterion:
    return replace(
        criterion,
        holds=binder.node(criterion.holds),
        when=None if criterion.when is None else binder.node(criterion.when),
        exempt=tuple(replace(a, holds=binder.node(a.holds), tree=_tree(binder, a.tree)) for a in criterion.exempt),
        tree=_tree(binder, criterion.tree),
    )


def _tree(binder: Binder, tree: ConditionTree) -> ConditionTree:
    """Bind what is said of a condition along with it."""
    match tree:
        case Branch():
            return replace(tree, parts=tuple(_tree(binder, part) for part in tree.parts))
        case Leaf():
            seen = tree.observation
            required = tuple(binder.node(one) for one in seen.required)
            over = None if seen.over is None else binder.node(seen.over)
            seen = replace(seen, seen=binder.node(seen.seen), required=required, over=over)
            return Leaf(binder.node(tree.truth), seen)
        case YearLeaf():
            return YearLeaf(binder.node(tree.truth), tree.history, binder.node(tree.year))
        case RuleLeaf():
            return tree
        case TargetLeaf():
            return TargetLeaf(binder.node(tree.truth))
        case SilentLeaf():
            return SilentLeaf(binder.node(tree.truth))
        case _:
            assert_never(tree)


def _preferences(binder: Binder, preferences: tuple[Preference, ...]) -> tuple[Preference, ...]:
    return tuple(
        replace(
            one,
            observation=replace(one.observation, seen=binder.node(one.observation.seen)),
            amount=binder.node(one.amount),
        )
        for one in preferences
    )


class Binder:
    """Replaces the as-of date by a day and computes what has become constant."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._question = Question(as_of, nobody())
        self._done: dict[Node, Any] = {}

    def node(self, node: Any) -> Any:
        """Bind a node and all that is inside it."""
        known = self._done.get(node)
        if known is None:
            known = self._done[node] = self._bind(node)
        return known

    def _bind(self, node: Node) -> Node:
        if isinstance(node, AsOf):
            return Literal(self._as_of)
        node = simplify(rebuild(node, self.node))
        if not isinstance(node, _NEVER_CONSTANT) and all(map(_is_known, children(node))):
            return self._constant(node)
        return node

    def _constant(self, node: Node) -> Node:
        meaning = Meaning(self._question)  # of its own: it would remember every node that is ever bound
        if isinstance(node, (Compare, IsNone, Member, AllOf, AnyOf, Not)):
            return YES if meaning.truth(node).status == HELD else NO
        seen = meaning.value(node)  # type: ignore[arg-type]  # every other node is an expression
        return node if isinstance(seen, Bounds) else Literal(seen)


def simplify(node: Node) -> Node:
    """Drop what no longer matters once parts of a node are constant."""
    match node:
        case AllOf(items):
            return _junction(AllOf, items, neutral=YES, decisive=NO)
        case AnyOf(items):
            return _junction(AnyOf, items, neutral=NO, decisive=YES)
        case If(Literal(test), then, otherwise):
            return then if test is True else otherwise
        case Not(Literal(test)):
            return NO if test is True else YES
        case Cut(Literal(date() as day), Lookup() | If() | Figure() as months):
            return _cut(day, months, node.edge)
        case Fold(where=AllOf(tests)):
            return replace(node, where=AllOf(tuple(sorted(tests, key=_passed_by))))
        case _:
            return node


def _is_known(node: Node) -> bool:
    return isinstance(node, Literal) and not isinstance(node.value, Bounds)


def _passed_by(test: Truth) -> int:
    """Rank a test of records by how many pass it, from experience: the first that fails ends the filter."""
    match test:
        case Member() | Compare(op="is", left=RecordField(), right=Literal()):
            return 0
        case Compare(op="at_least" | "above", left=RecordField(), right=Literal()):
            return 1
        case Compare(left=RecordField(), right=Literal()):
            return 2
        case _:
            return 3


def _cut(day: date, months: Expr, edge: str) -> Expr:
    """Take a length of time off a day at once, wherever it is written: in a table, or on either side of a choice."""

    def cut(value: Value) -> Value:
        return CUT[edge](day, value) if isinstance(value, int) else value  # none, or not given by the law

    match months:
        case Literal(value):
            return Literal(cut(value))
        case Lookup(_, rows, otherwise):
            cells = tuple((keys, cut(value)) for keys, value in rows)
            return replace(months, rows=cells, otherwise=cut(otherwise))
        case If(test, then, otherwise):
            return If(test, _cut(day, then, edge), _cut(day, otherwise, edge))
        case Figure(_, body):
            return _cut(day, body, edge)
        case _:
            return Cut(Literal(day), months, edge)  # type: ignore[arg-type]  # one of the three edges


def _junction(kind: type[AllOf] | type[AnyOf], items: tuple[Any, ...], neutral: Literal, decisive: Literal) -> Node:
    flat = [part for item in items for part in (item.items if isinstance(item, kind) else (item,))]
    kept = tuple(dict.fromkeys(part for part in flat if part != neutral))
    if decisive in kept:
        return decisive
    return kept[0] if len(kept) == 1 else kind(kept) if kept else neutral


@cache
def depends_on_day(node: Node) -> bool:
    """Tell whether the as-of date occurs in a node."""
    return isinstance(node, AsOf) or any(depends_on_day(child) for child in children(node))


@cache
def depends_on_people(node: Node) -> bool:
    """Tell whether a person, a record, an opening, the agency or another rule occurs in a node."""
    return isinstance(node, (Field, RecordField, CountedMonths, Fold, Asks, Within)) or any(
        map(depends_on_people, children(node))
    )
