"""The path ahead: next steps with their dates and what to do, the ladder to a goal, and what would change a no."""

from asnpolicy.decisions.path.actions import Action
from asnpolicy.decisions.path.ladder import Goal, Ladder, Rung
from asnpolicy.decisions.path.path import CareerPath, Lapse, NextStep, Task
from asnpolicy.decisions.path.remedies import Remedy

__all__ = ["Action", "CareerPath", "Goal", "Ladder", "Lapse", "NextStep", "Remedy", "Rung", "Task"]
