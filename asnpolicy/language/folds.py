"""Folds: what one pass over the records of a history comes to, with bounds for all that the missing ones could be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, TypeAlias, assert_never

from asnpolicy.language.bounds import ANYTHING, Bounds, Missing, ends_of, hull
from asnpolicy.language.dates import OPEN
from asnpolicy.language.nodes import Fold, Value
from asnpolicy.language.ranges import range_of
from asnpolicy.people import ABSENT, History, Record
from asnpolicy.people.days import first_of, last_of


class MaybeRecord(NamedTuple):
    """A record that a fold may count: whether it surely passes the filter, or what could tell, and its value."""

    record: Record
    sure: bool
    doubt: Missing
    value: Value | Bounds

    @property
    def first(self) -> date:
        """The first day on which it may be placed."""
        return first_of(self.record.placed)

    @property
    def last(self) -> date:
        """The last day on which it may be placed."""
        return last_of(self.record.placed)


Group: TypeAlias = list[MaybeRecord]
"""Records that may all be one and the same thing, delivered more than once; mostly one alone."""
Days: TypeAlias = list[tuple[date, date, bool]]
"""The first and the last day on which each record may be placed, and whether it surely counts."""


def fold(node: Fold, history: History[Any], covered: bool, found: Group) -> Value | Bounds:
    """Fold over the records that may count: one value, or the bounds that hold whatever is missing."""
    if covered:
        known = _all_known(node, history, found)
        if known is not None:
            return known
    return fold_bounds(node, history, covered, found)


def _all_known(node: Fold, history: History[Any], found: Group) -> Value | None:
    """Fold over records of which all is known, as of most: what their bounds come to, sooner; None where it is not so plain."""
    for one in found:
        if not one.sure or isinstance(one.value, Bounds):
            return None
    match node.op:
        case "count" | "sum" | "least" | "greatest":
            return None if history.alike else _of_all(node, [one.value for one in found if one.value is not ABSENT])
        case "latest":
            values: list[Any] = [one.value for one in found]
            last = values[-node.nth] if len(values) >= node.nth else node.otherwise
            return last if history.strict else None
        case "held_since":
            return _last_run(node, found) if history.strict else None
        case "unbroken_since":
            return None
        case _:
            assert_never(node.op)


def _of_all(node: Fold, values: list[Any]) -> Value:
    best: Callable[[list[Any]], Value] = sum if node.op in ("count", "sum") else min if node.op == "least" else max
    return best(values) if values or best is sum else node.otherwise


def _last_run(node: Fold, found: Group) -> Value | None:
    """Return the day of the first record after which all have the value of the last one; None where a day is not whole."""
    begins = node.otherwise
    for one in reversed(found):
        day = one.record.placed
        if one.value != found[-1].value:
            break
        if not isinstance(day, date):
            return None
        begins = day
    return begins


def fold_bounds(node: Fold, history: History[Any], covered: bool, found: Group) -> Value | Bounds:
    """Fold over the records that may count, each by the bounds of what it is known for."""
    complete = history.complete_since
    match node.op:
        case "count" | "sum":
            return _total(node, covered, grouped(history, found))
        case "least":
            return _extreme(node, min, covered, grouped(history, found))
        case "greatest":
            turned = _extreme(node, max, covered, grouped(history, found))
            return Bounds(turned.high, turned.low) if isinstance(turned, Bounds) else turned
        case "latest":
            return _latest(node, complete, covered, found)
        case "held_since":
            return held_since(node, complete, covered, found)
        case "unbroken_since":
            return _unbroken(node, complete, covered, found)
        case _:
            assert_never(node.op)


def grouped(history: History[Any], found: Group) -> list[Group]:
    """Return the records by what they may be one of."""
    if not history.alike:
        return [[one] for one in found]
    of = {id(history.records[at]): number for number, group in enumerate(history.alike) for at in group}
    groups: dict[int, Group] = {}
    for one in found:
        groups.setdefault(of.get(id(one.record), -1 - len(groups)), []).append(one)
    return list(groups.values())


# Counts and sums


def _total(node: Fold, covered: bool, groups: list[Group]) -> Value | Bounds:
    """Add up: of each group one record surely counts where one is sure, and all of them may."""
    least = range_of(node.value, node.history) if node.value is not None else None
    below_zero = least is not None and least.low < 0
    low = high = 0
    open_low, open_high = below_zero and not covered, not covered
    for group in ([one for one in group if one.value is not ABSENT] for group in groups):
        ends = [ends_of(one.value) for one in group]
        lows = [min(0, least.low) if bottom is None and least is not None else bottom for bottom, _ in ends]
        for (_, top), bottom, one in zip(ends, lows, group, strict=True):
            open_high = open_high or top is None
            open_low = open_low or (bottom is None)
            sure = one.sure and len(group) == 1
            high += 0 if top is None else top if sure else max(0, top)
            if sure or (bottom is not None and bottom < 0):
                low += bottom or 0
        if len(group) > 1 and any(one.sure for one in group):
            low += max(0, min(bottom or 0 for bottom in lows))
    if low == high and not (open_low or open_high):
        return low
    return Bounds(None if open_low else low, None if open_high else high)


# The least and the greatest


def _extreme(node: Fold, best: Callable[..., Any], covered: bool, groups: list[Group]) -> Value | Bounds:
    """Find the least (or the greatest, with ends swapped): the bound that sure records give, and how far it may go."""
    groups = [[one for one in group if one.value is not ABSENT] for group in groups]
    ends = [[_turned(best, one.value) for one in group] for group in groups if group]
    if not ends:
        return node.otherwise if covered else ANYTHING
    worst: Callable[..., Any] = max if best is min else min
    sure = [
        _limit(worst, [far for _, far in those])
        for group, those in zip(filter(None, groups), ends, strict=True)
        if any(one.sure for one in group)
    ]
    bounding = [far for far in sure if far is not None]
    near = [near for those in ends for near, _ in those]
    limit = _limit(best, near) if covered else None
    if not sure:
        return ANYTHING
    bound = best(bounding) if bounding else None
    return bound if bound is not None and bound == limit else Bounds(limit, bound)


def _turned(best: Callable[..., Any], value: Value | Bounds) -> tuple[Any, Any]:
    low, high = ends_of(value)
    return (low, high) if best is min else (high, low)


def _limit(best: Callable[..., Any], values: Iterable[Any]) -> Any:
    """Return the best of some ends; None, open, when one of them is."""
    known = list(values)
    return None if None in known else best(known)


# The latest


def _latest(node: Fold, complete: date | None, covered: bool, found: Group) -> Value | Bounds:
    """Find the last record but so many: each that may be it, in any order that their days allow."""
    sure = sorted((one.first for one in found if one.sure), reverse=True)
    enough = len(sure) >= node.nth
    reached = covered or (enough and complete is not None and complete <= sure[node.nth - 1])
    if not reached:
        return ANYTHING
    days = _days(found)
    values = [one.value for at, one in enumerate(found) if _may_be_nth(at, node.nth, days)]
    if not enough:
        values.append(node.otherwise)
    return hull(values)


def _may_be_nth(at: int, nth: int, days: Days) -> bool:
    """Tell whether a record may be the last but so many, by the first and last days of all, and which are sure."""
    first, last, _ = days[at]
    surely_after = maybe_after = 0
    for number, (begins, ends, sure) in enumerate(days):
        if number != at:
            surely_after += sure and begins > last
            maybe_after += ends >= first
    return surely_after < nth <= maybe_after + 1


def _days(found: Group) -> Days:
    return [(one.first, one.last, one.sure) for one in found]


def in_reach(node: Fold, found: Group) -> Group:
    """Return the records that may matter: of the last one but so many not those that surely lie further back."""
    if node.op != "latest":
        return found
    sure = [one.first for one in found if one.sure]
    return [one for one in found if sum(first > one.last for first in sure) < node.nth]


def tied(node: Fold, found: Group) -> Group:
    """Return the records that only their order on one day could tell apart: each may be the one that is meant."""
    if node.op != "latest":
        return []
    days = _days(found)
    meant = [one for at, one in enumerate(found) if one.first == one.last and _may_be_nth(at, node.nth, days)]
    return [one for one in meant if any(_side_by_side(one, other) for other in meant)]


def _side_by_side(one: MaybeRecord, other: MaybeRecord) -> bool:
    return other is not one and other.first == one.first and not _same(one.value, other.value)


# The last run of one value


def held_since(node: Fold, complete: Any, covered: bool, found: Any, *, earliest: Any = date.min) -> Value | Bounds:
    """Find the first day of the last run of one value, such as the rank that is held now."""
    sure = max((one.first for one in found if one.sure), default=None)
    if sure is None:
        return node.otherwise if covered and not found else ANYTHING
    if not covered and (complete is None or complete > sure):
        return ANYTHING
    last = [one for one in found if one.last >= sure]
    begins = [_run(one, complete, covered, found, earliest) for one in last]
    low = None if any(first is None for first, _ in begins) else min(first for first, _ in begins)
    high = max(latest for _, latest in begins)
    return high if low == high else Bounds(low, high)


def _run(end: Any, complete: Any, covered: bool, found: Any, earliest: Any) -> tuple[Any, Any]:
    """Return the first and the last day on which the run may begin that ends with a record."""
    others = [one for one in found if one is not end]
    before = [one for one in others if one.first <= end.last]
    odd = [one.last for one in before if not _same(one.value, end.value)]
    joined = [
        one.last
        for one in before
        if one.sure and _same(one.value, end.value) and one.first > max(odd, default=earliest)
        if covered or (complete is not None and complete <= one.first)  # or another value may lie between
    ]
    latest = min([end.last, *joined])
    apart = [one for one in others if one.sure and _apart(one.value, end.value) and one.last < end.first]
    start = max((one.first for one in apart), default=earliest)
    reached = [one for one in [end, *before] if one.last >= start and not _apart(one.value, end.value)]
    begin = min(max(one.first, start) for one in reached)
    if not covered and (complete is None or complete > start):  # a letter that was not delivered may be of the run
        begin = start
    return (None if begin == earliest else begin), latest


def _same(one: Value | Bounds, other: Value | Bounds) -> bool:
    return not isinstance(one, Bounds) and not isinstance(other, Bounds) and one == other


def _apart(one: Value | Bounds, other: Value | Bounds) -> bool:
    return not isinstance(one, Bounds) and not isinstance(other, Bounds) and one != other


# The chain that still runs


class RecordSpan(NamedTuple):
    """When a record may begin and when it may end, first and last day each, and whether it surely passes."""

    since: Any
    since_last: Any
    until: Any
    until_last: Any
    sure: bool


def _unbroken(node: Fold, complete: date | None, covered: bool, found: Group) -> Value | Bounds:
    """Find the start of the chain of touching spans that still runs; a record's value is its end, open if running."""
    spans = [RecordSpan(one.first, one.last, *_until(one.value), one.sure) for one in found]
    low, high = chain(spans, complete, covered, node.otherwise)
    return high if low is not None and low == high else Bounds(low, high)


def _until(value: Value | Bounds) -> tuple[Any, Any]:
    return (None, None) if value is ABSENT else ends_of(value)


def chain(
    spans: list[RecordSpan], complete: Any, covered: bool, otherwise: Any, *, open_: Any = OPEN
) -> tuple[Any, Any]:
    """Return the bounds of where the chain begins that still runs: what is not sure can only make it longer."""
    if not spans:
        return (otherwise, otherwise) if covered else (None, None)
    surely = _head([(s.since_last, s.until) for s in spans if s.sure and s.until is not None], open_)
    possibly = _head([(s.since, open_ if s.until_last is None else s.until_last) for s in spans], open_)
    if possibly is None:
        return (otherwise, otherwise) if covered else (None, None)
    if surely is None:
        return None, None
    certain = complete is not None and complete < possibly
    return (possibly if certain else None), surely


def _head(spans: list[tuple[Any, Any]], open_: Any) -> Any:
    if len(spans) < 2:
        return spans[0][0] if spans and spans[0][1] == open_ else None
    head = min((since for since, until in spans if until == open_), default=None)
    for since, until in sorted(spans, reverse=True):
        if head is not None and since < head <= until:
            head = since
    return head
