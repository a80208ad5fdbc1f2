"""Confirmation: an officer has checked a contradiction against the letter, and says which side is right."""

from __future__ import annotations

from asnpolicy.people.days import WholeDay
from asnpolicy.people.findings.finding import DataFinding
from asnpolicy.people.model import Model
from asnpolicy.people.records import Text


class Confirmation(Model):
    """One finding settled: its code, which of the delivered values is right and which it stands against, and by whom.

    It never brings a value of its own, and lapses when either side is delivered otherwise.
    """

    finding: Text
    value: Text
    against: Text | None = None
    by: Text
    on: WholeDay
    letter: Text

    def settles(self, found: DataFinding) -> bool:
        """Tell whether it is about a finding as it stands now: the same two sides."""
        sides = {value for _, value in found.sides}
        return found.code == self.finding and sides == {self.value, *([self.against] if self.against else [])}
