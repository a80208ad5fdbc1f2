"""Calendar arithmetic in whole months, clipped to the month's end; an open end absorbs it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

OPEN = date.max
OPEN_MONTHS = 120_000
MONTH = 31
"""Units of elapsed time in a month: see `position`."""


SHORTEST = 28
"""So many days every month has."""


def month_index(day: date) -> int:
    """Count months since year 0, so that months can be subtracted."""
    return day.year * 12 + day.month - 1


def month_end(day: date) -> bool:
    """Tell whether a day is the last one of its month."""
    return day.day >= SHORTEST and day.day == monthrange(day.year, day.month)[1]


def _on(index: int, day: int) -> date:
    year, month = divmod(index, 12)
    if year >= OPEN.year:
        return OPEN
    if year < 1:
        return date.min
    return date(year, month + 1, day if day <= SHORTEST else min(day, monthrange(year, month + 1)[1]))


def plus_months(day: date, months: int) -> date:
    """Add whole months, clipping to the month's end.

    >>> plus_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    return OPEN if day == OPEN else _on(month_index(day) + months, day.day)


def cut(day: date, months: int) -> date:
    """Go back whole months to the last start that has lasted so long by `day`.

    `months_between(a, b) >= n` exactly when `a <= cut(b, n)`.

    >>> cut(date(2025, 2, 28), 1)
    datetime.date(2025, 1, 31)
    """
    if day == OPEN:
        return OPEN
    return _on(month_index(day) - months, 31 if month_end(day) else day.day)


def fresh(day: date, months: int) -> date:
    """Go back whole months to the first start that has not yet lasted so long by `day`: the day after `cut`.

    >>> fresh(date(2026, 10, 1), 24)
    datetime.date(2024, 10, 2)
    """
    start = cut(day, months)
    return OPEN if start == OPEN else start + timedelta(days=1)


def not_over(day: date, months: int) -> date:
    """Go back whole months to the first start that has not lasted longer by `day`: `start + n months >= day`.

    >>> not_over(date(2026, 3, 31), 1), not_over(date(2026, 4, 30), 1)
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 30))
    """
    if day == OPEN:
        return OPEN
    index = month_index(day) - months
    start = _on(index, day.day)
    return start if start.day == day.day or start in (OPEN, date.min) else _on(index + 1, 1)


def months_between(start: date, end: date) -> int:
    """Count the whole months from `start` to `end`: the largest n with `start + n months <= end`.

    >>> months_between(date(2025, 1, 31), date(2025, 2, 28))
    1
    """
    if OPEN in (start, end):
        return (end == OPEN) * OPEN_MONTHS - (start == OPEN) * OPEN_MONTHS
    months = month_index(end) - month_index(start)
    return months - (plus_months(start, months) > end)


def last_month_end(day: date) -> date:
    """Return the last day of the month before.

    >>> last_month_end(date(2026, 3, 15))
    datetime.date(2026, 2, 28)
    """
    return day if day in (OPEN, date.min) else day - timedelta(days=day.day)


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the year on which promotions take effect, during a span: `since <= day < until`."""

    since: date
    until: date
    days: tuple[tuple[int, int], ...]
    """Month and day of each."""

    def of_year(self, year: int) -> Iterator[date]:
        """Return its days in a year, in order."""
        for month, day in sorted(self.days):
            if (day <= SHORTEST or day <= monthrange(year, month)[1]) and self.since <= (found := date(year, month, day)) < self.until:
                yield found


def upcoming(day: date, periods: tuple[Period, ...], years: int = 2) -> date:
    """Return the first day of the periods on or after a day; an open end when none comes by the end of the next year.

    >>> upcoming(date(2026, 3, 15), (Period(date.min, OPEN, ((4, 1), (10, 1))),))
    datetime.date(2026, 4, 1)
    """
    for year in range(day.year, min(day.year + years, OPEN.year)):
        found = min((one for each in periods for one in each.of_year(year) if one >= day), default=None)
        if found is not None:
            return found
    return OPEN


def passed(day: date, periods: tuple[Period, ...]) -> date | None:
    """Return the last day of the periods before a day, of that year or the year before."""
    years = (year for year in (day.year - 1, day.year) if year >= 1)
    return max((one for year in years for each in periods for one in each.of_year(year) if one < day), default=None)


def position(day: date) -> int:
    """Place a day on a line of equal months of 31 units, so that spans that touch add up exactly."""
    return month_index(day) * MONTH + day.day - 1


def elapsed(start: date, end: date) -> int:
    """Measure a span in thirty-firsts of a month, never below zero."""
    return max(0, position(end) - position(start))


CUT: dict[str, Callable[[date, int], date]] = {"lasted": cut, "fresh": fresh, "not_over": not_over}
"""The edges of a stretch that ends on a day."""
