"""Standing: a program with all that is only illustrative taken away."""

from __future__ import annotations

from dataclasses import replace

from asnpolicy.language.nodes import Asks, Node, walk
from asnpolicy.language.rules import Criterion, Program, Rule


def in_force(program: Program) -> Program:
    """Return a program without its illustrative rules and criteria; the same one where it has none.

    A criterion in force that asks an illustrative rule is kept, and so is that rule.
    """
    kept = {rule.id: _rule(rule) for rule in program.rules if rule.standing != "illustrative"}
    by_id, left = program.by_id, [name for rule in kept.values() for name in _asked(rule)]
    while left:
        name = left.pop()
        if name not in kept:
            kept[name] = by_id[name]
            left += by_id[name].builds_on
    rules = tuple(kept[rule.id] for rule in program.rules if rule.id in kept)
    return program if rules == program.rules else replace(program, rules=rules)


def _rule(rule: Rule) -> Rule:
    criteria = tuple(one for one in rule.criteria if one.standing != "illustrative")
    return rule if criteria == rule.criteria else replace(rule, criteria=criteria)


def _asked(rule: Rule) -> list[str]:
    roots: list[Node] = [rule.applies_to, *(root for one in rule.criteria for root in _roots(one))]
    return [node.rule for root in roots for node in walk(root) if isinstance(node, Asks)]


def _roots(criterion: Criterion) -> tuple[Node, ...]:
    return criterion.conditions
