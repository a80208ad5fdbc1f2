"""What a rule reads of a person, and when what it grants takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from asnpolicy.language.nodes import Asks, Field, Fold, Kind, Node, walk
from asnpolicy.language.rules import Rule
from asnpolicy.people import Employee

DATED = {"birth_date", "cpns_on", "pns_on", "agency_since"}
HORIZON = 800
"""So many days ahead a period must come: two years are enough for any."""


def nodes_of(rule: Rule) -> Iterator[Node]:
    """Give every node of a rule."""
    roots: list[Any] = [rule.applies_to, rule.target, rule.due]
    for criterion in (*rule.criteria, *rule.warnings):
        roots += [criterion.holds, criterion.when, *(a.holds for a in criterion.exempt)]
    for root in roots:
        if root is not None:
            yield from walk(root)


@lru_cache(maxsize=1024)
def fields(rule: Rule) -> tuple[str, ...]:
    """Name the fields and histories of the employee that a rule may read."""
    own = {n.name for n in nodes_of(rule) if isinstance(n, Field) and n.scope == "employee"}
    return tuple(sorted(own | {n.history for n in nodes_of(rule) if isinstance(n, Fold) and n.scope == "employee"}))


@lru_cache(maxsize=1024)
def assumes(rule: Rule) -> tuple[str, ...]:
    """Name the undated fields that a rule reads."""
    read = (n for n in nodes_of(rule) if isinstance(n, Field) and n.scope == "employee")
    return tuple(sorted({n.name for n in read if n.type.kind is not Kind.DATE and n.name not in DATED}))


def asked(rule: Rule) -> tuple[str, ...]:
    """Name the rules that a rule builds on."""
    return tuple(sorted({n.rule for n in nodes_of(rule) if isinstance(n, Asks)}))


def distinct(missing: Iterable[str]) -> tuple[str, ...]:
    """Name what is missing once: `appraisals[2024]` says more than `appraisals`."""
    names = set(missing)
    precise = {name.partition("[")[0] for name in names if "[" in name}
    return tuple(sorted(names - precise))


def read_set(rule: Rule, employee: Employee) -> dict[str, Any]:
    """Give what a rule may read of a person, as plain data."""
    top = {name.partition(".")[0] for name in fields(rule)}
    return employee.model_dump(mode="json", include=top)


def takes_effect(rule: Rule, as_of: date) -> date | None:
    """Give the first day on (or after) as-of on which the rule takes effect by the version of that day."""
    effect = rule.takes_effect
    if effect is None or not effect.periods:
        return None if effect is None else as_of
    for ahead in range(effect.after, HORIZON):
        day = as_of + timedelta(days=ahead)
        for period in effect.periods:
            if period.since <= day < period.until and (day.month, day.day) in period.days:
                return day
    return None
