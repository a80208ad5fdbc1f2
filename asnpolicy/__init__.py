"""Career policies of Indonesia's civil service as rule sets: decided, explained, proved."""

from asnpolicy.decisions import Decision, DutyState, Verdict, Waiver
from asnpolicy.engine import Assessment, Engine
from asnpolicy.people import ABSENT, Agency, Employee, Opening
from asnpolicy.problems import Place, PolicyError, Problem
from asnpolicy.version import VERSION

__version__ = VERSION

__all__ = [
    "ABSENT",
    "Agency",
    "Assessment",
    "Decision",
    "DutyState",
    "Employee",
    "Engine",
    "Opening",
    "Place",
    "PolicyError",
    "Problem",
    "Verdict",
    "Waiver",
    "__version__",
]
