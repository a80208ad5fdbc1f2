"""Following: on which day a rule is asked that follows an event, and what is said where that day is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile

from asnpolicy.decisions.timeline.timeline import Segment, Timeline
from asnpolicy.language.rules import Text


@dataclass(frozen=True)
class Event:
    """An event that somebody's decision follows, and the day that was asked for."""

    id: str
    title: Text
    day: date
    """The day of the event, or the first on which it may have been."""
    asked_on: date
    sure: bool
    """Whether that is its day."""
    before: bool = False
    """Whether it was before the rule was in force, which then is for nobody."""
    may_have_been: tuple[Segment, ...] = field(default=(), repr=False, compare=False)
    """The days on which it may have been, when that is not sure."""

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What could tell its day, when that is not sure: asked for by few, and slow to tell."""
        return _missing(self.may_have_been)


def event_of(timeline: Timeline, begins: date, asked_on: date) -> Event | None:
    """Return the event that a timeline, which ends with the day that was asked for, shows; None when it has not been.

    `begins` is the first day of the rule that follows it.

    It began with the run of days on which it holds; where it may have held before, its day is not sure, nor where it may not
    hold at all.
    """
    latest_first = list(reversed(timeline.segments))
    sure = list(takewhile(lambda one: one.result == "eligible", latest_first))
    open_ = list(takewhile(lambda one: one.result == "undetermined", latest_first[len(sure) :]))
    if not sure and not open_:
        return None
    day = (open_ or sure)[-1].since
    before = not open_ and day < begins
    return Event(timeline.rule, timeline.title, day, asked_on, not open_, before, tuple(open_))


def _missing(segments: tuple[Segment, ...]) -> tuple[str, ...]:
    """Name what could tell the day of an event."""
    return tuple(sorted({name for one in segments if one.decision is not None for name in one.decision.missing}))
