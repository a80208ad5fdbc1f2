"""Grid: how many stand in each of the nine boxes; what leaves the unit hides small groups so that they can't be worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from asnpolicy.decisions.privacy import SMALLEST, hidden

ROWS = ((4, 7, 9), (2, 5, 8), (1, 3, 6))
"""The boxes as PermenPANRB 3/2020 lays them out: performance above, as and below what is expected; potential low to high."""
BOXES = tuple(range(1, 10))
OUTSIDE = ("screened_out", "expired", "never_assessed", "undetermined", "not_applicable")


@dataclass(frozen=True, slots=True)
class TalentGrid:
    """Counts by box, and of those who stand in none, by why; None is a count that is hidden."""

    boxes: tuple[int | None, ...]
    """Boxes 1 to 9, in this order."""
    outside: tuple[tuple[str, int | None], ...]
    """How many stand in no box, by state."""
    people: int | None
    """All together."""

    def box(self, number: int) -> int | None:
        """How many stand in a box, from 1 to 9; None when that is hidden."""
        return self.boxes[number - 1]

    def model_dump(self) -> Mapping[str, Any]:
        """The counts as plain data: of each box by its number, of those in none by why; a hidden one is null."""
        boxes = {str(number): self.box(number) for number in BOXES}
        return {"people": self.people, "boxes": boxes, "outside": dict(self.outside)}

    @property
    def hides(self) -> bool:
        """Whether any count is hidden."""
        return self.people is None or None in self._counts

    @property
    def _counts(self) -> tuple[int | None, ...]:
        return (*self.boxes, *(count for _, count in self.outside))

    @property
    def published(self) -> TalentGrid:
        """The grid as it may leave the unit: no count below five, nor one from which with the others such a count follows.

        Every count below five is hidden, none as well as one; where the hidden ones come to fewer than five people together,
        the next larger counts are hidden with them. Of fewer than five people in all, nothing is shown.
        """
        shown = _shown([count or 0 for count in self._counts])
        names = [name for name, _ in self.outside]
        people = self.people if self.people is not None and self.people >= SMALLEST else None
        return TalentGrid(tuple(shown[: len(BOXES)]), tuple(zip(names, shown[len(BOXES) :], strict=True)), people)


def counted(boxes: Iterable[int], outside: Iterable[str]) -> TalentGrid:
    """Count people by box, and those outside by state."""
    within, without = Counter(boxes), Counter(str(state) for state in outside)
    counts = tuple((name, without[name]) for name in OUTSIDE)
    return TalentGrid(tuple(within[box] for box in BOXES), counts, within.total() + without.total())


def _shown(counts: list[int]) -> list[int | None]:
    """Hide small counts, and larger ones until those hidden come to nobody or to enough."""
    return [None if back else count for back, count in zip(hidden(counts), counts, strict=True)]
