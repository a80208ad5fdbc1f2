"""Sameness: what two programs say word for word alike, so that nothing need be asked of the solver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asnpolicy.language.rules import Criterion, Rule

Rules = Mapping[str, Rule]


def implied(here: Rules, rule: str, there: Rules, base_rule: str) -> bool:
    """Tell whether a rule is for the same people as a base's, and has each of its criteria, with all that they build on."""
    mine, its = here[rule], there[base_rule]
    own = [_said(one) for one in mine.criteria]
    if mine.applies_to != its.applies_to or any(_said(one) not in own for one in its.criteria):
        return False
    return all(_alike(here, there, name) for name in its.builds_on)


def _alike(here: Rules, there: Rules, name: str) -> bool:
    if name not in here or name not in there:
        return False
    mine, its = here[name], there[name]
    said = (mine.applies_to, tuple(map(_said, mine.criteria))) == (its.applies_to, tuple(map(_said, its.criteria)))
    return said and all(_alike(here, there, other) for other in its.builds_on)


def _said(criterion: Criterion) -> Any:
    return criterion.holds, criterion.when, tuple(one.holds for one in criterion.exempt)
