"""Binding: what becomes constant on a day is computed once, and rightly."""

from datetime import date, timedelta

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import statuses_of
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.lower import Binder
from asnpolicy.language.nodes import NO, TEXT, YES, AllOf, AnyOf, Compare, Cut, Field, Literal, Lookup, Not, YearOf
from asnpolicy.language.reading import Question, nobody
from asnpolicy.language.windows import AS_OF
from asnpolicy.people import ABSENT
from tests.conformance.shipped import policy


def test_what_a_day_settles_is_dropped():
    """Of a junction only what people can change remains; one that is decided is a literal."""
    binder = Binder(date(2026, 1, 1))
    early, late = (Compare("below", AS_OF, Literal(date(year, 6, 1))) for year in (2025, 2026))
    people = Compare("is", Field("employee", "unit", TEXT), Literal("a"))
    assert binder.node(AllOf((late, people))) == people
    assert binder.node(AllOf((early, people))) == NO
    assert binder.node(AnyOf((late, people))) == YES
    assert binder.node(AnyOf((early, people))) == people
    assert binder.node(AnyOf((early, early))) == NO
    assert binder.node(Not(late)) == NO
    assert binder.node(Not(AllOf((early, people)))) == YES


def test_each_constant_lookup_gets_its_own_value():
    """Look-ups that come and go while a rule is bound must not be taken for each other."""
    binder = Binder(date(2026, 1, 1))
    bound = [binder.node(Lookup((YearOf(AS_OF),), (((2026,), n),), 0)) for n in range(200)]
    assert bound == [Literal(n) for n in range(200)]


def test_what_the_law_does_not_give_is_no_constant():
    """A value that is not known stays so: no condition on it is settled by a day, and no length of time made of it is none."""
    binder, unsaid = Binder(date(2026, 1, 1)), Literal(Bounds())
    open_ = Compare("at_least", AS_OF, unsaid)
    assert binder.node(open_) == Compare("at_least", Literal(date(2026, 1, 1)), unsaid)
    assert binder.node(Cut(AS_OF, unsaid)) in (unsaid, Cut(Literal(date(2026, 1, 1)), unsaid))
    table = Lookup((Field("employee", "unit", TEXT),), ((("a",), Bounds()), (("b",), 12)), ABSENT)
    assert binder.node(Cut(AS_OF, table)).rows == ((("a",), Bounds()), (("b",), date(2025, 1, 1)))


def test_what_is_remembered_of_a_question_is_of_the_rules_that_it_is_asked_by():
    """Rules of a day that were forgotten meanwhile and bound anew are asked anew, and say the same."""
    day = date(2026, 10, 1)
    definition, asked = Definition(policy("nasional").program(day)), Question(day, nobody())
    first = definition.meaning(asked)
    assert definition.meaning(asked) is first
    before = statuses_of(definition.outcome("jp-tahunan", asked))
    for ahead in range(1, 80):
        definition.bound(day + timedelta(days=ahead))
    again = definition.meaning(asked)
    assert again is not first
    assert again.rules is definition.bound(day)
    assert statuses_of(definition.outcome("jp-tahunan", asked)) == before
