"""Periods: from which day to which a duty is owed, and from which to which the one before it was."""

from __future__ import annotations

from typing import NamedTuple, assert_never

from asnpolicy.language.dates import OPEN
from asnpolicy.language.facts import DEFINITIVE, FACTS, fold
from asnpolicy.language.nodes import (
    DATE,
    AnyOf,
    Arithmetic,
    Compare,
    Divide,
    Expr,
    If,
    IsNone,
    Literal,
    Not,
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    YearOf,
)
from asnpolicy.language.windows import AS_OF, EVER
from asnpolicy.people import ABSENT
from asnpolicy.policy.surface.periods import Every, SeveralYears

HALF = 6
"""Months in half a year."""
_THIS_YEAR = YearOf(AS_OF)


class PeriodEnds(NamedTuple):
    """The first day of a period and the day after its last, the open end where it has none yet."""

    start: Expr
    end: Expr
    there: Truth | None = None
    """Whether there is such a period of somebody; None where everybody has it."""

    @property
    def is_open(self) -> bool:
        """Tell whether it has no end yet, as the rank that is held."""
        return self.end == Literal(OPEN)


def period_of(every: Every, began: int, *, previous: bool = False) -> PeriodEnds:
    """Return the period that a day lies in, or the one before; several years are counted from the year that a duty began in."""
    match every:
        case "calendar_year":
            return _years(_THIS_YEAR, 1, previous=previous)
        case SeveralYears(count):
            passed = Divide(Arithmetic("minus", _THIS_YEAR, Literal(began)), count, "down")
            first = Arithmetic("plus", Literal(began), Arithmetic("times", passed, Literal(count)))
            return _years(first, count, previous=previous)
        case "half_year":
            return _half(previous=previous)
        case "rank":
            return _rank_before() if previous else _held("rank_since")
        case "post":
            return _post_before() if previous else _held("post_since")
        case _:
            assert_never(every)


def _years(first: Expr, count: int, *, previous: bool) -> PeriodEnds:
    start = Arithmetic("minus", first, Literal(count)) if previous else first
    end = first if previous else Arithmetic("plus", first, Literal(count))
    return PeriodEnds(StartOfYear(start), StartOfYear(end))


def _half(*, previous: bool) -> PeriodEnds:
    year = StartOfYear(_THIS_YEAR)
    middle, before = PlusMonths(year, Literal(HALF)), StartOfYear(Arithmetic("minus", _THIS_YEAR, Literal(1)))
    first = Compare("below", AS_OF, middle)
    start = If(first, year, middle)
    if previous:
        return PeriodEnds(If(first, PlusMonths(before, Literal(HALF)), year), start)
    return PeriodEnds(start, PlusMonths(start, Literal(HALF)))


def _held(since: str) -> PeriodEnds:
    """Return since when a rank or a post is held; it has no end yet."""
    start = FACTS[since].value(EVER)
    return PeriodEnds(start, Literal(OPEN), Not(IsNone(start)))


def _rank_before() -> PeriodEnds:
    """Return the time of the rank before the one that is held, up to its first letter."""
    present = FACTS["rank_since"].value(EVER)
    earlier = Compare("below", RecordField("since", DATE), present)
    start = fold("held_since", "ranks", "rank", where=(earlier,), otherwise=ABSENT)
    return PeriodEnds(start, present, Not(IsNone(start)))


def _post_before() -> PeriodEnds:
    """Return the time of the last post that is held no more: to its end, or to where the present one begins if that is sooner."""
    present = FACTS["post_since"].value(EVER)
    since, until = RecordField("since", DATE), RecordField("until", DATE)
    over = (DEFINITIVE, AnyOf((Compare("at_most", until, AS_OF), Compare("below", since, present))))
    start, end = (fold("latest", "posts", field, where=over, otherwise=ABSENT) for field in ("since", "until"))
    sooner = If(Compare("below", end, present), end, present)
    return PeriodEnds(start, If(IsNone(present), end, sooner), Not(IsNone(start)))
