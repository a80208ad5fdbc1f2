"""The cases of a rule notice every change in it that matters. Run: pytest examples/fairness/test_cases.py"""

from datetime import date

from asnpolicy import Engine
from asnpolicy.trials import coverage, mutation

AS_OF = date(2026, 10, 1)
engine = Engine.load("surakarta")


def test_no_slip_in_a_rule_goes_unnoticed():
    assert mutation(engine, AS_OF, ["tinjauan-karier-tahunan"]).survivors == ()


def test_each_criterion_is_seen_both_ways():
    assert coverage(engine, AS_OF, ["tinjauan-karier-tahunan"]).lacking == ()
