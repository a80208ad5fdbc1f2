"""Atoms: the conditions with no others inside them that a criterion is made of, and those of them that leave it unknown."""

from __future__ import annotations

from collections.abc import Mapping

from asnpolicy.language.nodes import AllOf, AnyOf, Not, Truth
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN, Criterion, Rule

WHOM = -1
"""Stands for the condition of whom a rule is for, where its criteria are numbered."""


def condition(rule: Rule, at: int) -> Truth:
    """Return what a numbered criterion of a rule comes to as one condition, or whom the rule is for."""
    return rule.applies_to if at == WHOM else _whole(rule.criteria[at])


def _whole(one: Criterion) -> Truth:
    """Return a criterion as one condition: it holds where it does not count, and where somebody is exempt."""
    ways = (one.holds, *(alternative.holds for alternative in one.exempt))
    return AnyOf(ways if one.when is None else (Not(one.when), *ways))


def atoms(truth: Truth) -> tuple[Truth, ...]:
    """Return the conditions that something is made of, each once."""
    if isinstance(truth, Not):
        return atoms(truth.item)
    if isinstance(truth, (AllOf, AnyOf)):
        return tuple(dict.fromkeys(one for item in truth.items for one in atoms(item)))
    return (truth,)


def undecided(truth: Truth, statuses: Mapping[Truth, int]) -> tuple[Truth, ...]:
    """Return the atoms that leave a condition unknown, by the status of each; none when it is decided."""
    return tuple(_weighed(truth, statuses)[1])


def _weighed(truth: Truth, statuses: Mapping[Truth, int]) -> tuple[int, dict[Truth, None]]:
    if isinstance(truth, Not):
        status, found = _weighed(truth.item, statuses)
        return HELD - status, found
    if not isinstance(truth, (AllOf, AnyOf)):
        status = statuses[truth]
        return status, {truth: None} if status == UNKNOWN else {}
    parts = [_weighed(item, statuses) for item in truth.items]
    worth = (status for status, _ in parts)
    status = min(worth, default=HELD) if isinstance(truth, AllOf) else max(worth, default=FAILED)
    found = {one: None for each, those in parts if each == UNKNOWN for one in those}
    return status, found if status == UNKNOWN else {}
