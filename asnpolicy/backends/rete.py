"""The rete back end: forward chaining over paired facts, holds and fails; leaves are computed to facts first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from asnpolicy.backends.rete_adapter import MOST_NEEDS, Inference, Tree
from asnpolicy.backends.statuses import Statuses, worked_out
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import AllOf, AnyOf, Asks, Not, Truth, Value
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, HELD, NOT_APPLICABLE, UNKNOWN, Criterion, Program, Rule
from asnpolicy.problems import PolicyError


@dataclass(frozen=True, slots=True)
class TruthFacts:
    """The two facts of one condition: that it holds, and that it fails; neither when it is not known."""

    holds: int
    fails: int


@dataclass(slots=True)
class Network:
    """The facts and steps that a rule comes to, with all that it builds on."""

    program: Mapping[str, Rule]
    names: list[str] = field(default_factory=list)
    steps: list[Inference] = field(default_factory=list)
    leaves: dict[Truth, TruthFacts] = field(default_factory=dict)
    junctions: dict[Truth, TruthFacts] = field(default_factory=dict)
    outcomes: dict[str, RuleFacts] = field(default_factory=dict)

    def outcome(self, rule: Rule) -> RuleFacts:
        """Add a rule: whether it applies, each criterion, each warning, and all criteria together."""
        if rule.id not in self.outcomes:
            applies = self.named(f"{rule.id} applies", self.pair(rule.applies_to))
            criteria = [self.criterion(rule, "criterion", one) for one in rule.criteria]
            warnings = [self.criterion(rule, "warning", one) for one in rule.warnings]
            holds = self.named(f"{rule.id}", self.all([pair for pair, _ in criteria]))
            self.outcomes[rule.id] = RuleFacts(applies, holds, tuple(criteria), tuple(warnings))
        return self.outcomes[rule.id]

    def criterion(self, rule: Rule, word: str, one: Criterion) -> tuple[TruthFacts, TruthFacts | None]:
        """Add a criterion, and its `when`: where that fails, the criterion counts as held."""
        best = self.any([self.pair(one.holds), *(self.pair(a.holds) for a in one.exempt)])
        when = self.pair(one.when) if one.when is not None else None
        whole = best if when is None else self.any([TruthFacts(when.fails, when.holds), best])
        return self.named(f"{rule.id}: {word} {one.id}", whole), when

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
                return self._asked(self.outcome(self.program[rule]), question)
            case _:
                if node not in self.leaves:
                    self.leaves[node] = self._facts(type(node).__name__.lower())
                return self.leaves[node]

    def _junction(self, node: AllOf | AnyOf, parts: list[TruthFacts]) -> TruthFacts:
        if node not in self.junctions:
            self.junctions[node] = self.all(parts) if isinstance(node, AllOf) else self.any(parts)
        return self.junctions[node]

    def _asked(self, asked: RuleFacts, question: str) -> TruthFacts:
        if question == "eligible":
            return self.all([asked.applies, asked.holds])
        return self.any([TruthFacts(asked.applies.fails, asked.applies.holds), asked.holds])

    def all(self, parts: Iterable[TruthFacts]) -> TruthFacts:
        """Join conditions that must all hold: one failing is enough to fail."""
        parts = list(dict.fromkeys(parts))
        while len(parts) > MOST_NEEDS:
            parts = [self.all(parts[:MOST_NEEDS]), *parts[MOST_NEEDS:]]
        if len(parts) == 1:
            return parts[0]
        whole = self._facts("all")
        self.steps.append(Inference(tuple(dict.fromkeys(part.holds for part in parts)), whole.holds))
        self.steps += [Inference((part.fails,), whole.fails) for part in parts]
        return whole

    def any(self, parts: Iterable[TruthFacts]) -> TruthFacts:
        """Join conditions of which one is enough: the mirror of all."""
        mirrored = self.all([TruthFacts(part.fails, part.holds) for part in parts])
        return TruthFacts(mirrored.fails, mirrored.holds)

    def named(self, name: str, pair: TruthFacts) -> TruthFacts:
        """Give a condition a fact with a name that can be read in a trace."""
        made = self._facts(name)
        self.steps += [Inference((pair.holds,), made.holds), Inference((pair.fails,), made.fails)]
        return made

    def _facts(self, name: str) -> TruthFacts:
        self.names += [f"{name} holds", f"{name} fails"]
        return TruthFacts(len(self.names) - 2, len(self.names) - 1)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """The facts that tell what a rule comes to."""

    applies: TruthFacts
    holds: TruthFacts
    criteria: tuple[tuple[TruthFacts, TruthFacts | None], ...]
    warnings: tuple[tuple[TruthFacts, TruthFacts | None], ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    network: Network
    outcome: RuleFacts
    tree: Tree
    always: int


class Rete:
    """Runs rules by forward chaining: one network of facts a rule."""

    def __init__(self, program: Program) -> None:
        self._rules = {rule.id: rule for rule in program.rules}
        self._made: dict[str, _Prepared] = {}
        for rule in program.rules[:1]:
            self._prepared(rule.id)

    def _prepared(self, rule: str) -> _Prepared:
        if rule not in self._made:
            network = Network(self._rules)
            always = network._facts("beginning").holds
            outcome = network.outcome(self._rules[rule])
            steps = [Inference(step.needs or (always,), step.gives) for step in network.steps]
            self._made[rule] = _Prepared(network, outcome, Tree(len(network.names), steps), always)
        return self._made[rule]

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule; raises KeyError for one that is not there, PolicyError for one too large."""
        made = self._prepared(rule)
        given = self._given(made, question)
        known = {*given, *made.tree.run(given)}
        outcome = made.outcome
        return Statuses(
            _status(outcome.applies, None, known),
            tuple(_status(pair, when, known) for pair, when in outcome.criteria),
            tuple(_status(pair, when, known) for pair, when in outcome.warnings),
        )

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to: a value is no fact to chain on, so it is the definition's."""
        return worked_out(Meaning(question, self._rules), self._rules[rule].target)

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue, as the definition has it."""
        return worked_out(Meaning(question, self._rules), self._rules[rule].due)

    def _given(self, made: _Prepared, question: Question) -> list[int]:
        """Compute the leaves to facts; what is not known is no fact."""
        meaning = Meaning(question, self._rules)
        given = [made.always]
        for leaf, pair in made.network.leaves.items():
            status = meaning.truth(leaf).status
            if status != UNKNOWN:
                given.append(pair.holds if status == HELD else pair.fails)
        return given

    def trace(self, rule: str, question: Question) -> tuple[str, ...]:
        """Give the named facts that fired, in order: how one consequence led to the next."""
        made = self._prepared(rule)
        fired = made.tree.run(self._given(made, question))
        return tuple(made.network.names[fact] for fact in fired if not made.network.names[fact].startswith("all "))

    def unsupported(self, rule: str) -> tuple[str, ...]:
        """Say why a rule can't run here; empty when it can."""
        try:
            self._prepared(rule)
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()


def _status(pair: TruthFacts, when: TruthFacts | None, known: set[int]) -> int:
    if when is not None and when.fails in known:
        return NOT_APPLICABLE
    return HELD if pair.holds in known else FAILED if pair.fails in known else UNKNOWN
