"""Share: what a worker of a cluster does with its share of the people, a batch of Arrow at a time; it needs no Spark itself.

INVARIANT: a person and all their records come in one row of one batch, however their number is written.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, cast

import polars as pl
import pyarrow as pa

from asnpolicy.decisions.frame import FrameMaker
from asnpolicy.engine import Engine
from asnpolicy.people import Agency
from asnpolicy.people.spelling.days import AMBIGUOUS, FILLER, NUMERIC
from asnpolicy.people.spelling.field import MISSPELT
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase
from asnpolicy.version import VERSION
from asnpolicy.workforce import Amiss, Workforce, check, numbers
from asnpolicy.workforce.cell_texts import UNREADABLE
from asnpolicy.workforce.schema import EMPLOYEES, KEY
from asnpolicy.workforce.workforce import checked, promised

SIZE = 20_000
"""So many people are decided at once, if a worker has as many: a plan costs the same for one as for thousands."""
EMPTY = "empty-table"

Batches = Iterable[Any]
"""Batches of Arrow, which has no types."""


@dataclass(frozen=True, slots=True)
class Share:
    """The question as it travels to the workers; called with the people of a partition, it answers."""

    engine: bytes
    """Pickled: by its sources and their digest, so that a worker with another policy refuses."""
    as_of: date
    agency: Agency
    rules: tuple[str, ...]
    detail: bool
    void: frozenset[str]
    """Histories that are complete for nobody: a row of nobody is in them."""
    month_first: frozenset[str] = frozenset()
    """The columns of days that are written month first somewhere in the tables."""
    library: str = VERSION

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Return the answers for people with their records, as `Engine.assess_frame` gives them."""
        maker = _maker(replace(self, void=frozenset()))
        for people in together(batches):
            staff = staff_of(people, self.month_first)
            if staff is not None:
                voided = replace(staff, employees=promised(staff.employees, self.void))
                yield from arrow(maker.frame(voided))


@lru_cache(maxsize=4)
def _maker(share: Share) -> FrameMaker:
    """Load the policy of a question: once a process, whatever comes in how many batches."""
    if share.library != VERSION:
        message = phrase(
            en="asnpolicy is {own} on a worker, and {asked} where it was asked",
            id="asnpolicy di worker adalah {own}, sedangkan di tempat asal pertanyaan {asked}",
            own=VERSION, asked=share.library,
        )  # fmt: skip
        help_ = phrase(
            en="install the same one on every machine of the cluster",
            id="pasang versi yang sama di semua mesin klaster",
        )
        raise PolicyError([Problem("other-version", message, help=help_)])
    engine: Engine = pickle.loads(share.engine)  # noqa: S301  # Spark unpickles what the driver sends as well
    return engine.frame_maker(as_of=share.as_of, agency=share.agency, rules=share.rules, detail=share.detail)


def together(batches: Batches) -> Iterator[Any]:
    """Put batches together into tables of enough people."""
    waiting: list[Any] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= SIZE:
            yield pa.Table.from_batches(waiting)
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting)


def staff_of(people: Any, month_first: frozenset[str]) -> Workforce | None:
    """Return the workforce of a table with one row a person and a list of rows for each table; None where it is of nobody."""
    try:
        return checked({name: _rows(people.column(name)) for name in people.column_names}, month_first)
    except PolicyError as error:
        if [one.code for one in error.problems] == [EMPTY]:  # rows whose number can't be an NIP, and nobody else
            return None
        raise


def _rows(lists: Any) -> pl.DataFrame:
    rows = [pa.RecordBatch.from_struct_array(part.flatten()) for part in lists.chunks]
    return cast("pl.DataFrame", pl.from_arrow(pa.Table.from_batches(rows)))


def arrow(frame: pl.DataFrame) -> Iterator[Any]:
    """Return a frame as batches of the types that Spark knows: words as plain text."""
    words = [name for name, type_ in frame.schema.items() if isinstance(type_, (pl.Enum, pl.Categorical))]
    table = frame.with_columns(pl.col(words).cast(pl.String)).to_arrow()
    types = [pa.field(head.name, _type(head.type)) for head in table.schema]
    return iter(table.cast(pa.schema(types)).to_batches())


def _type(type_: Any) -> Any:
    if pa.types.is_large_list(type_):
        return pa.list_(_type(type_.value_type))
    return pa.string() if pa.types.is_large_string(type_) or pa.types.is_string_view(type_) else type_


# What must be known before anybody is decided, and what was amiss


@dataclass(frozen=True, slots=True)
class Numbers:
    """Reads the numbers of people as they are written."""

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Return rows with the number as one text without spaces beside them, null where it can't be an NIP."""
        for batch in batches:
            rows = cast("pl.DataFrame", pl.from_arrow(batch))
            yield from arrow(rows.with_columns(numbers.normalised(rows[KEY]).alias("number")))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Counts the cells of a table that can't be read, or not for sure; of what is written otherwise, whose it is matters, too."""

    table: str
    month_first: frozenset[str]

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Return what was amiss, once a batch and column; a batch has its rows in one column."""
        for batch in batches:
            frame = cast("pl.DataFrame", pl.from_arrow(pa.RecordBatch.from_struct_array(batch.column(0))))
            yield from _counts(self._amiss(frame), (UNREADABLE, MISSPELT, FILLER, NUMERIC, AMBIGUOUS))

    def _amiss(self, frame: pl.DataFrame) -> tuple[Amiss, ...]:
        if self.table != EMPLOYEES:
            return tuple(check.table(frame, self.table, self.month_first)[1])
        try:
            return checked({EMPLOYEES: frame}, self.month_first).amiss
        except PolicyError as error:
            if [one.code for one in error.problems] != [EMPTY]:
                raise
            return tuple(check.table(frame, EMPLOYEES, self.month_first)[1])


@dataclass(frozen=True, slots=True)
class Doubles:
    """Counts the people whose rows say something differently, of people who have several."""

    month_first: frozenset[str]

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Return how many there are, once for so many people."""
        for people in together(batches):
            staff = staff_of(people, self.month_first)
            yield from _counts(() if staff is None else staff.amiss, ("same-nip",))


COUNTS = {"code": pl.String, "table": pl.String, "column": pl.String, "count": pl.Int64}


def _counts(amiss: Iterable[Amiss], codes: Collection[str]) -> Iterator[Any]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in amiss:
        if one.code in codes:
            counts[one.code, one.table, one.column] += one.count
    rows = [(*key, count) for key, count in counts.items()]
    return arrow(pl.DataFrame(rows, schema=COUNTS, orient="row"))
