"""The laws of the language, as properties of the shipped rules on generated people."""

import os
from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy.backends.definition import Definition
from asnpolicy.language import dates, folds
from asnpolicy.language.lower import bind
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Fold
from asnpolicy.language.rules import HELD, UNKNOWN
from asnpolicy.policy.cases import typical
from asnpolicy.policy.library import load
from asnpolicy.problems import Problems
from tests.conformance.knowledge import less
from tests.conformance.people import day, question

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "200"))
SEEDS = st.integers(0, 2**32)


@cache
def policy():
    return load("jakarta")


@cache
def people():
    return tuple(typical(policy(), Problems()).values())


@cache
def definition(program):
    return Definition(program)


def drawn(seed, unknown=0.1):
    rng = Random(seed)
    as_of = day(rng)
    return rng, question(rng, as_of, unknown, people()), policy().program(as_of)


def worth(statuses):
    return min(statuses.applies, 2), statuses.holds


@given(seed=SEEDS)
@settings(max_examples=2 * PEOPLE, deadline=None)
def test_more_knowledge_never_turns_a_decided_criterion(seed):
    """When an unknown becomes known, whatever was decided stays: verdicts, criteria and warnings."""
    rng, more, program = drawn(seed)
    fewer = less(rng, more, rng.choice((0.02, 0.1, 0.4)))
    for rule in program.rules:
        known = definition(program).decide(rule.id, more)
        before = definition(program).decide(rule.id, fewer)
        assert before.applies in (UNKNOWN, known.applies), rule.id
        for at, status in enumerate((*before.criteria, *before.warnings)):
            full = (*known.criteria, *known.warnings)[at]
            assert status == UNKNOWN or min(status, HELD) == min(full, HELD), (rule.id, at)


@given(seed=SEEDS)
@settings(max_examples=PEOPLE, deadline=None)
def test_what_a_person_became_later_changes_nothing(seed):
    """The as-of view is part of the meaning: records of later days are not seen."""
    _, asked, program = drawn(seed)
    seen = replace(asked, employee=asked.employee.at(asked.as_of), mentee=asked.mentee.at(asked.as_of))
    seen = replace(seen, mentor=asked.mentor.at(asked.as_of))
    for rule in program.rules:
        assert definition(program).decide(rule.id, asked) == definition(program).decide(rule.id, seen), rule.id


@given(seed=SEEDS)
@settings(max_examples=PEOPLE, deadline=None)
def test_a_rule_bound_to_a_day_decides_as_the_rule_itself(seed):
    """Binding computes what is constant on a day, and changes no status."""
    _, asked, program = drawn(seed)
    plain = Meaning(asked, {rule.id: rule for rule in program.rules})
    bound = {rule.id: rule for rule in bind(program, asked.as_of).rules}
    for rule in program.rules:
        one, other = plain.outcome(rule), Meaning(asked, bound).outcome(bound[rule.id])
        assert one.applies == other.applies
        assert [f.status for f in one.findings] == [f.status for f in other.findings], rule.id


@given(seed=SEEDS, unknown=st.sampled_from([0.0, 0.02, 0.1]))
@settings(max_examples=200, deadline=None)
def test_records_of_which_all_is_known_come_to_what_their_bounds_say(seed, unknown):
    """What is folded sooner, since nothing is in doubt, is what the bounds of the same records come to."""
    _, asked, program = drawn(seed, unknown)
    nodes = {node for rule in program.rules for node in rule.nodes() if isinstance(node, Fold)}
    sooner = [Meaning(asked).fold(node) for node in nodes]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(folds, "_all_known", lambda *_: None)
        assert [Meaning(asked).fold(node) for node in nodes] == sooner


