"""Windows: the closed list of stretches of time that a condition may look at."""

from __future__ import annotations

from dataclasses import dataclass

from asnpolicy.language.lengths import back, in_days, later
from asnpolicy.language.nodes import DATE as DATE_TYPE
from asnpolicy.language.nodes import (
    NUMBER,
    Arithmetic,
    AsOf,
    Compare,
    Expr,
    Literal,
    RecordField,
    StartOfYear,
    Truth,
    Type,
    YearOf,
)

AS_OF = AsOf()


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day (None: ever) to the day before `until` (None: the as-of date itself is the last)."""

    first: Expr | None = None
    until: Expr | None = None
    years: tuple[Expr, ...] = ()
    """The calendar years that must each have a record, when the window is one of full years."""
    due_after: Expr | None = None
    """How long after its end the record of a year is due."""
    months: Expr | None = None
    """How long it is, when it looks back so many months from the as-of date."""
    rated: int = 0
    """How many of the last years that were rated count, when the window is not one of dates."""
    last: int = 0
    """On how many of the last days that have a record the records count, when the window is one of records."""

    @property
    def by(self) -> Expr | None:
        """The day by which each record in it should be on record; None for the as-of date."""
        if self.until is None or self.due_after is None:
            return self.until
        return later(self.until, self.due_after)


EVER = Window()


def in_last(length: Expr) -> Window:
    """Look back a length of time: a record of day d counts iff `d <= as-of < d + length`."""
    first = back(AS_OF, length, "fresh")
    return Window(first=first, months=None if in_days(length) else length)


def since(day: Expr) -> Window:
    """Look back to a day, that day included."""
    return Window(first=day)


def during(start: Expr, end: Expr) -> Window:
    """Look at a period, half open."""
    return Window(first=start, until=end)


def last_full_years(count: int, due_after: Expr) -> Window:
    """Look at full calendar years before as-of's; the last one only once it was due, some months after its end."""
    this_year = YearOf(back(AS_OF, due_after))
    years = tuple(Arithmetic("minus", this_year, Literal(back)) for back in range(1, count + 1))
    return Window(StartOfYear(years[-1]), StartOfYear(this_year), years, due_after)


def last_rated(count: int) -> Window:
    """Look at the last records that there are, however old: years without one are passed over."""
    return Window(rated=count)


def last(count: int) -> Window:
    """Look at the last records that there are, however old; records of one day stand together."""
    return Window(last=count)


def within(window: Window, field: str) -> tuple[Truth, ...]:
    """Say that a record lies in the window: by its date, or by its year in one of full years."""
    if window.years:
        year = RecordField("year", NUMBER)
        return Compare("at_least", year, window.years[-1]), Compare("at_most", year, window.years[0])
    day = RecordField(field, DATE_TYPE)
    first = (Compare("at_least", day, window.first),) if window.first is not None else ()
    until = (Compare("below", day, window.until),) if window.until is not None else ()
    return first + until


def running(ends: str, type_: Type = DATE_TYPE) -> tuple[Truth, ...]:
    """Say that an interval record has begun and has not ended on the as-of date."""
    return (Compare("above", RecordField(ends, type_), AS_OF),)
