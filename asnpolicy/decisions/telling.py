"""Telling: the lines under a criterion of a decision: what was seen and required, what is missing, from when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from asnpolicy.decisions import grounds, names
from asnpolicy.decisions.lines import STATUSES, Line
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.reasons import Reason, because, clauses
from asnpolicy.decisions.trees import TreeTelling, fixed
from asnpolicy.language.outcome import Finding
from asnpolicy.language.rules import (
    FAILED,
    HELD,
    NOT_APPLICABLE,
    UNKNOWN,
    Criterion,
    Observation,
    Text,
    observations_of,
)

if TYPE_CHECKING:
    from asnpolicy.decisions.decision import Decision


@dataclass(frozen=True, slots=True)
class Telling(TreeTelling):
    """Tells of one decision, with the definition at hand to ask for values."""

    decision: Decision = field(kw_only=True)

    @classmethod
    def of(cls, decision: Decision, *, unmet: bool = False) -> Telling:
        """Tell of a decision."""
        meaning = decision._defined[0]  # the definition that decided, with all that it remembers
        return cls(meaning, decision.as_of, unmet, decision=decision)

    def heading(self, finding: Finding) -> Reason | Text:
        """Give the status and the title of a criterion."""
        criterion = finding.criterion
        if finding.by is not None and finding.status == HELD:
            return because("line.exempt_by", status=STATUSES[HELD], title=criterion.title, by=finding.by.title)
        if criterion.kind == "within":
            return because("line.criterion", status=STATUSES[finding.status], title=self.title(criterion))
        return _headings(criterion)[finding.status]

    def observed(self, finding: Finding) -> tuple[Observation, ...]:
        """Give what a criterion looked at, and the exemption that held; nothing where it does not count."""
        if finding.status == NOT_APPLICABLE:
            return ()
        by = observations_of(finding.by.tree) if finding.by is not None else ()
        return (*observations_of(finding.criterion.tree), *by)

    def possible_from(self, finding: Finding) -> date | None:
        """Give the day from which a failed criterion holds by the passing of time alone: none once an event is followed."""
        if self.decision.event is not None:
            return None
        return grounds.possible_from(self.meaning, finding, self.as_of)

    # A criterion

    def criterion(self, finding: Finding) -> list[Line]:
        """Tell what stands under the heading of a criterion."""
        if finding.status == NOT_APPLICABLE:
            return []
        if finding.status in (FAILED, UNKNOWN):
            return [*self.looked_at(finding), *self._ways_out(finding)]
        return self.looked_at(finding)

    def _ways_out(self, finding: Finding) -> Iterator[Line]:
        criterion = finding.criterion
        if (day := self.possible_from(finding)) is not None:
            yield Line(0, because("line.from", day=day))
        if criterion.exempt:
            yield Line(0, because("line.exemptions", titles=clauses(each.title for each in criterion.exempt)))
        if criterion.waivable_by is not None:
            yield Line(
                0, because("line.waivable", by=names.approver(criterion.waivable_by), basis=criterion.waivable_basis)
            )
        if finding.status == UNKNOWN and finding.missing:
            yield Line(0, because("line.needed", missing=names.all_missing(finding.missing)))


# What is the same for everybody is written once.


@Memo
def _headings(criterion: Criterion) -> tuple[Text, ...]:
    """Give the heading of a criterion for each status."""
    return tuple(fixed(because("line.criterion", status=status, title=criterion.title)) for status in STATUSES)
