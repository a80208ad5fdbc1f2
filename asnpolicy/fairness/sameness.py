"""Sameness: what two programs say word for word alike, so that nothing need be asked of the solver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asnpolicy.language.nodes import Asks
from asnpolicy.language.rules import Criterion, Rule

Rules = Mapping[str, Rule]


def implied(here: Rules, rule: str, there: Rules, base_rule: str) -> bool:
    """Tell whether a rule is for the same people as a base's, and has each of its criteria, with all that they build on."""
    mine, its = here[rule], there[base_rule]
    own = [said(one) for one in mine.criteria]
    if mine.applies_to != its.applies_to or any(said(one) not in own for one in its.criteria):
        return False
    return all(alike(here, there, name) for name in its.builds_on)


def alike(here: Rules, there: Rules, name: str) -> bool:
    """Tell whether a rule says the same in two programs, with all that it builds on."""
    if name not in here or name not in there:
        return False
    mine, its = here[name], there[name]
    ours = (mine.applies_to, mine.target, tuple(map(said, mine.criteria)))
    same = ours == (its.applies_to, its.target, tuple(map(said, its.criteria)))
    return same and all(alike(here, there, other) for other in its.builds_on)


def said(criterion: Criterion) -> Any:
    """Return what a criterion says, whatever it is called."""
    return criterion.holds, criterion.when, tuple(one.holds for one in criterion.exempt)


def within(here: Rules, rule: str, there: Rules) -> list[str]:
    """Name the rules of a base that a rule must be as strict as: those that it lies within, or the one of its name."""
    named = [one.holds.rule for one in here[rule].criteria if one.id == "within" and isinstance(one.holds, Asks)]
    return [name for name in named or [rule] if name in there]
