"""Stretches: a timeline as people are told of it: days that need not be told apart are joined, what comes again each year is told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.timeline.timeline import Segment
from asnpolicy.language.dates import OPEN, plus_months

YEAR = 12
TOGETHER = 4
"""So many stretches one year has at most that is told once for several."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are told of together, after others."""

    segment: Segment
    before: Segment | None
    not_yet_from: date | None = None
    """The day after the registers were known, from which on this is a no only for want of records to come."""


@dataclass(frozen=True, slots=True)
class Again:
    """The same once more, or several times, each time a year later: half open."""

    since: date
    until: date
    times: int


def stretches_of(segments: Sequence[Segment]) -> tuple[Stretch, ...]:
    """Return the stretches of a timeline."""
    found: list[Stretch] = []
    for one in segments:
        last = found[-1] if found else None
        if last is None or not (_for_nobody(last.segment, one) or _only_projected(last.segment, one)):
            found.append(Stretch(one, None if last is None else last.segment))
            continue
        begins = one.since if one.not_yet and not last.segment.not_yet else last.not_yet_from
        found[-1] = replace(last, segment=replace(last.segment, until=one.until), not_yet_from=begins)
    return tuple(found)


def _for_nobody(last: Segment, one: Segment) -> bool:
    """Tell whether both are of somebody whom the rule is not for: nobody asks which criterion changes."""
    return one.result == last.result == "not_applicable"


def _only_projected(last: Segment, one: Segment) -> bool:
    """Tell whether all that is new is that the registers were not known yet, which is said of the whole timeline."""
    if one.causes != (Reason("cause.registers"),) or one.changes or one.decision is None or last.decision is None:
        return False
    same = (one.result, one.assumed, one.decision.to, one.decision.because, one.decision.missing)
    return same == (last.result, last.assumed, last.decision.to, last.decision.because, last.decision.missing)


def by_year(those: Sequence[Stretch], told: Sequence[tuple[Reason, ...]], end: date) -> Iterator[int | Again]:
    """Return which stretches to tell, by their places, and what to say once instead of the others.

    `told` is what is said of each, without its days; `end` is the day on which the timeline ends, where the last is cut off.
    """
    at = 0
    while at < len(those):
        size, times = max(((one, _times(those, told, end, at, one)) for one in range(1, TOGETHER + 1)), key=_spared)
        if times * size < 2:
            yield at
            at += 1
            continue
        yield from range(at, at + size)
        last = at + size * (times + 1)
        yield Again(those[at + size].segment.since, those[last - 1].segment.until, times)
        at = last


def _spared(found: tuple[int, int]) -> tuple[int, int]:
    """Weigh a cycle by the stretches that need not be told; of two that spare as many, the shorter."""
    size, times = found
    return size * times, -size


def _times(those: Sequence[Stretch], told: Sequence[tuple[Reason, ...]], end: date, at: int, size: int) -> int:
    """Return how often some stretches come again, each time a year later."""
    times = 0
    while at + size * (times + 2) <= len(those) and all(
        _again(those[one], told[one], those[one + size], told[one + size], end)
        for one in range(at + size * times, at + size * (times + 1))
    ):
        times += 1
    return times


def _again(one: Stretch, said: tuple[Reason, ...], other: Stretch, said_then: tuple[Reason, ...], end: date) -> bool:
    first, second = one.segment, other.segment
    if plus_months(first.since, YEAR) != second.since or second.until == OPEN:
        return False
    until = plus_months(first.until, YEAR)
    if until != second.until and not (second.until == end < until):
        return False
    return tuple(a_year_later(each) for each in said) == said_then


def a_year_later(one: Reason) -> Reason:
    """Return the same said of a year later: all its days and years moved on."""
    return Reason(one.code, tuple((name, _moved(name, part)) for name, part in one.values))


def _moved(name: str, part: Part) -> Part:
    if isinstance(part, Reason):
        return a_year_later(part)
    if isinstance(part, tuple):
        return tuple(_moved(name, each) for each in part)
    if isinstance(part, date):
        return plus_months(part, YEAR)
    return str(int(part) + 1) if name == "year" and isinstance(part, str) and part.isdigit() else part


def again(one: Again, last: date) -> Reason:
    """Say that the same comes again; `last` is the last of its days."""
    return because("time.again" if one.times > 1 else "time.again.once", since=one.since, until=last)
