"""Outcomes: what a rule came to for people of a file, in columns as far as they are written plainly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asnpolicy.decisions.frame import FrameMaker
from asnpolicy.engine import Engine
from asnpolicy.exchange.at_once import Needed, in_tables
from asnpolicy.exchange.intake import PersonText, Reader
from asnpolicy.fairness.by_group.in_tables import columns_by, maker_of, outcomes_of
from asnpolicy.fairness.by_group.outcomes import PersonOutcome
from asnpolicy.people import Agency


@dataclass(frozen=True, slots=True)
class OutcomesAtOnce:
    """Says what a rule came to for many people of a file at once, and for whom it can't."""

    maker: FrameMaker
    by: tuple[str, ...]
    needed: Needed

    @classmethod
    def of(cls, engine: Engine, rule: str, as_of: date, by: Sequence[str], agency: Agency) -> OutcomesAtOnce | None:
        """Return what says it; None for a rule that columns can't be asked about."""
        maker = maker_of(engine, rule, as_of, agency)
        if maker is None:
            return None
        needed = Needed(maker.reads.columns | columns_by(by), maker.reads.tables)
        return cls(maker, tuple(by), needed)

    def __call__(self, reader: Reader, texts: Sequence[PersonText]) -> dict[int, PersonOutcome]:
        """Return the outcomes by the places of the texts; who has none is to be read and decided by itself."""
        people = in_tables(reader, texts, self.needed)
        if not people.places:
            return {}
        found, out = outcomes_of(self.maker, people.workforce, self.by, people.odd)
        kept = (place for place, left in zip(people.places, out.tolist(), strict=True) if not left)
        return dict(zip(kept, found, strict=True))
