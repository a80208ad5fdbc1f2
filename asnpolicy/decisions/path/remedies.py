"""Remedies: all smallest sets of actions that would turn a no into a yes, each verified by the definition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from asnpolicy.backends.statuses import statuses_of
from asnpolicy.decisions.decision import Decision, Verdict, verdict_of
from asnpolicy.decisions.path.actions import Action, Situation, actions, combined
from asnpolicy.language.rules import FAILED
from asnpolicy.people import Agency, Opening

MOST = 5
"""A set has at most so many actions."""
WIDEST = 16
"""So many actions are put together; what is more is left out, those of a criterion with fewest ways kept first."""
Decide = Callable[[Situation], Decision]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Things that together would change a no, and of which none can be left out."""

    actions: tuple[Action, ...]

    def as_data(self) -> list[dict[str, Any]]:
        """Return it as plain data."""
        return [one.as_data() for one in self.actions]


def remedies(decision: Decision, opening: Opening | None, agency: Agency, decide: Decide) -> tuple[Remedy, ...]:
    """Return all smallest sets of actions after which a failed decision is `eligible`; none contains another.

    A yes of the back end that `decide` asks is asked again of the definition.
    """
    if decision.verdict is not Verdict.INELIGIBLE:
        return ()
    possible = actions(decision, opening, agency)[:WIDEST]
    failed = frozenset(id for id, status in _failed(decision) if status == FAILED)
    if not failed <= {id for one in possible for id in one.criteria}:
        return ()
    before = Situation(decision.employee, opening, decision.waivers)
    found: list[frozenset[int]] = []
    for size in range(1, min(MOST, len(possible)) + 1):
        for those in combinations(range(len(possible)), size):
            chosen = frozenset(those)
            done = [possible[at] for at in those]
            if any(one <= chosen for one in found) or not failed <= {id for one in done for id in one.criteria}:
                continue
            if _verified(decide(combined(done, before))):
                found.append(chosen)
    return tuple(Remedy(tuple(possible[at] for at in sorted(one))) for one in found)


def _verified(decision: Decision) -> bool:
    """Tell whether a decision is a yes, by the definition too."""
    return decision.verdict is Verdict.ELIGIBLE is verdict_of(statuses_of(decision.outcome))


def _failed(decision: Decision) -> Iterator[tuple[str, int]]:
    return zip((one.id for one in decision.rule.criteria), decision.statuses.criteria, strict=True)
