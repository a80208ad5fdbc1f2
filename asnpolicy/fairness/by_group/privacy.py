"""Privacy: small cells are suppressed, and with them as many others as it takes that none follows from a total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from asnpolicy.fairness.by_group.groups import GroupResult, Tally

SMALLEST = 5
"""Fewer people than this are never told of by themselves."""
OPEN, COUNTS, WHOLE = range(3)
"""What is kept back of a group: nothing, how it came out, or also how many it is."""


def private(
    groups: Sequence[GroupResult], lines: Iterable[Sequence[int]], smallest: int = SMALLEST
) -> list[GroupResult]:
    """Return groups with small cells suppressed; `lines` are the groups, by their places, whose totals are told elsewhere.

    In no line is one group alone kept back: the next smallest is kept back with it.
    """
    tallies = {at: one.tally for at, one in enumerate(groups) if one.tally is not None}
    hidden = {at: _level(each, smallest) for at, each in tallies.items()}
    told = [tuple(line) for line in lines]
    while sum(_protect(line, tallies, hidden) for line in told):
        pass
    return [_without(one, hidden.get(at, OPEN), smallest) for at, one in enumerate(groups)]


def _level(tally: Tally, smallest: int) -> int:
    if tally.people < smallest:
        return WHOLE
    return COUNTS if any(0 < cell < smallest for cell in tally.cells) else OPEN


def _protect(line: Sequence[int], tallies: Mapping[int, Tally], hidden: dict[int, int]) -> bool:
    """Keep back one more group of a line where only one is; tell whether anything was done."""
    done = False
    for level in (COUNTS, WHOLE):
        back = [at for at in line if hidden[at] >= level]
        free = [at for at in line if hidden[at] < level]
        if len(back) == 1 and free:
            hidden[min(free, key=lambda at: (tallies[at].people, at))] = level
            done = True
    return done


def _without(group: GroupResult, level: int, smallest: int) -> GroupResult:
    if level == OPEN:
        told = all(not 0 < one.smallest < smallest for one in group.partings)
        return group if told else replace(group, partings=())
    return GroupResult(
        group.attribute, group.name, group.signal, None if level == WHOLE else group.people, suppressed=True
    )
