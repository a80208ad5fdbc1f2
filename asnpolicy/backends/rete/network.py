"""Network: the facts and inferences that a rule comes to, with all that it builds on; each condition has a pair of facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal as Choice

from asnpolicy.backends.rete.adapter import MOST_NEEDS, Inference
from asnpolicy.language.nodes import AllOf, AnyOf, Asks, Not, Truth
from asnpolicy.language.rules import Criterion, Rule


@dataclass(frozen=True, slots=True)
class TruthFacts:
    """The two facts of one condition: that it holds, and that it fails; neither when it is not known."""

    holds: int
    fails: int


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a named fact says: of a rule whether it concerns the person, a criterion or a warning, or what it comes to."""

    rule: Rule
    part: Choice["applies", "criterion", "warning", "answer"]
    holds: bool
    criterion: Criterion | None = None
    when: TruthFacts | None = None
    """Where this fails, the criterion does not concern the person."""


@dataclass(slots=True)
class Network:
    """The facts and steps that a rule comes to, with all that it builds on."""

    program: Mapping[str, Rule]
    consequences: list[Consequence | None] = field(default_factory=list)
    """What each fact says; None for one that only joins others."""
    steps: list[Inference] = field(default_factory=list)
    leaves: dict[Truth, TruthFacts] = field(default_factory=dict)
    junctions: dict[Truth, TruthFacts] = field(default_factory=dict)
    outcomes: dict[str, RuleFacts] = field(default_factory=dict)
    answers: dict[tuple[str, str], TruthFacts] = field(default_factory=dict)

    def outcome(self, rule: Rule) -> RuleFacts:
        """Add a rule: whether it applies, each criterion, each warning, and all criteria together."""
        if rule.id not in self.outcomes:
            applies = self._named(self.pair(rule.applies_to), rule, "applies")
            criteria = [self._criterion(rule, "criterion", one) for one in rule.criteria]
            warnings = [self._criterion(rule, "warning", one) for one in rule.warnings]
            holds = self.all([pair for pair, _ in criteria])
            self.outcomes[rule.id] = RuleFacts(applies, holds, tuple(criteria), tuple(warnings))
        return self.outcomes[rule.id]

    def answer(self, rule: Rule, question: Choice["eligible", "clear"]) -> TruthFacts:
        """Add what a rule comes to: that somebody is eligible, or that no duty of theirs is open."""
        asked = self.outcome(rule)
        if (rule.id, question) not in self.answers:
            whole = (
                self.all([asked.applies, asked.holds])
                if question == "eligible"
                else self.any([TruthFacts(asked.applies.fails, asked.applies.holds), asked.holds])
            )
            self.answers[rule.id, question] = self._named(whole, rule, "answer")
        return self.answers[rule.id, question]

    def _criterion(
        self, rule: Rule, part: Choice["criterion", "warning"], one: Criterion
    ) -> tuple[TruthFacts, TruthFacts | None]:
        """Add a criterion, and its `when`: where that fails, the criterion counts as held."""
        best = self.any([self.pair(one.holds), *(self.pair(a.holds) for a in one.exempt)])
        when = self.pair(one.when) if one.when is not None else None
        whole = best if when is None else self.any([TruthFacts(when.fails, when.holds), best])
        return self._named(whole, rule, part, one, when), when

    def pair(self, node: Truth) -> TruthFacts:
        """Add a condition."""
        match node:
            case AllOf(items):
                return self._junction(node, [self.pair(item) for item in items])
            case AnyOf(items):
                return self._junction(node, [self.pair(item) for item in items])
            case Not(item):
                inner = self.pair(item)
                return TruthFacts(inner.fails, inner.holds)
            case Asks(rule, question):
                return self.answer(self.program[rule], question)
            case _:
                if node not in self.leaves:
                    self.leaves[node] = self._facts()
                return self.leaves[node]

    def _junction(self, node: AllOf | AnyOf, parts: list[TruthFacts]) -> TruthFacts:
        if node not in self.junctions:
            self.junctions[node] = self.all(parts) if isinstance(node, AllOf) else self.any(parts)
        return self.junctions[node]

    def all(self, parts: Iterable[TruthFacts]) -> TruthFacts:
        """Join conditions that must all hold: one failing is enough to fail."""
        parts = list(dict.fromkeys(parts))
        while len(parts) > MOST_NEEDS:
            parts = [self.all(parts[:MOST_NEEDS]), *parts[MOST_NEEDS:]]
        if len(parts) == 1:
            return parts[0]
        whole = self._facts()
        self.steps.append(Inference(tuple(dict.fromkeys(part.holds for part in parts)), whole.holds))
        self.steps += [Inference((part.fails,), whole.fails) for part in parts]
        return whole

    def any(self, parts: Iterable[TruthFacts]) -> TruthFacts:
        """Join conditions of which one is enough: the mirror of all."""
        mirrored = self.all([TruthFacts(part.fails, part.holds) for part in parts])
        return TruthFacts(mirrored.fails, mirrored.holds)

    def _named(
        self,
        pair: TruthFacts,
        rule: Rule,
        part: Choice["applies", "criterion", "warning", "answer"],
        criterion: Criterion | None = None,
        when: TruthFacts | None = None,
    ) -> TruthFacts:
        """Give a condition facts of its own, which a trace tells."""
        made = self._facts(*(Consequence(rule, part, holds, criterion, when) for holds in (True, False)))
        self.steps += [Inference((pair.holds,), made.holds), Inference((pair.fails,), made.fails)]
        return made

    def beginning(self) -> int:
        """Add the fact that is always there, from which follows what needs nothing."""
        return self._facts().holds

    def _facts(self, holds: Consequence | None = None, fails: Consequence | None = None) -> TruthFacts:
        self.consequences += [holds, fails]
        return TruthFacts(len(self.consequences) - 2, len(self.consequences) - 1)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """The facts that tell what a rule comes to."""

    applies: TruthFacts
    holds: TruthFacts
    criteria: tuple[tuple[TruthFacts, TruthFacts | None], ...]
    warnings: tuple[tuple[TruthFacts, TruthFacts | None], ...]
