"""Points: what pairs are worth to each side, as whole numbers; what is not known counts as the worst that is known of it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from asnpolicy.decisions.mentoring.amounts import Ends, least, preferences
from asnpolicy.language.rules import Preference, Rule


def decimals(rule: Rule) -> int:
    """How many decimal places the points of a pair rule have: those of the finest thing that is weighed."""
    return max((one.observation.type.places for one in preferences(rule)), default=0)


def weights(rule: Rule) -> tuple[int, ...]:
    """The weight of each preference for its amount as a whole number, in the last decimal place of the points."""
    finest = decimals(rule)
    return tuple(_scaled(one, finest) for one in preferences(rule))


def _scaled(one: Preference, finest: int) -> int:
    scale: int = 10 ** (finest - one.observation.type.places)
    return one.weight * scale


class Points:
    """The points of pairs, in the order in which their amounts are added.

    Nobody gains by what was not delivered: an amount that is known within bounds counts at its least favourable end; one that
    is not known at all, once every pair has been added, as the least favourable that is known of any pair.
    """

    def __init__(self, rule: Rule) -> None:
        self.weights = weights(rule)
        self.wishes, self.claims = array("q"), array("q")
        self._of_mentee = len(rule.mentee_prefers)
        self._worst: list[int | None] = [None] * len(self.weights)
        self._open: list[tuple[int, int]] = []
        """A pair, and which preference is not known of it."""

    def add(self, amounts: tuple[Ends, ...]) -> None:
        """Weigh the amounts of the next pair."""
        points = [self._known(at, ends) for at, ends in enumerate(amounts)]
        self.wishes.append(sum(points[: self._of_mentee]))
        self.claims.append(sum(points[self._of_mentee :]))

    def _known(self, at: int, ends: Ends) -> int:
        points = least(self.weights[at], ends)
        if points is None:
            self._open.append((len(self.wishes), at))
            return 0
        worst = self._worst[at]
        if worst is None or points < worst:
            self._worst[at] = points
        return points

    def settle(self) -> None:
        """Count what is not known, now that every pair has been added."""
        for pair, at in self._open:
            side = self.wishes if at < self._of_mentee else self.claims
            side[pair] += self._worst[at] or 0
        self._open.clear()

    def each(self, amounts: tuple[Ends, ...]) -> tuple[int, ...]:
        """The points of each preference of a pair, whether it was added or not."""
        found = [least(weight, ends) for weight, ends in zip(self.weights, amounts, strict=True)]
        return tuple((self._worst[at] or 0) if points is None else points for at, points in enumerate(found))

    def sides(self, points: Sequence[int]) -> tuple[int, int]:
        """The points of both sides, from those of each preference."""
        return sum(points[: self._of_mentee]), sum(points[self._of_mentee :])
