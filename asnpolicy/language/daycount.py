"""Day counts: a length of time in days or in working days, and the holidays that are no working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Self

OPEN = date.max
DAY = timedelta(days=1)
WEEK = 5
"""Monday to Friday are working days (Perpres 21/2023)."""


@dataclass(frozen=True)
class Holidays:
    """The days off that are published for some years; nothing is known of other years but their weekends."""

    days: tuple[date, ...] = ()
    years: tuple[int, ...] = ()

    @cached_property
    def _off(self) -> frozenset[date]:
        return frozenset(self.days)

    def is_off(self, day: date) -> bool:
        """Tell whether a day is surely none on which people work."""
        return day.weekday() >= WEEK or day in self._off

    def moved(self, day: date, count: int) -> tuple[date | None, date | None]:
        """Return the ends of where the day may be that is so many working days after a day; before it, of a negative count.

        The day itself is not counted going forward. Going back the day found is the last one that has lasted so long by
        `day`: the next working day after it is the first of those counted. Where a year was touched of which no holidays
        are published, the end that they could move is not known.

        >>> Holidays().moved(date(2026, 7, 14), 15), Holidays(years=(2026,)).moved(date(2026, 7, 14), 15)
        ((datetime.date(2026, 8, 4), None), (datetime.date(2026, 8, 4), datetime.date(2026, 8, 4)))
        """
        if day in (OPEN, date.min):
            return day, day
        found, sure = (self._after(day, count) if count >= 0 else self._before(day, -count))
        if sure:
            return found, found
        return (found, None) if count >= 0 else (None, found)

    def _after(self, day: date, count: int) -> tuple[date, bool]:
        sure = True
        while count and day < OPEN:
            day += DAY
            count -= not self.is_off(day)
            sure = sure and day.year in self.years
        return day, sure

    def _before(self, day: date, count: int) -> tuple[date, bool]:
        sure = True
        while count and day > date.min:
            count -= not self.is_off(day)
            sure = sure and day.year in self.years
            day -= DAY
        return day, sure


NONE_PUBLISHED = Holidays()


@dataclass(frozen=True, slots=True)
class Days:
    """A length of time that is counted in days, or in working days by their holidays."""

    count: int
    holidays: Holidays | None = None

    def __str__(self) -> str:
        return f"{self.count} {'' if self.holidays is None else 'working '}day{'s' * (self.count != 1)}"

    def __lt__(self, other: Self) -> bool:
        return self.count < other.count


def plus_days(day: date, count: int) -> date:
    """Add days; an open end absorbs them.

    >>> plus_days(date(2026, 2, 28), 1), plus_days(OPEN, -14) == OPEN
    (datetime.date(2026, 3, 1), True)
    """
    if day == OPEN:
        return OPEN
    number = day.toordinal() + count
    return date.fromordinal(max(1, min(number, OPEN.toordinal())))
