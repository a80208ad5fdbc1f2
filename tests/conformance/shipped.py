"""What is shipped, and people drawn to it: made once, asked of every back end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from random import Random
from typing import Any

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import Statuses
from asnpolicy.language.nodes import Fold
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Criterion, Program, Rule
from asnpolicy.people import Employee
from asnpolicy.policy.cases import Case, cases_of, typical
from asnpolicy.policy.library import load, regions
from asnpolicy.problems import Problems
from tests.conformance.people import AGENCY, day, question

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "600"))
"""How many people each back end is asked about, for each region."""
UNKNOWN = (0.0, 0.05, 0.3)
"""How much of a person is not known, for a third of the people each."""
BASE = "nasional"
TOGETHER = 200
"""The most people who are asked about on the same day."""
A_DAY = 5
"""How many of those people are asked about on one day who are not asked about together."""

policy = cache(load)


@cache
def typical_people(region: str) -> tuple[Employee, ...]:
    """Give the typical people of a region."""
    return tuple(typical(policy(region), Problems()).values())


@cache
def authors_cases(region: str) -> tuple[Case, ...]:
    """Give the cases that the authors of a region wrote."""
    return tuple(cases_of(policy(region), Problems()))


def said(rule: Rule) -> Any:
    """Give all that a rule says to a back end: two rules that say the same are the same program."""
    return rule.id, rule.applies_to, _criteria(rule.criteria), _criteria(rule.warnings), rule.target, rule.due


def _criteria(criteria: tuple[Criterion, ...]) -> Any:
    return tuple((one.id, one.holds, one.when, tuple(a.holds for a in one.exempt)) for one in criteria)


def built_on(program: Program, rule: Rule) -> list[Rule]:
    """Give a rule and all that it builds on."""
    return [rule, *(each for name in rule.builds_on for each in built_on(program, program.rule(name)))]


def closure(program: Program, rule: Rule) -> Any:
    """Give all that a rule says, with what it builds on."""
    return tuple(said(each) for each in built_on(program, rule))


@cache
def own(region: str) -> dict[Program, Program]:
    """Give the programs of a region, each cut to the rules that its base does not have word for word.

    A rule that is inherited unchanged is the base's: it is asked about there.
    """
    return {program: _cut(region, program) for program in policy(region).programs}


def _cut(region: str, program: Program) -> Program:
    if region == BASE:
        return program
    inherited = set.intersection(*(set(_closures(base)) for base in policy(BASE).programs if _meet(base, program)))
    kept = [rule for rule in program.rules if closure(program, rule) not in inherited]
    wanted = {each.id for rule in kept for each in built_on(program, rule)}
    return replace(program, rules=tuple(rule for rule in program.rules if rule.id in wanted))


@cache
def _closures(program: Program) -> frozenset[Any]:
    return frozenset(closure(program, rule) for rule in program.rules)


def _meet(one: Program, other: Program) -> bool:
    return one.since < other.until and other.since < one.until


def every_version() -> Iterator[tuple[str, Program, Rule]]:
    """Give every rule that was ever in force anywhere, once for each thing that it says."""
    seen = set()
    for region in (BASE, *(name for name in regions() if name != BASE)):
        for program in policy(region).programs:
            for rule in program.rules:
                key = closure(program, rule)
                if key not in seen:
                    seen.add(key)
                    yield region, program, rule


def looks_into_the_mentor(program: Program, rule: Rule) -> bool:
    """Tell whether a rule looks into a history of the mentor, which neither columns nor the solver have: they say so."""
    nodes = (node for each in built_on(program, rule) for node in each.nodes())
    return any(isinstance(node, Fold) and node.scope == "mentor" for node in nodes)


@dataclass(frozen=True)
class Draw:
    """People asked about on one day, by one program; together: in one agency, whose units are known."""

    program: Program
    as_of: date
    asked: tuple[Question, ...]
    together: bool

    @cached_property
    def expected(self) -> dict[str, list[Statuses]]:
        """What the definition says of each rule, for each person."""
        definition = Definition(self.program)
        return {rule.id: [definition.decide(rule.id, one) for one in self.asked] for rule in self.program.rules}

    def leads_to(self, of: str) -> dict[str, list[Any]]:
        """Say what the definition gives as `target` or `due` of each rule that has one, for each person."""
        ask = getattr(Definition(self.program), of)
        rules = [rule.id for rule in self.program.rules if getattr(rule, of) is not None]
        return {rule: [ask(rule, one) for one in self.asked] for rule in rules}


@lru_cache(maxsize=None if PEOPLE <= 2000 else 1)
def draws(region: str, unknown: float) -> tuple[Draw, ...]:
    """Draw people for a region: three in four for days that many share, the others for days of their own.

    Days before a region had rules of its own are not drawn: nobody would be asked anything.
    """
    rng = Random(f"{region} {unknown}")
    number = max(PEOPLE // 3, 8)
    crowd = number * 3 // 4
    sizes = [min(TOGETHER, crowd - done) for done in range(0, crowd, TOGETHER)]
    many = [_draw(rng, region, unknown, size, together=True) for size in sizes]
    return (*many, *(_draw(rng, region, unknown, A_DAY, together=False) for _ in range(0, number - crowd, A_DAY)))


def _draw(rng: Random, region: str, unknown: float, size: int, *, together: bool) -> Draw:
    as_of = next(one for one in iter(lambda: day(rng), None) if _own_on(region, one).rules)
    program = _own_on(region, as_of)
    people = [question(rng, as_of, unknown, typical_people(region)) for _ in range(size)]
    if together:
        people = [replace(one, agency=AGENCY) for one in people]
    return Draw(program, as_of, tuple(people), together)


def _own_on(region: str, as_of: date) -> Program:
    return own(region)[policy(region).program(as_of)]
