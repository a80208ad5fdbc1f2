"""Verdict: what a permission comes to for one person, and what a duty does, by the statuses of a rule."""

from __future__ import annotations

from enum import StrEnum

from asnpolicy.backends.protocol import Statuses
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN


class Verdict(StrEnum):
    """What a permission comes to for one person."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class DutyState(StrEnum):
    """What a duty comes to for one person."""

    FULFILLED = "fulfilled"
    OWED = "owed"
    OVERDUE = "overdue"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


_VERDICTS = (Verdict.INELIGIBLE, Verdict.UNDETERMINED, Verdict.ELIGIBLE)
FULFILLED = {
    Verdict.ELIGIBLE: DutyState.FULFILLED,
    Verdict.UNDETERMINED: DutyState.UNDETERMINED,
    Verdict.NOT_APPLICABLE: DutyState.NOT_APPLICABLE,
}
"""The state of a duty that is not unfulfilled."""
UNFULFILLED = {FAILED: DutyState.OWED, UNKNOWN: DutyState.UNDETERMINED, HELD: DutyState.OVERDUE}
"""The state of a duty that is not fulfilled, by whether its due day has come."""


def verdict_of(statuses: Statuses) -> Verdict:
    """Return the verdict of statuses: whether the rule applies first, then the least of the criteria."""
    if statuses.applies != HELD:
        return Verdict.NOT_APPLICABLE if statuses.applies == FAILED else Verdict.UNDETERMINED
    return _VERDICTS[statuses.holds]
