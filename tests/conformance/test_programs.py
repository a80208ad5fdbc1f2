"""Generated programs: what no author has written yet must also mean one thing, whichever way it runs."""

import os
from dataclasses import replace
from random import Random

import pytest

from asnpolicy.backends.columns import Columns
from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.definition import Definition
from asnpolicy.backends.tables import workforce
from tests.conformance.people import AGENCY, day, question
from tests.conformance.programs import program

PROGRAMS = int(os.environ.get("ASNPOLICY_PROGRAMS", "60"))
PEOPLE = 25


def drawn(seed, number):
    rng = Random(f"{seed} {number}")
    as_of = day(rng)
    made = program(rng, as_of)
    unknown = rng.choice((0.0, 0.05, 0.3))
    return made, as_of, [replace(question(rng, as_of, unknown), agency=AGENCY) for _ in range(PEOPLE)]


@pytest.mark.parametrize("number", range(PROGRAMS))
def test_compiled_and_columns_equal_the_definition_on_generated_programs(number):
    """Random rules over facts, histories, other rules, `when` and exemptions; random people."""
    made, as_of, asked = drawn("program", number)
    definition, compiled, columns, tables = Definition(made), Compiled(made), Columns(made), workforce(asked)
    for rule in made.rules:
        rows = columns.decide_many(rule.id, tables, as_of, AGENCY).rows()
        for one, row in zip(asked, rows, strict=True):
            expected = definition.decide(rule.id, one)
            assert compiled.decide(rule.id, one) == expected, (rule, one)
            assert tuple(row[1:]) == (expected.applies, expected.holds, *expected.criteria, *expected.warnings), (
                rule,
                one,
            )


@pytest.mark.parametrize("number", range(PROGRAMS // 2))
def test_rete_equals_the_definition_on_generated_programs(number):
    """The same for forward chaining."""
    pytest.importorskip("durable_rules_engine", reason="the extra `rete` is not installed")
    from asnpolicy.backends.rete import Rete

    made, _, asked = drawn("rete", number)
    definition, rete = Definition(made), Rete(made)
    for rule in made.rules:
        for one in asked:
            assert rete.decide(rule.id, one) == definition.decide(rule.id, one), (rule, one)
