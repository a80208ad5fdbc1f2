"""The rete back end says what the definition says, and its trace shows how one consequence led to the next."""

import os
from datetime import date
from random import Random

import pytest

from asnpolicy import Engine, PolicyError
from asnpolicy.backends import rete_adapter
from asnpolicy.backends.definition import Definition
from asnpolicy.backends.rete import Rete
from asnpolicy.backends.rete_adapter import Step, Tree
from asnpolicy.language.reading import Question
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import load, regions
from asnpolicy.problems import Problems
from tests.conformance.people import day, question

pytest.importorskip("durable_rules_engine", reason="the extra `rete` is not installed (Python 3.13, or no C compiler)")
PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "900"))


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.3])
def test_rete_equals_the_definition_on_generated_people(region, unknown):
    """Every criterion of every rule has the same status, past the 1,024 sessions at which the engine would die."""
    policy = load(region)
    people = tuple(typical(policy, Problems()).values())
    rng = Random(f"rete {region} {unknown}")
    pairs = {program: (Definition(program), Rete(program)) for program in policy.programs}
    for _ in range(PEOPLE // 3):
        as_of = day(rng)
        asked = question(rng, as_of, unknown, people)
        program = policy.program(as_of)
        definition, rete = pairs[program]
        for rule in program.rules:
            assert rete.decide(rule.id, asked) == definition.decide(rule.id, asked), rule.id


@pytest.mark.parametrize("region", regions())
def test_rete_equals_the_definition_on_the_authors_cases(region):
    """The cases come out the same whichever way they run."""
    fast, slow = Engine.load(region, backend="rete"), Engine.load(region, backend="definition")
    for case in cases_of(fast.policy, Problems()):
        given = {"as_of": case.as_of, "target": case.opening, "agency": case.agency, "mentor": case.mentor}
        one = fast.decide(case.employee, case.rule, **given)
        assert one.statuses == slow.decide(case.employee, case.rule, **given).statuses, case.name


def test_a_chain_from_duty_to_promotion_can_be_read_in_the_trace():
    """Last year's duty fails, so the criterion that builds on it fails, so the promotion fails."""
    policy = load("jakarta")
    as_of = date(2026, 10, 1)
    program = policy.program(as_of)
    person = typical(policy, Problems())["pelaksana"]
    asked = Question(as_of, person)
    trace = Rete(program).trace("kenaikan-pangkat-reguler", asked)
    chain = [
        "jp-tahunan@previous fails",
        "kenaikan-pangkat-reguler: criterion pengembangan-kompetensi fails",
        "kenaikan-pangkat-reguler fails",
    ]
    assert [name for name in trace if name in chain] == chain


def test_a_network_beyond_the_safe_limits_is_refused():
    """Where the engine would answer wrongly or die, the adapter says no."""
    with pytest.raises(PolicyError, match="larger than this engine"):
        Tree(rete_adapter.MOST_FACTS + 1, [])
    with pytest.raises(PolicyError, match="larger than this engine"):
        Tree(100, [Step((0,), at) for at in range(1, rete_adapter.MOST_USES + 2)])


def test_every_shipped_rule_runs():
    """Nothing that is shipped is beyond this back end."""
    for region in regions():
        for program in load(region).programs:
            rete = Rete(program)
            assert all(rete.unsupported(rule.id) == () for rule in program.rules)
