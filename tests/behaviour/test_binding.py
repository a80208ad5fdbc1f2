"""Binding: what becomes constant on a day is computed once, and rightly."""

from datetime import date

from asnpolicy.language.lower import Binder
from asnpolicy.language.nodes import Literal, Lookup, YearOf
from asnpolicy.language.windows import AS_OF


def test_each_constant_lookup_gets_its_own_value():
    """Look-ups that come and go while a rule is bound must not be taken for each other."""
    binder = Binder(date(2026, 1, 1))
    bound = [binder.node(Lookup((YearOf(AS_OF),), (((2026,), n),), 0)) for n in range(200)]
    assert bound == [Literal(n) for n in range(200)]
