"""Points: what pairs are worth to each side, as whole numbers; what is not known counts as the worst that is known of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

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


class PointsPart(NamedTuple):
    """What some of the preferences give: those that hang on the mentor alone, on the mentee alone, or on both."""

    fewest: Fewest
    wish: int
    """The points in the eyes of the mentee, as far as they are known."""
    claim: int
    """The points in the eyes of the mentor, as far as they are known."""
    whole: bool
    """Whether nothing of it is open."""


Parts: TypeAlias = tuple[PointsPart, PointsPart, PointsPart]
WHOSE = ("mentor", "mentee", "pair")


class Weigher:
    """Weighs what is preferred of pairs: what hangs on one person alone is worked out once a person."""

    def __init__(self, rule: Rule, amounts: Callable[[Sequence[Expr]], Amounts]) -> None:
        asked = preferences(rule)
        groups: dict[str, list[int]] = {whose: [] for whose in WHOSE}
        for at, one in enumerate(asked):
            of = scopes(one.amount)
            groups[next(iter(of)) if len(of) == 1 else "pair"].append(at)
        self._mentor, self._mentee, self._pair = (
            _weigh(rule, groups[whose], amounts([asked[at].amount for at in groups[whose]])) for whose in WHOSE
        )
        order = [at for whose in WHOSE for at in groups[whose]]
        self._places = tuple(order.index(at) for at in range(len(asked)))
        self._of_mentor: dict[str, PointsPart] = {}
        self._of_mentee: dict[str, PointsPart] = {}

    def parts(self, question: Question) -> Parts:
        """What the preferences give to a pair, by whom they hang on."""
        of_mentor = self._of_mentor.get(question.mentor.nip)
        if of_mentor is None:
            of_mentor = self._of_mentor[question.mentor.nip] = self._mentor(question)
        of_mentee = self._of_mentee.get(question.mentee.nip)
        if of_mentee is None:
            of_mentee = self._of_mentee[question.mentee.nip] = self._mentee(question)
        return of_mentor, of_mentee, self._pair(question)

    def __call__(self, question: Question) -> Fewest:
        """The fewest points that each preference can give to a pair, in the order in which they are written."""
        return self.ordered(self.parts(question))

    def ordered(self, parts: Parts) -> Fewest:
        """Put the parts of a pair in the order in which the preferences are written."""
        found = [points for part in parts for points in part.fewest]
        return tuple(found[place] for place in self._places)


def _weigh(rule: Rule, those: list[int], amounts: Amounts) -> Callable[[Question], PointsPart]:
    """What weighs some of the preferences, named by their places in the rule."""
    by_weight, of_mentee = weights(rule), len(rule.mentee_prefers)
    mine = [by_weight[at] for at in those]
    split = sum(at < of_mentee for at in those)

    def weigh(question: Question) -> PointsPart:
        fewest = tuple([least(weight, ends) for weight, ends in zip(mine, amounts(question), strict=True)])
        if None in fewest:
            known = [one or 0 for one in fewest]
            return PointsPart(fewest, sum(known[:split]), sum(known[split:]), whole=False)
        return PointsPart(fewest, sum(fewest[:split]), sum(fewest[split:]), whole=True)  # type: ignore[arg-type]  # none of them is None

    return weigh


class Points:
    """The points of pairs, in the order in which they are added.

    Nobody gains by what was not delivered: an amount that is known within bounds counts at its least favourable end; one that
    is not known at all, once every pair has been added, as the least favourable that is known of any pair.
    """

    def __init__(self, rule: Rule, weigher: Weigher) -> None:
        self.wishes, self.claims = array("q"), array("q")
        self._weigher = weigher
        self._of_mentee = len(rule.mentee_prefers)
        self._known: tuple[set[Fewest], ...] = (set(), set(), set())
        """What was known of mentors, of mentees and of both."""
        self._worst: tuple[int, ...] = (0,) * len(preferences(rule))
        self._open: list[tuple[int, Parts]] = []
        """The pairs of which something is not known at all."""

    def add(self, parts: Parts) -> None:
        """Add the next pair."""
        one, other, both = parts
        if not (one.whole and other.whole and both.whole):
            self._open.append((len(self.wishes), parts))
        for known, part in zip(self._known, parts, strict=True):
            known.add(part.fewest)
        self.wishes.append(one.wish + other.wish + both.wish)
        self.claims.append(one.claim + other.claim + both.claim)

    def settle(self) -> None:
        """Count what is not known, now that every pair has been added."""
        worst = tuple(PointsPart(_worst(known), 0, 0, whole=True) for known in self._known)
        if all(self._known):
            self._worst = tuple(one or 0 for one in self._weigher.ordered(worst))  # type: ignore[arg-type]  # three
        for pair, parts in self._open:
            self.wishes[pair], self.claims[pair] = self.sides(self.each(self._weigher.ordered(parts)))
        self._open.clear()

    def each(self, fewest: Fewest) -> tuple[int, ...]:
        """The points of each preference of a pair, whether it was added or not."""
        return tuple(worst if one is None else one for one, worst in zip(fewest, self._worst, strict=True))

    def sides(self, points: Sequence[int]) -> tuple[int, int]:
        """The points of both sides, from those of each preference."""
        return sum(points[: self._of_mentee]), sum(points[self._of_mentee :])


def _worst(known: set[Fewest]) -> Fewest:
    """The least that is known of each of some preferences; None where nothing is."""
    return tuple(min((one for one in column if one is not None), default=None) for column in zip(*known, strict=True))
