"""Mentors assigned: who needs one, who may be one, which pairs may be, and the best of all assignments."""

from asnpolicy.decisions.mentoring.assignment import AssignedPair, Assignment, Objective, UnassignedMentee
from asnpolicy.decisions.mentoring.orders import Pairing

__all__ = ["AssignedPair", "Assignment", "Objective", "Pairing", "UnassignedMentee"]
