"""Flow: the assignments that are best in all, found by OR-tools and shown by prices; equal ones are told apart by lottery."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from asnpolicy.decisions.mentoring.market import NOBODY, Market, Matching, Merit
from asnpolicy.decisions.mentoring.prices import Graph, Numbers, Prices, prices
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

LOT_BITS, LOTTERY_BITS = 40, 64
"""So many of the first bits of lottery numbers are added up: two sums are hardly ever equal."""
WIDEST = 2**61
"""Points times nodes, and prizes, stay below this: whole numbers of 64 bits hold them exactly."""


def total(market: Market) -> Matching:
    """Place the most mentees, and of all assignments that do, take one with the most points of both sides."""
    graph = _graph(market)
    found, pair_of = _best(graph)
    placed, points = found.most
    return Matching(tuple(pair_of.tolist()), Merit(placed, None, points), found.gains())


def max_min(market: Market) -> Matching:
    """Place the most mentees, then raise the fewest points of a mentee as far as can be, then take the most points."""
    graph, wishes = _graph(market), np.asarray(market.wishes, dtype=np.int64)
    most = _most(graph)
    levels = np.unique(wishes).tolist()
    at = bisect_right(levels, False, key=lambda level: _most(_only(graph, wishes >= level)).bound < most.placed)
    least = levels[at - 1] if levels else 0
    kept = np.flatnonzero(wishes >= least)
    found, pair_of = _best(_only(graph, kept))
    chosen = np.where(pair_of == NOBODY, NOBODY, kept[pair_of]) if len(kept) else pair_of
    bound = Merit(most.bound, least if most.placed else None, found.most[1])
    return Matching(tuple(chosen.tolist()), bound, found.gains())


def _graph(market: Market) -> Graph:
    mentee, mentor = (np.asarray(one, dtype=np.int64) for one in (market.mentee_of, market.mentor_of))
    mine, theirs = (np.array(lots, dtype=np.uint64) >> (LOTTERY_BITS - LOT_BITS) for lots in _lots(market))
    points = np.asarray(market.wishes, dtype=np.int64) + np.asarray(market.claims, dtype=np.int64)
    lots = (mine[mentee] ^ theirs[mentor]).astype(np.int64)
    places = np.array(market.places, dtype=np.int64)
    graph = Graph(len(market.mentee_lots), places, mentee, mentor, points, lots)
    nodes = graph.mentees + len(places) + 2
    if 4 * graph.prize > WIDEST or int(np.abs(points).max(initial=0)) * nodes > WIDEST:
        raise PolicyError(
            [
                Problem(
                    "points-too-far-apart",
                    _TOO_FAR,
                    help=phrase(
                        en="choose smaller weights, or `--objective stable`",
                        id="pilih bobot yang lebih kecil, atau `--objective stable`",
                    ),
                )
            ]
        )
    return graph


_TOO_FAR = phrase(
    en="the points of the pairs are too far apart to be added up exactly",
    id="poin pasangan terlalu berjauhan untuk dijumlahkan dengan tepat",
)


def _lots(market: Market) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return market.mentee_lots, market.mentor_lots


def _only(graph: Graph, pairs: Numbers | NDArray[np.bool_]) -> Graph:
    """The graph with some of its pairs."""
    return replace(
        graph,
        mentee=graph.mentee[pairs],
        mentor=graph.mentor[pairs],
        points=graph.points[pairs],
        lots=graph.lots[pairs],
    )


# How many can be placed


class Most(NamedTuple):
    """How many mentees are placed at most, and the number that no assignment exceeds."""

    placed: int
    bound: int


def _most(graph: Graph) -> Most:
    """Place the most mentees; the cut that stops the flow shows that no more can be."""
    if not len(graph.points):
        return Most(0, 0)
    mentees, mentors = graph.mentees, len(graph.places)
    source, sink = mentees + mentors, mentees + mentors + 1
    solver = SimpleMaxFlow()
    solver.add_arcs_with_capacity(graph.mentee, mentees + graph.mentor, np.ones_like(graph.mentee))
    solver.add_arcs_with_capacity(np.full(mentees, source), np.arange(mentees), np.ones(mentees, dtype=np.int64))
    solver.add_arcs_with_capacity(mentees + np.arange(mentors), np.full(mentors, sink), graph.places)
    _solved(solver.solve(source, sink) == solver.OPTIMAL)
    inside = np.zeros(sink + 1, dtype=np.bool_)
    inside[solver.get_source_side_min_cut()] = True
    return Most(int(solver.optimal_flow()), _cut(graph, inside[:mentees], inside[mentees:source]))


def _cut(graph: Graph, mentees: NDArray[np.bool_], mentors: NDArray[np.bool_]) -> int:
    """What a cut lets through: each pair takes a mentee outside of it or a place of a mentor inside."""
    if (mentees[graph.mentee] & ~mentors[graph.mentor]).any():
        return graph.mentees  # no cut: it shows nothing
    return int((~mentees).sum()) + int(graph.places[mentors].sum())


# The most points


def _best(graph: Graph) -> tuple[Prices, Numbers]:
    """The pair of each mentee in the best assignment that the lottery picks, with the prices that show it to be best."""
    pair_of = _of_mentees(graph, np.arange(len(graph.points)), _cheapest(graph))
    found = prices(graph, pair_of)
    taken = pair_of[pair_of != NOBODY]
    if found.most != (len(taken), int(graph.points[taken].sum())):
        return found, pair_of  # not shown to be best: then it is not drawn among the best either
    tight = np.flatnonzero(found.tight)
    return found, _of_mentees(graph, tight, _drawn(graph, found, tight, len(taken)))


def _of_mentees(graph: Graph, pairs: Numbers, flows: Numbers) -> Numbers:
    pair_of = np.full(graph.mentees, NOBODY, dtype=np.int64)
    taken = pairs[flows > 0]
    pair_of[graph.mentee[taken]] = taken
    return pair_of


def _cheapest(graph: Graph) -> Numbers:
    """Which pairs are taken when the most mentees are placed at the least cost: points cost what they are below zero."""
    mentees = graph.mentees
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        graph.mentee, mentees + graph.mentor, np.ones_like(graph.mentee), -graph.points
    )
    supplies = np.concatenate([np.ones(mentees, dtype=np.int64), -graph.places])
    solver.set_nodes_supplies(np.arange(len(supplies)), supplies)
    _solved(solver.solve_max_flow_with_min_cost() == solver.OPTIMAL)
    flows: Numbers = solver.flows(arcs)
    return flows


def _drawn(graph: Graph, found: Prices, tight: Numbers, placed: int) -> Numbers:
    """Which tight pairs are taken at the least sum of lottery numbers.

    By complementary slackness the best assignments are those that take tight pairs only, place each mentee who gains above
    the price, and fill each mentor whose places have a price.
    """
    mentees, mentors = graph.mentees, len(graph.places)
    pool, spare = mentees + mentors, mentees + mentors + 1
    sure, full = found.surplus > 0, found.place > 0
    free, open_ = np.flatnonzero(~sure), np.flatnonzero(~full)
    solver = SimpleMinCostFlow()

    def arcs(tails: Numbers, heads: Numbers, capacity: Numbers, cost: Numbers) -> Numbers:
        added: Numbers = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost)
        return added

    pairs = arcs(graph.mentee[tight], mentees + graph.mentor[tight], np.ones_like(tight), graph.lots[tight])
    arcs(np.full_like(free, pool), free, np.ones_like(free), np.zeros_like(free))
    arcs(mentees + open_, np.full_like(open_, spare), graph.places[open_], np.zeros_like(open_))
    supplies = np.concatenate([sure.astype(np.int64), np.where(full, -graph.places, 0), [0, 0]])
    supplies[pool], supplies[spare] = placed - int(sure.sum()), int(graph.places[full].sum()) - placed
    solver.set_nodes_supplies(np.arange(len(supplies)), supplies)
    _solved(solver.solve() == solver.OPTIMAL)
    flows: Numbers = solver.flows(pairs)
    return flows


def _solved(optimal: bool) -> None:
    if not optimal:
        raise PolicyError(
            [
                Problem(
                    "not-solved",
                    phrase(en="the assignment could not be solved", id="pembagian ini tidak dapat diselesaikan"),
                    help=phrase(en="choose `--objective stable`", id="pilih `--objective stable`"),
                )
            ]
        )
