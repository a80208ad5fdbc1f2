"""Trials: how well the cases of a policy try its rules, and the cases that would try them better.

Importing this does not load the solver: it is loaded by what needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asnpolicy.trials.boundary_cases import Boundaries, BoundaryCase, boundaries
    from asnpolicy.trials.criteria_shown import Coverage, CriterionCoverage, coverage
    from asnpolicy.trials.mutants import Mutant
    from asnpolicy.trials.survival import Mutation, Survivor, mutation

_ROOMS = {
    "asnpolicy.trials.boundary_cases": ("Boundaries", "BoundaryCase", "boundaries"),
    "asnpolicy.trials.criteria_shown": ("Coverage", "CriterionCoverage", "coverage"),
    "asnpolicy.trials.mutants": ("Mutant",),
    "asnpolicy.trials.survival": ("Mutation", "Survivor", "mutation"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Boundaries",
    "BoundaryCase",
    "Coverage",
    "CriterionCoverage",
    "Mutant",
    "Mutation",
    "Survivor",
    "boundaries",
    "coverage",
    "mutation",
]


def __getattr__(name: str) -> object:
    """Load what is asked for when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module `asnpolicy.trials` has no `{name}`")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
