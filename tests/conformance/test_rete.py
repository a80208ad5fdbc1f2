"""The rete back end says what the definition says, and its trace shows how one consequence led to the next."""

from datetime import date

import pytest

from asnpolicy import Engine, PolicyError
from asnpolicy.backends import rete_adapter
from asnpolicy.backends.rete import Rete
from asnpolicy.backends.rete_adapter import Inference, Tree
from asnpolicy.language.reading import Question
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems
from tests.conformance.shipped import UNKNOWN, draws, every_version, own, policy, typical_people

pytest.importorskip("durable_rules_engine", reason="the extra `rete` is not installed (Python 3.13, or no C compiler)")


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN)
def test_rete_equals_the_definition_on_generated_people(region, unknown):
    """Every criterion of every rule has the same status, whatever is unknown."""
    made = {program: Rete(program) for program in own(region).values()}
    for draw in draws(region, unknown):
        for rule, expected in draw.expected.items():
            assert [made[draw.program].decide(rule, one) for one in draw.asked] == expected, rule


def test_one_network_decides_more_than_the_sessions_at_which_the_engine_would_die():
    """Used as documented, the engine dies at its 1,025th session; here each decision is like the first."""
    asked = Question(date(2026, 10, 1), typical_people("nasional")[0])
    rete = Rete(policy("nasional").program(asked.as_of))
    assert len({rete.decide("jp-tahunan", asked) for _ in range(1100)}) == 1


@pytest.mark.parametrize("region", regions())
def test_rete_equals_the_definition_on_the_authors_cases(region):
    """The cases come out the same whichever way they run."""
    fast, slow = Engine(policy(region), "rete"), Engine(policy(region), "definition")
    for case in cases_of(fast.policy, Problems()):
        given = {"as_of": case.as_of, "target": case.opening, "agency": case.agency, "mentor": case.mentor}
        one = fast.decide(case.employee, case.rule, **given)
        assert one.statuses == slow.decide(case.employee, case.rule, **given).statuses, case.name


def test_a_chain_from_duty_to_promotion_can_be_read_in_the_trace():
    """Last year's duty fails, so the criterion that builds on it fails, so the promotion fails."""
    as_of = date(2026, 10, 1)
    program = policy("jakarta").program(as_of)
    person = typical(policy("jakarta"), Problems())["pelaksana"]
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
        Tree(100, [Inference((0,), at) for at in range(1, rete_adapter.MOST_USES + 2)])


def test_every_shipped_rule_runs():
    """Nothing that is shipped, in whatever version, is beyond this back end."""
    for _, program, rule in every_version():
        assert Rete(program).unsupported(rule.id) == (), rule.id
