"""Privacy: which rows of a table are kept back so that no small count is told, nor follows from the totals that are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

SMALLEST = 5
"""Fewer people than this are never told of by themselves in what leaves the unit."""
OPEN, COUNTS, WHOLE = range(3)
"""What is kept back of a row: nothing, how it came out, or also how many people it is."""


def kept_back(
    sizes: Sequence[int],
    cells: Sequence[Sequence[int]],
    lines: Iterable[Sequence[int]],
    *,
    smallest: int = SMALLEST,
    given: Mapping[int, int] | None = None,
) -> list[int]:
    """Return how much of each row is kept back: a row of few people whole, one with few in a cell its cells.

    `lines` are rows, by their places, of which a total is told: in none is one row alone kept back, and those of which not
    even the size is told come to `smallest` people or to nobody. The next smallest rows are kept back with them. `given`
    says what is kept back of some rows at least.
    """
    levels = [_level(size, own, smallest) for size, own in zip(sizes, cells, strict=True)]
    for at, level in (given or {}).items():
        levels[at] = max(levels[at], level)
    told = [tuple(line) for line in lines]
    while any(_protect(line, sizes, levels, smallest) for line in told):
        pass
    return levels


def hidden(counts: Sequence[int], *, smallest: int = SMALLEST, given: Mapping[int, int] | None = None) -> list[bool]:
    """Tell which counts are kept back where all of them together are told.

    >>> hidden([40, 3, 12, 60])
    [False, True, True, False]
    """
    levels = kept_back(counts, [()] * len(counts), [range(len(counts))], smallest=smallest, given=given)
    return [level == WHOLE for level in levels]


def _level(size: int, cells: Sequence[int], smallest: int) -> int:
    if size < smallest:
        return WHOLE
    return COUNTS if any(0 < cell < smallest for cell in cells) else OPEN


def _protect(line: Sequence[int], sizes: Sequence[int], levels: list[int], smallest: int) -> bool:
    """Keep back one more row of a line where those that are do not hide each other; tell whether anything was done."""
    done = False
    for level in (COUNTS, WHOLE):
        back = [at for at in line if levels[at] >= level]
        free = [at for at in line if levels[at] < level]
        if free and back and not _enough([sizes[at] for at in back], sizes, line, smallest, level):
            levels[min(free, key=lambda at: (sizes[at], at))] = level
            done = True
    return done


def _enough(back: list[int], sizes: Sequence[int], line: Sequence[int], smallest: int, level: int) -> bool:
    """Tell whether rows that are kept back hide each other.

    Where no row is empty each hidden one has somebody, so that rows of one person each would follow from their sum.
    """
    if level == COUNTS:
        return len(back) > 1
    total = sum(back)
    certain = len(back) if min(sizes[at] for at in line) > 0 else 0
    return total == 0 or (len(back) > 1 and total >= smallest and total > certain)
