"""Market: mentees, mentors with places, and the pairs that may be, as numbers; what an assignment of them comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

NOBODY = -1


@dataclass(frozen=True)
class Market:
    """Whom to assign, before it is done.

    INVARIANT: mentees and mentors are numbered in the order of their lottery numbers, and pairs stand in order of mentee,
    then of mentor; so a market says nothing of the order in which people were given.
    """

    places: tuple[int, ...]
    """How many mentees each mentor can still take."""
    mentee_of: Sequence[int]
    """Of each pair."""
    mentor_of: Sequence[int]
    wishes: Sequence[int]
    """The points of each pair in the eyes of its mentee."""
    claims: Sequence[int]
    """The points of each pair in the eyes of its mentor."""
    mentee_lots: tuple[int, ...]
    mentor_lots: tuple[int, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where the pairs of each mentee begin; one more number than mentees."""
        counts = [0] * (len(self.mentee_lots) + 1)
        for mentee in self.mentee_of:
            counts[mentee + 1] += 1
        return tuple(accumulate(counts))

    def lot(self, pair: int) -> int:
        """The lottery number of a pair: the exclusive or of the numbers of its two people."""
        return self.mentee_lots[self.mentee_of[pair]] ^ self.mentor_lots[self.mentor_of[pair]]

    def load(self, chosen: Sequence[int]) -> list[int]:
        """How many mentees each mentor has."""
        load = [0] * len(self.places)
        for pair in placed_pairs(chosen):
            load[self.mentor_of[pair]] += 1
        return load


@dataclass(frozen=True, slots=True)
class Gain:
    """What one place more of a mentor would give: mentees placed, points in all, mentees who get somebody they prefer."""

    placed: int
    points: int | None = None
    better: int | None = None
    """At least so many."""


NO_GAIN = Gain(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Merit:
    """What an assignment reaches, in the order of the objective."""

    placed: int
    least: int | None
    """The points of the mentee who has the fewest."""
    total: int


@dataclass(frozen=True, slots=True)
class Matching:
    """An assignment in numbers: the pair of each mentee (-1: none), what no assignment exceeds, what places would give."""

    chosen: tuple[int, ...]
    bound: Merit | None = None
    gains: dict[int, Gain] = field(default_factory=dict)
    """By mentor; a mentor who is not named gains nothing."""


def placed_pairs(chosen: Sequence[int]) -> Iterator[int]:
    """The pairs of an assignment."""
    return (pair for pair in chosen if pair != NOBODY)


def measure(market: Market, chosen: Sequence[int], *, least: bool) -> Merit:
    """Measure an assignment; `least` when the objective looks at the mentee who has the fewest points."""
    pairs = list(placed_pairs(chosen))
    total = sum(market.wishes[pair] + market.claims[pair] for pair in pairs)
    return Merit(len(pairs), min((market.wishes[pair] for pair in pairs), default=None) if least else None, total)
