"""Assessment: all decisions of one policy about one person on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asnpolicy.decisions.decision import Decision

ALONE = ("promotion", "award", "duty", "mentoring", "mentor")
"""The kinds of rule that can be asked of one person alone."""


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """All decisions of one policy about one person on one day."""

    promotions: tuple[Decision, ...]
    recognitions: tuple[Decision, ...]
    duties: tuple[Decision, ...]
    mentoring: tuple[Decision, ...]

    @property
    def talent(self) -> tuple[Decision, ...]:
        """Those of talent management among them: screening, whether results count, the pool, what the box recommends."""
        from asnpolicy.decisions.talent.mapping import POOL, SCREENING, TAG, VALIDITY  # noqa: PLC0415  # wanted by few

        own = (SCREENING, VALIDITY, POOL)
        return tuple(one for one in self if one.rule.id in own or TAG in one.rule.tags)

    def __iter__(self) -> Iterator[Decision]:
        return iter((*self.promotions, *self.recognitions, *self.duties, *self.mentoring))

    def __len__(self) -> int:
        return len(self.promotions) + len(self.recognitions) + len(self.duties) + len(self.mentoring)

    def __repr__(self) -> str:
        return f"Assessment({len(self)} decisions)"
