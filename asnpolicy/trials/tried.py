"""Cases as they were run: what a case says of its rule, and whether it would notice a change in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from asnpolicy.backends.protocol import Statuses
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.standing import by_criteria
from asnpolicy.decisions.trial import run
from asnpolicy.engine import Engine
from asnpolicy.fairness.sameness import said
from asnpolicy.language.bounds import compare
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import YES
from asnpolicy.language.rules import HELD, NOT_APPLICABLE, UNKNOWN, Criterion, Program, Rule
from asnpolicy.policy.cases import Case
from asnpolicy.trials.mutants import DUE, SCOPE, Mutant

VERDICTS = ("ineligible", "undetermined", "eligible")


def verdict_of(statuses: Statuses) -> str:
    """Return the verdict that statuses come to."""
    if statuses.applies != HELD:
        return "not_applicable" if statuses.applies < UNKNOWN else "undetermined"
    return VERDICTS[statuses.holds]


@dataclass(frozen=True)
class PassedCase:
    """A case that was run and passed, with the definition at work on its question."""

    case: Case
    decision: Decision
    program: Program

    @cached_property
    def words(self) -> frozenset[str]:
        """The words under which something is expected."""
        return frozenset(word for word, _ in self.case.expected)

    @cached_property
    def meaning(self) -> Meaning:
        """The definition at work on the question; nothing that it is asked about may be forgotten before it is."""
        return Meaning(self.decision.question, self.program.by_id)

    @property
    def rule(self) -> Rule:
        """The rule that it is about, as it was in force on its day."""
        return self.decision.rule

    @cached_property
    def _at(self) -> Mapping[str, int]:
        return {one.id: at for at, one in enumerate(self.rule.criteria)}

    def notices(self, mutant: Mutant) -> bool:
        """Tell whether the case would fail if its rule were the mutant; so it does where it is of the period before.

        It would not where its rule was written otherwise on its day in what is changed.
        """
        if mutant.before is not None and self.rule.id == mutant.before.rule.id:
            return self.notices(mutant.before)
        if self.rule.id != mutant.rule.id or (self.decision.event is not None and not self.decision.event.sure):
            return False
        if mutant.part == DUE:
            return self._due(mutant)
        if mutant.part == SCOPE:
            same = self.rule.applies_to == mutant.rule.applies_to
            return same and self._differs(self._with_scope(mutant))
        return self._criterion(mutant)

    def _with_scope(self, mutant: Mutant) -> Statuses:
        asked = replace(
            self.rule, name=mutant.name, part="", applies_to=mutant.mutated.applies_to, criteria=(), warnings=()
        )
        return self.decision.statuses._replace(applies=self.meaning.outcome(asked).applies)

    def _criterion(self, mutant: Mutant) -> bool:
        was = next(one for one in mutant.rule.criteria if one.id == mutant.part)
        at = self._at.get(mutant.part)
        if at is None or said(self.rule.criteria[at]) != said(was):
            return False
        if mutant.kind == "standing":
            return "standing" in self.words and self._stands_otherwise(at, mutant)
        changed = next((one for one in mutant.mutated.criteria if one.id == mutant.part), None)
        status = NOT_APPLICABLE if changed is None else self._status(mutant, changed)
        before = self.decision.statuses
        return self._differs(before._replace(criteria=(*before.criteria[:at], status, *before.criteria[at + 1 :])))

    def _status(self, mutant: Mutant, changed: Criterion) -> int:
        asked = replace(self.rule, name=mutant.name, part="", applies_to=YES, criteria=(changed,), warnings=())
        return self.meaning.outcome(asked).findings[0].status

    def _stands_otherwise(self, at: int, mutant: Mutant) -> bool:
        if self.rule.standing != "in_force":
            return False
        criteria = list(self.rule.criteria)
        flipped = next(one for one in mutant.mutated.criteria if one.id == mutant.part)
        criteria[at] = replace(criteria[at], standing=flipped.standing)
        statuses = self.decision.statuses
        other = by_criteria(replace(self.rule, criteria=tuple(criteria)), statuses.applies, statuses.criteria)
        mine = by_criteria(self.rule, statuses.applies, statuses.criteria)
        return mine == self.decision.standing and other != mine

    def _differs(self, after: Statuses) -> bool:
        before, verdict = self.decision.statuses, verdict_of(self.decision.statuses)
        if {"verdict", "state"} & self.words and verdict_of(after) != verdict:
            return True
        if "because" not in self.words or verdict not in VERDICTS:
            return False
        wanted = VERDICTS.index(verdict)
        carrying = [[at for at, one in enumerate(those.criteria) if one == wanted] for those in (before, after)]
        return carrying[0] != carrying[1]

    def _due(self, mutant: Mutant) -> bool:
        unfulfilled = verdict_of(self.decision.statuses) == "ineligible" and "state" in self.words
        if not unfulfilled or self.rule.due != mutant.rule.due or mutant.mutated.due is None or self.rule.due is None:
            return False
        days = (self.meaning.value(due) for due in (self.rule.due, mutant.mutated.due))
        was, would_be = (compare("at_most", day, self.decision.question.as_of) for day in days)
        return was != would_be


def tried(engine: Engine, cases: Iterable[Case]) -> dict[str, list[PassedCase]]:
    """Return cases by their rule, as they were run; those that fail try nothing."""
    found: dict[str, list[PassedCase]] = defaultdict(list)
    for case in cases:
        result = run(engine, case)
        if result.passed:
            decision = result.decision
            found[case.rule].append(PassedCase(case, decision, engine.policy.program(decision.question.as_of)))
    return found
