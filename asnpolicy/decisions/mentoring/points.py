"""Points: what pairs are worth to each side, as whole numbers; what is not known counts as the worst that is known of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TypeAlias

from asnpolicy.decisions.mentoring.amounts import Amounts, least, preferences, scopes
from asnpolicy.language.nodes import Expr
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Preference, Rule

Fewest: TypeAlias = tuple[int | None, ...]
"""The fewest points that each preference can give; None where that is open."""


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


class Weigher:
    """Weighs what is preferred of pairs: what hangs on one person alone is worked out once a person."""

    def __init__(self, rule: Rule, amounts: Callable[[Sequence[Expr]], Amounts]) -> None:
        asked = preferences(rule)
        groups: dict[str, list[int]] = {"mentor": [], "mentee": [], "pair": []}
        for at, one in enumerate(asked):
            whose = scopes(one.amount)
            groups[next(iter(whose)) if len(whose) == 1 else "pair"].append(at)
        by_weight = weights(rule)
        self._parts = {
            who: _part([by_weight[at] for at in those], amounts([asked[at].amount for at in those]))
            for who, those in groups.items()
        }
        order = [at for those in groups.values() for at in those]
        self._places = tuple(order.index(at) for at in range(len(asked)))
        self._of_mentor: dict[str, Fewest] = {}
        self._of_mentee: dict[str, Fewest] = {}

    def __call__(self, question: Question) -> Fewest:
        """The fewest points that each preference can give to a pair."""
        mentor, mentee = question.mentor.nip, question.mentee.nip
        if mentor not in self._of_mentor:
            self._of_mentor[mentor] = self._parts["mentor"](question)
        if mentee not in self._of_mentee:
            self._of_mentee[mentee] = self._parts["mentee"](question)
        found = (*self._of_mentor[mentor], *self._of_mentee[mentee], *self._parts["pair"](question))
        return tuple([found[place] for place in self._places])


def _part(by_weight: list[int], amounts: Amounts) -> Callable[[Question], Fewest]:
    return lambda question: tuple([least(w, ends) for w, ends in zip(by_weight, amounts(question), strict=True)])


class Points:
    """The points of pairs, in the order in which they are added.

    Nobody gains by what was not delivered: an amount that is known within bounds counts at its least favourable end; one that
    is not known at all, once every pair has been added, as the least favourable that is known of any pair.
    """

    def __init__(self, rule: Rule) -> None:
        self.wishes, self.claims = array("q"), array("q")
        self._of_mentee = len(rule.mentee_prefers)
        self._known: list[set[int | None]] = [set() for _ in preferences(rule)]
        self._worst: tuple[int, ...] = ()
        self._open: list[int] = []
        """The pairs of which something is not known at all."""
        self._fewest: list[Fewest] = []

    def add(self, fewest: Fewest) -> None:
        """Add the next pair."""
        if None in fewest:
            self._open.append(len(self.wishes))
            self._fewest.append(fewest)
        for known, one in zip(self._known, fewest, strict=True):
            known.add(one)
        self._put(fewest)

    def _put(self, fewest: Fewest) -> None:
        self.wishes.append(sum([one or 0 for one in fewest[: self._of_mentee]]))
        self.claims.append(sum([one or 0 for one in fewest[self._of_mentee :]]))

    def settle(self) -> None:
        """Count what is not known, now that every pair has been added."""
        self._worst = tuple(min((one for one in known if one is not None), default=0) for known in self._known)
        for pair, fewest in zip(self._open, self._fewest, strict=True):
            self.wishes[pair], self.claims[pair] = self.sides(self.each(fewest))
        self._open.clear()
        self._fewest.clear()

    def each(self, fewest: Fewest) -> tuple[int, ...]:
        """The points of each preference of a pair, whether it was added or not."""
        return tuple(worst if one is None else one for one, worst in zip(fewest, self._worst, strict=True))

    def sides(self, points: Sequence[int]) -> tuple[int, int]:
        """The points of both sides, from those of each preference."""
        return sum(points[: self._of_mentee]), sum(points[self._of_mentee :])
