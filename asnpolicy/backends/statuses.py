"""What every back end answers with: statuses as small integers, never more and never less."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from asnpolicy.language.outcome import Outcome
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import HELD


class Statuses(NamedTuple):
    """Whether a rule applies (0 failed, 1 unknown, 2 held), and the status of each criterion and warning."""

    applies: int
    criteria: tuple[int, ...]
    warnings: tuple[int, ...]

    @property
    def holds(self) -> int:
        """Give the least of the criteria: failed, unknown or held."""
        return min(min(self.criteria, default=HELD), HELD)


class BackEnd(Protocol):
    """One way to run the rules of a program for one question at a time."""

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule; raises KeyError when the program has no such rule."""
        ...


def statuses_of(outcome: Outcome) -> Statuses:
    """Give what the definition found as statuses."""
    criteria = tuple(finding.status for finding in outcome.findings)
    return Statuses(outcome.applies, criteria, tuple(finding.status for finding in outcome.warnings))
