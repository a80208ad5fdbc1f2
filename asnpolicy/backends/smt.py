"""The smt back end: questions about the policy itself, answered by a solver, with a witness replayed by the definition.

Claims are about fully known people: every field delivered, every history complete.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias
from typing import Literal as Choice

import z3

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt_people import Person
from asnpolicy.backends.smt_rules import Translation, roots_of, texts_of
from asnpolicy.language.lower import bind
from asnpolicy.language.nodes import Within, walk
from asnpolicy.language.reading import Question, fields_of
from asnpolicy.language.rules import FAILED, HELD, Program, Rule
from asnpolicy.people import Agency, Unit
from asnpolicy.problems import PolicyError

Verdict: TypeAlias = Choice["eligible", "ineligible", "not_applicable"]
TIMEOUT = 10_000
"""Milliseconds for one question."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to: it holds, it does not, or (None) the solver could not tell in time."""

    question: str
    holds: bool | None
    witness: Question | None = None
    second: Question | None = None
    seconds: float = 0.0


def _some_agency(rules: Mapping[str, Rule]) -> Agency:
    """Give an agency in which every unit that a rule names is there, and one beside them."""
    nodes = (node for rule in rules.values() for root in roots_of(rule) for node in walk(root))
    codes = {node.code for node in nodes if isinstance(node, Within)}
    return Agency(units=tuple(Unit(code=code) for code in (*sorted(codes), "lain")))


class Smt:
    """Asks about the rules of a program on one day."""

    def __init__(self, program: Program, as_of: date, *, agency: Agency | None = None, timeout: int = TIMEOUT) -> None:
        self.program, self.as_of, self.timeout = program, as_of, timeout
        self.rules = {rule.id: rule for rule in bind(program, as_of).rules}
        self.agency = agency or _some_agency(self.rules)
        self.definition = Definition(program)

    def translation(self, *, suffix: str = "", texts: Iterable[str] = ()) -> Translation:
        """Give the program over a new symbolic person."""
        person = Person({*texts_of(self.rules, self.agency), *texts}, suffix)
        return Translation(self.rules, person, self.agency)

    def _solve(self, claims: list[Any], *people: Person) -> tuple[bool | None, Any]:
        solver = z3.Solver()
        solver.set("timeout", self.timeout)
        solver.add(*claims)
        for person in people:
            solver.add(*person.rules)
        result = solver.check()
        if result == z3.unsat:
            return False, None
        return (True, solver.model()) if result == z3.sat else (None, None)

    def reachable(self, rule: str, verdict: Verdict) -> Answer:
        """Ask whether anybody comes to a verdict; the witness is somebody who does."""
        begun = time.perf_counter()
        said = self.translation()
        found, model = self._solve([said.verdict(rule, verdict)], said.person)
        witness = None
        if model is not None:
            witness = said.person.question(model, self.as_of, self.agency)
            self._replay(rule, witness, verdict)
        return Answer(f"reachable {rule} {verdict}", found, witness, seconds=time.perf_counter() - begun)

    def blind(self, rule: str, attribute: str) -> Answer:
        """Ask whether a rule comes to the same for any two people who differ in one attribute alone."""
        begun = time.perf_counter()
        name = attribute if attribute in fields_of("employee") else f"protected.{attribute}"
        what = f"blind {rule} {attribute}"
        one, other = self.translation(), self.translation(suffix=" of the twin")
        claims = [one.verdict(rule, "eligible"), z3.Not(other.verdict(rule, "eligible"))]
        if ("employee", name) not in one.person.fields:
            return Answer(what, holds=True, seconds=time.perf_counter() - begun)
        claims += one.person.same_but(other.person, "employee", name)
        found, model = self._solve(claims, one.person, other.person)
        if model is None:
            return Answer(what, None if found is None else True, seconds=time.perf_counter() - begun)
        first = one.person.question(model, self.as_of, self.agency)
        second = other.person.question(model, self.as_of, self.agency)
        self._replay(rule, first, "eligible")
        self._refused(rule, second)
        return Answer(what, holds=False, witness=first, second=second, seconds=time.perf_counter() - begun)

    def at_least_as_strict(self, base: Smt, rule: str, base_rule: str | None = None) -> Answer:
        """Ask whether everybody eligible here is eligible by the base; for a duty: fulfilled here, fulfilled there.

        The witness is somebody whom the base refuses and this policy does not.
        """
        begun = time.perf_counter()
        asked, duty = base_rule or rule, self.rules[rule].kind == "duty"
        said = self.translation(texts=texts_of(base.rules, base.agency))
        other = Translation(base.rules, said.person, self.agency)
        here = said.clear(rule) if duty else said.verdict(rule, "eligible")
        there = other.clear(asked) if duty else other.verdict(asked, "eligible")
        found, model = self._solve([here, z3.Not(there)], said.person)
        what = f"at_least_as_strict {rule}"
        if model is None:
            return Answer(what, None if found is None else True, seconds=time.perf_counter() - begun)
        witness = said.person.question(model, self.as_of, self.agency)
        if not duty:
            self._replay(rule, witness, "eligible")
            base._refused(asked, witness)
        return Answer(what, holds=False, witness=witness, seconds=time.perf_counter() - begun)

    def _verdict(self, rule: str, question: Question) -> str:
        statuses = self.definition.decide(rule, question)
        if statuses.applies != HELD:
            return "not_applicable" if statuses.applies == FAILED else "undetermined"
        return ("ineligible", "undetermined", "eligible")[statuses.holds]

    def _replay(self, rule: str, witness: Question, verdict: str) -> None:
        """Put a witness before the definition: nobody is shown on whom the two do not agree."""
        found = self._verdict(rule, witness)
        if found != verdict:
            raise AssertionError(f"{rule}: the solver says {verdict}, the definition {found}: {witness}")

    def _refused(self, rule: str, witness: Question) -> None:
        if self._verdict(rule, witness) not in ("ineligible", "not_applicable"):
            raise AssertionError(f"{rule}: the definition finds the solver's witness eligible: {witness}")

    def unsupported(self, rule: str) -> tuple[str, ...]:
        """Say why nothing can be asked about a rule; empty when it can."""
        try:
            self.translation().verdict(rule, "eligible")
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()
