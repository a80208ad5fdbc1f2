"""Folds as pieces of a query: what the records of each person come to, as sums and extremes of ready columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from asnpolicy.backends.sql.chains import held_since, unbroken
from asnpolicy.backends.sql.days import RUNNING
from asnpolicy.backends.sql.ends import SqlEnds, all_of, any_of, cell, opposite, pick, sure
from asnpolicy.backends.sql.fold_records import FoldRecords, closed, or_nothing
from asnpolicy.backends.sql.sheet import NO, NULL, Sql, number, sql
from asnpolicy.language.nodes import DATE, RecordField
from asnpolicy.language.ranges import range_of
from asnpolicy.language.reading import spec
from asnpolicy.people import ABSENT

BEFORE = "OVER (PARTITION BY of ORDER BY {} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
AFTER = "OVER (PARTITION BY of ORDER BY {} DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"


def fold(kept: FoldRecords) -> SqlEnds:
    """Fold over the records of a history: bounds for each person."""
    if kept.node.op in IN_ORDER:
        leave_ties(kept)
    if kept.node.once:
        leave_together(kept)
    return FOLDS[kept.node.op](kept)


def leave_ties(kept: FoldRecords) -> None:
    """Pass on whoever has two records of one day here: it can't be told which is the later."""
    placed, seq = kept.of_records("placed"), kept.of_records("seq")
    before = kept.keep(
        sql(f"MAX(CASE WHEN {{}} THEN {{}} END) {BEFORE.format('{}')}", kept.maybe, placed, seq, whole=True)
    )
    tied = all_of((kept.maybe, sql("{} = {}", before, placed)))
    kept.writer.beyond.append(kept.anybody(sure(tied)))


def leave_together(kept: FoldRecords) -> None:
    """Pass on whoever has two records here that may run on one day: it would be added up twice."""
    ends = kept.writer.value(RecordField(spec(kept.table).ends_by or "", DATE), kept.table).high
    placed, seq = kept.of_records("placed"), kept.of_records("seq")
    until = kept.keep(sql("COALESCE({}, {})", ends, RUNNING, whole=True))
    reach = kept.keep(sql(f"MAX(CASE WHEN {{}} THEN {{}} END) {BEFORE.format('{}')}", kept.maybe, until, seq, whole=True))
    together = all_of((kept.maybe, sql("COALESCE({}, 1) < {}", placed, reach)))
    kept.writer.beyond.append(kept.anybody(sure(together)))


def _count(kept: FoldRecords) -> SqlEnds:
    return SqlEnds(kept.number(kept.passes), closed(kept.covered, kept.number(kept.maybe)))


def _sum(kept: FoldRecords) -> SqlEnds:
    """Add up; where a value may be below zero, what is not known may take away as well."""
    node, seen = kept.node, kept.value()
    limits = range_of(node.value, node.history) if node.value is not None else None
    lowest = min(0, limits.low) if limits is not None else 0
    there = opposite(seen.absent)
    tops = pick(there, sql("COALESCE({}, 0)", seen.high, whole=True), number(0))
    bottoms = pick(there, sql("COALESCE({}, {})", seen.low, lowest, whole=True), number(0))
    total = partial(kept.total, "SUM({})")
    if lowest == 0:
        low, high = total(kept.passes, bottoms), total(kept.maybe, tops)
    else:
        low = total(kept.maybe, pick(kept.passes, bottoms, pick(sql("{} < 0", bottoms), bottoms, number(0))))
        high = total(kept.maybe, pick(kept.passes, tops, pick(sql("{} > 0", tops), tops, number(0))))
    low, high = (sql("COALESCE(CAST({} AS BIGINT), 0)", each, whole=True) for each in (low, high))
    open_ = all_of((kept.maybe, there, sql("{} IS NULL", seen.high)))
    shut = all_of((kept.covered, opposite(kept.anybody(open_))))
    return SqlEnds(closed(kept.covered, low) if lowest < 0 else low, closed(shut, high))


def _least(kept: FoldRecords) -> SqlEnds:
    seen = kept.value()
    near, far = _extreme(kept, seen.absent, ("MIN", seen.low), ("MIN", seen.high))
    return _otherwise(kept, seen, near, far)


