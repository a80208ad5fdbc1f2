"""Rules by forward chaining: leaves are computed to facts, facts give facts, and the order of firing is a trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from asnpolicy.backends.protocol import BackEnd, Statuses, worked_out
from asnpolicy.backends.rete.adapter import Inference, Tree
from asnpolicy.backends.rete.network import Consequence, Network, RuleFacts, TruthFacts
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Value
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, HELD, NOT_APPLICABLE, UNKNOWN, Program
from asnpolicy.problems import PolicyError


@dataclass(frozen=True, slots=True)
class Firing:
    """One consequence that followed, its status, and the numbers of the earlier ones that it followed from."""

    consequence: Consequence
    status: int
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Firings:
    """What followed for a question, in the order of firing, and of what neither side followed."""

    firings: tuple[Firing, ...]
    open: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True)
class _Prepared:
    network: Network
    outcome: RuleFacts
    tree: Tree
    always: int


class Rete(BackEnd):
    """Runs rules by forward chaining: one network of facts a rule."""

    def __init__(self, program: Program) -> None:
        self._rules = {rule.id: rule for rule in program.rules}
        self._made: dict[str, _Prepared] = {}
        for rule in program.rules[:1]:
            self._prepared(rule.id)

    def _prepared(self, rule: str) -> _Prepared:
        if rule not in self._made:
            network = Network(self._rules)
            always = network.beginning()
            asked = self._rules[rule]
            outcome = network.outcome(asked)
            network.answer(asked, "clear" if asked.kind == "duty" else "eligible")
            steps = [Inference(step.needs or (always,), step.gives) for step in network.steps]
            self._made[rule] = _Prepared(network, outcome, Tree(len(network.consequences), steps), always)
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

    def trace(self, rule: str, question: Question) -> Firings:
        """Return what followed, in the order of firing, each with what it followed from; raises as `decide` does."""
        made = self._prepared(rule)
        network, given = made.network, self._given(made, question)
        known, sources, followed = set(given), _Sources(network.steps), list[tuple[Consequence, tuple[int, ...]]]()
        for fact in made.tree.run(given):
            after = sources.after(fact, known)
            known.add(fact)
            told = network.consequences[fact]
            if told is None:
                sources.of[fact] = after
            else:
                followed.append((told, after))
                sources.of[fact] = (len(followed),)
        pairs = zip(network.consequences[::2], range(0, len(network.consequences), 2), strict=True)
        left = (told for told, fact in pairs if told is not None and not {fact, fact + 1} & known)
        firings = (Firing(told, _status_of(told, known), after) for told, after in followed)
        return Firings(tuple(firings), tuple(left))

    def unsupported(self, rule: str, as_of: date) -> tuple[str, ...]:  # noqa: ARG002  # one network for all days
        """Say why a rule can't run here; empty when it can."""
        try:
            self._prepared(rule)
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()


class _Sources:
    """From which told consequences each fact followed."""

    def __init__(self, steps: Iterable[Inference]) -> None:
        self.of: dict[int, tuple[int, ...]] = {}
        self._steps: dict[int, list[Inference]] = {}
        for step in steps:
            self._steps.setdefault(step.gives, []).append(step)

    def after(self, fact: int, known: set[int]) -> tuple[int, ...]:
        """Return the numbers of the consequences that a fact follows from, by the first inference whose needs are known."""
        by = next(step for step in self._steps[fact] if known.issuperset(step.needs))
        return tuple(sorted({number for need in by.needs for number in self.of.get(need, ())}))


def _status_of(told: Consequence, known: set[int]) -> int:
    spared = told.when is not None and told.when.fails in known
    return NOT_APPLICABLE if spared else HELD if told.holds else FAILED


def _status(pair: TruthFacts, when: TruthFacts | None, known: set[int]) -> int:
    if when is not None and when.fails in known:
        return NOT_APPLICABLE
    return HELD if pair.holds in known else FAILED if pair.fails in known else UNKNOWN
