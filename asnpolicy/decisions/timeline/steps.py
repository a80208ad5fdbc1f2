"""Steps: what one rule comes to on each candidate day, worked out no further than is needed to tell days apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeAlias

from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.timeline.days import Cause, RuleTurns, TurningDays, reads_of
from asnpolicy.decisions.verdict import FULFILLED, UNFULFILLED, DutyState, Verdict, verdict_of
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, HELD, Program, Rule
from asnpolicy.people import OPEN, Absent


class DayAnswer(NamedTuple):
    """All in which two days of one segment are the same."""

    statuses: Statuses
    state: DutyState | None
    to: str | None

    @classmethod
    def of(cls, decision: Decision) -> DayAnswer:
        """Return the answer of a decision."""
        return cls(decision.statuses, decision.state, decision.to)


class Step(NamedTuple):
    """A day from which on an answer is another; None where the rule is not in force."""

    day: date
    answer: DayAnswer | None
    projected: bool
    reads: RuleTurns | None
    """What turns the rule, in the version of that day."""
    decision: Decision | None = None
    """What is decided on the day, where it was decided in full."""

    @property
    def key(self) -> tuple[DayAnswer | None, bool, int]:
        """What makes it another one; a version that has the same rules is the same."""
        return self.answer, self.projected, 0 if self.reads is None else id(self.reads.rules[0])


Decide: TypeAlias = Callable[[Program, Question, Statuses | None], Decision]
"""Decides in full; what the back end said of the rule already is not asked for again."""


@dataclass(frozen=True, slots=True)
class RuleOverDays:
    """One rule about one person between two days."""

    rule: str
    rules: tuple[str, ...]
    """The rule, and the events that it follows in some version."""
    days: TurningDays
    program: Callable[[date], Program | None]
    backend: Callable[[Program], BackEnd]
    decide: Decide
    """Asked where there are waivers, and for what is shown."""

    def steps(self) -> Iterator[Step]:
        """Return the steps from the first day on, each other than the one before."""
        last: object = None
        days = self.days.of(self.rule)
        if len(self.rules) > 1:
            days = sorted({day for one in self.rules for day in self.days.of(one)})
        for program, those in groupby(days, self.program):
            for one in self._in(program, list(those)):
                if one.key != last:
                    yield one
                    last = one.key

    def causes(self, day: date) -> tuple[Cause, ...]:
        """Return all that may change the answer on a day."""
        return tuple(cause for rule in self.rules for cause in self.days.causes(rule, day))

    def decision(self, step: Step, day: date) -> Decision | None:
        """Return the decision of a day on which a step holds; None where the rule is not in force."""
        if step.answer is None:
            return None
        if step.decision is not None and step.day == day:
            return step.decision
        program = self.program(day)
        assert program is not None  # noqa: S101  # there is one where there is an answer
        return self.decide(program, self.days.question(day), None if step.decision else step.answer.statuses)

    def _in(self, program: Program | None, days: list[date]) -> Iterator[Step]:
        """Return what is so on each of some days in one version of the policy."""
        reads = None if program is None else reads_of(program, self.rule)
        if program is None or reads is None:
            return (Step(day, None, False, None) for day in days)
        known_on = self.days.people["employee"].known_on or OPEN
        questions, rule = list(map(self.days.question, days)), reads.rules[0]
        if self.days.waivers or rule.follows:
            return (self._in_full(program, one, reads) for one in questions)
        backend = self.backend(program)
        told = zip(days, questions, backend.decide_each(rule.id, questions), strict=True)
        return (
            Step(day, self._answer(backend, program, rule, question, statuses), day > known_on, reads)
            for day, question, statuses in told
        )

    def _in_full(self, program: Program, question: Question, reads: RuleTurns) -> Step:
        decision = self.decide(program, question, None)
        return Step(question.as_of, DayAnswer.of(decision), decision.projected, reads, decision)

    def _answer(
        self, backend: BackEnd, program: Program, rule: Rule, question: Question, statuses: Statuses
    ) -> DayAnswer:
        to = None if rule.target is None else backend.target(rule.id, question)
        leads_to = None if to is None or isinstance(to, Absent) else str(to)
        if rule.kind != "duty":
            return DayAnswer(statuses, None, leads_to)
        verdict = verdict_of(statuses)
        if verdict is not Verdict.INELIGIBLE:
            return DayAnswer(statuses, FULFILLED[verdict], leads_to)
        return DayAnswer(statuses, self._unfulfilled(backend, program, rule, question, statuses), leads_to)

    def _unfulfilled(
        self, backend: BackEnd, program: Program, rule: Rule, question: Question, statuses: Statuses
    ) -> DutyState | None:
        if rule.strength != "wajib" or rule.due is None:
            return UNFULFILLED[FAILED]
        due = backend.due(rule.id, question)
        if isinstance(due, date):
            return UNFULFILLED[HELD if due <= question.as_of else FAILED]
        return self.decide(program, question, statuses).state  # not known: the definition has its bounds
