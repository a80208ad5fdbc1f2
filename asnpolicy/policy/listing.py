"""Listing: every rule of a policy for programs that choose among them, with what each needs and reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from asnpolicy.language.rules import Program, Rule, RuleKind, Standing, Text
from asnpolicy.people import OPEN


@dataclass(frozen=True, slots=True, repr=False)
class ListedRule:
    """A rule of a policy, as its latest version says; `since` and `until` are the span in which any version is in force.

    `needs` names what must be given beside the employee: `opening`, `mentor`, `agency`. `reads` names the fields and
    histories that it may look at, `mentor.` and `opening.` before those of others.
    """

    id: str
    kind: RuleKind
    title: Text
    basis: str
    standing: Standing
    since: date
    until: date | None
    """The day from which no version is in force any more; None while there is none."""
    needs: tuple[str, ...]
    reads: tuple[str, ...]
    builds_on: tuple[str, ...]
    """The rules that it asks."""
    tags: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"ListedRule({self.id}, {self.kind})"


def listed(programs: Iterable[Program]) -> tuple[ListedRule, ...]:
    """List every rule that was ever in force, by its id."""
    spans: dict[str, tuple[date, date]] = {}
    latest: dict[str, Rule] = {}
    for program in programs:
        for rule in program.rules:
            since, _ = spans.get(rule.id, (program.since, program.until))
            spans[rule.id] = since, program.until
            latest[rule.id] = rule
    return tuple(_listed(latest[id], *spans[id]) for id in sorted(latest))


def _listed(rule: Rule, since: date, until: date) -> ListedRule:
    end = None if until == OPEN else until
    reads = tuple(name if scope == "employee" else f"{scope}.{name}" for scope, name in rule.reads)
    return ListedRule(
        rule.id, rule.kind, rule.title, rule.basis, rule.standing, since, end,
        _needs(rule), reads, rule.builds_on, rule.tags,
    )  # fmt: skip


def _needs(rule: Rule) -> tuple[str, ...]:
    scopes = {scope for scope, _ in rule.reads}
    needed = {
        "opening": rule.into_post or "opening" in scopes,
        "mentor": rule.kind == "pair",
        "agency": "agency" in scopes or "pair" in scopes,
    }
    return tuple(name for name, is_needed in needed.items() if is_needed)
