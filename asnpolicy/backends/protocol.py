"""Protocol: what every back end is asked, and answers with: statuses as small integers, and the values of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Expr, Value
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
    """One way to run the rules of a program; raises KeyError for a rule that is not there.

    A package that brings one names it under the entry point `asnpolicy.backends`: a function or class that takes a
    `Program` and returns a `BackEnd`. `tests/conformance/test_backends.py` then holds it to the definition.
    """

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule."""
        ...

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to, `ABSENT` when that is nothing; None when it is not known, or the rule has none."""
        ...

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue, `ABSENT` when there is none; None as for the target."""
        ...

    def decide_each(self, rule: str, questions: Sequence[Question]) -> list[Statuses]:
        """Decide one rule for several questions."""
        return [self.decide(rule, question) for question in questions]

    def unsupported(self, rule: str, as_of: date) -> tuple[str, ...]:  # noqa: ARG002  # one that can run all rules looks at none
        """Say why a rule can't run here; empty when it can."""
        return ()


def worked_out(meaning: Meaning, node: Expr | None) -> Value | None:
    """Return a value as the definition has it; None when it is not known, or not asked for."""
    value = None if node is None else meaning.value(node)
    return None if isinstance(value, Bounds) else value


def statuses_of(outcome: Outcome) -> Statuses:
    """Give what the definition found as statuses."""
    criteria = tuple(finding.status for finding in outcome.findings)
    return Statuses(outcome.applies, criteria, tuple(finding.status for finding in outcome.warnings))
