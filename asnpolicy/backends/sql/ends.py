"""Ends: values as pieces of a query, by their bounds (null: open), and where they are absent; compared by the bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from asnpolicy.backends.columns.values import encoded
from asnpolicy.backends.sql.dialect import Dialect
from asnpolicy.backends.sql.sheet import NO, NULL, YES, Sql, number, sql
from asnpolicy.language.nodes import Band, Comparison, Key
from asnpolicy.people import ABSENT


@dataclass(frozen=True, slots=True)
class SqlEnds:
    """A value: its bounds, and where it is absent (never unknown). What is absent has no bounds that count."""

    low: Sql
    high: Sql
    absent: Sql = NO

    @property
    def exact(self) -> bool:
        """Whether it is one value: null means that it is not known."""
        return self.low == self.high


def one(value: Sql, absent: Sql = NO) -> SqlEnds:
    """Give a value whose bounds meet."""
    return SqlEnds(value, value, absent)


def literal(value: Any, dialect: Dialect) -> SqlEnds:
    """Give a written value."""
    return one(NULL, YES) if value is ABSENT else one(cell(value, dialect))


def cell(value: Any, dialect: Dialect) -> Sql:
    """Give a written value that there is as it stands in a column."""
    made = encoded(value)
    return Sql(dialect.quoted(made)) if isinstance(made, str) else number(made)


# Conditions


def all_of(items: Iterable[Sql]) -> Sql:
    """Join conditions that must all hold."""
    return reduce(_both, items, YES)


def any_of(items: Iterable[Sql]) -> Sql:
    """Join conditions of which one is enough."""
    return reduce(_either, items, NO)


def _both(one: Sql, other: Sql) -> Sql:
    if NO in (one, other):
        return NO
    if one in (YES, other):
        return other
    return one if other == YES else sql("{} AND {}", one, other)


def _either(one: Sql, other: Sql) -> Sql:
    if YES in (one, other):
        return YES
    if one in (NO, other):
        return other
    return one if other == NO else sql("{} OR {}", one, other)


def opposite(test: Sql) -> Sql:
    """Turn a condition round."""
    if test in (YES, NO):
        return NO if test == YES else YES
    return sql("NOT {}", test)


def pick(test: Sql, then: Sql, otherwise: Sql) -> Sql:
    """Choose row by row; a test that is not known chooses the second."""
    if test in (YES, NO) or then == otherwise:
        return then if test == YES else otherwise
    return sql("CASE WHEN {} THEN {} ELSE {} END", test, then, otherwise, whole=True)


def decided(held: Sql, failed: Sql) -> Sql:
    """Give a condition that is held, failed, else unknown."""
    return sql("CASE WHEN {} THEN TRUE WHEN {} THEN FALSE END", held, failed, whole=True)


def sure(test: Sql) -> Sql:
    """Read a test that is not known as false."""
    return test if test in (YES, NO) else sql("{} IS TRUE", test)


# Comparisons

_SIGNS: dict[Comparison, str] = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<", "is": "="}
_MET: dict[Comparison, tuple[str, str]] = {
    "at_least": ("{low} >= {other_high}", "{high} < {other_low}"),
    "above": ("{low} > {other_high}", "{high} <= {other_low}"),
    "at_most": ("{high} <= {other_low}", "{low} > {other_high}"),
    "below": ("{high} < {other_low}", "{low} >= {other_high}"),
    "is": (
        "{low} = {high} AND {other_low} = {other_high} AND {low} = {other_low}",
        "{high} < {other_low} OR {other_high} < {low}",
    ),
}


def compared(op: Comparison, left: SqlEnds, right: SqlEnds) -> Sql:
    """Compare two values by their bounds; with an absent one it is false."""
    absent = any_of((left.absent, right.absent))
    if absent == YES:
        return NO
    if left.exact and right.exact:
        found = sql(f"{{}} {_SIGNS[op]} {{}}", left.low, right.low)
    else:
        held, failed = (_by_ends(pattern, left, right) for pattern in _MET[op])
        found = decided(held, failed)
    return all_of((found, opposite(absent)))


def _by_ends(pattern: str, left: SqlEnds, right: SqlEnds) -> Sql:
    ends = {"low": left.low, "high": left.high, "other_low": right.low, "other_high": right.high}
    text = pattern.format(**{name: end.inside for name, end in ends.items()})
    reads = frozenset[str]().union(*(end.reads for name, end in ends.items() if f"{{{name}}}" in pattern))
    return Sql(text, reads, whole=False)


def is_known(seen: SqlEnds) -> Sql:
    """Tell where a value is known, if only to be absent."""
    if seen.absent == YES:
        return YES
    if seen.exact and not seen.low.reads and seen.low != NULL:
        return YES
    met = sql("{} IS NOT NULL", seen.low) if seen.exact else sql("({} = {}) IS TRUE", seen.low, seen.high)
    return any_of((met, seen.absent))


def is_none(seen: SqlEnds) -> Sql:
    """Tell where a value is none, as opposed to: not known."""
    known = is_known(seen)
    return seen.absent if known == YES else sql("CASE WHEN {} THEN {} END", known, seen.absent, whole=True)


def member(seen: SqlEnds, among: tuple[Any, ...], dialect: Dialect) -> Sql:
    """Tell whether a value is one of those written."""
    there = [each for each in among if each is not ABSENT]
    if seen.exact and there and seen.absent != YES:
        cells = [cell(each, dialect) for each in there]
        listed = Sql("(" + ", ".join(one.text for one in cells) + ")")
        found = [all_of((sql("{} IN {}", seen.low, listed), opposite(seen.absent)))]
    else:
        found = [compared("is", seen, literal(each, dialect)) for each in there]
    if ABSENT in among:
        found.append(is_none(seen))
    return any_of(found)


def is_key(want: Key, key: SqlEnds, dialect: Dialect) -> Sql:
    """Tell where a known key is the one that a row asks for."""
    if want is ABSENT:
        return key.absent
    if key.absent == YES:
        return NO
    found = []
    if isinstance(want, Band):
        if want.low is not None:
            found.append(sql("{} >= {}", key.low, want.low))
        if want.high is not None:
            found.append(sql("{} < {}", key.low, want.high))
    else:
        found.append(sql("{} = {}", key.low, cell(want, dialect)))
    return all_of((*found, opposite(key.absent)))


def extreme(word: str, *values: Sql) -> Sql:
    """Return the least or the greatest of some values; null where one is."""
    if any(value == NULL for value in values):
        return NULL
    open_ = any_of([sql("{} IS NULL", value) for value in values if value.reads])
    parts = ", ".join("{}" for _ in values)
    return pick(open_, NULL, sql(f"{word}({parts})", *values, whole=True))
