"""A query counts working days as the language does: any day, any count, whatever holidays are published."""

from datetime import date, timedelta
from random import Random

import pytest

pytest.importorskip("duckdb", reason="DuckDB is not installed")

import duckdb

from asnpolicy.backends.sql.days import DayArithmetic
from asnpolicy.backends.sql.dialect import DIALECTS
from asnpolicy.backends.sql.sheet import Sheet
from asnpolicy.backends.sql.working_days import WorkingDays
from asnpolicy.language.daycount import OPEN, Holidays

FIRST = date(2019, 6, 1)
ENDS = [1, 2, 3, 8, 400, *(OPEN.toordinal() - back for back in (0, 1, 5)), None]
"""The first days that there are, the last ones, an open end, and one that is not known."""


def published(rng):
    """Draw holidays, few or many, one by one or a month of them, and the years that they are published for."""
    years = tuple(sorted(rng.sample(range(2020, 2028), rng.randint(0, 5))))
    if rng.random() < 0.3:
        return Holidays(tuple(date(2024, 12, 20) + timedelta(days=at) for at in range(30)), years)
    off = {FIRST + timedelta(days=rng.randrange(3600)) for _ in range(rng.choice([0, 1, 5, 80, 400]))}
    return Holidays(tuple(sorted(off)), years)


def moved(holidays, count, days):
    """Give the ends that a query finds for each of some numbered days."""
    sheet = Sheet(DIALECTS["duckdb"])
    of = sheet.read("", "day")
    low, high = WorkingDays(DayArithmetic(sheet, ""), holidays).moved(count, of)
    with duckdb.connect() as database:
        database.execute("CREATE TABLE _people (of BIGINT, day BIGINT)")
        database.execute("INSERT INTO _people SELECT ROW_NUMBER() OVER (), UNNEST(?::BIGINT[])", [days])
        rows = database.execute("WITH " + sheet.layers({"day": of, "low": low, "high": high})).fetchall()
    return {day: [first, last] for _, day, first, last in rows}


@pytest.mark.parametrize("seed", range(12))
def test_a_query_moves_a_day_by_working_days_as_the_language_does(seed):
    """The ends are the same to the day, and open where a year was touched of which nothing is published."""
    rng = Random(seed)
    holidays = published(rng)
    days = ENDS + [FIRST.toordinal() + at for at in rng.sample(range(-500, 3900), 300)]
    for count in (0, 1, -1, rng.randint(-10, 10), rng.randint(-700, 700)):
        for day, ends in moved(holidays, count, days).items():
            expected = (None, None) if day is None else holidays.moved(date.fromordinal(day), count)
            assert ends == [None if end is None else end.toordinal() for end in expected], (day, count, holidays)
