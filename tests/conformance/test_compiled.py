"""The compiled back end leads where the definition does, and the people that back ends are asked about are worth asking."""

from datetime import date
from random import Random

import pytest

from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.definition import Definition
from asnpolicy.language.rules import HELD
from asnpolicy.people import ABSENT
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems
from tests.conformance.people import question
from tests.conformance.shipped import own, policy, typical_people


@pytest.mark.parametrize("of", ["target", "due"])
def test_the_generated_people_meet_targets_and_days_of_every_kind(of):
    """Known, known to be none, and not known: each occurs, and each is what the definition says."""
    day = date(2026, 10, 1)
    program = policy("nasional").program(day)
    compiled, definition = getattr(Compiled(program), of), getattr(Definition(program), of)
    rng = Random(of)
    met = set()
    for _ in range(60):
        asked = question(rng, day, 0.3, typical_people("nasional"))
        for rule in (one.id for one in program.rules if getattr(one, of) is not None):
            got = compiled(rule, asked)
            assert repr(got) == repr(definition(rule, asked)), (rule, asked)
            met.add("none" if got is ABSENT else "unknown" if got is None else "known")
    assert met == {"none", "known", "unknown"}


def test_a_rule_that_leads_nowhere_says_so():
    """No target and no due day are no value, on whatever question."""
    day = date(2026, 10, 1)
    program = policy("jakarta").program(day)
    asked = question(Random("nowhere"), day, 0.0, typical_people("jakarta"))
    for made in (Compiled(program), Definition(program)):
        assert made.target("jp-tahunan", asked) is None
        assert made.due("kenaikan-pangkat-reguler", asked) is None
        assert made.due("jp-tahunan", asked) == date(2027, 1, 1)


@pytest.mark.parametrize("region", regions())
def test_the_generated_people_and_the_cases_meet_somebody_eligible(region):
    """A conformance that never meets somebody eligible would prove nothing."""
    program = own(region)[policy(region).program(date(2026, 10, 1))]
    definition, compiled = Definition(program), Compiled(program)
    rng = Random(region)
    met = {
        case.rule
        for case in (case for name in {region, "nasional"} for case in cases_of(policy(name), Problems()))
        if dict(case.expected).get("verdict") == "eligible" or dict(case.expected).get("state") == "fulfilled"
    }
    for _ in range(200):
        asked = question(rng, date(2026, 10, 1), 0.05, typical_people(region))
        for rule in program.rules:
            expected = definition.decide(rule.id, asked)
            assert compiled.decide(rule.id, asked) == expected
            if expected.applies == HELD and expected.holds == HELD:
                met.add(rule.id)
    assert {rule.id for rule in program.rules if rule.part != "previous"} <= met
