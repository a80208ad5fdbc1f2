"""Pieces of a timeline: what is built once for several of them is what each would build for itself."""

import pytest

from asnpolicy.policy.library import load, regions
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.rules import Elaboration
from asnpolicy.problems import Problems


@pytest.mark.parametrize("region", regions())
def test_a_rule_that_stays_is_the_rule_of_each_day(region):
    """A rule kept from an earlier piece of the timeline reads as the one built for the later piece alone."""
    policy = load(region)
    kept = {id(rule) for program in policy.programs for rule in program.rules}
    assert len(kept) < sum(len(program.rules) for program in policy.programs), "nothing is kept"
    for program in policy.programs:
        alone = Elaboration(Merged(policy.merged.chain, Problems()), Problems()).rules(program.since)
        assert [repr(rule) for rule in program.rules] == [repr(rule) for rule in alone], program.since
