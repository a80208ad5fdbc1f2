"""Prices of places: they show that no assignment is better, and what a place more would give.

The linear programme behind an assignment has a dual: a price for each place, and what each mentee gains above the price.
Whatever the prices are, no assignment is worth more than their sum; one that is worth as much is a best one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from asnpolicy.decisions.mentoring.market import NOBODY, Gain

Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Graph:
    """The pairs of a market as arrays, each with the points of both; in order of mentee."""

    mentees: int
    places: Numbers
    mentee: Numbers
    mentor: Numbers
    points: Numbers
    lots: Numbers
    """The first bits of the lottery number of each pair."""

    @cached_property
    def low(self) -> int:
        """The fewest points of a pair."""
        return int(self.points.min(initial=0))

    @cached_property
    def spread(self) -> int:
        """The most by which two assignments of as many mentees can differ."""
        return self.mentees * (int(self.points.max(initial=0)) - self.low)

    @cached_property
    def prize(self) -> int:
        """What placing one mentee more is worth: more than all that points can make up for, in price or in sum."""
        return 2 * self.spread + 1

    @cached_property
    def worth(self) -> Numbers:
        """What each pair is worth when the most mentees are placed first: the prize, and its points above the fewest."""
        return self.points - self.low + self.prize


@dataclass(frozen=True, eq=False)
class Prices:
    """A price for each mentor's places, and what they say of all assignments; the least prices of a best one."""

    graph: Graph
    place: Numbers

    @cached_property
    def surplus(self) -> Numbers:
        """What each mentee gains at best above the price."""
        gained = np.zeros(self.graph.mentees, dtype=np.int64)
        np.maximum.at(gained, self.graph.mentee, self.graph.worth - self.place[self.graph.mentor])
        return gained

    @cached_property
    def tight(self) -> NDArray[np.bool_]:
        """The pairs of which best assignments are made."""
        net = self.graph
        tight: NDArray[np.bool_] = self.surplus[net.mentee] + self.place[net.mentor] == net.worth
        return tight

    @property
    def most(self) -> tuple[int, int]:
        """How many mentees any assignment places at most, and the points that it reaches at most when it places so many.

        Added up in whole numbers of any size: nothing is rounded, nothing overflows.
        """
        net = self.graph
        paid = zip(self.place.tolist(), net.places.tolist(), strict=True)
        dual: int = sum(self.surplus.tolist()) + sum(price * places for price, places in paid)
        placed = dual // net.prize
        return placed, dual - placed * (net.prize - net.low)

    def gains(self) -> dict[int, Gain]:
        """What one place more of each mentor would give."""
        return {int(mentor): self._gain(int(self.place[mentor])) for mentor in np.flatnonzero(self.place)}

    def _gain(self, price: int) -> Gain:
        net = self.graph
        return Gain(0, price) if price <= net.spread else Gain(1, price - net.prize + net.low)


def prices(graph: Graph, pair_of: Numbers) -> Prices:
    """The least prices that go with a best assignment: `pair_of` is the pair of each mentee, -1 for none.

    A place of a mentor who has one free costs nothing. Any other is worth what the mentee who would gain most by it gains,
    with what the place is worth that they leave behind: found by going round until nothing changes.
    """
    place = np.zeros(len(graph.places), dtype=np.int64)
    rivals, left, gain = _rivals(graph, pair_of)
    if not len(rivals):
        return Prices(graph, place)
    first = np.flatnonzero(np.r_[True, rivals[1:] != rivals[:-1]])
    mentors = rivals[first]
    for _ in range(len(place) + 1):  # a longer chain of moves would come back to where it was
        offered = np.maximum.reduceat(gain + np.where(left == NOBODY, 0, place[left]), first)
        if not (offered > place[mentors]).any():
            break
        place[mentors] = np.maximum(place[mentors], offered)
    return Prices(graph, place)


def _rivals(graph: Graph, pair_of: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Each move of a mentee to a mentor who is full: the mentor, the mentor left behind, the gain; in order of mentor."""
    taken = pair_of[pair_of != NOBODY]
    load = np.bincount(graph.mentor[taken], minlength=len(graph.places))
    own = np.full(graph.mentees, NOBODY, dtype=np.int64)
    own[graph.mentee[taken]] = graph.mentor[taken]
    worth = np.zeros(graph.mentees, dtype=np.int64)
    worth[graph.mentee[taken]] = graph.worth[taken]
    full = (load >= graph.places)[graph.mentor]
    moves = np.flatnonzero(full & (own[graph.mentee] != graph.mentor))
    moves = moves[np.argsort(graph.mentor[moves], kind="stable")]
    who = graph.mentee[moves]
    return graph.mentor[moves], own[who], graph.worth[moves] - worth[who]
