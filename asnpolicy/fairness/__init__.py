"""Fairness: what a policy itself does, asked of the solver, of made people, and of a real workforce.

Importing this loads neither the solver nor Hypothesis: each is loaded by what needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asnpolicy.fairness.answer import Answer, Exhibit, Status
    from asnpolicy.fairness.assertions import (
        Knowledge,
        assert_at_least_as_strict,
        assert_blind,
        assert_disparity_within,
        assert_equivalent,
        assert_merit_never_hurts,
    )
    from asnpolicy.fairness.by_group.report import Disparity, disparity
    from asnpolicy.fairness.cases import case_text
    from asnpolicy.fairness.questions import (
        QUESTIONS,
        Always,
        AtLeastAsStrict,
        Blind,
        ComparePolicies,
        Conflicts,
        Dead,
        Equivalent,
        Gaps,
        MeritNeverHurts,
        Never,
        PolicyQuestion,
        Reachable,
        Redundant,
    )
    from asnpolicy.fairness.twin_pairs import TwinDifference, Twins, twins

_ROOMS = {
    "asnpolicy.fairness.answer": ("Answer", "Exhibit", "Status"),
    "asnpolicy.fairness.assertions": (
        "Knowledge", "assert_at_least_as_strict", "assert_blind", "assert_disparity_within", "assert_equivalent",
        "assert_merit_never_hurts",
    ),
    "asnpolicy.fairness.cases": ("case_text",),
    "asnpolicy.fairness.by_group.report": ("Disparity", "disparity"),
    "asnpolicy.fairness.questions": (
        "QUESTIONS", "Always", "AtLeastAsStrict", "Blind", "ComparePolicies", "Conflicts", "Dead", "Equivalent", "Gaps",
        "MeritNeverHurts", "Never", "PolicyQuestion", "Reachable", "Redundant",
    ),
    "asnpolicy.fairness.twin_pairs": ("TwinDifference", "Twins", "twins"),
}  # fmt: skip
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "QUESTIONS",
    "Always",
    "Answer",
    "AtLeastAsStrict",
    "Blind",
    "ComparePolicies",
    "Conflicts",
    "Dead",
    "Disparity",
    "Equivalent",
    "Exhibit",
    "Gaps",
    "Knowledge",
    "MeritNeverHurts",
    "Never",
    "PolicyQuestion",
    "Reachable",
    "Redundant",
    "Status",
    "TwinDifference",
    "Twins",
    "assert_at_least_as_strict",
    "assert_blind",
    "assert_disparity_within",
    "assert_equivalent",
    "assert_merit_never_hurts",
    "case_text",
    "disparity",
    "twins",
]


def __getattr__(name: str) -> object:
    """Load what is asked for when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module `asnpolicy.fairness` has no `{name}`")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