@given(seed=SEEDS)
@settings(max_examples=max(20, PEOPLE // 2), deadline=None)
def test_the_order_of_criteria_is_irrelevant(seed):
    """Shuffled criteria give each the same status and the rule the same verdict."""
    rng, asked, program = drawn(seed)
    bound = {rule.id: rule for rule in bind(program, asked.as_of).rules}
    for rule in bound.values():
        shuffled = replace(rule, criteria=tuple(rng.sample(rule.criteria, len(rule.criteria))))
        one, other = Meaning(asked, bound).outcome(rule), Meaning(asked, bound).outcome(shuffled)
        assert {f.criterion.id: f.status for f in one.findings} == {f.criterion.id: f.status for f in other.findings}
        assert (one.holds, one.missing) == (other.holds, other.missing)


@given(seed=SEEDS)
@settings(max_examples=PEOPLE, deadline=None)
def test_what_is_missing_is_named_exactly_when_something_is_undecided(seed):
    """A decided criterion misses nothing; an undecided one says what could settle it."""
    _, asked, program = drawn(seed, 0.2)
    for rule in program.rules:
        outcome = definition(program).outcome(rule.id, asked)
        for finding in (*outcome.findings, *outcome.warnings):
            assert bool(finding.missing) == (finding.status == UNKNOWN), (rule.id, finding)
        undecided = outcome.applies == UNKNOWN or (outcome.applies == HELD and outcome.holds == UNKNOWN)
        assert bool(outcome.missing) == undecided


@given(seed=SEEDS)
@settings(max_examples=max(10, PEOPLE // 4), deadline=None)
def test_the_same_question_gives_the_same_answer(seed):
    """Nothing but policy, person and day goes into an answer: not what was asked before, of whomever."""
    _, asked, program = drawn(seed)
    _, again, _ = drawn(seed)
    anew = Definition(program)
    for rule in program.rules:
        one, other = definition(program).outcome(rule.id, asked), anew.outcome(rule.id, again)
        assert (one.applies, one.missing) == (other.applies, other.missing)


ANY_DAY = st.dates(dates.date(1950, 1, 1), dates.date(2100, 12, 31))


@given(start=ANY_DAY, end=ANY_DAY, months=st.integers(0, 600))
def test_cut_is_the_last_start_that_has_lasted_so_long(start, end, months):
    """`months_between(a, b) >= n` exactly when `a <= cut(b, n)`, and `fresh` is the day after."""
    lasted = dates.months_between(start, end) >= months
    assert lasted == (start <= dates.cut(end, months))
    assert lasted == (start < dates.fresh(end, months))
    assert lasted == (dates.plus_months(start, months) <= end)


@given(start=ANY_DAY, end=ANY_DAY, months=st.integers(0, 600))
def test_not_over_is_the_first_start_that_has_not_lasted_longer(start, end, months):
    """At most n months since a day holds exactly when `end <= start + n months`."""
    assert (end <= dates.plus_months(start, months)) == (start >= dates.not_over(end, months))


@given(start=ANY_DAY, middle=ANY_DAY, end=ANY_DAY)
def test_touching_spans_add_up(start, middle, end):
    """The length of a span is the sum of its parts, wherever it is cut."""
    one, two, three = sorted((start, middle, end))
    assert dates.elapsed(one, three) == dates.elapsed(one, two) + dates.elapsed(two, three)


@given(start=st.dates(dates.date(1950, 1, 1), dates.date(2100, 12, 31)), months=st.integers(1, 600))
def test_so_many_months_are_so_many_units(start, months):
    """A span of n whole months measures at least n months once it is over, and less on the day before."""
    if start.day <= 28:
        assert dates.elapsed(start, dates.plus_months(start, months)) == dates.MONTH * months
        assert dates.elapsed(start, dates.plus_months(start, months) - timedelta(days=1)) < dates.MONTH * months


@pytest.mark.parametrize("op", [dates.plus_months, dates.cut])
def test_an_open_end_absorbs_arithmetic(op):
    """Months added to or taken from an open end leave it open."""
    assert op(dates.OPEN, 7) == dates.OPEN
