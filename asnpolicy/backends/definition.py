"""The definition as a back end: slow, and right by definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from asnpolicy.backends.protocol import BackEnd, Statuses, statuses_of, worked_out
from asnpolicy.language.lower import Binder, bind_rule
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Truth, Value
from asnpolicy.language.outcome import Outcome, Waives
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program, Rule


class BoundRules(Mapping[str, Rule]):
    """The rules of a program by their ids, each bound to a day when it is asked for."""

    def __init__(self, program: Program, day: date) -> None:
        self._program, self._binder = program, Binder(day)
        self._made: dict[str, Rule] = {}

    def __getitem__(self, id: str) -> Rule:
        found = self._made.get(id)
        if found is None:
            found = self._made.setdefault(id, bind_rule(self._program.rule(id), self._binder))
        return found

    def bind(self, node: Truth) -> Truth:
        """Return a condition of these rules, bound to the day."""
        bound: Truth = self._binder.node(node)
        return bound

    def __contains__(self, id: object) -> bool:
        return id in self._program.by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._program.by_id)

    def __len__(self) -> int:
        return len(self._program.by_id)


class Definition(BackEnd):
    """Runs rules by their definition, bound to the day of each question."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.bound = lru_cache(maxsize=64)(lambda day: BoundRules(program, day))
        self._last: Meaning | None = None

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

        `as_registered`: what may still be recorded after the registers were known counts as not delivered. Of one question
        many rules are asked, one after the other: what was worked out for one is there for the next.
        """
        rules = self.bound(question.as_of)
        if waives is not None:
            return Meaning(question, rules, waives, as_registered=as_registered)
        if as_registered:
            return Meaning(question, rules, as_registered=True)
        last = self._last
        if last is None or last.question is not question or last.rules is not rules:
            last = self._last = Meaning(question, rules)
        return last
