"""Trace: how an answer follows from the data by forward chaining, firing by firing, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from typing import Literal as Choice

from asnpolicy.backends import registry
from asnpolicy.backends.cross_check import CrossCheck
from asnpolicy.decisions.criteria import STATUS_NAMES, CriterionStatus
from asnpolicy.decisions.lines import STATUSES
from asnpolicy.decisions.reasons import LateText, Reason, because, sentence
from asnpolicy.decisions.trees import titled
from asnpolicy.language.rules import FAILED, HELD, Criterion, Program, Rule, Text

if TYPE_CHECKING:
    from asnpolicy.backends.rete import Firing, Rete
    from asnpolicy.backends.rete.network import Consequence
    from asnpolicy.decisions.decision import Decision


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One consequence: of which rule and which part of it, its status, and the numbers of the steps that it followed from."""

    number: int
    rule: str
    part: Choice["applies", "criterion", "warning", "answer"]
    criterion: str | None
    status: CriterionStatus
    after: tuple[int, ...]
    """The earlier steps that it followed from; none where it followed from the data alone."""
    what: Text
    settled: bool = False
    """Whether it says of somebody that they are in service or have left it, which a chain tells without its steps."""

    def to(self, lang: str) -> str:
        """Write the step in `id` or `en`."""
        what = because("text", text=sentence(self.what.to(lang)))
        if not self.after:
            return because("trace.step", number=self.number, what=what).to(lang)
        return because("trace.step.after", number=self.number, what=what, after=self.after).to(lang)


@dataclass(frozen=True)
class Trace:
    """The steps by which an answer follows, in their order, and what the data leave open.

    >>> from datetime import date
    >>> from asnpolicy import Employee, Engine
    >>> person = Employee(nip="199001012022211001", employment="PPPK")
    >>> decision = Engine.load("nasional").decide(person, "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1))
    >>> for step in decision.trace().chain:
    ...     print(step.to("en"))
    1. “Regular rank promotion” is not for this person (from the data)
    2. Regular rank promotion: the rule is not for this person (from 1)
    """

    rule: str
    steps: tuple[TraceStep, ...]
    open: tuple[Text, ...]
    waived: bool = False
    """Whether waivers bear on the decision, which are not chained."""

    def __iter__(self) -> Iterator[TraceStep]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    @cached_property
    def chain(self) -> tuple[TraceStep, ...]:
        """The steps that the answer rests on, numbered anew; how somebody is found to be in service is told by its result.

        Where there is no answer, those that everything rests on that did follow of the rule.
        """
        own = [step for step in self.steps if step.rule == self.rule]
        wanted = {step.number for step in own if step.part == "answer"} or {step.number for step in own}
        kept: list[TraceStep] = []
        for step in reversed(self.steps):
            if step.number in wanted:
                kept.append(step)
                wanted |= set(() if step.settled else step.after)
        numbers = {step.number: number for number, step in enumerate(reversed(kept), 1)}
        return tuple(
            replace(
                step, number=numbers[step.number], after=tuple(numbers[one] for one in step.after if one in numbers)
            )
            for step in reversed(kept)
        )

    def text(self, lang: str = "id", *, whole: bool = False) -> str:
        """Return the chain as text for people, in Indonesian (`id`) or English (`en`); `whole`: every step that followed."""
        lines = [Reason("trace.heading").to(lang)]
        lines += [f"  {step.to(lang)}" for step in (self.steps if whole else self.chain)]
        if self.open:
            lines += [Reason("trace.open").to(lang), *(f"  – {one.to(lang)}" for one in self.open)]
        if self.waived:
            lines.append(Reason("trace.waived").to(lang))
        return "\n".join(lines) + "\n"


def trace_of(decision: Decision) -> Trace:
    """Return how a decision follows by forward chaining."""
    definition, rule = decision.workings.definition, decision.rule.id
    rete = _rete(definition.program)
    CrossCheck("rete", rete, definition).decide(rule, decision.question)
    found = rete.trace(rule, decision.question)
    outside: set[str] = set()
    steps = []
    for number, one in enumerate(found.firings, 1):
        told = one.consequence
        if told.part == "applies" and one.status == FAILED:
            outside.add(told.rule.id)
        steps.append(_step(number, one, outside=told.rule.id in outside))
    return Trace(rule, tuple(steps), tuple(_open(one) for one in found.open), waived=bool(decision.waivers))


@lru_cache(maxsize=8)
def _rete(program: Program) -> Rete:
    registry.maker("rete")  # tells when the extra is not installed
    from asnpolicy.backends.rete import Rete  # noqa: PLC0415  # needs it

    return Rete(program)


_WARNED = tuple(Reason(f"trace.warning.{said}") for said in ("no", "no", "yes", "no", "no"))
"""What each status of a warning comes to."""


def _step(number: int, firing: Firing, *, outside: bool) -> TraceStep:
    told = firing.consequence
    named = None if told.criterion is None else told.criterion.id
    settled = told.part == "answer" and told.rule.kind in ("service", "leaving")
    return TraceStep(
        number, told.rule.id, told.part, named, STATUS_NAMES[firing.status], firing.after,
        LateText(_founded(told, _what(firing, outside))), settled,
    )  # fmt: skip


def _founded(told: Consequence, what: Reason) -> Reason:
    """Say of a rule, and of a criterion that is weaker than its rule, that it is not founded in law."""
    weak = told.rule.standing == "illustrative"
    if told.criterion is not None:
        weak = not weak and told.criterion.standing == "illustrative"
    return because("trace.weak", what=what) if weak and told.part != "applies" else what


def _what(firing: Firing, outside: bool) -> Reason:
    told = firing.consequence
    rule = titled(told.rule)
    if told.criterion is not None:
        return _of_criterion(told, told.criterion, (STATUSES if told.part == "criterion" else _WARNED)[firing.status])
    if told.part == "applies":
        return because("trace.applies.held" if firing.status == HELD else "trace.applies.failed", rule=rule)
    if told.rule.kind == "service" and firing.status == HELD:
        return because("text", text=rule)  # its title is what it comes to
    return because("trace.answer", rule=rule, answer=_answer(told.rule, firing.status, outside=outside))


def _of_criterion(told: Consequence, criterion: Criterion, status: Reason) -> Reason:
    rule = titled(told.rule)
    if criterion.kind == "fulfilled_when":
        return because("trace.fulfilled_when", rule=rule, status=status)
    return because(f"trace.{told.part}", rule=rule, criterion=criterion.title, status=status)


def _answer(rule: Rule, status: int, *, outside: bool) -> Reason:
    """Say what a rule comes to, in the words of its kind."""
    if rule.kind != "duty":
        came_to = "eligible" if status == HELD else "not_applicable" if outside else "ineligible"
        return Reason(f"verdict.{rule.kind}.{came_to}")
    if outside:
        return Reason("state.not_applicable")
    if rule.strength == "dianjurkan":
        return Reason("advised.fulfilled" if status == HELD else "advised.owed")
    if status == HELD:
        return Reason("state.fulfilled")
    return Reason("state.overdue" if rule.part == "previous" else "trace.unfulfilled")


def _open(told: Consequence) -> Text:
    rule = titled(told.rule)
    if told.criterion is not None:
        return LateText(_of_criterion(told, told.criterion, Reason("status.unknown")))
    return LateText(because(f"trace.open.{told.part}", rule=rule))
