"""What mentoring works out fast is what the definition says: amounts that are preferred, and the facts of pairs."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy.backends.definition import Definition
from asnpolicy.decisions.mentoring.amounts import by_code, by_definition, preferences
from asnpolicy.decisions.mentoring.between import Between
from asnpolicy.decisions.mentoring.points import Weigher
from asnpolicy.language.dates import OPEN
from asnpolicy.language.facts import FACTS, fact_of
from asnpolicy.language.lower import Binder, bind_rule
from asnpolicy.language.nodes import Kind, MonthsBetween
from asnpolicy.language.reading import fields_of
from asnpolicy.language.windows import AS_OF
from asnpolicy.people import Agency, pair
from asnpolicy.policy.library import regions
from tests.conformance.people import day, employee, maybe, question
from tests.conformance.shipped import every_version, policy, typical_people

SEEDS = st.integers(0, 2**32)
SOME = settings(max_examples=200, deadline=None)


def same(ends):
    """Ends as both ways have them: an open end is None."""
    return tuple(None if end == float("inf") else end for end in ends)


def weighable():
    """An amount for every fact that can be weighed, of the mentor, the mentee and the pair."""
    for scope in ("mentor", "mentee", "pair"):
        for name in fields_of("pair") if scope == "pair" else FACTS:
            fact = fact_of(scope, name)
            labels = fact.type.labels
            if fact.type.kind in (Kind.TRUTH, Kind.NUMBER) or (labels is not None and labels.ordered()):
                yield fact.value()
            elif fact.type.kind is Kind.DURATION:
                yield MonthsBetween(fact.value(), AS_OF)


RULE = next(rule for _, _, rule in every_version() if rule.kind == "pair")


@given(seed=SEEDS)
@SOME
def test_compiled_amounts_are_those_of_the_definition(seed):
    """For each fact that can be weighed, on any day: the same value, the same bounds, the same nothing."""
    rng = Random(seed)
    as_of = day(rng)
    asked = question(rng, as_of, rng.choice((0.0, 0.1, 0.4)), typical_people(rng.choice(regions())))
    exprs = list(weighable())
    coded = by_code(RULE, exprs, as_of)(asked)
    meant = by_definition([Binder(as_of).node(expr) for expr in exprs])(asked)
    assert [same(ends) for ends in coded] == [same(ends) for ends in meant]


@pytest.mark.parametrize("region", regions())
def test_the_preferences_of_shipped_rules_are_weighed_alike(region):
    """Each preference of each region, for drawn pairs: one amount, and with it the same points."""
    found = 0
    for program in policy(region).programs:
        definition = Definition(program)
        for rule in (one for one in program.rules if one.kind == "pair" and preferences(one)):
            for seed in range(40):
                rng = Random(f"{region} {seed}")
                asked = question(rng, program.since if seed % 2 else min(day(rng), OPEN), 0.2, typical_people(region))
                bound = definition.bound(asked.as_of)[rule.id]
                fast = Weigher(rule, lambda exprs, r=rule, d=asked.as_of: by_code(r, exprs, d))
                assert fast(asked) == Weigher(bound, by_definition)(asked), (rule.id, seed)
                found += 1
    assert found


@given(seed=SEEDS)
@SOME
def test_what_is_between_two_people_is_what_people_say(seed):
    """The facts of a pair, looked up by parts, are those of the two people together: with partial days, sources that differ."""
    rng = Random(seed)
    as_of = day(rng)
    those = [employee(rng, as_of, 0.2).model_copy(update=_drawn(rng, serial)) for serial in range(3)]
    kinds = ("superior", "family")
    relations = [
        {"kind": rng.choice(kinds), "of": rng.choice(those).nip, "to": rng.choice(those).nip} for _ in range(3)
    ]
    agency = Agency.model_validate({"relations": maybe(rng, relations, 0.3)})
    between = Between(agency, as_of)
    for mentor in those:
        for mentee in those:
            meant = pair(mentor, mentee, agency, as_of)
            assert between.pair(mentor, mentee) == meant
            named = between.superiors(mentee)
            assert meant.mentor_is_superior is not True or mentor.nip in named
            assert meant.mentor_is_superior is False or named is None or mentor.nip in named


def _drawn(rng, serial):
    """A number of one's own, a superior among the others, and competencies with gaps in what is known."""
    levels = [
        {
            "code": maybe(rng, rng.choice(("k1", "k2")), 0.1),
            "level": maybe(rng, rng.randrange(4), 0.1),
            "assessed_on": maybe(rng, rng.choice((day(rng), f"{day(rng):%Y-%m}", f"{day(rng):%Y}")), 0.1),
        }
        for _ in range(rng.randrange(4))
    ]
    data = {"nip": _number(serial), "supervisor": maybe(rng, rng.choice(("none", *map(_number, range(3)))), 0.2)}
    data["competencies"] = {"records": levels, "complete_since": rng.choice(("all", "all", None))}
    made = type(employee(Random(1), day(Random(1)))).model_validate(data)
    return {name: getattr(made, name) for name in ("nip", "supervisor", "competencies")}


def _number(serial):
    return f"198609262015051{serial + 1:03}"


def test_preferences_are_bound_to_the_day():
    """Nothing of the as-of date is left in a bound preference."""
    for _, program, rule in every_version():
        for one in preferences(bind_rule(rule, Binder(program.since))):
            assert AS_OF not in (one.amount, one.observation.seen)
            assert Binder(program.since).node(one.amount) == one.amount
