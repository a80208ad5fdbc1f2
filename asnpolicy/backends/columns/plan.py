"""The plan: all rules of a policy and a day, bound to it, with equal nodes made one, built once and run on many pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from asnpolicy.language.nodes import KINDS, CountedMonths, Figure, Fold, Literal, Node, RecordField, children
from asnpolicy.language.rules import Criterion, Rule


class Plan:
    """Rules whose equal nodes are one object, so that each is worked out once."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._made: dict[Any, Node] = {}
        self._done: dict[int, tuple[Node, Node]] = {}
        self._free: dict[int, bool] = {}
        self.rules = {name: self._rule(rule) for name, rule in rules.items()}

    def __len__(self) -> int:
        return len(self._made)

    def _rule(self, rule: Rule) -> Rule:
        return replace(
            rule,
            applies_to=self.node(rule.applies_to),
            criteria=tuple(map(self._criterion, rule.criteria)),
            warnings=tuple(map(self._criterion, rule.warnings)),
            target=None if rule.target is None else self.node(rule.target),
            due=None if rule.due is None else self.node(rule.due),
        )

    def _criterion(self, one: Criterion) -> Criterion:
        return replace(
            one,
            holds=self.node(one.holds),
            when=None if one.when is None else self.node(one.when),
            exempt=tuple(replace(each, holds=self.node(each.holds)) for each in one.exempt),
        )

    def node(self, node: Any) -> Any:
        """Return the one node that is equal to a node; a figure is what it comes to."""
        known = self._done.get(id(node))
        if known is None:
            made = self.node(node.body) if isinstance(node, Figure) else self._one(node)
            known = self._done[id(node)] = node, made  # the node is kept too: its id must not be another's
        return known[1]

    def _one(self, node: Node) -> Node:
        if isinstance(node, Literal):
            return self._made.setdefault((Literal, type(node.value), node.value), node)
        changed: dict[str, Any] = {}
        key: list[Any] = [type(node)]
        for field in fields(node):
            part = getattr(node, field.name)
            new = self._part(part)
            key.append(_identity(new))
            if new is not part:
                changed[field.name] = new
        name = tuple(key)
        if name not in self._made:
            self._made[name] = replace(node, **changed) if changed else node
        return self._made[name]

    def _part(self, part: Any) -> Any:
        if type(part) in KINDS:
            return self.node(part)
        if isinstance(part, tuple) and part and type(part[0]) in KINDS:
            made = tuple(self.node(each) for each in part)
            return part if all(one is other for one, other in zip(made, part, strict=True)) else made
        return part

    def free_of_record(self, node: Node) -> bool:
        """Tell whether a node, inside a fold, asks nothing of the record: it is worked out once for the person."""
        known = self._free.get(id(node))
        if known is None:
            asks = isinstance(node, (RecordField, CountedMonths))
            known = self._free[id(node)] = not asks and (isinstance(node, Fold) or self._all_free(children(node)))
        return known

    def _all_free(self, nodes: Iterable[Node]) -> bool:
        return all(map(self.free_of_record, nodes))


def _identity(part: Any) -> Any:
    """Tell parts apart: nodes by what they are, all else by type and value, since to Python `true` and `1` are equal."""
    if type(part) in KINDS:
        return id(part)
    if isinstance(part, tuple):
        return tuple(map(_identity, part))
    return type(part), part
