"""Periods of appraisal: each month counts once, as it was rated first (PermenPANRB 6/2022; BKN 3/2023)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from asnpolicy.people.days import first_of, last_of
from asnpolicy.people.records import AppraisalRecord, touched

DAY = timedelta(days=1)
Appraisals = Sequence[AppraisalRecord]


def at_odds(appraisals: Appraisals) -> Iterator[tuple[int, int]]:
    """Give the places of two appraisals that surely rate the same days, and can't both be right.

    Who was rated in part for a promotion in the middle of a year is rated again for all of it: the part keeps its
    predicate. A part rated lower than the year contradicts it, since the year's predicate is the one that counts for
    performance; and months can't be rated in halves.
    """
    for (at, one), (then, other) in () if _one_a_year(appraisals) else _sharing_days(appraisals):
        whole, part = _whole_and_part(one, other)
        if (
            whole is None
            or part is None
            or not _of_whole_months(part)
            or (part.rating is not None and whole.rating is not None and part.rating < whole.rating)
        ):
            yield at, then


def each_month_once(appraisals: Appraisals) -> tuple[AppraisalRecord, ...]:
    """Return appraisals of which each month counts once: those rated in a part are not counted in the whole again.

    Which months count is not clear where a period is not known, or a predicate that decides whether a part and its
    whole go together.
    """
    if _one_a_year(appraisals):
        return tuple(appraisals)
    taken: dict[int, int | None] = {}
    for (at, one), (then, other) in combinations(enumerate(appraisals), 2):
        if not _may_share_days(one, other):
            continue
        whole, part = _whole_and_part(one, other)
        clear = whole is not None and part is not None and None not in (part.rating, whole.rating)
        months = touched(part) if clear and part is not None else None
        if months is None:
            taken[at] = taken[then] = None
            continue
        place = at if whole is one else then
        before = taken.get(place, 0)
        taken[place] = None if before is None else before | months
    return tuple(_without(record, taken[at]) if at in taken else record for at, record in enumerate(appraisals))


def _one_a_year(appraisals: Appraisals) -> bool:
    years = {one.year for one in appraisals}
    return len(years) == len(appraisals) and None not in years


def _without(record: AppraisalRecord, months: int | None) -> AppraisalRecord:
    counted = touched(record)
    return record.counting(None if months is None or counted is None else counted & ~months)


def _sharing_days(appraisals: Appraisals) -> Iterator[tuple[tuple[int, AppraisalRecord], tuple[int, AppraisalRecord]]]:
    known = [(at, record) for at, record in enumerate(appraisals) if record.whole_period is not None]
    return (pair for pair in combinations(known, 2) if _may_share_days(pair[0][1], pair[1][1]))


def _may_share_days(one: AppraisalRecord, other: AppraisalRecord) -> bool:
    begins, ends = first_of(one.period_start), last_of(one.period_end)
    return begins <= last_of(other.period_end) and first_of(other.period_start) <= ends


def _whole_and_part(
    one: AppraisalRecord, other: AppraisalRecord
) -> tuple[AppraisalRecord | None, AppraisalRecord | None]:
    """Return the two as a whole and a part that lies within it; None, None when neither surely does."""
    mine, theirs = one.whole_period, other.whole_period
    if mine is None or theirs is None or mine == theirs:
        return None, None
    if mine[0] <= theirs[0] and theirs[1] <= mine[1]:
        return one, other
    return (other, one) if theirs[0] <= mine[0] and mine[1] <= theirs[1] else (None, None)


def _of_whole_months(record: AppraisalRecord) -> bool:
    period = record.whole_period
    return period is not None and period[0].day == 1 and (period[1] + DAY).day == 1
