"""What comes out: decisions on promotions, duties and mentoring, with their reasons."""

from asnpolicy.decisions.decision import CriterionResult, Decision, DutyState, Verdict
from asnpolicy.decisions.waivers import Waiver

__all__ = ["CriterionResult", "Decision", "DutyState", "Verdict", "Waiver"]
