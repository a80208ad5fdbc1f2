"""Privacy: groups of which too little may be told, with as many others as it takes, lose what would tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from asnpolicy.decisions.privacy import OPEN, SMALLEST, WHOLE, kept_back
from asnpolicy.fairness.by_group.groups import GroupResult


def private(
    groups: Sequence[GroupResult], lines: Iterable[Sequence[int]], smallest: int = SMALLEST
) -> list[GroupResult]:
    """Return groups with small cells suppressed; `lines` are the groups, by their places, whose totals are told elsewhere."""
    tallies = [one.tally for one in groups]
    sizes = [0 if each is None else each.people for each in tallies]
    cells = [() if each is None else each.cells for each in tallies]
    levels = kept_back(sizes, cells, lines, smallest=smallest)
    return [
        one if one.tally is None else _without(one, level, smallest) for one, level in zip(groups, levels, strict=True)
    ]


def _without(group: GroupResult, level: int, smallest: int) -> GroupResult:
    if level == OPEN:
        told = all(not 0 < one.smallest < smallest for one in group.partings)
        return group if told else replace(group, partings=())
    return GroupResult(
        group.attribute, group.name, group.signal, None if level == WHOLE else group.people, suppressed=True
    )
