"""Standing: how a decision stands in law, by asking again with everything taken away that has no basis in law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.protocol import worked_out
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.reading import built_on
from asnpolicy.decisions.waivers import Waiver, waiving
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import YES, Asks, Node, walk
from asnpolicy.language.outcome import Finding, Outcome
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import HELD, UNKNOWN, Cited, Judgement, Observation, Program, Rule, Standing, Text
from asnpolicy.policy.policy import Lawful

ComesTo: TypeAlias = tuple[int, int, Any, Any]
"""What a rule comes to: whether it applies, what its criteria come to, what it leads to, and by when."""


@dataclass(frozen=True)
class InLaw:
    """What the law alone says of one question."""

    lawful: Lawful
    question: Question
    waivers: tuple[Waiver, ...] = ()
    at_once: bool = True
    """Whether many are asked, so that compiled rules pay."""

    @cached_property
    def meaning(self) -> Meaning:
        """Return the definition at work on the rules that are left."""
        if not self.waivers:
            return Meaning(self.question, self.lawful.rules)
        waives = waiving(self.waivers, self.question.employee.nip, self.question.as_of)
        return Meaning(self.question, self.lawful.rules, waives)

    def outcome(self, rule: str) -> Outcome | None:
        """Return what is left of a rule comes to; None when nothing is left of it."""
        found = self.lawful.rules.get(rule)
        return None if found is None else self.meaning.outcome(found)

    def finding(self, rule: str, criterion: str) -> Finding | None:
        """Return what a criterion comes to in law; None when it has no basis there."""
        outcome = self.outcome(rule)
        found = outcome.findings if outcome else ()
        return next((one for one in found if one.criterion.id == criterion), None)

    def result(self, rule: str) -> ComesTo | None:
        """Return what a rule comes to in law."""
        left = self.lawful.rules.get(rule)
        if left is None:
            return None
        if self.at_once and not self.waivers and self.lawful.whole:
            return self._compiled(rule)
        applies = self.meaning.truth(left.applies_to).status
        if applies != HELD:  # as for most
            return applies, UNKNOWN, None, None
        outcome = self.meaning.outcome(left)
        target, due = (worked_out(self.meaning, node) for node in (left.target, left.due))
        return applies, outcome.holds, target if outcome.holds == HELD else None, due

    def _compiled(self, rule: str) -> ComesTo:
        law = compiled(self.lawful)
        applies = law.applies(rule, self.question)
        if applies != HELD:  # as for most: its criteria need not be asked
            return applies, UNKNOWN, None, None
        statuses = law.decide(rule, self.question)
        target = law.target(rule, self.question) if statuses.holds == HELD else None
        return statuses.applies, statuses.holds, target, law.due(rule, self.question)


@Memo
def compiled(lawful: Lawful) -> Compiled:
    """Return the compiled rules that the law alone leaves."""
    return Compiled(lawful.program)


def by_criteria(rule: Rule, applies: int, statuses: tuple[int, ...]) -> Standing:
    """Return how a decision stands when nothing but some of its own criteria lacks a basis in law."""
    if applies != HELD:
        return "in_force"
    worth = [(min(status, HELD), one.standing) for one, status in zip(rule.criteria, statuses, strict=True)]
    in_law = min((status for status, standing in worth if standing == "in_force"), default=HELD)
    return "in_force" if in_law == min((status for status, _ in worth), default=HELD) else "illustrative"


@Memo
def partly_illustrative(rule: Rule) -> bool:
    """Tell whether a rule has a criterion without a basis in law, as few have."""
    return any(one.standing == "illustrative" for one in rule.criteria)


@Memo
def loosely_founded(program: Program) -> frozenset[str]:
    """Name the rules on which more without a basis in law bears than their own criteria: values, exemptions, other rules."""
    found = set()
    for rule in program.rules:
        below = built_on(rule, program.by_id)
        if any(one.loose or (one is not rule and partly_illustrative(one)) for one in below):
            found.add(rule.id)
    return frozenset(found)


@Memo
def for_the_same(lawful: Lawful) -> frozenset[str]:
    """Name the rules that the law alone has for the same people: what says so is word for word the same, and so what it asks."""
    loose, left = loosely_founded(lawful.of), lawful.rules
    firm = {
        one.id for one in lawful.of.rules
        if one.standing == "in_force" and one.id not in loose and not partly_illustrative(one)
    }  # fmt: skip

    def is_firm(node: Node) -> bool:
        return not isinstance(node, Asks) or node.rule in firm

    return frozenset(
        one.id for one in lawful.of.rules
        if one.id in left and left[one.id].applies_to == one.applies_to and all(map(is_firm, walk(one.applies_to)))
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CitedBasis:
    """The basis of a value or a cell that a decision was made by, and how it stands in law."""

    name: str
    basis: str
    standing: Standing


def cited(observations: Iterable[Observation], meaning: Meaning) -> tuple[CitedBasis, ...]:
    """Return the bases of the values and cells that were the ones to read for this person."""
    return those_picked([each for one in observations for each in one.cites], meaning)


def those_picked(cites: Iterable[Cited], meaning: Meaning) -> tuple[CitedBasis, ...]:
    """Return the bases of those values and cells that were the ones to read."""
    picked = [one for one in cites if one.picked is YES or meaning.truth(one.picked).status == HELD]
    return tuple(dict.fromkeys(map(_basis, picked)))


@Memo
def _basis(one: Cited) -> CitedBasis:
    return CitedBasis(one.name, one.basis, one.standing)


def judgements(rules: tuple[Rule, ...]) -> tuple[Judgement, ...]:
    """Return what only an official judges, of a rule and of those that it lies within."""
    return tuple(dict.fromkeys(one for rule in rules for one in rule.not_decided))


def readings(rule: Rule, statuses: tuple[int, ...]) -> tuple[Text, ...]:
    """Return which readings of ambiguous texts a decision rests on: the rule's, and those of the criteria that count."""
    worst = min((min(status, HELD) for status in statuses), default=HELD)
    of_criteria = [
        one.reading for one, status in zip(rule.criteria, statuses, strict=True) if min(status, HELD) == worst
    ]
    given = [one for one in (rule.reading, *of_criteria) if one is not None]
    return tuple(dict.fromkeys(given))
