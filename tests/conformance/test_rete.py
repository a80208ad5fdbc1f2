"""The rete back end keeps to what its engine can do safely."""

import gc
import resource
from datetime import date
from pathlib import Path

import pytest

from asnpolicy import PolicyError
from asnpolicy.backends.rete import Rete, adapter
from asnpolicy.backends.rete.adapter import Inference, Tree
from asnpolicy.exchange.synth import workforce
from asnpolicy.language.reading import Question
from tests.conformance.shipped import policy, typical_people

pytest.importorskip("durable_rules_engine", reason="the extra `rete` is not installed (Python 3.13, or no C compiler)")


DAY = date(2026, 10, 1)


def test_one_network_decides_more_than_the_sessions_at_which_the_engine_would_die():
    """Used as documented, the engine dies at its 1,025th session; here each decision is like the first."""
    asked = Question(DAY, typical_people("nasional")[0])
    rete = Rete(policy("nasional").program(asked.as_of))
    assert len({rete.decide("jp-tahunan", asked) for _ in range(1100)}) == 1


def test_a_network_beyond_the_safe_limits_is_refused():
    """Where the engine would answer wrongly or die, the adapter says no."""
    with pytest.raises(PolicyError, match="larger than this engine"):
        Tree(adapter.MOST_FACTS + 1, [])
    with pytest.raises(PolicyError, match="larger than this engine"):
        Tree(100, [Inference((0,), at) for at in range(1, adapter.MOST_USES + 2)])


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is told by Linux")
def test_a_network_that_is_dropped_gives_its_memory_back():
    """What facts have reached stays in the engine until the session ends, some 13 kB a rule."""
    shipped = policy("nasional").program(DAY)
    rule = "kenaikan-pangkat-reguler"
    people = [Question(DAY, person.view(DAY)) for person in workforce(4, seed=1, as_of=DAY)]
    sizes = []
    for _ in range(8):
        made = Rete(shipped)
        for one in people:
            made.decide(rule, one)
        del made
        gc.collect()
        sizes.append(int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize())
    assert sizes[-1] - sizes[3] < 8_000_000, sizes
