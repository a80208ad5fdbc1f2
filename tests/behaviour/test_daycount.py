"""Day counts: working days forward and back, by the holidays that are published, and bounds where none are."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.dates import OPEN
from asnpolicy.language.daycount import NONE_PUBLISHED, Days, Holidays, plus_days
from asnpolicy.language.numbers import moved
from asnpolicy.people import ABSENT

DAY = timedelta(days=1)
YEARS = tuple(range(2024, 2030))
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
holidays = st.builds(lambda off: Holidays(tuple(sorted(off)), YEARS), st.frozensets(days, max_size=40))
counts = st.integers(1, 60)


def working_days(after, until, off):
    """Count the working days after a day, up to another, one by one."""
    between = (after + DAY * n for n in range(1, (until - after).days + 1))
    return sum(one.weekday() < 5 and one not in off.days for one in between)


@given(days, counts, holidays)
def test_going_forward_so_many_working_days_have_passed_and_the_last_is_one(day, count, off):
    found, again = off.moved(day, count)
    assert found == again
    assert working_days(day, found, off) == count
    assert not off.is_off(found)


@given(days, counts, holidays)
def test_going_back_the_last_day_that_has_lasted_so_long_is_found(day, count, off):
    found, _ = off.moved(day, -count)
    assert working_days(found, day, off) == count
    assert working_days(found + DAY, day, off) < count


@given(days, days, counts, holidays)
def test_forward_and_back_say_the_same(one, other, count, off):
    """So a length of time is compared by moving either day."""
    assert (off.moved(one, count)[0] <= other) == (one <= off.moved(other, -count)[0])


@given(days, st.integers(-60, 60), st.frozensets(st.sampled_from(YEARS)), holidays)
def test_what_is_published_later_narrows_the_bounds_and_moves_none(day, count, years, off):
    """Less knowledge, wider bounds: whichever holidays a year turns out to have."""
    known = Holidays(tuple(one for one in off.days if one.year in years), tuple(sorted(years)))
    seen, whole = moved(day, count, known), moved(day, count, off)
    if isinstance(seen, Bounds):
        assert seen.missing == {"holidays"}
        assert (seen.low is None or seen.low <= whole) and (seen.high is None or whole <= seen.high)
    else:
        assert seen == whole


def test_a_sanction_is_in_effect_on_the_fifteenth_working_day():
    """BKN 6/2022: the day of receipt is not counted; received on Tuesday 14 July 2026, in effect on 4 August."""
    assert Holidays((), (2026,)).moved(date(2026, 7, 14), 15) == (date(2026, 8, 4), date(2026, 8, 4))


def test_an_open_end_and_nothing_stay_what_they_are():
    assert plus_days(OPEN, -3) == OPEN
    assert plus_days(date(1, 1, 2), -3) == date.min
    assert NONE_PUBLISHED.moved(OPEN, 3) == (OPEN, OPEN)
    assert moved(ABSENT, 3, NONE_PUBLISHED) is ABSENT
    assert moved(Bounds(missing=frozenset({"pns_on"})), 3, NONE_PUBLISHED) == Bounds(missing=frozenset({"pns_on"}))


def test_lengths_are_ordered_and_written():
    assert Days(3) < Days(4)
    assert [str(Days(1)), str(Days(14)), str(Days(10, NONE_PUBLISHED))] == ["1 day", "14 days", "10 working days"]
