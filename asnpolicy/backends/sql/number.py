"""Number: what the numbers of people say in a query of birth, appointment and sex, and whether each can be one at all."""

from __future__ import annotations

from dataclasses import dataclass

from asnpolicy.backends.sql.days import DayArithmetic
from asnpolicy.backends.sql.dialect import ordinal
from asnpolicy.backends.sql.ends import all_of, any_of, opposite, pick, sure
from asnpolicy.backends.sql.sheet import NULL, Sql, number, sql
from asnpolicy.people.findings.day import LEAST_AGE
from asnpolicy.people.nip import PPPK_CODES, YOUNGEST_PPPK


@dataclass(frozen=True, slots=True)
class Number:
    """The parts of the numbers of people."""

    birth: Sql
    """A day; the first of all where the number can't be one."""
    birth_year: Sql
    grown: Sql
    """The first day on which somebody may be in the service."""
    year: Sql
    month: Sql
    """Of appointment; null for a PPPK."""
    appointed: Sql
    sex: Sql
    good: Sql
    """Whether the number can be one."""


def number_of(nip: Sql, days: DayArithmetic) -> Number:
    """Read numbers that are written without spaces."""
    keep = days.keep
    digits = keep(sql(days.sheet.dialect.digits, nip))

    def part(start: int, length: int) -> Sql:
        taken = sql(f"CAST(SUBSTR({{}}, {start}, {length}) AS BIGINT)", nip, whole=True)
        return keep(pick(digits, taken, NULL))

    y, m, d, year, code, sex, serial = (
        part(start, length) for start, length in ((1, 4), (5, 2), (7, 2), (9, 4), (13, 2), (15, 1), (16, 3))
    )
    born = all_of(
        (sql("{} >= 1000", y), sql("{} BETWEEN 1 AND 12", m), sql("{} >= 1", d), sql("{} <= {}", d, _length(y, m)))
    )
    is_day = keep(sure(born))
    made = sql(ordinal("MAKE_DATE(CAST({} AS INTEGER), CAST({} AS INTEGER), CAST({} AS INTEGER))"), y, m, d, whole=True)
    pppk = sql(f"{{}} >= {PPPK_CODES}", code)
    good = all_of(
        (
            is_day, any_of((sql("{} BETWEEN 1 AND 12", code), pppk)), sql("{} IN (1, 2)", sex), sql("{} > 0", serial),
            sql("{} > {}", year, y), any_of((opposite(pppk), sql(f"{{}} - {{}} >= {YOUNGEST_PPPK}", year, y))),
        )
    )  # fmt: skip
    month = keep(pick(sql("{} BETWEEN 1 AND 12", code), code, NULL))
    first = "MAKE_DATE(CAST({} AS INTEGER), CAST({} AS INTEGER), 1)"
    known = keep(sql("{} >= 1 AND {} IS NOT NULL", year, month))
    grown = sql(ordinal(first.replace("{}", f"{{}} + {LEAST_AGE}", 1)), y, m, whole=True)
    return Number(
        birth=keep(pick(is_day, made, number(1))),
        birth_year=keep(pick(is_day, y, number(1))),
        grown=keep(pick(is_day, grown, number(1))),
        year=year,
        month=month,
        appointed=keep(pick(known, sql(ordinal(first), year, month, whole=True), NULL)),
        sex=sex,
        good=keep(sure(good)),
    )


def _length(year: Sql, month: Sql) -> Sql:
    """Return how many days a month has."""
    leap = "(({0} % 4 = 0 AND {0} % 100 <> 0) OR {0} % 400 = 0)"
    return sql(f"CASE WHEN {{1}} IN (4, 6, 9, 11) THEN 30 WHEN {{1}} <> 2 THEN 31 WHEN {leap} THEN 29 ELSE 28 END", year, month, whole=True)  # fmt: skip
