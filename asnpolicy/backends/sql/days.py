"""Days: calendar arithmetic on numbered days, the same to the day as the language's own, with an end that stays open."""

from __future__ import annotations

from dataclasses import dataclass

from asnpolicy.backends.sql.dialect import day, ordinal
from asnpolicy.backends.sql.ends import all_of, any_of, opposite, pick
from asnpolicy.backends.sql.sheet import NULL, Sheet, Sql, sql
from asnpolicy.language.dates import MONTH, OPEN, OPEN_MONTHS

RUNNING = OPEN.toordinal()
FIRST_MONTH = 12
"""The number of the first month that there is, counted from year 0."""
OPEN_FROM = OPEN.year * 12
"""The number of the first month that is no end but an open one."""


@dataclass(frozen=True, slots=True)
class DayArithmetic:
    """Writes calendar arithmetic into the columns of a table."""

    sheet: Sheet
    table: str

    def keep(self, what: Sql) -> Sql:
        """Keep a piece as a column of the table."""
        return self.sheet.keep(what, self.table)

    def part(self, name: str, of: Sql) -> Sql:
        """Return the year, the month or the day of a numbered day."""
        return self.keep(Sql(f"CAST(EXTRACT({name} FROM {day(of.inside)}) AS BIGINT)", of.reads))

    def month(self, of: Sql) -> Sql:
        """Count the months since year 0."""
        return self.keep(sql("{} * 12 + {} - 1", self.part("YEAR", of), self.part("MONTH", of)))

    def first(self, month: Sql) -> Sql:
        """Return the first day of a counted month, which must be one that there is."""
        over = self.sheet.dialect.division
        made = f"MAKE_DATE(CAST({{0}} {over} 12 AS INTEGER), CAST({{0}} % 12 + 1 AS INTEGER), 1)"
        return self.keep(sql(ordinal(made), month, whole=True))

    def ends_month(self, of: Sql) -> Sql:
        """Tell whether a day is the last of its month."""
        return self.keep(Sql(f"EXTRACT(DAY FROM {day(of.inside)} + 1) = 1", of.reads, whole=False))

    def _on(self, month: Sql, of_month: Sql) -> tuple[Sql, Sql, Sql]:
        """Return a counted month kept to those that there are, its first day and its length, and the day clipped to it."""
        month = self.keep(month)
        real = self.keep(
            sql(f"CASE WHEN {{0}} < {FIRST_MONTH} THEN {FIRST_MONTH} WHEN {{0}} >= {OPEN_FROM} THEN {OPEN_FROM - 1} ELSE {{0}} END", month)
        )  # fmt: skip
        first = self.first(real)
        length = self.keep(sql("{} - {}", self.first(self.keep(sql("{} + 1", real))), first))
        clipped = pick(sql("{} > {}", of_month, length), length, of_month)
        return first, length, sql("{} + {} - 1", first, clipped)

    @staticmethod
    def _within(month: Sql, found: Sql) -> Sql:
        """Return a day, or an end where its month is none that there is."""
        return sql(
            f"CASE WHEN {{0}} >= {OPEN_FROM} THEN {RUNNING} WHEN {{0}} < {FIRST_MONTH} THEN 1 ELSE {{1}} END",
            month, found, whole=True,
        )  # fmt: skip

    def _open(self, found: Sql, of: Sql, *parts: Sql) -> Sql:
        """Return what was found, an open end where the day is one, and null where a part is not known."""
        unknown = any_of(sql("{} IS NULL", part) for part in (of, *parts) if part.reads)
        return self.keep(pick(unknown, NULL, pick(sql(f"{{}} = {RUNNING}", of), Sql(str(RUNNING)), found)))

    def plus_months(self, of: Sql, months: Sql) -> Sql:
        """Add whole months, clipping to the month's end."""
        month = self.keep(sql("{} + {}", self.month(of), months))
        return self._open(self._within(month, self._on(month, self.part("DAY", of))[2]), of, months)

    def plus_days(self, count: int, of: Sql) -> Sql:
        """Add days; an open end absorbs them."""
        moved = sql(f"{{}} + ({count})", of)
        within = sql(f"CASE WHEN {{0}} < 1 THEN 1 WHEN {{0}} > {RUNNING} THEN {RUNNING} ELSE {{0}} END", self.keep(moved), whole=True)
        return self._open(within, of)

    def lasted(self, of: Sql, months: Sql) -> Sql:
        """Go back whole months to the last start that has lasted so long."""
        month = self.keep(sql("{} - {}", self.month(of), months))
        of_month = self.keep(pick(self.ends_month(of), Sql("31"), self.part("DAY", of)))
        return self._open(self._within(month, self._on(month, of_month)[2]), of, months)

    def fresh(self, of: Sql, months: Sql) -> Sql:
        """Go back whole months to the first start that has not yet lasted so long."""
        start = self.lasted(of, months)
        return self.keep(pick(sql(f"{{}} = {RUNNING}", start), start, sql("{} + 1", start)))

    def not_over(self, of: Sql, months: Sql) -> Sql:
        """Go back whole months to the first start that has not lasted longer."""
        month = self.keep(sql("{} - {}", self.month(of), months))
        of_month = self.part("DAY", of)
        first, length, clipped = self._on(month, of_month)
        found = pick(sql("{} > {}", of_month, length), sql("{} + {}", first, length), clipped)
        return self._open(self._within(month, found), of, months)

    def months_between(self, start: Sql, end: Sql) -> Sql:
        """Count the whole months from one day to another."""
        last = self.month(end)
        short = all_of(
            (
                sql("{} > {}", self.part("DAY", start), self.part("DAY", end)),
                opposite(self.ends_month(end)),
            )
        )
        whole = sql("{} - {} - {}", last, self.month(start), _one(any_of((sql(f"{{}} >= {OPEN_FROM}", last), short))))
        ends = [pick(sql(f"{{}} = {RUNNING}", each), Sql(str(OPEN_MONTHS)), Sql("0")) for each in (end, start)]
        open_ = any_of(sql(f"{{}} = {RUNNING}", each) for each in (start, end))
        unknown = any_of(sql("{} IS NULL", each) for each in (start, end) if each.reads)
        return self.keep(pick(unknown, NULL, pick(open_, sql("{} - {}", *ends), whole)))

    def last_month_end(self, of: Sql) -> Sql:
        """Return the last day of the month before."""
        kept = any_of((sql(f"{{}} = {RUNNING}", of), sql("{} = 1", of)))
        return self.keep(pick(kept, of, sql("{} - {}", of, self.part("DAY", of))))

    def start_of_year(self, year: Sql) -> Sql:
        """Return the first of January of a year."""
        real = self.keep(
            sql(f"CASE WHEN {{0}} < 1 THEN 1 WHEN {{0}} > {OPEN.year} THEN {OPEN.year} ELSE {{0}} END", year)
        )
        return self.keep(sql(ordinal("MAKE_DATE(CAST({} AS INTEGER), 1, 1)"), real, whole=True))

    def elapsed(self, start: Sql, end: Sql) -> Sql:
        """Measure a span in thirty-firsts of a month, never below zero."""
        span = self.keep(sql("{} - {}", self._position(end), self._position(start)))
        return self.keep(pick(sql("{} < 0", span), Sql("0"), span))

    def _position(self, of: Sql) -> Sql:
        return self.keep(sql(f"{{}} * {MONTH} + {{}} - 1", self.month(of), self.part("DAY", of)))

    def counted(self, counted: Sql, year: Sql, since: Sql) -> Sql:
        """Count the months of an appraisal that count, from the first of a month on or after a day."""
        month, own = self.part("MONTH", since), self.part("YEAR", since)
        first = pick(sql("{} = 1", self.part("DAY", since)), sql("{} - 1", month), month)
        before = self.keep(
            sql("CASE WHEN {} > {} THEN 12 WHEN {} < {} THEN 0 ELSE {} END", own, year, own, year, first, whole=True)
        )
        months = [
            sql(f"(({{}} >> {at}) & 1) * (CASE WHEN {{}} <= {at} THEN 1 ELSE 0 END)", counted, before)
            for at in range(12)
        ]
        return self.keep(sql(" + ".join("{}" for _ in months), *months))


def _one(test: Sql) -> Sql:
    return sql("CASE WHEN {} THEN 1 ELSE 0 END", test, whole=True)
