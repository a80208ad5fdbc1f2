"""Properties of made people, near the thresholds of the rules. Run: pytest examples/fairness/test_properties.py"""

from datetime import date

from hypothesis import given, settings

from asnpolicy import Engine
from asnpolicy.fairness.strategies import employees, observe, twins

AS_OF = date(2026, 10, 1)
engine = Engine.load("jakarta")


@settings(max_examples=20, deadline=None)
@given(twins(engine, differing_in=("religion", "ethnicity")))
def test_nobody_is_told_apart_by_religion_or_origin(pair):
    one, other = (engine.decide(each, "kenaikan-pangkat-reguler", as_of=AS_OF) for each in pair)
    assert one.verdict is other.verdict


@settings(max_examples=20, deadline=None)
@given(employees(engine, unknowns=True))
def test_what_is_undetermined_says_what_is_missing(person):
    decision = observe(engine.decide(person, "kenaikan-pangkat-reguler", as_of=AS_OF))
    assert bool(decision.missing) == (decision.verdict == "undetermined")