def _greatest(kept: FoldRecords) -> SqlEnds:
    seen = kept.value()
    near, far = _extreme(kept, seen.absent, ("MAX", seen.high), ("MAX", seen.low))
    return _otherwise(kept, seen, far, near)


def _extreme(kept: FoldRecords, absent: Sql, near: tuple[str, Sql], far: tuple[str, Sql]) -> tuple[Sql, Sql]:
    """Return how far the best may go, open where not all is promised, and what the sure ones make of it at the worst."""
    there = opposite(absent)
    limit = kept.total(f"{near[0]}({{}})", all_of((kept.maybe, there)), near[1])
    bound = kept.total(f"{far[0]}({{}})", all_of((kept.passes, there)), far[1])
    open_ = kept.anybody(all_of((kept.maybe, there, sql("{} IS NULL", near[1]))))
    some = kept.anybody(all_of((kept.passes, there)))
    return closed(all_of((kept.covered, opposite(open_), some)), limit), bound


def _otherwise(kept: FoldRecords, seen: SqlEnds, low: Sql, high: Sql) -> SqlEnds:
    """Put what is written for nothing where there is surely no record with a value."""
    valued = kept.anybody(all_of((kept.maybe, opposite(seen.absent))))
    return or_nothing(kept, all_of((kept.covered, opposite(valued))), low, high)


# The latest


def _latest(kept: FoldRecords) -> SqlEnds:
    """Find the last record but so many: the bounds of all that may be it, by how many surely and maybe come after each."""
    nth, seq, placed = kept.node.nth, kept.of_records("seq"), kept.of_records("placed")
    after = f"COALESCE(COUNT(*) FILTER (WHERE {{}}) {AFTER.format('{}')}, 0)"
    surely, maybe = (kept.keep(sql(after, which, seq, whole=True)) for which in (kept.passes, kept.maybe))
    may_be = kept.keep(all_of((kept.maybe, sql("{} < {}", surely, nth), sql("{} >= {}", maybe, nth - 1))))
    the_one = all_of((kept.passes, sql("{} = {}", surely, nth - 1)))
    day = kept.total("MAX({})", the_one, placed)
    enough = kept.writer.sheet.keep(sql("{} >= {}", kept.number(kept.passes), nth))
    reached = any_of((kept.covered, all_of((enough, sure(sql("{} <= {}", kept.complete(), day))))))
    return _hull(kept, may_be, enough, kept.writer.sheet.keep(reached))


def _hull(kept: FoldRecords, may_be: Sql, enough: Sql, reached: Sql) -> SqlEnds:
    """Give the bounds of all records that may be the one, and of what is written for nothing where it may be none."""
    seen, keep = kept.value(), kept.writer.sheet.keep
    valued = all_of((may_be, opposite(seen.absent)))
    low, high = kept.total("MIN({})", valued, seen.low), kept.total("MAX({})", valued, seen.high)
    open_low, open_high = (
        kept.anybody(all_of((valued, sql("{} IS NULL", end)))) if end.reads else NO for end in (seen.low, seen.high)
    )
    none, some = kept.anybody(all_of((may_be, seen.absent))), kept.anybody(valued)
    if kept.node.otherwise is ABSENT:
        none = any_of((none, opposite(enough)))
    else:
        some = any_of((some, opposite(enough)))
        value = cell(kept.node.otherwise, kept.writer.sheet.dialect)
        low = pick(all_of((opposite(enough), sql("{0} IS NULL OR {0} > {1}", low, value))), value, low)
        high = pick(all_of((opposite(enough), sql("{0} IS NULL OR {0} < {1}", high, value))), value, high)
    none, some = keep(none), keep(some)
    single = all_of((reached, opposite(all_of((none, some)))))
    absent = all_of((reached, none, opposite(some)))
    return SqlEnds(
        pick(all_of((single, opposite(open_low))), low, NULL), pick(all_of((single, opposite(open_high))), high, NULL),
        absent,
    )  # fmt: skip


IN_ORDER = ("latest", "held_since")
"""Folds that ask which record is the later."""
FOLDS: dict[str, Callable[[FoldRecords], SqlEnds]] = {
    "count": _count,
    "sum": _sum,
    "least": _least,
    "greatest": _greatest,
    "latest": _latest,
    "held_since": held_since,
    "unbroken_since": unbroken,
}
