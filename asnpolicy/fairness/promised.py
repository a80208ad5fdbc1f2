"""What a policy promises of its own fairness, as questions: one for each rule that must keep each promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from asnpolicy.engine import Engine
from asnpolicy.fairness.questions import AtLeastAsStrict, Blind, MeritNeverHurts, PolicyQuestion
from asnpolicy.fairness.sameness import alike, within
from asnpolicy.language.rules import Program, Rule
from asnpolicy.policy import library
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.promises import Promises

HURT = ("promotion", "award", "duty", "mentor")
"""The kinds of rules that more merit might hurt: to need no mentor any more hurts nobody."""


class Promised:
    """The promises of an engine's policy, for every day from one on."""

    def __init__(self, engine: Engine, since: date) -> None:
        self.engine, self.since = engine, since

    @cached_property
    def promises(self) -> Promises:
        """What is promised."""
        return self.engine.policy.promises

    def questions(self) -> Iterator[PolicyQuestion]:
        """Return a question for each promise and each rule that must keep it.

        What a region takes over from its base word for word is asked of the base.
        """
        for program, rule in self._rules():
            if self.promises.at_least_as_strict_as is not None and self._has_base(program, rule.id):
                yield AtLeastAsStrict(rule.id)
            if self._inherited(rule.id):
                continue
            yield from self._of(program, rule)

    def _of(self, program: Program, rule: Rule) -> Iterator[PolicyQuestion]:
        for attribute in self.promises.blind_to:
            if self.promises.exemption(program, rule, attribute) is None:
                yield Blind(rule.id, attribute, self.promises.descendants.get(attribute, ()))
        for merit in self.promises.merit_never_hurts if rule.kind in HURT else ():
            if self.promises.exemption(program, rule, merit) is None:
                yield MeritNeverHurts(rule.id, merit)

    def _rules(self) -> Iterator[tuple[Program, Rule]]:
        """Return each rule that is in force from the day on, in its last version."""
        last: dict[str, tuple[Program, Rule]] = {}
        for program in self.engine.policy.programs:
            if program.until > self.since:
                last |= {rule.id: (program, rule) for rule in program.rules}
        return iter(last.values())

    @cached_property
    def _base(self) -> Policy | None:
        paths = self.engine.policy.paths
        return library.load(paths[1]) if len(paths) > 1 else None

    def _met(self, base: Policy) -> Iterator[tuple[Program, Program]]:
        for here in self.engine.policy.programs:
            for there in base.programs:
                since, until = max(here.since, there.since, self.since), min(here.until, there.until)
                if since < until:
                    yield here, there

    def _has_base(self, program: Program, rule: str) -> bool:
        if self._base is None:
            return False
        there = self._base.program(max(program.since, self.since))
        return bool(within(program.by_id, rule, there.by_id))

    def _inherited(self, rule: str) -> bool:
        if self._base is None:
            return False
        pairs = [(here, there) for here, there in self._met(self._base) if rule in here.by_id]
        return all(alike(here.by_id, there.by_id, rule) for here, there in pairs)
