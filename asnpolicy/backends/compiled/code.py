"""What holds a value in a compiled rule, and what can be told of nodes before they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from asnpolicy.language.lower import depends_on_day, depends_on_people
from asnpolicy.language.nodes import AllOf, CountedMonths, Fold, Node, PlusDays, RecordField, Truth, children


@dataclass(frozen=True, slots=True)
class Code:
    """A value in the code: one variable, or two for its bounds; whether it can be unknown or absent."""

    low: str
    high: str | None = None
    unknown: bool = True
    absent: bool = True
    mostly: bool = False
    """Whether its bounds are one value nearly always: then it is compared as one."""


@cache
def free_of_record(node: Node) -> bool:
    """Tell whether a node speaks of no record of the fold around it."""
    if isinstance(node, (RecordField, CountedMonths)):
        return False
    return isinstance(node, Fold) or all(free_of_record(child) for child in children(node))


@cache
def is_day_constant(node: Node) -> bool:
    """Tell whether a node is one value for everybody on one day; working days may be known by their bounds alone."""
    return not depends_on_people(node) and depends_on_day(node) and not _counts_working_days(node)


@cache
def _counts_working_days(node: Node) -> bool:
    return (isinstance(node, PlusDays) and node.holidays is not None) or any(map(_counts_working_days, children(node)))


def folds_in(node: Node) -> Iterator[Fold]:
    """Give the outermost folds of a node, and those inside them that speak of no record."""
    if isinstance(node, Fold):
        yield node
    for child in children(node):
        yield from folds_in(child)


def flat(items: tuple[Truth, ...]) -> Iterator[Truth]:
    """Give the parts of a conjunction, those of inner ones too."""
    for item in items:
        if isinstance(item, AllOf):
            yield from flat(item.items)
        else:
            yield item


def listed(names: list[str]) -> str:
    """Write names as the inside of a tuple."""
    return "".join(f"{name}, " for name in names)
