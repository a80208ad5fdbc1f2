"""Counts: what the rules came to for some people, added up person by person or table by table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from asnpolicy.decisions import reading
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.verdict import DutyState, Verdict
from asnpolicy.language.rules import Rule

GroupName: TypeAlias = tuple[str, str | None]
"""A fact and the word of it; None where it is not known."""
UNDETERMINED = "undetermined"


def results_of(rule: Rule) -> tuple[str, ...]:
    """Return what a rule may come to."""
    return tuple(one.value for one in (DutyState if rule.kind == "duty" else Verdict))


@dataclass(slots=True)
class Counts:
    """Counts of people and decisions."""

    people: int = 0
    results: Counter[tuple[str, str]] = field(default_factory=Counter)
    """People by rule and result."""
    groups: Counter[GroupName] = field(default_factory=Counter)
    """People by group."""
    grouped: Counter[tuple[GroupName, str, str]] = field(default_factory=Counter)
    """People by group, rule and result."""
    together: set[tuple[GroupName, GroupName]] = field(default_factory=set)
    """Groups of two facts that share somebody."""
    unclear: Counter[tuple[str, str]] = field(default_factory=Counter)
    """People by rule and criterion that leaves the rule undetermined."""
    lacking: Counter[tuple[str, str]] = field(default_factory=Counter)
    """People by rule and what is missing for it."""
    lacking_people: Counter[str] = field(default_factory=Counter)
    """People by what is missing for any rule."""

    def add(self, other: Counts) -> None:
        """Add what was counted of other people."""
        self.people += other.people
        self.together |= other.together
        for name in ("results", "groups", "grouped", "unclear", "lacking", "lacking_people"):
            getattr(self, name).update(getattr(other, name))

    def person(self, decisions: Iterable[Decision], groups: Sequence[GroupName]) -> None:
        """Count one person: the decisions, and the groups that the person is in."""
        self.people += 1
        self.in_groups(groups)
        missing: set[str] = set()
        for one in decisions:
            rule, result = one.rule.id, (one.state or one.verdict).value
            self.results[rule, result] += 1
            for group in groups:
                self.grouped[group, rule, result] += 1
            missing |= self.undetermined(one)
        self.lacking_people.update(missing)

    def in_groups(self, groups: Sequence[GroupName]) -> None:
        """Count the groups of one person."""
        self.groups.update(groups)
        self.together.update((one, other) for at, one in enumerate(groups) for other in groups[at + 1 :])

    def undetermined(self, one: Decision) -> frozenset[str]:
        """Count what leaves a decision undetermined, and return what is missing; nothing where it is decided."""
        if (one.state or one.verdict).value != UNDETERMINED:
            return frozenset()
        missing = reading.put_together(one.missing)
        self.unclear.update((one.rule.id, criterion) for criterion in _unclear(one))
        self.lacking.update((one.rule.id, name) for name in missing)
        return missing


def _unclear(one: Decision) -> tuple[str, ...]:
    """Name the criteria that leave a verdict undetermined; of a duty of which the day alone is unknown, none."""
    return one.because if one.verdict is Verdict.UNDETERMINED else ()
