"""Stable assignment: mentees propose, mentors keep whom they prefer; equal ones are told apart by lottery."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from heapq import heappush, heapreplace
from itertools import takewhile

from asnpolicy.decisions.mentoring.market import NOBODY, Gain, Market, Matching

Held = list[list[tuple[int, int, int]]]
"""For each mentor the pairs held, the least wanted first: the mentor's points, the mentee's lot turned round, the pair."""


def stable(market: Market) -> Matching:
    """Assign by deferred acceptance (Gale and Shapley 1962).

    No mentee is passed over for another whom the mentor wants less, and of all such assignments this is the one in which
    each mentee has the mentor whom they prefer most.
    """
    wanted = _wanted(market)
    held: Held = [[] for _ in market.places]
    chosen = [NOBODY] * len(market.mentee_lots)
    turn = [0] * len(chosen)
    for first in range(len(chosen)):
        mentee = first
        while mentee != NOBODY:
            mentee = _propose(market, wanted[mentee], mentee, held, chosen, turn)
    return Matching(tuple(chosen), gains=dict(_gains(market, wanted, chosen)))


def _wanted(market: Market) -> list[list[int]]:
    """The pairs of each mentee, best first: more points before fewer, then by the lottery number of the pair."""
    return [_best_first(market, mentee) for mentee in range(len(market.mentee_lots))]


def _best_first(market: Market, mentee: int) -> list[int]:
    wishes, mentors, lots, own = market.wishes, market.mentor_of, market.mentor_lots, market.mentee_lots[mentee]
    pairs = range(market.starts[mentee], market.starts[mentee + 1])
    return sorted(pairs, key=lambda pair: (-wishes[pair], lots[mentors[pair]] ^ own))


def _propose(market: Market, wanted: list[int], mentee: int, held: Held, chosen: list[int], turn: list[int]) -> int:
    """Let a mentee propose until a mentor takes them; give the mentee who was sent away for it, or nobody."""
    for at in range(turn[mentee], len(wanted)):
        pair = wanted[at]
        mentor = market.mentor_of[pair]
        mine, claim = held[mentor], (market.claims[pair], -mentee, pair)
        if len(mine) < market.places[mentor]:
            heappush(mine, claim)
            sent = NOBODY
        elif mine and claim > mine[0]:
            sent = -heapreplace(mine, claim)[1]
            chosen[sent] = NOBODY
        else:
            continue
        chosen[mentee], turn[mentee] = pair, at + 1
        return sent
    turn[mentee] = len(wanted)
    return NOBODY


def blocking(market: Market, chosen: Sequence[int], aside: Collection[int] = ()) -> Iterator[int]:
    """Pairs who would both rather have each other, by points: the mentor has a free place, or somebody less wanted.

    Mentees who stand aside have a mentor elsewhere.
    """
    room, least = _least_wanted(market, chosen)
    for pair, mentee in enumerate(market.mentee_of):
        if mentee in aside:
            continue
        own, mentor = chosen[mentee], market.mentor_of[pair]
        if own == NOBODY or market.wishes[pair] > market.wishes[own]:
            worst = least[mentor]
            if room[mentor] or (worst is not None and market.claims[pair] > worst):
                yield pair


def _least_wanted(market: Market, chosen: Sequence[int]) -> tuple[list[bool], list[int | None]]:
    """Whether each mentor has a free place, and the points of the mentee whom each wants least."""
    least: list[int | None] = [None] * len(market.places)
    for pair in chosen:
        if pair != NOBODY:
            mentor, claim = market.mentor_of[pair], market.claims[pair]
            known = least[mentor]
            least[mentor] = claim if known is None else min(known, claim)
    load = market.load(chosen)
    return [taken < places for taken, places in zip(load, market.places, strict=True)], least


# What a place more would give


def _gains(market: Market, wanted: list[list[int]], chosen: list[int]) -> Iterator[tuple[int, Gain]]:
    """Follow the chain of vacancies from a place more of each mentor whom somebody would rather have.

    Whether somebody more is placed is exact, since all stable assignments place the same people (Roth 1986); those who
    get a mentor they prefer are at least those whom the chain moves.
    """
    envious = _envious(market, wanted, chosen)
    for mentor, queue in enumerate(envious):
        if queue:
            yield mentor, _chain(market, envious, chosen, mentor)


def _envious(market: Market, wanted: list[list[int]], chosen: list[int]) -> list[list[tuple[int, int, int]]]:
    """For each mentor the mentees who would rather be there, the most wanted first, and which wish of theirs it is."""
    envious: list[list[tuple[int, int, int]]] = [[] for _ in market.places]
    for mentee, pairs in enumerate(wanted):
        better = takewhile(chosen[mentee].__ne__, pairs)
        for rank, pair in enumerate(better):
            envious[market.mentor_of[pair]].append((-market.claims[pair], mentee, rank))
    for queue in envious:
        queue.sort()
    return envious


def _chain(market: Market, envious: list[list[tuple[int, int, int]]], chosen: list[int], mentor: int) -> Gain:
    """Fill a free place with the most wanted who would come, then the place left behind, and so on."""
    moved: dict[int, tuple[int, int]] = {}
    while mentor != NOBODY:
        came = next(((i, rank) for _, i, rank in envious[mentor] if i not in moved or rank < moved[i][0]), None)
        if came is None:
            return Gain(0, better=len(moved))
        mentee, rank = came
        own = chosen[mentee]
        left = moved[mentee][1] if mentee in moved else NOBODY if own == NOBODY else market.mentor_of[own]
        moved[mentee] = rank, mentor
        mentor = left
    return Gain(1, better=len(moved))
