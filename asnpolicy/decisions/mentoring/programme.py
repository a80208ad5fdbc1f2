"""Programme: a mentoring rule at work on a day, with its three questions: who needs a mentor, who may be one, which two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.statuses import BackEnd, Statuses
from asnpolicy.decisions import reading
from asnpolicy.decisions.mentoring import amounts
from asnpolicy.language.bounds import Missing
from asnpolicy.language.outcome import Outcome
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, Rule
from asnpolicy.people import Agency, Employee, Relation, pair
from asnpolicy.people.agency import NO_CANDIDACY

MENTOR, PAIR = "/mentor", "/pair"
SUPERIOR = "superior"


@dataclass(frozen=True, eq=False)
class Programme:
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
    def of_mentors(self) -> Rule:
        """Who may be a mentor, bound to the day."""
        return self.definition.bound(self.as_of)[self.rule.id + MENTOR]

    @cached_property
    def amounts(self) -> amounts.Amounts:
        """How much there is of what is preferred, for a pair."""
        rule = self.of_pairs
        return amounts.defined(rule) if self.by_definition else amounts.compiled(rule, self.as_of)

    def alone(self, person: Employee) -> Question:
        """The question about one person."""
        return Question(self.as_of, person, agency=self.agency)

    def together(self, mentor: Employee, mentee: Employee) -> Question:
        """The question about two people."""
        between = pair(mentor, mentee, self._narrowed(mentee), self.as_of)
        return Question(self.as_of, mentee, NO_CANDIDACY, mentor, mentee, between, self.agency)

    def _narrowed(self, mentee: Employee) -> Agency:
        """The agency with the relations to a mentee alone, so that a pair need not look through all."""
        return self._by_mentee.get(mentee.nip, self._unrelated)

    @cached_property
    def _by_mentee(self) -> dict[str, Agency]:
        found: dict[str, list[Relation]] = {}
        for relation in self.agency.relations or ():
            found.setdefault(relation.to, []).append(relation)
        return {nip: Agency.model_construct(relations=tuple(each)) for nip, each in found.items()}

    @cached_property
    def _unrelated(self) -> Agency:
        return Agency.model_construct(relations=None if self.agency.relations is None else ())

    def superiors(self, mentee: Employee) -> Sequence[str] | None:
        """The numbers of the direct superiors of a mentee; None when that is not known."""
        if mentee.supervisor is not None:
            return (mentee.supervisor,) if isinstance(mentee.supervisor, str) else ()
        related = self._narrowed(mentee).relations
        return None if related is None else [one.of for one in related if one.kind == SUPERIOR]

    def needs(self, person: Employee) -> int:
        """Ask whether a person needs a mentor: failed, unknown or held."""
        return worth(self.backend.decide(self.rule.id, self.alone(person)))

    def may_mentor(self, person: Employee) -> int:
        """Ask whether a person may be a mentor: failed, unknown or held."""
        return worth(self.backend.decide(self.rule.id + MENTOR, self.alone(person)))

    def statuses(self, question: Question) -> Statuses:
        """Ask whether two may be a pair, limit by limit."""
        return self.backend.decide(self.rule.id + PAIR, question)

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
