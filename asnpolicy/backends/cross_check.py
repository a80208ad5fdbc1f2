"""Cross-check: a back end whose every answer is held against the definition's, and refused where they differ."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.language.nodes import Value
from asnpolicy.language.reading import Question
from asnpolicy.problems import DisagreementError, Problem
from asnpolicy.text import phrase

Answered = TypeVar("Answered")


class CrossCheck(BackEnd):
    """A back end beside the definition: twice the work, and no answer in which they differ."""

    def __init__(self, name: str, backend: BackEnd, definition: Definition) -> None:
        self.name, self.backend, self.definition = name, backend, definition

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule; raises DisagreementError where the definition decides otherwise."""
        return self._same(rule, question, self.backend.decide(rule, question), self.definition.decide(rule, question))

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to; raises DisagreementError where the definition says otherwise."""
        return self._same(rule, question, self.backend.target(rule, question), self.definition.target(rule, question))

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue; raises DisagreementError where the definition says otherwise."""
        return self._same(rule, question, self.backend.due(rule, question), self.definition.due(rule, question))

    def unsupported(self, rule: str, as_of: date) -> tuple[str, ...]:
        """Say why a rule can't run here; empty when it can."""
        return self.backend.unsupported(rule, as_of)

    def _same(self, rule: str, question: Question, answered: Answered, defined: Answered) -> Answered:
        if repr(answered) == repr(defined):  # a value that is none and one that is not known are told apart
            return answered
        message = phrase(
            en="the back end `{name}` answers {answered} to `{rule}` on {day}, the definition {defined}",
            id="mesin `{name}` menjawab {answered} untuk `{rule}` pada {day}, sedangkan definisinya {defined}",
            name=self.name, rule=rule, day=question.as_of, answered=answered, defined=defined,
        )  # fmt: skip
        help = phrase(
            en="decide with the back end `definition`, and report this as a defect",
            id="putuskan dengan mesin `definition`, lalu laporkan hal ini sebagai cacat perangkat",
        )
        raise DisagreementError([Problem("disagreement", message, help=help)])
