"""The definition as a back end: slow, and right by definition."""

from __future__ import annotations

from functools import lru_cache

from asnpolicy.backends.protocol import BackEnd, Statuses, statuses_of, worked_out
from asnpolicy.language.lower import bind
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Value
from asnpolicy.language.outcome import Outcome, Waives
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program


class Definition(BackEnd):
    """Runs rules by their definition, bound to the day of each question."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.bound = lru_cache(maxsize=64)(lambda day: {rule.id: rule for rule in bind(program, day).rules})

    def __reduce__(self) -> tuple[type[Definition], tuple[Program]]:
        return Definition, (self.program,)

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule."""
        return statuses_of(self.outcome(rule, question))

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to."""
        return worked_out(self.meaning(question), self.bound(question.as_of)[rule].target)

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue."""
        return worked_out(self.meaning(question), self.bound(question.as_of)[rule].due)

    def outcome(self, rule: str, question: Question, waives: Waives | None = None) -> Outcome:
        """Decide one rule with all reasons."""
        return self.meaning(question, waives).outcome(self.bound(question.as_of)[rule])

    def meaning(self, question: Question, waives: Waives | None = None, *, as_registered: bool = False) -> Meaning:
        """Return the definition at work on a question, to ask it for values.

        `as_registered`: what may still be recorded after the registers were known counts as not delivered.
        """
        rules = self.bound(question.as_of)
        if waives is None:
            return Meaning(question, rules, as_registered=as_registered)
        return Meaning(question, rules, waives, as_registered=as_registered)
