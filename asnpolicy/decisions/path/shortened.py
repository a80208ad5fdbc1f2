"""Shortened: of what a criterion looked at no more lines than are read, and no heading under which nothing stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from asnpolicy.decisions.lines import Line
from asnpolicy.decisions.reasons import Reason

MOST = 8
"""So many lines of a criterion are told at most: the explanation of the decision has all."""
HEADINGS = frozenset({"line.any", "line.all", "line.none", "line.some"})


def shortened(told: Sequence[Line]) -> list[Line]:
    """Return all where they are few; else the alternatives that come nearest, else the upper lines alone."""
    if len(told) <= MOST:
        return list(told)
    ways = (list(_nearest(told)), *([one for one in told if one.depth <= depth] for depth in (1, 0)))
    return next((kept for kept in map(_headed, ways) if len(kept) <= MOST), [])


def _nearest(told: Sequence[Line]) -> Iterator[Line]:
    """Return, of alternatives of which one is enough, those of which the fewest conditions are not met."""
    heading, *rest = told
    if _code(heading) != "line.any" or any(one.depth == heading.depth for one in rest):
        yield from told
        return
    groups: list[list[Line]] = []
    for one in rest:
        if one.depth == heading.depth + 1:
            groups.append([])
        groups[-1].append(one)
    fewest = min(map(len, groups))
    yield heading
    yield from (line for group in groups if len(group) == fewest for line in group)


def _headed(told: Sequence[Line]) -> list[Line]:
    """Return the lines without headings of nothing."""
    kept: list[Line] = []
    for one in reversed(told):
        if _code(one) not in HEADINGS or (kept and kept[-1].depth > one.depth):
            kept.append(one)
    return kept[::-1]


def _code(one: Line) -> str:
    return one.said.code if isinstance(one.said, Reason) else ""
