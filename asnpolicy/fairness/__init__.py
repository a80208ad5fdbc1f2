"""Fairness: what a policy itself does, asked of the solver, of made people, and of a real workforce.

Importing this loads neither the solver nor Hypothesis: each is loaded by what needs it.
"""

from __future__ import annotations

from asnpolicy.fairness.answer import Answer, Exhibit, Status
from asnpolicy.fairness.questions import (
    QUESTIONS,
    Always,
    AtLeastAsStrict,
    Blind,
    Compare,
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

__all__ = [
    "QUESTIONS",
    "Always",
    "Answer",
    "AtLeastAsStrict",
    "Blind",
    "Compare",
    "Conflicts",
    "Dead",
    "Equivalent",
    "Exhibit",
    "Gaps",
    "MeritNeverHurts",
    "Never",
    "PolicyQuestion",
    "Reachable",
    "Redundant",
    "Status",
]
