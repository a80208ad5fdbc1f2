"""The smt back end: questions about the policy itself, answered by a solver, with a witness replayed by the definition.

Claims are about fully known people: every field delivered, every history complete, in the limits that `smt_people` names.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from typing import Literal as Choice

import z3

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt_people import Person
from asnpolicy.backends.smt_records import Records, records_for
from asnpolicy.backends.smt_rules import Translation, reached, texts_of
from asnpolicy.backends.smt_units import Units
from asnpolicy.language.lower import bind
from asnpolicy.language.nodes import Field, Truth, walk
from asnpolicy.language.reading import Question, fields_of
from asnpolicy.language.rules import FAILED, HELD, Program
from asnpolicy.people import Agency
from asnpolicy.problems import PolicyError

Verdict: TypeAlias = Choice["eligible", "ineligible", "not_applicable"]
TIMEOUT = 10_000
"""Milliseconds for one question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to: it holds, it does not, or (None) the solver could not tell in time.

    A witness is somebody concrete whom the definition was asked about too: what it shows is so. An answer without a
    witness says that there is nobody among the people with at most `records` of each history; see `whatever_records`.
    """

    question: str
    holds: bool | None
    witness: Question | None = None
    second: Question | None = None
    seconds: float = 0.0
    records: tuple[Records, ...] = ()
    """How many records of each history people may have; empty when nothing about records matters."""

    @property
    def whatever_records(self) -> bool:
        """Tell whether the answer stands for people with any number of records, and not only for those with so few."""
        return self.witness is not None or (self.holds is not None and all(each.enough for each in self.records))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question before the solver: who is asked about, and what is claimed of them."""

    people: tuple[Translation, ...]
    claims: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Whether there is somebody, who, and among people with how many records."""

    somebody: bool | None
    model: Any
    people: tuple[Translation, ...]
    records: tuple[Records, ...]


class Smt:
    """Asks about the rules of a program on one day."""

    def __init__(self, program: Program, as_of: date, *, agency: Agency | None = None, timeout: int = TIMEOUT) -> None:
        """`agency`: the one that people are in; else any, whatever its tree of units."""
        self.program, self.as_of, self.timeout = program, as_of, timeout
        self.rules = {rule.id: rule for rule in bind(program, as_of).rules}
        self._agency = agency
        self.definition = Definition(program)

    def conditions(self, *rules: str) -> list[Truth]:
        """Give every condition of some rules and of those that they build on."""
        return [root for rule in reached(self.rules, rules) for root in rule.conditions]

    def translation(
        self, conditions: Sequence[Truth], *, suffix: str = "", records: Iterable[Records] | None = ()
    ) -> Translation:
        """Give the program over a new symbolic person, who can be told apart as far as some conditions do.

        `records`: how many they have; None: what is made of records may be anything.
        """
        named = [unit.code for unit in self._agency.units or ()] if self._agency else []
        most = {each.history: each.most for each in records or ()}
        person = Person({*texts_of(conditions), *named}, suffix, most)
        return Translation(self.rules, person, Units(person.texts, self._agency), whatever=records is None)

    def _solve(self, asked: _Asked) -> tuple[bool | None, Any]:
        """Look for somebody, first of all for somebody usual."""
        solver = z3.Solver()
        solver.set("timeout", self.timeout)
        solver.add(*asked.claims)
        for said in asked.people:
            solver.add(*said.person.rules, *said.units.rules)
        result = z3.unknown
        for usual in ([rule for said in asked.people for rule in said.person.usual], []):
            solver.push()
            solver.add(*usual)
            result = solver.check()
            if result == z3.sat:
                return True, solver.model()
            if not usual:
                break
            solver.pop()
        return (False if result == z3.unsat else None), None

    def _find(self, records: Sequence[Records], ask: Callable[[Sequence[Records] | None], _Asked]) -> _Found:
        """Look for somebody.

        Where no number of records is enough: first whatever is made of records, which settles it for any number when
        there is nobody; and where there is nobody with so few, once more with one more each.
        """
        if all(each.enough for each in records):
            return self._look(records, ask)
        if self._solve(ask(None))[0] is False:
            return _Found(somebody=False, model=None, people=(), records=())
        found = self._look(records, ask)
        if found.somebody is not False:
            return found
        return self._look([each if each.enough else each.one_more() for each in records], ask)

    def _look(self, records: Sequence[Records], ask: Callable[[Sequence[Records] | None], _Asked]) -> _Found:
        asked = ask(records)
        somebody, model = self._solve(asked)
        return _Found(somebody, model, asked.people, tuple(records))

    def _person(self, said: Translation, model: Any) -> Question:
        return said.person.question(model, self.as_of, said.units.agency(model))

    def reachable(self, rule: str, verdict: Verdict) -> Answer:
        """Ask whether anybody comes to a verdict; the witness is somebody who does."""
        begun, conditions = time.perf_counter(), self.conditions(rule)

        def ask(records: Sequence[Records] | None) -> _Asked:
            said = self.translation(conditions, records=records)
            return _Asked((said,), (said.verdict(rule, verdict),))

        found = self._find(_sorted(records_for(conditions)), ask)
        witness = None
        if found.model is not None:
            witness = self._person(found.people[0], found.model)
            self._replay(rule, witness, verdict)
        seconds = time.perf_counter() - begun
        return Answer(f"reachable {rule} {verdict}", found.somebody, witness, None, seconds, found.records)

    def blind(self, rule: str, attribute: str) -> Answer:
        """Ask whether a rule comes to the same for any two people who differ in one attribute alone."""
        begun = time.perf_counter()
        what = f"blind {rule} {attribute}"
        name = attribute if attribute in fields_of("employee") else f"protected.{attribute}"
        field = Field("employee", name, fields_of("employee")[name])
        conditions = self.conditions(rule)
        if not any(node == field for condition in conditions for node in walk(condition)):
            return Answer(what, holds=True, seconds=time.perf_counter() - begun)

        def ask(records: Sequence[Records] | None) -> _Asked:
            one = self.translation(conditions, records=records)
            other = self.translation(conditions, suffix=" of the twin", records=records)
            differ = [one.verdict(rule, "eligible"), z3.Not(other.verdict(rule, "eligible"))]
            return _Asked((one, other), (*differ, *one.person.same_but(other.person, "employee", name)))

        found = self._find(_sorted(records_for(conditions, field)), ask)
        witnesses = [self._person(said, found.model) for said in found.people if found.model is not None]
        if witnesses:
            self._replay(rule, witnesses[0], "eligible")
            self._refused(rule, witnesses[1])
        return _refuted(what, found, begun, *witnesses)

    def at_least_as_strict(self, base: Smt, rule: str, base_rule: str | None = None) -> Answer:
        """Ask whether everybody eligible here is eligible by the base; for a duty: fulfilled here, fulfilled there.

        The witness is somebody whom the base refuses and this policy does not.
        """
        begun = time.perf_counter()
        asked, duty = base_rule or rule, self.rules[rule].kind == "duty"
        conditions = [*self.conditions(rule), *base.conditions(asked)]

        def ask(records: Sequence[Records] | None) -> _Asked:
            said = self.translation(conditions, records=records)
            other = Translation(base.rules, said.person, said.units, whatever=records is None)
            here = said.clear(rule) if duty else said.verdict(rule, "eligible")
            there = other.clear(asked) if duty else other.verdict(asked, "eligible")
            return _Asked((said,), (here, z3.Not(there)))

        found = self._find(_sorted(records_for(conditions)), ask)
        witnesses = [self._person(said, found.model) for said in found.people if found.model is not None]
        if witnesses:
            self._cleared(rule, witnesses[0], duty=duty)
            base._refused(asked, witnesses[0], duty=duty)
        return _refuted(f"at_least_as_strict {rule}", found, begun, *witnesses)

    def _verdict(self, rule: str, question: Question) -> str:
        statuses = self.definition.decide(rule, question)
        if statuses.applies != HELD:
            return "not_applicable" if statuses.applies == FAILED else "undetermined"
        return ("ineligible", "undetermined", "eligible")[statuses.holds]

    def _replay(self, rule: str, witness: Question, *verdicts: str) -> None:
        """Put a witness before the definition: nobody is shown on whom the two do not agree."""
        found = self._verdict(rule, witness)
        if found not in verdicts:
            raise AssertionError(f"{rule}: the solver says {' or '.join(verdicts)}, the definition {found}: {witness}")

    def _cleared(self, rule: str, witness: Question, *, duty: bool) -> None:
        self._replay(rule, witness, "eligible", *(("not_applicable",) if duty else ()))

    def _refused(self, rule: str, witness: Question, *, duty: bool = False) -> None:
        self._replay(rule, witness, "ineligible", *(() if duty else ("not_applicable",)))

    def unsupported(self, rule: str) -> tuple[str, ...]:
        """Say why nothing can be asked about a rule; empty when it can."""
        try:
            self.translation(self.conditions(rule)).verdict(rule, "eligible")
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()


def _sorted(records: Mapping[str, Records]) -> tuple[Records, ...]:
    return tuple(records[history] for history in sorted(records))


def _refuted(
    what: str, found: _Found, begun: float, witness: Question | None = None, second: Question | None = None
) -> Answer:
    """Turn "there is nobody against it" into "it holds"."""
    holds = None if found.somebody is None else not found.somebody
    return Answer(what, holds, witness, second, time.perf_counter() - begun, found.records)
