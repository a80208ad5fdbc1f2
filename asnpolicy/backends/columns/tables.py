"""Tables: people and their histories as columns that a plan reads: labels are codes, days are ordinals, null is unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from asnpolicy.backends.columns.values import Value, none_of, one, sure
from asnpolicy.language.nodes import Kind, Type

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Records:
    """The records of one history: those of one person together, in order of time."""

    of: Rows
    """The row of the person of each record."""
    columns: dict[str, pl.Series]
    _tied: Mask | None = None
    _whose: pl.Series | None = None

    @property
    def whose(self) -> pl.Series:
        """The same rows as a column: it brings to each record what is of its person."""
        if self._whose is None:
            self._whose = pl.Series(self.of.astype(np.uint32))
        return self._whose

    @property
    def tied(self) -> Mask | None:
        """Which records are placed on the day of the one before, of the same person; None when none is."""
        if self._tied is None:
            days = self.columns["placed"].fill_null(0).to_numpy()
            self._tied = np.zeros(self.size, dtype=bool)
            self._tied[1:] = (days[1:] == days[:-1]) & (self.of[1:] == self.of[:-1])
        return self._tied if self._tied.any() else None

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.of)


@dataclass(slots=True)
class Tables:
    """People as columns, one row each; `fields` are those of a scope, such as `employee.unit`."""

    size: int
    fields: dict[str, pl.Series]
    histories: dict[str, Records]
    complete: dict[str, pl.Series]
    """Since when each history is complete, as a day; null where nothing is promised."""
    _values: dict[str, Value] = field(default_factory=dict)

    def field(self, name: str, type_: Type, *, absent: bool) -> Value:
        """Give a field as a value."""
        return _value(self.fields[name], type_, absent=absent)

    def record(self, history: str, name: str, type_: Type, *, absent: bool) -> Value:
        """Give a field of the records of a history as a value."""
        return _value(self.histories[history].columns[name], type_, absent=absent)


def _value(column: pl.Series, type_: Type, *, absent: bool) -> Value:
    if not absent:
        return one(column)
    there = sure(column == none_of(type_.kind))
    return one(column, there) if there.any() else one(column)


def dtype(type_: Type) -> Any:
    """Give the type of the column of a field."""
    match type_.kind:
        case Kind.TEXT:
            return pl.String
        case Kind.TEXTS:
            return pl.List(pl.String)
        case Kind.DATE | Kind.DURATION:
            return pl.Int32
        case Kind.LABEL | Kind.TRUTH:
            return pl.Int8
        case _:
            return pl.Int64
