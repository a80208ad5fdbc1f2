"""Scheme: a mentoring rule at work on a day, with its three questions: who needs a mentor, who may be one, which two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.decisions import reading
from asnpolicy.decisions.decider import Decider, unknown_rule
from asnpolicy.decisions.mentoring import amounts
from asnpolicy.decisions.mentoring.between import Between
from asnpolicy.decisions.mentoring.points import Weigher
from asnpolicy.language.bounds import Missing
from asnpolicy.language.nodes import Expr
from asnpolicy.language.outcome import Outcome
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, HELD, Rule
from asnpolicy.people import Agency, Employee
from asnpolicy.people.agency import NO_CANDIDACY
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

MENTOR, PAIR = "/mentor", "/pair"


@dataclass(frozen=True, eq=False)
class Scheme:
    """A mentoring rule in an agency; the back end decides, the definition explains."""

    rule: Rule
    """Who needs a mentor; the two other questions are rules named after it."""
    backend: BackEnd
    definition: Definition
    as_of: date
    agency: Agency
    by_definition: bool = False
    """Whether amounts are worked out by the definition too."""

    @cached_property
    def of_pairs(self) -> Rule:
        """What a pair must meet and what is preferred, bound to the day."""
        return self.definition.bound(self.as_of)[self.rule.id + PAIR]

    @cached_property
    def weigher(self) -> Weigher:
        """What weighs the preferences of a pair."""
        return Weigher(self.of_pairs, self._amounts)

    def _amounts(self, exprs: Sequence[Expr]) -> amounts.Amounts:
        if self.by_definition:
            return amounts.by_definition(exprs)
        return amounts.by_code(self.of_pairs, exprs, self.as_of)

    def alone(self, person: Employee) -> Question:
        """The question about one person."""
        return Question(self.as_of, person, agency=self.agency)

    def together(self, mentor: Employee, mentee: Employee) -> Question:
        """The question about two people."""
        pair = self._between.pair(mentor, mentee)
        return Question(self.as_of, mentee, NO_CANDIDACY, mentor, mentee, pair, self.agency)

    @cached_property
    def _between(self) -> Between:
        return Between(self.agency, self.as_of)

    def superiors(self, mentee: Employee) -> Collection[str] | None:
        """The numbers of all whom a source names as a direct superior of a mentee; None when no source says anything."""
        return self._between.superiors(mentee)

    def is_superior(self, nip: str, mentee: Employee) -> bool | None:
        """Whether somebody is the direct superior of a mentee; None when that is not known."""
        return self._between.is_superior(nip, mentee)

    def is_measured(self, person: Employee) -> bool:
        """Tell whether the levels of all competencies of a person are known."""
        return self._between.levels(person) is not None

    def needs(self, person: Employee) -> int:
        """Ask whether a person needs a mentor: failed, unknown or held."""
        return worth(self.backend.decide(self.rule.id, self.alone(person)))

    def may_mentor(self, person: Employee) -> int:
        """Ask whether a person may be a mentor: failed, unknown or held."""
        return worth(self.backend.decide(self.rule.id + MENTOR, self.alone(person)))

    def statuses(self, question: Question) -> Statuses:
        """Ask whether two may be a pair, limit by limit."""
        return self.backend.decide(self.rule.id + PAIR, question)

    def is_sound(self, mentor: Employee, mentee: Employee) -> bool:
        """Tell whether all is known to hold of two people: what they need, may and must."""
        both = self.needs(mentee), self.may_mentor(mentor), self.statuses(self.together(mentor, mentee)).holds
        return min(both) == HELD

    def outcome(self, part: str, question: Question) -> Outcome:
        """What the definition finds of one of the three questions."""
        return self.definition.outcome(self.rule.id + part, question)

    def missing(self, part: str, question: Question) -> tuple[str, ...]:
        """What could still settle a question."""
        return named(self.outcome(part, question).missing)


def named(missing: Missing) -> tuple[str, ...]:
    """Name what is missing, each once."""
    return reading.distinct(missing)


def worth(statuses: Statuses) -> int:
    """What a decision is worth: held when the rule applies and all holds."""
    return FAILED if statuses.applies == FAILED else min(statuses.applies, statuses.holds)


def not_mentoring(rule: str, known: list[str]) -> PolicyError:
    """Say that a rule assigns no mentors."""
    help_ = phrase(en="there is: {what}", id="yang ada: {what}", what=", ".join(known) or "none")
    return PolicyError(
        [
            Problem(
                "not-mentoring",
                phrase(en="`{rule}` assigns no mentors", id="`{rule}` tidak memasangkan mentor", rule=rule),
                help=help_,
            )
        ]
    )


def scheme(policy: Policy, decider: Decider, rule: str, as_of: date, agency: Agency, *, by_definition: bool) -> Scheme:
    """Return how a mentoring rule is asked on a day; raises PolicyError for a rule that is not there or assigns nobody."""
    program = policy.program(as_of)
    found = program.by_id.get(rule)
    if found is None:
        raise unknown_rule(rule, policy.rules, as_of)
    if found.kind != "mentoring":
        raise not_mentoring(rule, [one.id for one in program.rules if one.kind == "mentoring"])
    return Scheme(found, decider.prepared(program), decider.defined(program), as_of, agency, by_definition)
