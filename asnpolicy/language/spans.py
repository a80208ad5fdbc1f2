"""Spans: records that run at the same time, so that each day of them counts once in time that is added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from asnpolicy.language.bounds import Bounds, ends_of
from asnpolicy.language.folds import MaybeRecord, grouped
from asnpolicy.language.nodes import Value
from asnpolicy.people import History, Record
from asnpolicy.people.days import first_of, is_day, last_of

Measured: TypeAlias = Callable[[Any], Value | Bounds]
"""How long one record lasts, as far as that is known."""


def run_together(records: Iterable[Record]) -> bool:
    """Tell whether any two records may run on one day."""
    spans = sorted((first_of(one.placed), last_of(_until(one))) for one in records)
    reach = date.min
    for since, until in spans:
        if since < reach:
            return True
        reach = max(reach, until)
    return False


def total(covered: bool, history: History[Any], found: list[MaybeRecord], measured: Measured) -> Value | Bounds:
    """Add up the days on which any of the records runs: at least on those of the sure ones, at most on all that may be.

    Of records that may be one thing, delivered more than once, only the shortest is sure, and it may run beside others.
    """
    groups = grouped(history, found)
    alone = [group[0] for group in groups if len(group) == 1 and group[0].sure]
    sure = [_whole(one.record, last_of, first_of) for one in alone if _known(one.record)]
    of_several = [
        min(ends_of(one.value)[0] or 0 for one in group)
        for group in groups
        if len(group) > 1 and any(one.sure for one in group)
    ]
    low = max(sum(ends_of(measured(one))[0] or 0 for one in _apart(sure)), *of_several, 0)
    most = [_whole(one.record, first_of, last_of) for one in found if _known(one.record)]
    tops = [ends_of(measured(one))[1] for one in (*_apart(most), *_unknown(found))]
    high = None if not covered or None in tops else max(low, sum(top for top in tops if top is not None))
    return low if low == high else Bounds(low, high)


def _apart(records: list[Any]) -> list[Record]:
    """Return records in order, each from the day on to which none before it reaches; without those that add nothing."""
    reach, kept = date.min, []
    for record in sorted(records, key=lambda one: (one.placed, _until(one))):
        since, until = max(record.placed, reach), _until(record)
        if since < until:
            kept.append(record if since == record.placed else record.model_copy(update={record.placed_by: since}))
        reach = max(reach, until)
    return kept


def _whole(record: Record, since: Callable[[Any], date], until: Callable[[Any], date]) -> Record:
    """Return a record of whole days: of those that its days may be."""
    days = {record.placed_by: since(record.placed), record.ends_by or "": until(_until(record))}
    return record if all(getattr(record, name) == day for name, day in days.items()) else record.model_copy(update=days)


def _until(record: Record) -> Any:
    return getattr(record, record.ends_by or "")


def _known(record: Record) -> bool:
    return is_day(record.placed) and is_day(_until(record))


def _unknown(found: Iterable[MaybeRecord]) -> list[Record]:
    return [one.record for one in found if not _known(one.record)]
