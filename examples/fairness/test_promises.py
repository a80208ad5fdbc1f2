"""What a policy promises holds, and each assertion says how it knows. Run: pytest examples/fairness/test_promises.py"""

from asnpolicy import Engine
from asnpolicy.fairness import assert_at_least_as_strict, assert_blind, assert_merit_never_hurts

jakarta = Engine.load("jakarta")


def test_regular_promotion_is_blind_to_sex():
    assert assert_blind(jakarta, "sex", rule="kenaikan-pangkat-reguler").how == "proved"


def test_a_better_predicate_never_hurts():
    assert assert_merit_never_hurts(jakarta, "lowest_rating", rule="kenaikan-pangkat-reguler").how == "proved"


def test_the_region_is_at_least_as_strict_as_its_base():
    assert assert_at_least_as_strict(jakarta, rule="kenaikan-pangkat-reguler").how == "proved"
