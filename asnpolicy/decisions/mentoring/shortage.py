"""Shortage: mentees who have nobody but mentors who are full, found by following the moves that could make room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asnpolicy.decisions.mentoring.market import NOBODY, Market


@dataclass(frozen=True, slots=True)
class Shortage:
    """Mentors who are all full, and the mentees who have nobody but them: more mentees than places (Hall 1935)."""

    mentees: int
    places: int


def shortages(market: Market, chosen: Sequence[int]) -> dict[int, Shortage]:
    """The shortage that each mentee without a mentor is in, when the most mentees are placed and there are candidates."""
    groups = _Groups(market, chosen)
    free = [i for i, pair in enumerate(chosen) if pair == NOBODY and market.starts[i] < market.starts[i + 1]]
    for mentee in free:
        groups.reach(mentee)
    home = {mentee: groups.home(next(groups.mentors(mentee))) for mentee in free}
    waiting, found = Counter(home.values()), groups.members()
    by_home = {one: _counted(market, groups, found[one], waiting[one]) for one in waiting}
    return {mentee: by_home[one] for mentee, one in home.items()}


def _counted(market: Market, groups: _Groups, mentors: list[int], waiting: int) -> Shortage:
    placed = sum(len(groups.mentees_at[mentor]) for mentor in mentors)
    return Shortage(placed + waiting, sum(market.places[mentor] for mentor in mentors))


class _Groups:
    """Mentors who belong together, since a mentee of one could move to the other."""

    def __init__(self, market: Market, chosen: Sequence[int]) -> None:
        self.market = market
        self.mentees_at: list[list[int]] = [[] for _ in market.places]
        for mentee, pair in enumerate(chosen):
            if pair != NOBODY:
                self.mentees_at[market.mentor_of[pair]].append(mentee)
        self._above: dict[int, int] = {}

    def mentors(self, mentee: int) -> Iterator[int]:
        """The mentors whom a mentee could have."""
        starts = self.market.starts
        return (self.market.mentor_of[pair] for pair in range(starts[mentee], starts[mentee + 1]))

    def home(self, mentor: int) -> int:
        """The mentor who stands for the group of one."""
        above = self._above
        while above[mentor] != mentor:
            above[mentor] = mentor = above[above[mentor]]
        return mentor

    def members(self) -> dict[int, list[int]]:
        """The mentors of each group."""
        found: dict[int, list[int]] = {}
        for mentor in self._above:
            found.setdefault(self.home(mentor), []).append(mentor)
        return found

    def reach(self, mentee: int) -> None:
        """Join all mentors to whom moves that begin with a mentee could lead."""
        waiting = [mentee]
        while waiting:
            first = None
            for mentor in self.mentors(waiting.pop()):
                if mentor not in self._above:
                    self._above[mentor] = mentor
                    waiting += self.mentees_at[mentor]
                first = mentor if first is None else first
                self._above[self.home(mentor)] = self.home(first)
