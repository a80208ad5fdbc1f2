"""Remedies: all smallest sets of actions that would turn a no into a yes, each verified by the definition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from asnpolicy.backends.protocol import statuses_of
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.path.actions import Action, Situation, actions, combined
from asnpolicy.decisions.reasons import Reason
from asnpolicy.decisions.verdict import Verdict, verdict_of
from asnpolicy.language.rules import FAILED
from asnpolicy.people import Agency, Opening

MOST_ASKED = 1_000
"""So many sets are asked at most; where there are more to ask, it is said that there may be other ways."""
MOST_SETS = 100_000
"""So many sets are looked at at most, asked or not."""
Decide = Callable[[Situation], Decision]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Things that together would change a no, and of which none can be left out."""

    actions: tuple[Action, ...]

    def as_data(self) -> list[dict[str, Any]]:
        """Return it as plain data."""
        return [one.as_data() for one in self.actions]


@dataclass(frozen=True, slots=True)
class Remedies:
    """The smallest sets of actions that were found, and whether there can be no other."""

    sets: tuple[Remedy, ...] = ()
    complete: bool = True


def remedies(decision: Decision, opening: Opening | None, agency: Agency, decide: Decide) -> Remedies:
    """Return all smallest sets of actions after which a failed decision is `eligible`; none contains another.

    A yes of the back end that `decide` asks is asked again of the definition.
    """
    if decision.verdict is not Verdict.INELIGIBLE:
        return Remedies()
    possible = actions(decision, opening, agency)
    failed = frozenset(id for id, status in _failed(decision) if status == FAILED)
    if not failed <= {id for one in possible for id in one.criteria}:
        return Remedies()
    search = _Search(possible, failed, Situation(decision.employee, opening, decision.waivers), decide)
    found, complete = search.found()
    told: dict[tuple[Reason, ...], Remedy] = {}  # what differs in no word, such as the kind of a credit letter, is one way
    for one in found:
        remedy = Remedy(tuple(possible[at] for at in sorted(one)))
        told.setdefault(tuple(action.said for action in remedy.actions), remedy)
    return Remedies(tuple(told.values()), complete and not any(one.one_of_more for one in possible))


class _Search:
    """The sets of some actions, the smallest first; each is asked once."""

    def __init__(self, possible: tuple[Action, ...], failed: frozenset[str], before: Situation, decide: Decide) -> None:
        self._possible, self._failed = possible, failed
        self._before, self._decide = before, decide
        self._asked: dict[frozenset[int], Decision] = {}

    def found(self) -> tuple[list[frozenset[int]], bool]:
        """Return the sets after which it is a yes, and of which no part is enough; and whether all were looked at."""
        found: list[frozenset[int]] = []
        mends = self._mends()
        looked_at = 0
        for size in range(1, len(self._possible) + 1):
            for those in combinations(range(len(self._possible)), size):
                if len({self._possible[at].said for at in those}) < size:  # the same thing twice, as two kinds of a letter
                    continue
                looked_at += 1
                if len(self._asked) >= MOST_ASKED or looked_at > MOST_SETS:
                    return found, False
                chosen = frozenset(those)
                covers = self._failed <= frozenset().union(*(mends[at] for at in those))
                if covers and not any(one <= chosen for one in found) and self._works(chosen):
                    found += [one for one in self._smallest(chosen) if one not in found]
        return found, True

    def _mends(self) -> list[frozenset[str]]:
        """Return the criteria that each action is for, or turns by itself."""
        mends = []
        for at, action in enumerate(self._possible):
            after = {id for id, status in _failed(self._after(frozenset({at}))) if status != FAILED}
            mends.append(frozenset(action.criteria) | (self._failed & after))
        return mends

    def _smallest(self, chosen: frozenset[int]) -> list[frozenset[int]]:
        """Return the smallest parts of a set that are enough: most often the set itself."""
        found: list[frozenset[int]] = []
        for size in range(1, len(chosen)):
            parts = (frozenset(part) for part in combinations(sorted(chosen), size))
            found += [part for part in parts if not any(one <= part for one in found) and self._works(part)]
        return found or [chosen]

    def _after(self, chosen: frozenset[int]) -> Decision:
        if chosen not in self._asked:
            self._asked[chosen] = self._decide(combined([self._possible[at] for at in sorted(chosen)], self._before))
        return self._asked[chosen]

    def _works(self, chosen: frozenset[int]) -> bool:
        return _verified(self._after(chosen))


def _verified(decision: Decision) -> bool:
    """Tell whether a decision is a yes, by the definition too."""
    return decision.verdict is Verdict.ELIGIBLE is verdict_of(statuses_of(decision.outcome))


def _failed(decision: Decision) -> Iterator[tuple[str, int]]:
    return zip((one.id for one in decision.rule.criteria), decision.statuses.criteria, strict=True)
