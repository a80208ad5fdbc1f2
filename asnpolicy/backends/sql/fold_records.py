"""Fold records: the records that a fold may count, and how those of each person are reduced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asnpolicy.backends.sql.ends import SqlEnds, cell, literal, pick
from asnpolicy.backends.sql.sheet import NO, NULL, YES, Sql, sql
from asnpolicy.language.nodes import Fold
from asnpolicy.people import ABSENT

if TYPE_CHECKING:
    from asnpolicy.backends.sql.writer import Writer


@dataclass(frozen=True, slots=True)
class FoldRecords:
    """The records that a fold may count, with what it asks of them, as columns of their history."""

    writer: Writer
    node: Fold
    passes: Sql
    covered: Sql
    """Whether all records that it asks for are promised to be there: a column of people."""

    @property
    def table(self) -> str:
        """Return the history."""
        return self.node.history

    @property
    def maybe(self) -> Sql:
        """Tell which records may pass."""
        return YES if self.passes == YES else sql("{} IS NOT FALSE", self.passes)

    def keep(self, what: Sql) -> Sql:
        """Keep a piece as a column of the records."""
        return self.writer.sheet.keep(what, self.table)

    def of_records(self, name: str) -> Sql:
        """Return a column that every history has: its order (`seq`), or the day that places each record (`placed`)."""
        return self.writer.source.record(self.table, name)

    def complete(self) -> Sql:
        """Return the day since which the history is complete."""
        return self.writer.source.complete(self.table)

    def brought(self, what: Sql) -> Sql:
        """Return a column of people as one of their records."""
        return self.writer.sheet.bring(what, self.table)

    def value(self) -> SqlEnds:
        """Give the value of each record."""
        node, writer = self.node, self.writer
        seen = literal(1, writer.sheet.dialect) if node.value is None else writer.value(node.value, node.history)
        return SqlEnds(self.keep(seen.low), self.keep(seen.high), self.keep(seen.absent))

    def number(self, which: Sql) -> Sql:
        """Count the records of each person for which something holds."""
        return sql("COALESCE({}, 0)", self.total("COUNT(*)", which), whole=True)

    def anybody(self, which: Sql) -> Sql:
        """Tell who has a record for which something holds."""
        return NO if which == NO else sql("{} > 0", self.number(which))

    def total(self, pattern: str, which: Sql, *parts: Sql) -> Sql:
        """Reduce the records of each person for which something holds; null where there is none."""
        what = sql(pattern, *parts, whole=True)
        if which != YES:
            what = sql("{} FILTER (WHERE {})", what, which, whole=True)
        return self.writer.sheet.fold(what, self.table)


def closed(covered: Sql, high: Sql) -> Sql:
    """Return a bound that is open where not all records are promised."""
    return pick(covered, high, NULL)


def or_nothing(kept: FoldRecords, nothing: Sql, low: Sql, high: Sql) -> SqlEnds:
    """Put what is written for nothing where there surely is no record."""
    if kept.node.otherwise is ABSENT:
        return SqlEnds(low, high, nothing)
    value = cell(kept.node.otherwise, kept.writer.sheet.dialect)
    return SqlEnds(pick(nothing, value, low), pick(nothing, value, high))
