"""Steps: what one rule comes to on each candidate day, worked out no further than is needed to tell days apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.decisions.decision import FULFILLED, UNFULFILLED, Decision, DutyState, Verdict, verdict_of
from asnpolicy.decisions.timeline.days import Cause, RuleTurns, TurningDays, reads_of
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, HELD, Program, Rule
from asnpolicy.people import Absent


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


Decide: TypeAlias = Callable[[Program, Question], Decision]


@dataclass(frozen=True, slots=True)
class RuleOverDays:
    """One rule about one person between two days."""

    rule: str
    days: TurningDays
    program: Callable[[date], Program | None]
    backend: Callable[[Program], BackEnd]
    decide: Decide
    """Decides in full: asked where there are waivers, and for what is shown."""

    def steps(self) -> Iterator[Step]:
        """Return the steps from the first day on, each other than the one before."""
        last: object = None
        for day in sorted({day for rule in self._rules for day in self.days.of(rule)}):
            one = self._on(day)
            if one.key != last:
                yield one
                last = one.key

    def causes(self, day: date) -> tuple[Cause, ...]:
        """Return all that may change the answer on a day."""
        return tuple(cause for rule in self._rules for cause in self.days.causes(rule, day))

    @property
    def _rules(self) -> tuple[str, ...]:
        """The rule, and the events that it follows in some version."""
        versions = (program.by_id.get(self.rule) for program in self.days.programs)
        events = {event for one in versions if one is not None for event in one.follows}
        return self.rule, *sorted(events)

    def decision(self, day: date) -> Decision | None:
        """Return the decision of a day; None where the rule is not in force."""
        program = self.program(day)
        if program is None or self.rule not in program.by_id:
            return None
        return self.decide(program, self.days.question(day))

    def _on(self, day: date) -> Step:
        program = self.program(day)
        reads = None if program is None else reads_of(program, self.rule)
        if program is None or reads is None:
            return Step(day, None, False, None)
        question, rule = self.days.question(day), reads.rules[0]
        if self.days.waivers or rule.follows:
            decision = self.decide(program, question)
            return Step(day, DayAnswer.of(decision), decision.projected, reads, decision)
        known_on = self.days.people["employee"].known_on
        return Step(day, self._answer(program, rule, question), known_on is not None and day > known_on, reads)

    def _answer(self, program: Program, rule: Rule, question: Question) -> DayAnswer:
        backend = self.backend(program)
        statuses = backend.decide(rule.id, question)
        to = None if rule.target is None else backend.target(rule.id, question)
        leads_to = None if to is None or isinstance(to, Absent) else str(to)
        if rule.kind != "duty":
            return DayAnswer(statuses, None, leads_to)
        verdict = verdict_of(statuses)
        if verdict is not Verdict.INELIGIBLE:
            return DayAnswer(statuses, FULFILLED[verdict], leads_to)
        return DayAnswer(statuses, self._unfulfilled(backend, program, rule, question), leads_to)

    def _unfulfilled(self, backend: BackEnd, program: Program, rule: Rule, question: Question) -> DutyState | None:
        if rule.strength != "wajib" or rule.due is None:
            return UNFULFILLED[FAILED]
        due = backend.due(rule.id, question)
        if isinstance(due, date):
            return UNFULFILLED[HELD if due <= question.as_of else FAILED]
        return self.decide(program, question).state  # not known: the definition has its bounds
