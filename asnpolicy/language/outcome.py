"""What a question comes to: answers with what is missing, the outcome of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from asnpolicy.language.bounds import NOTHING, Missing
from asnpolicy.language.rules import Alternative, Criterion, Rule


class TruthStatus(NamedTuple):
    """A truth value as a status (failed, unknown, held), and what could still settle it."""

    status: int
    missing: Missing = NOTHING


class Finding(NamedTuple):
    """One criterion with its status, what could settle it, and the exemption that held."""

    criterion: Criterion
    status: int
    missing: Missing = NOTHING
    by: Alternative | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule means for a question: whether it applies, each criterion, and what could settle it."""

    rule: Rule
    applies: int
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    missing: Missing
    holds: int
    """The verdict of the criteria alone: failed, unknown or held."""


class Waives(Protocol):
    """Tells whether a criterion of a rule has been waived for this person."""

    def __call__(self, rule: Rule, criterion: Criterion) -> bool:
        """Answer for one criterion of one rule."""
        ...
