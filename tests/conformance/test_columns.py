"""The columns back end says what the definition says, for a whole workforce at once."""

import os
from dataclasses import replace
from random import Random

import pytest

from asnpolicy.backends.columns import Columns
from asnpolicy.backends.definition import Definition
from asnpolicy.backends.tables import workforce
from asnpolicy.policy.cases import typical
from asnpolicy.policy.library import load, regions
from asnpolicy.problems import Problems
from tests.conformance.people import AGENCY, day, question

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "600"))
TOGETHER = 200


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.3])
def test_columns_equal_the_definition_on_generated_people(region, unknown):
    """Every criterion of every rule has the same status for everybody, whatever is unknown."""
    policy = load(region)
    people = tuple(typical(policy, Problems()).values())
    rng = Random(f"columns {region} {unknown}")
    for _ in range(max(1, PEOPLE // 3 // TOGETHER)):
        as_of = day(rng)
        asked = [replace(question(rng, as_of, unknown, people), agency=AGENCY) for _ in range(TOGETHER)]
        program = policy.program(as_of)
        definition, columns, tables = Definition(program), Columns(program), workforce(asked)
        for rule in program.rules:
            rows = columns.decide_many(rule.id, tables, as_of, AGENCY).rows()
            assert len(rows) == len(asked)
            for one, row in zip(asked, rows, strict=True):
                expected = definition.decide(rule.id, one)
                wanted = (expected.applies, expected.holds, *expected.criteria, *expected.warnings)
                assert tuple(row[1:]) == wanted, f"{rule.id} on {as_of}: {one}"


def test_every_shipped_rule_runs():
    """Nothing that is shipped is beyond this back end."""
    for region in regions():
        for program in load(region).programs:
            assert all(Columns(program).unsupported(rule.id, program.since) == () for rule in program.rules)
