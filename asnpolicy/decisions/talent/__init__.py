"""Talent: who stands in which of the nine boxes, what is recommended for them, and who could follow in a post."""

from asnpolicy.decisions.talent.grid import TalentGrid
from asnpolicy.decisions.talent.succession import Gap, SuccessionList, Successor
from asnpolicy.decisions.talent.talent import TalentMap, TalentPlace, TalentState, Treatment

__all__ = [
    "Gap",
    "SuccessionList",
    "Successor",
    "TalentGrid",
    "TalentMap",
    "TalentPlace",
    "TalentState",
    "Treatment",
]
