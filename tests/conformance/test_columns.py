"""The columns back end says what the definition says, for a whole workforce at once."""

import pytest

from asnpolicy.backends.columns import Columns
from asnpolicy.backends.columns import asked as tables_of
from asnpolicy.policy.library import regions
from tests.conformance.people import AGENCY
from tests.conformance.shipped import UNKNOWN, draws, every_version, looks_into_the_mentor


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN)
def test_columns_equal_the_definition_on_generated_people(region, unknown):
    """Every criterion of every rule has the same status for everybody, whatever is unknown."""
    for draw in draws(region, unknown):
        if not draw.together:
            continue
        columns, tables = Columns(draw.program), tables_of(draw.asked)
        for rule, expected in draw.expected.items():
            if looks_into_the_mentor(draw.program, draw.program.rule(rule)):
                continue
            rows = columns.decide_many(rule, tables, draw.as_of, AGENCY).rows()
            wanted = [(each.applies, each.holds, *each.criteria, *each.warnings) for each in expected]
            assert [tuple(row[1:]) for row in rows] == wanted, f"{rule} on {draw.as_of}"


def test_every_shipped_rule_runs():
    """Nothing that is shipped, in whatever version, is beyond this back end, but for what lies in a mentor's histories."""
    named = set()
    for _, program, rule in every_version():
        told = Columns(program).unsupported(rule.id, program.since)
        assert bool(told) == looks_into_the_mentor(program, rule), rule.id
        named |= {rule.id} if told else set()
    assert named == {"pembimbingan-pengembangan/pair", "pembimbingan-pegawai-muda/pair"}
