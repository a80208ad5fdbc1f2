"""Verdicts as functions of time: on which days they change, and what changes them."""

from asnpolicy.decisions.timeline.assumptions import Assumed, Assumption
from asnpolicy.decisions.timeline.effects import EffectSpan
from asnpolicy.decisions.timeline.timeline import Change, Segment, Timeline

__all__ = ["Assumed", "Assumption", "Change", "EffectSpan", "Segment", "Timeline"]
