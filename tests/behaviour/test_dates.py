"""Calendar arithmetic keeps its laws."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from asnpolicy.language.dates import OPEN, cut, elapsed, months_between, plus_months

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
