"""Assignments of markets: within places, stable or best, shown to be so, and what a place more gives."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from asnpolicy.decisions.mentoring.flow import max_min, total
from asnpolicy.decisions.mentoring.market import NO_GAIN, NOBODY, Gain, Market, Merit, placed_pairs
from asnpolicy.decisions.mentoring.prices import Graph, Prices
from asnpolicy.decisions.mentoring.shortage import shortages
from asnpolicy.decisions.mentoring.stable import blocking, stable
from asnpolicy.problems import PolicyError
from tests.behaviour.markets import every, markets, with_one_more, worth

SOLVERS = {"stable": stable, "total": total, "max-min": max_min}
MANY = settings(max_examples=150, deadline=None)


@pytest.mark.parametrize("name", SOLVERS)
@given(market=markets())
@MANY
def test_nobody_has_more_than_one_mentor_and_no_mentor_more_than_their_places(name, market):
    """Each mentee has one of their own pairs or none, and no mentor takes more than there are places."""
    chosen = SOLVERS[name](market).chosen
    assert len(chosen) == len(market.mentee_lots)
    assert all(pair == NOBODY or market.mentee_of[pair] == mentee for mentee, pair in enumerate(chosen))
    assert all(load <= places for load, places in zip(market.load(chosen), market.places, strict=True))


@given(market=markets())
@MANY
def test_a_stable_assignment_has_no_pair_who_would_both_rather_have_each_other(market):
    """No justified envy, and no place left free that somebody wants more than what they have."""
    assert list(blocking(market, stable(market).chosen)) == []


@given(market=markets())
@MANY
def test_of_all_stable_assignments_each_mentee_has_the_one_they_want_most(market):
    """Nobody would be better off in another assignment without envy, by points and lottery."""
    chosen = stable(market).chosen
    wanted = {pair: (-market.wishes[pair], market.lot(pair)) for pair in range(len(market.wishes))}
    for other in every(market):
        if not list(_envious(market, other)):
            for own, theirs in zip(chosen, other, strict=True):
                assert theirs == NOBODY or (own != NOBODY and wanted[own] <= wanted[theirs])


def _envious(market, chosen):
    """Pairs that block when ties are told apart by lottery."""
    for pair, mentee in enumerate(market.mentee_of):
        own, mentor = chosen[mentee], market.mentor_of[pair]
        better = own == NOBODY or (-market.wishes[pair], market.lot(pair)) < (-market.wishes[own], market.lot(own))
        those = [
            (-market.claims[p], market.mentee_of[p]) for p in placed_pairs(chosen) if market.mentor_of[p] == mentor
        ]
        free = len(those) < market.places[mentor]
        if better and (free or any((-market.claims[pair], mentee) < one for one in those)):
            yield pair


@given(market=markets())
@MANY
def test_a_place_more_hurts_no_mentee(market):
    """With stable, whoever gets a place more, no mentee has a mentor whom they want less than before."""
    before = stable(market).chosen
    for mentor in range(len(market.places)):
        after = stable(with_one_more(market, mentor)).chosen
        for own, other in zip(before, after, strict=True):
            assert own == NOBODY or (other != NOBODY and market.wishes[other] >= market.wishes[own])


@given(market=markets())
@MANY
def test_total_places_the_most_then_has_the_most_points_then_the_lowest_lots(market):
    """The order is lexicographic, down to the lottery, beside every assignment that could be made."""
    made = total(market)
    reached = worth(market, made.chosen)
    best = max((count, points, lots) for count, _, points, lots in (worth(market, one) for one in every(market)))
    assert (reached[0], reached[2], reached[3]) == best
    assert made.bound == Merit(reached[0], None, reached[2])


@given(market=markets())
@MANY
def test_max_min_places_the_most_then_raises_the_fewest_points_then_the_total(market):
    """The order is lexicographic, down to the lottery, and the bound is what is reached."""
    made = max_min(market)
    reached = worth(market, made.chosen)
    assert reached == max(worth(market, one) for one in every(market))
    least = reached[1] if reached[0] else None
    assert made.bound == Merit(reached[0], least, reached[2])


@given(market=markets())
@MANY
def test_what_a_place_more_gives_is_what_comes_of_it(market):
    """The price of a place is exactly how much better the best assignment is with one more."""
    made = total(market)
    before = worth(market, made.chosen)
    for mentor in range(len(market.places)):
        more = with_one_more(market, mentor)
        after = max((count, points) for count, _, points, _ in (worth(more, one) for one in every(more)))
        gain = made.gains.get(mentor, NO_GAIN)
        assert (gain.placed, gain.points) == (after[0] - before[0], after[1] - before[2])


@given(market=markets())
@MANY
def test_a_place_more_with_stable_places_as_many_and_helps_at_least_as_many_as_is_said(market):
    """Who is placed is exact; those who get a mentor they prefer are at least as many, and none exactly when none."""
    made = stable(market)
    for mentor in range(len(market.places)):
        after = stable(with_one_more(market, mentor)).chosen
        gain = made.gains.get(mentor, NO_GAIN)
        assert gain.placed == len(list(placed_pairs(after))) - len(list(placed_pairs(made.chosen)))
        better = sum(own != other for own, other in zip(made.chosen, after, strict=True))
        assert (gain.better > 0) == (better > 0)
        assert gain.better <= better


@given(market=markets())
@MANY
def test_a_shortage_names_more_mentees_than_places(market):
    """Whoever has candidates and no mentor is in a group of mentees who have fewer places between them (Hall 1935)."""
    chosen = total(market).chosen
    found = shortages(market, chosen)
    for mentee, pair in enumerate(chosen):
        has_candidates = market.starts[mentee] < market.starts[mentee + 1]
        assert (mentee in found) == (pair == NOBODY and has_candidates)
        if mentee in found:
            assert found[mentee].mentees > found[mentee].places
            assert (found[mentee].mentees, found[mentee].places) == _around(market, chosen, mentee)


def _around(market, chosen, mentee):
    """Count mentees and places of all mentors whom mentees without one share, by moves of those who have one."""
    free = [i for i, pair in enumerate(chosen) if pair == NOBODY]
    mine = _reached(market, chosen, mentee)
    grew = True
    while grew:
        near = [theirs for theirs in (_reached(market, chosen, i) for i in free) if theirs & mine]
        grew = not set().union(*near) <= mine
        mine = mine.union(*near)
    waiting = sum(bool(_reached(market, chosen, i) & mine) for i in free)
    placed_ = sum(market.mentor_of[pair] in mine for pair in placed_pairs(chosen))
    return placed_ + waiting, sum(market.places[mentor] for mentor in mine)


def _reached(market, chosen, mentee):
    """The mentors to whom moves that begin with a mentee can lead."""
    found, waiting = set(), {mentee}
    while waiting:
        those = {market.mentor_of[p] for i in waiting for p in range(market.starts[i], market.starts[i + 1])} - found
        found |= those
        waiting = {market.mentee_of[pair] for pair in placed_pairs(chosen) if market.mentor_of[pair] in those}
    return found


@given(market=markets(), factor=...)
@MANY
def test_any_prices_bound_every_assignment(market, factor: int):
    """Even wrong prices say nothing wrong: what they allow is never less than what can be reached."""
    import numpy as np

    points = np.array(market.wishes, dtype=np.int64) + np.array(market.claims, dtype=np.int64)
    columns = [np.array(column, dtype=np.int64) for column in (market.places, market.mentee_of, market.mentor_of)]
    graph = Graph(len(market.mentee_lots), *columns, points, np.zeros_like(points))
    place = np.array([abs(factor) % (j + 2) for j in range(len(market.places))], dtype=np.int64)
    most = Prices(graph, place).most
    for one in every(market):
        count, _, points_, _ = worth(market, one)
        assert (count, points_) <= most


def test_placing_one_more_may_cost_points_and_that_is_said():
    """A place more lets both be placed, but the better pair is broken for it: one more, and five points fewer."""
    market = Market((1, 0), [0, 0, 1], [0, 1, 0], [10, 0, 5], [0, 0, 0], (1, 2), (3, 4))
    made = total(market)
    assert made.chosen == (0, NOBODY)
    assert made.gains[1] == Gain(1, -5)


def test_points_that_can_not_be_added_exactly_are_refused():
    """Instead of an overflow or a rounded sum: a problem that says what to do."""
    market = Market((1,), [0, 1], [0, 0], [0, 2**61], [0, 0], (1, 2), (3,))
    for solve in (total, max_min):
        with pytest.raises(PolicyError) as refused:
            solve(market)
        assert refused.value.problems[0].code == "points-too-far-apart"
    assert stable(market).chosen == (0, NOBODY)


def test_equal_mentees_are_told_apart_by_their_lots():
    """With everything equal, the mentee with the lowest number gets the place; another draw, another mentee."""
    market = Market((1,), [0, 1], [0, 0], [5, 5], [5, 5], (10, 20), (7,))
    assert stable(market).chosen == (0, NOBODY)
    assert total(market).chosen == (NOBODY if 10 ^ 7 > 20 ^ 7 else 0, 1 if 10 ^ 7 > 20 ^ 7 else NOBODY)
    assert stable(market).gains == {0: Gain(1, better=1)}
    assert stable(replace(market, places=(2,))).gains == {}
