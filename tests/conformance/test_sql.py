"""Rules as queries say what the definition says: shipped rules and generated ones, of all that is ugly too."""

from datetime import date
from random import Random
from statistics import mean

import pytest

pytest.importorskip("polars", reason="the extra `columns` is not installed")
pytest.importorskip("duckdb", reason="DuckDB is not installed")

from asnpolicy.backends.definition import Definition
from asnpolicy.policy.library import regions
from tests.conformance import test_corners as corners
from tests.conformance.in_database import InDuckDb, plain
from tests.conformance.programs import program
from tests.conformance.shipped import UNKNOWN, draws, looks_into_the_mentor
from tests.conformance.test_programs import drawn

PROGRAMS = 12
DAYS = corners.DAYS[::4]
MANY = 40
"""Of more rules than that, a third is asked of each third of the people."""


def compare(made, asked, rules):
    """Hold queries to the definition: statuses, targets and due days; return the share that was passed on."""
    definition, database = Definition(made), InDuckDb(made)
    names = [rule.id for rule in rules]
    got = database.decide_all(names, asked)
    for name in names:
        assert got[name] == [definition.decide(name, one) for one in asked], (name, asked[0].as_of)
    for of in ("target", "due"):
        leading = [rule.id for rule in rules if getattr(rule, of) is not None]
        for name, values in (database.leads_to(of, leading, asked) if leading else {}).items():
            expected = [getattr(definition, of)(name, one) for one in asked]
            assert list(map(plainly, values)) == list(map(plainly, expected)), (name, of)
    return database.passed_on / database.asked


def plainly(value):
    """Give a value as tables hold it."""
    return value.toordinal() if isinstance(value, date) else value


@pytest.mark.parametrize("region", regions())
def test_a_query_says_of_shipped_rules_what_the_definition_says(region):
    """Every rule of a region at once, whatever is unknown, but the ones that look into a mentor's records."""
    passed_on = []
    for at, unknown in enumerate(UNKNOWN):
        draw = draws(region, unknown)[0]
        rules = [rule for rule in draw.program.rules if not looks_into_the_mentor(draw.program, rule)]
        part = rules[at :: len(UNKNOWN)] if len(rules) > MANY else rules
        passed_on.append(compare(draw.program, [plain(one) for one in draw.asked][:50], part))
    assert mean(passed_on) < 0.3, passed_on


@pytest.mark.parametrize("number", range(PROGRAMS))
def test_a_query_says_of_generated_rules_what_the_definition_says(number):
    """Random rules over facts, histories, other rules, `when` and exemptions; random people."""
    made, _, asked = drawn("program", number)
    compare(made, [plain(one) for one in asked], made.rules)


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_a_query_says_of_odd_people_what_the_definition_says(as_of):
    """Bars, quotes and zeros in texts, numbers below zero, open days, overlapping, endless and equal records."""
    rng = Random(f"odd {as_of}")
    compare(corners.ODD, [plain(one) for one in corners.asked(rng, as_of, 40)], corners.ODD.rules)
    for _ in range(3):
        made = program(rng, as_of)
        compare(made, [plain(one) for one in corners.asked(rng, as_of, 25)], made.rules)


def test_what_a_query_cannot_say_is_named():
    """What looks into a mentor's histories is beyond a query, which says so."""
    draw = draws("nasional", 0.0)[0]
    rule = next(rule for rule in draw.program.rules if looks_into_the_mentor(draw.program, rule))
    assert InDuckDb(draw.program).unsupported(rule.id, draw.as_of)
