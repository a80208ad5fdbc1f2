"""The compiled back end says what the definition says, on generated people and on every case."""

import os
from datetime import date
from random import Random

import pytest

from asnpolicy import Engine
from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.definition import Definition
from asnpolicy.language.rules import HELD
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import load, regions
from asnpolicy.problems import Problems
from tests.conformance.people import day, question

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "600"))


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
def test_the_generated_people_and_the_cases_meet_somebody_eligible(region):
    """A conformance that never meets somebody eligible would prove nothing."""
    engine = Engine.load(region, backend="definition")
    program = engine.policy.program(date(2026, 10, 1))
    definition, compiled = Definition(program), Compiled(program)
    people = tuple(typical(engine.policy, Problems()).values())
    rng = Random(region)
    met = {
        case.rule
        for case in (case for name in {region, "nasional"} for case in cases_of(load(name), Problems()))
        if dict(case.expected).get("verdict") == "eligible" or dict(case.expected).get("state") == "fulfilled"
    }
    for _ in range(200):
        asked = question(rng, date(2026, 10, 1), 0.05, people)
        for rule in program.rules:
            expected = definition.decide(rule.id, asked)
            assert compiled.decide(rule.id, asked) == expected
            if expected.applies == HELD and expected.holds == HELD:
                met.add(rule.id)
    assert {rule.id for rule in program.rules if not rule.id.endswith("@previous")} <= met


@pytest.mark.parametrize("region", regions())
def test_compiled_equals_the_definition_on_the_authors_cases(region):
    """The cases come out the same whichever way they run."""
    fast, slow = Engine.load(region), Engine.load(region, backend="definition")
    for case in cases_of(fast.policy, Problems()):
        given = {"as_of": case.as_of, "target": case.opening, "agency": case.agency, "mentor": case.mentor}
        one = fast.decide(case.employee, case.rule, **given)
        other = slow.decide(case.employee, case.rule, **given)
        assert one.statuses == other.statuses, case.name
