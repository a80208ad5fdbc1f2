"""Chains as pieces of a query: the last run of one value, and the touching spans that still run, by windows over records."""

from __future__ import annotations

from asnpolicy.backends.sql.days import RUNNING
from asnpolicy.backends.sql.ends import SqlEnds, all_of, any_of, opposite, pick, sure
from asnpolicy.backends.sql.fold_records import FoldRecords, or_nothing
from asnpolicy.backends.sql.sheet import NO, NULL, Sql, sql

WHOLE = "OVER (PARTITION BY of)"
EARLIER = "OVER (PARTITION BY of ORDER BY {} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"


def held_since(kept: FoldRecords) -> SqlEnds:
    """Find the first day of the last run of one value; who has a record that may be of it, or a value that is not known, is beyond it."""
    seen, seq, placed = kept.value(), kept.of_records("seq"), kept.of_records("placed")
    met = sql("{} IS NOT NULL", seen.low) if seen.exact else sure(sql("{} = {}", seen.low, seen.high))
    clear = all_of((sure(kept.passes), any_of((seen.absent, met))))
    kept.writer.beyond.append(kept.anybody(all_of((kept.maybe, opposite(clear)))))
    last = kept.keep(sql(f"MAX({{}}) FILTER (WHERE {{}}) {WHOLE}", seq, kept.maybe, whole=True))
    held = kept.keep(sql(f"MAX({{}}) FILTER (WHERE {{}} = {{}}) {WHOLE}", seen.low, seq, last, whole=True))
    nothing = kept.keep(sql(f"COUNT(*) FILTER (WHERE {{}} = {{}} AND {{}}) {WHOLE} > 0", seq, last, seen.absent))
    other = _differs(seen, held, nothing)
    apart = kept.keep(all_of((kept.maybe, other)))
    broken = kept.keep(sql(f"COALESCE(MAX({{}}) FILTER (WHERE {{}}) {WHOLE}, -1)", seq, apart, whole=True))
    joins = any_of((kept.brought(kept.covered), sure(sql("{} <= {}", kept.brought(kept.complete()), placed))))
    begun = kept.total("MIN({})", all_of((kept.maybe, sql("{} > {}", seq, broken), joins)), placed)
    return _since(kept, begun, kept.total("MAX({})", kept.maybe, placed), kept.total("MAX({})", apart, placed))


def _differs(seen: SqlEnds, held: Sql, nothing: Sql) -> Sql:
    """Tell which records are of another value than the last one."""
    if seen.absent == NO:
        return sql("{} <> {}", seen.low, held)
    both = sql("{} IS DISTINCT FROM {}", seen.absent, nothing)
    return any_of((both, all_of((opposite(seen.absent), sql("{} <> {}", seen.low, held)))))


def _since(kept: FoldRecords, begun: Sql, last: Sql, start: Sql) -> SqlEnds:
    complete, covered = kept.complete(), kept.covered
    there = kept.anybody(kept.maybe)
    reached = any_of((covered, sure(sql("{} <= {}", complete, last))))
    whole = any_of((covered, sure(sql("{} <= COALESCE({}, 1)", complete, start))))
    sure_of = kept.writer.sheet.keep(all_of((there, reached)))
    low = pick(sure_of, pick(whole, begun, start), NULL)
    return or_nothing(kept, all_of((covered, opposite(there))), low, pick(sure_of, begun, NULL))


def unbroken(kept: FoldRecords) -> SqlEnds:
    """Find where the chain begins that still runs: what is not sure can only make it longer."""
    seen = kept.value()
    until, longest = (pick(seen.absent, NULL, end) for end in (seen.low, seen.high))
    longest = kept.keep(sql("COALESCE({}, {})", longest, RUNNING, whole=True)) if longest != NULL else Sql(str(RUNNING))
    certain = kept.keep(all_of((sure(kept.passes), sql("{} IS NOT NULL", until))))
    surely, possibly = _head(kept, certain, until), _head(kept, kept.maybe, longest)
    closed = all_of((sql("{} IS NOT NULL", surely), sure(sql("{} < {}", kept.complete(), possibly))))
    nothing = all_of((kept.covered, sql("{} IS NULL", possibly)))
    return or_nothing(kept, nothing, pick(closed, possibly, NULL), surely)


def _head(kept: FoldRecords, which: Sql, until: Sql) -> Sql:
    """Return the first day of the last chain of each person, where it still runs."""
    since, seq = kept.of_records("placed"), kept.of_records("seq")
    reach = kept.keep(sql(f"MAX({{}}) FILTER (WHERE {{}}) {EARLIER.format('{}')}", until, which, seq, whole=True))
    begins = all_of((which, sql("{} IS NULL OR {} > {}", reach, since, reach)))
    start = kept.total("MAX({})", begins, since)
    runs = sure(sql(f"{{}} = {RUNNING}", kept.total("MAX({})", which, until)))
    return kept.writer.sheet.keep(pick(runs, start, NULL))
