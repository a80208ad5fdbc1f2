"""Listing: every rule, dated value, figure and fact of a policy, for programs that choose among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from asnpolicy.language.facts import FACTS
from asnpolicy.language.rules import Program, Rule, RuleKind, Standing, Text
from asnpolicy.people import OPEN
from asnpolicy.policy.dated import BEGINNING, Version
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.literals import days_in
from asnpolicy.policy.surface.values import ValueVersion


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


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """What a dated value is on one stretch of time, as it is written, with what it stands on."""

    since: date | None
    """The first day; None where it was always so."""
    until: date | None
    """The day from which it is otherwise; None while there is none."""
    value: str
    basis: str
    standing: Standing | None
    """None where nothing is said of it beside its basis."""


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A dated value of a policy: a number, a length of time, days of the year."""

    name: str
    versions: tuple[ListedVersion, ...]


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """A figure of a policy, which `Engine.figure` works out."""

    name: str
    title: Text
    unit: Text | None
    basis: str
    of: str | None
    """The history for whose records it is worked out, one value each; None for one of the person."""


@dataclass(frozen=True, slots=True)
class ListedFact:
    """A fact that conditions may ask of a person."""

    name: str
    title: Text
    kind: str
    """`label`, `text`, `texts`, `number`, `date`, `duration`, `span` or `truth`."""
    windowed: bool
    """Whether it is asked of a stretch of time."""


def listed_values(policy: Merged) -> tuple[ListedValue, ...]:
    """List the dated values of a policy, its bases' too, each with all versions."""
    return tuple(
        ListedValue(name, tuple(_version(policy, one) for one in policy.value_versions(name) or ()))
        for name in sorted(policy.names("values"))
    )


def _version(policy: Merged, version: Version[ValueVersion]) -> ListedVersion:
    span, what = version.span, version.what
    return ListedVersion(
        None if span.since == BEGINNING else span.since, None if span.until == OPEN else span.until,
        what.value.text or ", ".join(f"{month:02}-{day:02}" for month, day in days_in(what.value)),
        policy.citation(what.basis), what.standing,
    )  # fmt: skip


def listed_figures(policy: Merged) -> tuple[ListedFigure, ...]:
    """List the figures of a policy, its bases' too."""
    forms = ((name, policy.figure(name)) for name in sorted(policy.names("figures")))
    return tuple(
        ListedFigure(name, form.title, form.unit, policy.citation(form.basis), form.of.text if form.of else None)
        for name, form in forms
        if form is not None
    )


def listed_facts() -> tuple[ListedFact, ...]:
    """List the facts that a condition of any policy may ask of a person."""
    return tuple(ListedFact(one.name, one.label, one.type.kind.value, one.windowed) for one in FACTS.values())


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
