"""Calendar arithmetic keeps its laws."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from asnpolicy.language.dates import OPEN, OPEN_MONTHS, cut, elapsed, fresh, months_between, not_over, plus_months

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(days, days, st.integers(0, 600))
def test_a_duration_is_reached_exactly_from_the_cut_on(start, end, months):
    """A duration of n months holds exactly for starts up to the cut."""
    assert (months_between(start, end) >= months) == (start <= cut(end, months))


@given(days, days)
def test_months_between_is_the_largest_number_that_fits(start, end):
    """One month more would pass the end."""
    months = months_between(start, end)
    assert plus_months(start, months) <= end < plus_months(start, months + 1)


@given(st.lists(days, min_size=3, max_size=3).map(sorted))
def test_spans_that_touch_add_up_to_the_whole(spans):
    """Two spans that touch are as long as the span they make."""
    a, b, c = spans
    assert elapsed(a, b) + elapsed(b, c) == elapsed(a, c)


def test_an_open_end_absorbs_arithmetic():
    """Adding months to an open end leaves it open."""
    assert plus_months(OPEN, 12) == OPEN == plus_months(OPEN, -12)


def test_an_open_end_is_open_whatever_is_taken_off():
    """Going back from an open end stays there, to each of the edges."""
    assert cut(OPEN, 12) == fresh(OPEN, 12) == not_over(OPEN, 12) == OPEN


def test_nothing_lies_beyond_the_calendar():
    """Far forward is open; far back is the first day that there is."""
    assert plus_months(date(2026, 1, 31), 12 * 9000) == OPEN
    assert cut(date(2026, 1, 31), 12 * 3000) == date.min


def test_an_open_end_is_further_than_any_day():
    """From an open start nothing has passed, to an open end more than any duration."""
    day = date(2026, 1, 1)
    assert months_between(day, OPEN) == OPEN_MONTHS == -months_between(OPEN, day)
    assert months_between(OPEN, OPEN) == 0


@given(days, days, st.integers(0, 600))
def test_the_other_edges_are_the_days_around_the_cut(start, end, months):
    """`fresh` is the first start too late to have lasted so long, `not_over` the first that has not lasted longer."""
    assert (months_between(start, end) < months) == (start >= fresh(end, months))
    assert (end <= plus_months(start, months)) == (start >= not_over(end, months))
