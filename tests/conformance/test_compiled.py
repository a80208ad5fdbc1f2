"""The compiled back end says what the definition says, on generated people and on every case."""

import os
from random import Random

import pytest

from asnpolicy import Engine
from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.definition import Definition
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import load, regions
from asnpolicy.problems import Problems
from tests.conformance.people import day, question

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "1500"))


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.3])
def test_compiled_equals_the_definition_on_generated_people(region, unknown):
    """Every criterion of every rule has the same status, whatever is unknown."""
    policy = load(region)
    people = tuple(typical(policy, Problems()).values())
    rng = Random(f"{region} {unknown}")
    pairs = {program: (Definition(program), Compiled(program)) for program in policy.programs}
    for _ in range(PEOPLE // 3):
        as_of = day(rng)
        asked = question(rng, as_of, unknown, people)
        program = policy.program(as_of)
        definition, compiled = pairs[program]
        for rule in program.rules:
            expected, got = definition.decide(rule.id, asked), compiled.decide(rule.id, asked)
            assert got == expected, f"{rule.id} on {as_of}: {asked.employee.model_dump_json()} {asked}"


@pytest.mark.parametrize("region", regions())
def test_the_generated_people_meet_every_verdict(region):
    """A conformance that never meets somebody eligible would prove nothing."""
    policy = load(region)
    people = tuple(typical(policy, Problems()).values())
    rng = Random(region)
    seen = {}
    for _ in range(800):
        as_of = day(rng)
        asked = question(rng, as_of, 0.05, people)
        program = policy.program(as_of)
        for rule in program.rules:
            statuses = Definition(program).decide(rule.id, asked)
            seen.setdefault(rule.id, set()).add((statuses.applies, statuses.holds))
    for rule, verdicts in seen.items():
        assert any(applies == 2 and holds == 2 for applies, holds in verdicts), f"nobody is ever eligible for {rule}"


@pytest.mark.parametrize("region", regions())
def test_compiled_equals_the_definition_on_the_authors_cases(region):
    """The cases come out the same whichever way they run."""
    fast, slow = Engine.load(region), Engine.load(region, backend="definition")
    for case in cases_of(fast.policy, Problems()):
        given = {"as_of": case.as_of, "target": case.opening, "agency": case.agency, "mentor": case.mentor}
        one = fast.decide(case.employee, case.rule, **given)
        other = slow.decide(case.employee, case.rule, **given)
        assert one.statuses == other.statuses, case.name
