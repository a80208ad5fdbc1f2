"""Small markets of mentees and mentors, with every assignment that could be made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from asnpolicy.decisions.mentoring.flow import LOT_BITS, LOTTERY_BITS
from asnpolicy.decisions.mentoring.market import NOBODY, Market, placed_pairs

LOTS = st.integers(0, 2**LOTTERY_BITS - 1)
SPANS = st.sampled_from((0, 1, 3, 40, 10**9))
"""How far points differ: not at all, so little that most are equal, or so much that none are."""


@st.composite
def markets(draw, mentees: int = 5, mentors: int = 4, places: int = 2) -> Market:
    """Draw a market of numbers, not of people: mentors without places, mentees without candidates, ties of every kind."""
    mine = sorted(draw(st.lists(LOTS, max_size=mentees, unique=True)))
    theirs = sorted(draw(st.lists(LOTS, max_size=mentors, unique=True)))
    span = draw(SPANS)
    points = st.integers(-span, span)
    pairs = [
        (i, j, draw(points), draw(points))
        for i in range(len(mine))
        for j in range(len(theirs))
        if draw(st.integers(0, 3))
    ]
    columns = [list(column) for column in zip(*pairs, strict=True)] or [[], [], [], []]
    return Market(tuple(draw(st.integers(0, places)) for _ in theirs), *columns, tuple(mine), tuple(theirs))


def every(market: Market) -> Iterator[tuple[int, ...]]:
    """Every assignment within the places."""
    options = [
        (NOBODY, *range(market.starts[i], market.starts[i + 1])) for i in range(len(market.mentee_lots))
    ]  # fmt: skip
    for chosen in product(*options):
        if all(load <= places for load, places in zip(market.load(chosen), market.places, strict=True)):
            yield chosen


def worth(market: Market, chosen: tuple[int, ...]) -> tuple[int, float, int, int]:
    """How many are placed, the fewest points of a mentee, the points in all, and the lottery numbers, least first."""
    pairs = list(placed_pairs(chosen))
    least = min((market.wishes[pair] for pair in pairs), default=float("inf"))
    total = sum(market.wishes[pair] + market.claims[pair] for pair in pairs)
    return len(pairs), least, total, -sum(market.lot(pair) >> (LOTTERY_BITS - LOT_BITS) for pair in pairs)


def with_one_more(market: Market, mentor: int) -> Market:
    """The market in which a mentor has one place more."""
    return replace(market, places=tuple(p + (j == mentor) for j, p in enumerate(market.places)))
