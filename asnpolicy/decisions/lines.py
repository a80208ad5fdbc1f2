"""Lines: what an explanation is made of, each with its depth and the mark of a status before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from asnpolicy.decisions.reasons import Reason
from asnpolicy.text import Text

SIGNS = ("✗ ", "? ", "✓ ", "≈ ", "– ")
"""The mark of each status of a criterion."""
STATUSES = tuple(Reason(f"status.{name}") for name in ("failed", "unknown", "held", "waived", "not_applicable"))


@dataclass(frozen=True, slots=True)
class Line:
    """One line: how far it is indented, what it says, and the mark before it."""

    depth: int
    said: Reason | Text
    sign: str = ""


def once(lines: Iterable[Line]) -> Iterator[Line]:
    """Give what stands beside each other once; under a heading it may stand again."""
    told = set()
    for line in lines:
        key = line.depth, line.sign, line.said.to("id")
        if line.depth == 0 and key in told:
            continue
        told.add(key)
        yield line
