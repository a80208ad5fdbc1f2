"""Working days: a day moved by so many of them, by their running number over the weeks and the holidays between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asnpolicy.backends.sql.days import RUNNING, DayArithmetic
from asnpolicy.backends.sql.ends import all_of, any_of, pick
from asnpolicy.backends.sql.sheet import NULL, YES, Sql, number, sql
from asnpolicy.language.daycount import WEEK, Holidays

WHOLE_WEEK = 7


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Counts working days by some holidays, in the columns of a table.

    The first day that there is was a Monday, so that weeks need no calendar. Of days the weekdays up to each are numbered,
    of working days those that no holiday takes away; what a holiday takes away is found by search among constants.
    """

    days: DayArithmetic
    holidays: Holidays

    def moved(self, count: int, of: Sql) -> tuple[Sql, Sql]:
        """Return the ends of where the day may be that is so many working days after a day; before it, of a negative count."""
        if not of.reads:
            return self._written(count, of)
        keep = self.days.keep
        of = keep(of)
        found = keep(self._after(of, count) if count > 0 else self._before(of, -count) if count else of)
        fixed = any_of((sql(f"{{}} = {RUNNING}", of), sql("{} = 1", of)))
        end = keep(pick(sql("{} IS NULL", of), NULL, pick(fixed, of, found)))
        touched = (keep(sql("{} + 1", of)), found) if count >= 0 else (keep(sql("{} + 1", found)), of)
        sure = keep(any_of((fixed, self._published(*touched) if count else YES)))
        open_ = keep(pick(sure, end, NULL))
        return (end, open_) if count >= 0 else (open_, end)

    def _written(self, count: int, of: Sql) -> tuple[Sql, Sql]:
        """Move a day that is written, or none."""
        if of == NULL:
            return NULL, NULL
        first, last = self.holidays.moved(date.fromordinal(int(of.text)), count)
        return _ordinal(first), _ordinal(last)

    def _after(self, of: Sql, count: int) -> Sql:
        nth = self.days.keep(sql(f"{{}} + {count}", self._up_to(of)))
        day = self._day(nth)
        return sql(f"CASE WHEN {{0}} > {RUNNING} THEN {RUNNING} ELSE {{0}} END", day, whole=True)

    def _before(self, of: Sql, count: int) -> Sql:
        nth = self.days.keep(sql(f"{{}} - {count - 1}", self._up_to(of)))
        before = sql("{} - 1", self._day(nth))
        return sql("CASE WHEN {} > 1 THEN {} ELSE 1 END", nth, before, whole=True)

    def _up_to(self, of: Sql) -> Sql:
        """Number the working days up to a day."""
        gone = _searched(self._days_off, of)
        return self.days.keep(sql("{} - {}", self._weekdays(of), gone))

    def _weekdays(self, of: Sql) -> Sql:
        """Number the weekdays up to a day."""
        over = self.days.sheet.dialect.division
        weeks = f"{{0}} {over} {WHOLE_WEEK} * {WEEK}"
        rest = f"CASE WHEN {{0}} % {WHOLE_WEEK} > {WEEK} THEN {WEEK} ELSE {{0}} % {WHOLE_WEEK} END"
        return sql(f"{weeks} + {rest}", of)

    def _day(self, nth: Sql) -> Sql:
        """Return the working day of a number."""
        passed = [_weekday_number(off) - gone for gone, off in enumerate(self._days_off, start=1)]
        before = self.days.keep(sql("{} + {} - 1", nth, _searched([each + 1 for each in passed], nth)))
        over = self.days.sheet.dialect.division
        return self.days.keep(sql(f"{{0}} {over} {WEEK} * {WHOLE_WEEK} + {{0}} % {WEEK} + 1", before))

    @property
    def _days_off(self) -> list[int]:
        """The holidays that are no days of a weekend, in order."""
        return sorted(day.toordinal() for day in set(self.holidays.days) if day.weekday() < WEEK)

    def _published(self, first: Sql, last: Sql) -> Sql:
        """Tell whether all days of a span lie in years of which holidays are published."""
        runs: list[tuple[int, int]] = []
        for year in sorted(set(self.holidays.years)):
            if runs and runs[-1][1] == year - 1:
                runs[-1] = runs[-1][0], year
            else:
                runs.append((year, year))
        return any_of(
            all_of((
                sql("{} >= {}", first, date(start, 1, 1).toordinal()),
                sql("{} <= {}", last, date(end, 12, 31).toordinal()),
            ))
            for start, end in runs
        )  # fmt: skip


def _ordinal(day: date | None) -> Sql:
    return NULL if day is None else number(day.toordinal())


def _weekday_number(ordinal: int) -> int:
    return ordinal // WHOLE_WEEK * WEEK + min(ordinal % WHOLE_WEEK, WEEK)


def _searched(steps: list[int], of: Sql) -> Sql:
    """Count the steps that a column has reached, by halves."""
    return Sql(_halved(steps, 0, len(steps), of.inside), of.reads)


def _halved(steps: list[int], least: int, most: int, of: str) -> str:
    if least == most:
        return str(least)
    middle = (least + most) // 2
    reached, not_yet = _halved(steps, middle + 1, most, of), _halved(steps, least, middle, of)
    return f"CASE WHEN {of} >= {steps[middle]} THEN {reached} ELSE {not_yet} END"
