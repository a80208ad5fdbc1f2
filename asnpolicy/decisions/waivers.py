"""Waivers: exceptions granted to one person by somebody who may, given as input beside the policy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from asnpolicy.language.outcome import Waives
from asnpolicy.language.rules import Criterion, Rule
from asnpolicy.people.days import OPEN, WholeDay, WholeUntil
from asnpolicy.people.model import Model
from asnpolicy.people.nip import NipText

Required = Annotated[str, Field(min_length=1)]


class Waiver(Model):
    """One criterion of one rule waived for one person, half open: `since <= as-of < until`."""

    nip: NipText
    rule: Required
    criterion: Required
    approver: Required
    letter: Required
    basis: Required
    since: WholeDay
    until: WholeUntil = OPEN

    def covers(self, nip: str, rule: str, criterion: str, as_of: date) -> bool:
        """Tell whether it is for this person, rule and criterion on this day."""
        who = (self.nip, self.rule, self.criterion) == (nip, rule, criterion)
        return who and self.since <= as_of < self.until


def waiving(waivers: Iterable[Waiver], nip: str, as_of: date) -> Waives:
    """Say which criteria are waived for a person on a day."""
    given = tuple(waivers)

    def waives(rule: Rule, criterion: Criterion) -> bool:
        return any(waiver.covers(nip, rule.id, criterion.id, as_of) for waiver in given)

    return waives
