"""Periods of appraisal: no month is counted twice, and none reaches across the start of a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from asnpolicy.people.histories import History
from asnpolicy.people.labels import LATEST, Absent
from asnpolicy.people.records import AppraisalRecord, PostRecord

DAY = timedelta(days=1)
Appraisals = History[AppraisalRecord]


def told_apart(appraisals: Appraisals) -> Appraisals:
    """Take out of the appraisal of a year the months that an appraisal of a part of it has rated already.

    Who was rated in part for a promotion in the middle of a year is rated again for all of it: those months count once,
    as they were rated first. A part rated lower than the year contradicts it, since the year's predicate is the one that
    counts for performance.
    """
    if len({record.year for record in appraisals.records}) == len(appraisals.records):
        return appraisals
    found = list(dict.fromkeys(appraisals.records))
    cut = [rest for record in found for rest in _rest(record, [p for p in found if _is_part(p, record)])]
    return _of(appraisals, cut)


def overlapping(appraisals: Appraisals) -> Iterator[tuple[AppraisalRecord, AppraisalRecord]]:
    """Give the neighbours that rate the same days."""
    return ((a, b) for a, b in pairwise(appraisals.records) if b.period_start <= a.period_end)


def split_at_levels(appraisals: Appraisals, posts: History[PostRecord]) -> Appraisals:
    """Split each appraisal where a definitive functional post of another level begins: credit is counted by level.

    A level that begins in the middle of a month counts from the first of the next.
    """
    days = list(_level_starts(posts.records))
    if not days:
        return appraisals
    return _of(appraisals, [part for record in appraisals.records for part in _split(record, days)])


def promised(appraisals: Appraisals) -> Appraisals:
    """Promise all appraisals from the first whole year on: one of a year before that may yet be split within it."""
    since = appraisals.complete_since
    if since is None or (since.month, since.day) == (1, 1) or since.year >= LATEST.year:
        return appraisals
    return appraisals.model_copy(update={"complete_since": date(since.year + 1, 1, 1)})


def _of(appraisals: Appraisals, records: list[AppraisalRecord]) -> Appraisals:
    if records == list(appraisals.records):
        return appraisals
    return appraisals.model_copy(update={"records": tuple(sorted(records, key=lambda r: r.placed))})


def _is_part(part: AppraisalRecord, whole: AppraisalRecord) -> bool:
    inside = whole.period_start <= part.period_start and part.period_end <= whole.period_end
    return inside and (part.period_start, part.period_end) != (whole.period_start, whole.period_end)


def _rest(whole: AppraisalRecord, parts: list[AppraisalRecord]) -> Iterator[AppraisalRecord]:
    """Give what is left of an appraisal; all of it when its parts do not agree with it."""
    if not all(_goes_with(part, whole) for part in parts):
        yield whole
        return
    begin = whole.period_start
    for part in sorted(parts, key=lambda p: p.period_start):
        if begin < part.period_start:
            yield whole.model_copy(update={"period_start": begin, "period_end": part.period_start - DAY})
        begin = max(begin, part.period_end + DAY)
    if begin <= whole.period_end:
        yield whole.model_copy(update={"period_start": begin}) if parts else whole


def _goes_with(part: AppraisalRecord, whole: AppraisalRecord) -> bool:
    """Tell whether the year's predicate stays the lowest one, whatever its part was rated."""
    known = part.rating is not None and whole.rating is not None
    return known and part.rating >= whole.rating and _of_whole_months(part)  # type: ignore[operator]  # known


def _of_whole_months(record: AppraisalRecord) -> bool:
    return record.period_start.day == 1 and (record.period_end + DAY).day == 1


def _level_starts(posts: Iterable[PostRecord]) -> Iterator[date]:
    held = [post for post in posts if post.acting is False]
    for before, post in zip([None, *held], held, strict=False):
        level = None if post.jenjang is None or isinstance(post.jenjang, Absent) else post.jenjang
        if level is not None and (before is None or before.jenjang is not level):
            yield _first_of_month(post.since)


def _first_of_month(day: date) -> date:
    if day.day == 1:
        return day
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _split(record: AppraisalRecord, days: list[date]) -> Iterator[AppraisalRecord]:
    begin = record.period_start
    for day in days:
        if begin < day <= record.period_end:
            yield record.model_copy(update={"period_start": begin, "period_end": day - DAY})
            begin = day
    yield record if begin == record.period_start else record.model_copy(update={"period_start": begin})
