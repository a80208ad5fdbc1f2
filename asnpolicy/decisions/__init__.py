"""What comes out: decisions on promotions, duties and mentoring, with their reasons."""

from asnpolicy.decisions.criteria import CriterionResult
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.figure import FigureValue
from asnpolicy.decisions.verdict import DutyState, Verdict
from asnpolicy.decisions.waivers import Waiver

__all__ = ["CriterionResult", "Decision", "DutyState", "FigureValue", "Verdict", "Waiver"]
