"""Career policies of Indonesia's civil service as rule sets: decided, explained, proved."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.decisions import Decision, DutyState, FigureValue, Verdict, Waiver
    from asnpolicy.decisions.certificate import Certificate
    from asnpolicy.decisions.mentoring import AssignedPair, Assignment, Objective, Pairing, UnassignedMentee
    from asnpolicy.decisions.path import Action, CareerPath, Ladder, Lapse, NextStep, Remedy, Rung, Task
    from asnpolicy.decisions.plan import PlanEntry
    from asnpolicy.decisions.talent import SuccessionList, Successor, TalentGrid, TalentMap, TalentPlace
    from asnpolicy.decisions.timeline import Assumed, Assumption, Change, EffectSpan, Segment, Timeline
    from asnpolicy.decisions.verification import Verification
    from asnpolicy.engine import Assessment, Engine
    from asnpolicy.exchange.intake import read_employees
    from asnpolicy.people import ABSENT, Agency, DataFinding, Employee, Opening
    from asnpolicy.problems import Place, PolicyError, Problem

__version__ = VERSION

__all__ = [
    "ABSENT",
    "Action",
    "Agency",
    "Assessment",
    "AssignedPair",
    "Assignment",
    "Assumed",
    "Assumption",
    "CareerPath",
    "Certificate",
    "Change",
    "DataFinding",
    "Decision",
    "DutyState",
    "EffectSpan",
    "Employee",
    "Engine",
    "FigureValue",
    "Ladder",
    "Lapse",
    "NextStep",
    "Objective",
    "Opening",
    "Pairing",
    "Place",
    "PlanEntry",
    "PolicyError",
    "Problem",
    "Remedy",
    "Rung",
    "Segment",
    "SuccessionList",
    "Successor",
    "TalentGrid",
    "TalentMap",
    "TalentPlace",
    "Task",
    "Timeline",
    "UnassignedMentee",
    "Verdict",
    "Verification",
    "Waiver",
    "__version__",
    "read_employees",
]

_ROOMS = {
    "asnpolicy.decisions": ("Decision", "DutyState", "FigureValue", "Verdict", "Waiver"),
    "asnpolicy.decisions.mentoring": ("AssignedPair", "Assignment", "Objective", "Pairing", "UnassignedMentee"),
    "asnpolicy.decisions.certificate": ("Certificate",),
    "asnpolicy.decisions.verification": ("Verification",),
    "asnpolicy.decisions.talent": ("SuccessionList", "Successor", "TalentGrid", "TalentMap", "TalentPlace"),
    "asnpolicy.decisions.path": ("Action", "CareerPath", "Ladder", "Lapse", "NextStep", "Remedy", "Rung", "Task"),
    "asnpolicy.decisions.plan": ("PlanEntry",),
    "asnpolicy.decisions.timeline": ("Assumed", "Assumption", "Change", "EffectSpan", "Segment", "Timeline"),
    "asnpolicy.engine": ("Assessment", "Engine"),
    "asnpolicy.exchange.intake": ("read_employees",),
    "asnpolicy.people": ("ABSENT", "Agency", "DataFinding", "Employee", "Opening"),
    "asnpolicy.problems": ("Place", "PolicyError", "Problem"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Load what is exported when it is first asked for: a program that needs only people loads no engine."""
    if name not in _HOME:
        raise AttributeError(f"module `asnpolicy` has no `{name}`")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
