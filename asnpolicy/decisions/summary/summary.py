"""What a summary says: counts of people by rule and result, by group, and of what is missing; None is a count kept back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.language.rules import RuleKind, Standing, Text


@dataclass(frozen=True, slots=True)
class ResultCount:
    """How many people a rule came to one result for."""

    result: str
    """A verdict, or the state of a duty."""
    people: int | None


@dataclass(frozen=True, slots=True)
class UnclearCriterion:
    """A criterion that could not be decided, and for how many people it leaves the rule undetermined."""

    id: str
    title: Text
    people: int | None


@dataclass(frozen=True, slots=True)
class MissingData:
    """Something that is missing: how many undetermined decisions it could settle or help to settle, of how many people.

    `name`: a field (`service_status`), a history that is not known to be complete (`sanctions`), a year of one
    (`appraisals[2025]`) or a field of its records (`educations.field`).
    """

    name: str
    decisions: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """What one rule came to."""

    id: str
    kind: RuleKind
    title: Text
    standing: Standing
    results: tuple[ResultCount, ...]
    """Every result that the rule may have, in a fixed order."""
    unclear: tuple[UnclearCriterion, ...]
    """Those first that leave it undetermined for most people."""
    missing: tuple[MissingData, ...]

    def people(self, result: str) -> int | None:
        """Return for how many people it came to a result; None where that is kept back."""
        return next(one.people for one in self.results if one.result == result)


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """A group of people: how many they are, and what each rule came to for them, in the order of the summary's rules."""

    name: str | None
    """The word of the fact, `none` for those who have none; None for those of whom it is not known."""
    people: int | None
    results: tuple[tuple[ResultCount, ...], ...]

    def __repr__(self) -> str:
        return f"GroupSummary({self.name}, {self.people} people)"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """People by one fact."""

    fact: str
    title: Text
    groups: tuple[GroupSummary, ...]

    def __repr__(self) -> str:
        return f"Breakdown({self.fact}, {len(self.groups)} groups)"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a policy comes to for a whole workforce on one day, in counts.

    It is whole: for the office whose people these are. `published` is what may be given to others.
    """

    region: str
    as_of: date
    people: int | None
    rules: tuple[RuleSummary, ...]
    breakdowns: tuple[Breakdown, ...]
    missing: tuple[MissingData, ...]
    """What is missing for any of the rules, that first which leaves most decisions undetermined."""
    into_posts: tuple[str, ...]
    """Rules that lead into a vacant post: without one they have no answer, so that they are counted only when asked for."""
    policy: str
    """The content hash of the policy that decided."""
    library: str
    together: frozenset[tuple[tuple[str, str | None], tuple[str, str | None]]] = frozenset()
    """Groups of two facts that share somebody; nothing of it is shown."""
    is_published: bool = False
    left_out: tuple[str, ...] = ()
    """Facts by which nothing is published: with another that is, their small groups would follow from its totals."""

    def __repr__(self) -> str:
        return f"Summary({self.region}, {self.as_of}: {len(self.rules)} rules)"

    def rule(self, id: str) -> RuleSummary:
        """Return what a rule came to; raises KeyError."""
        for one in self.rules:
            if one.id == id:
                return one
        raise KeyError(id)

    def by(self, fact: str) -> Breakdown:
        """Return the people by a fact; raises KeyError."""
        for one in self.breakdowns:
            if one.fact == fact:
                return one
        raise KeyError(fact)

    @property
    def published(self) -> Summary:
        """The summary as it may leave the unit: no count below five but none, nor one from which with the others such a count follows."""
        from asnpolicy.decisions.summary.published import published  # noqa: PLC0415  # it makes a summary

        return published(self)

    def as_data(self) -> Mapping[str, Any]:
        """Return the summary for machines."""
        from asnpolicy.decisions.plain import as_data  # noqa: PLC0415  # wanted by few

        data = dict(as_data(self))
        del data["together"]
        return data
