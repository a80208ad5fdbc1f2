"""At once: people of a file who are written as the models write them, put into tables without a typed person for each.

INVARIANT: of whoever is not odd the tables say what a reader reads. A field is read by the form that reads it of one
person, once for each thing that stands in it anywhere; whoever has anything that form would tell of is odd.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from pydantic import BaseModel

from asnpolicy.exchange.intake.reader import LONGEST, PersonText, Reader, plain_data
from asnpolicy.exchange.intake.unclaimed import Unclaimed
from asnpolicy.people import HISTORIES, Employee, History, Protected
from asnpolicy.people.codes import CODES, key_of, spellings
from asnpolicy.people.employee import without_pns_dates
from asnpolicy.people.histories import MOST
from asnpolicy.people.nip import DIGITS
from asnpolicy.people.spelling.field import form
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.schema import (
    COMPLETE,
    EMPLOYEES,
    KEY,
    LAST,
    PROTECTED,
    ColumnSpec,
    Holds,
    columns_of,
)
from asnpolicy.workforce.typed import cell_of

Row = Mapping[str, Any]
"""What an object of a file says: of a person, or in a record."""
Mask = npt.NDArray[np.bool_]
PARTS = frozenset(History.model_fields)
KINDS: dict[Holds, tuple[type, ...]] = {
    Holds.NUMBER: (int,), Holds.TRUTH: (bool,), Holds.EXACT: (int, float), Holds.TEXTS: (tuple,),
}  # fmt: skip
"""What a value of a field may be in JSON, where it is no text; a list is taken as a tuple."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What tables are to hold: columns of people, such as `unit` or `protected.sex`, and histories; the others stay empty."""

    columns: Collection[str]
    histories: Collection[str]


@dataclass(frozen=True, slots=True)
class AtOnce:
    """People in tables, one row each, and for each row where its text stands among all."""

    workforce: Workforce
    places: Sequence[int]
    odd: Mask
    """Of whom the tables may say something else than a reader does: they are read one by one, as those who have no row."""


def in_tables(reader: Reader, entries: Sequence[PersonText], needed: Needed) -> AtOnce:
    """Return the people of some texts as tables, as far as they are written plainly."""
    found = _Gathered(tuple(sorted(needed.columns)), tuple(sorted(needed.histories)))
    for place, entry in enumerate(entries):
        if not entry.again and not reader.strict and len(entry.text) <= LONGEST:
            data = plain_data(entry.text)
            if data is not None:
                found.take(place, data)
    return found.made(reader.unclaimed)


@dataclass(slots=True)
class _Gathered:
    """What is said of people whose objects have the form of the models; what stands in their fields has not been looked at."""

    columns: Sequence[str]
    histories: Sequence[str]
    people: list[Row] = field(default_factory=list)
    """What is needed of each person: not all that is said, which the collector of garbage would walk again and again."""
    protected: list[Row] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    records: dict[str, list[Row]] = field(default_factory=dict)
    owners: dict[str, list[int]] = field(default_factory=dict)
    """The row of the person of each record, by history."""
    promises: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.histories:
            self.records[name], self.owners[name], self.promises[name] = [], [], []

    def take(self, place: int, data: dict[str, Any]) -> None:
        """Take somebody in; nobody of whom something does not have the form."""
        nip, protected = data.get(KEY), data.get("protected", {})
        if type(nip) is not str or len(nip) != DIGITS:  # whether it is a number, columns say
            return
        if not data.keys() <= Employee.model_fields.keys() or data.get("confirmed") not in ([], None):
            return
        if type(protected) is not dict or not protected.keys() <= Protected.model_fields.keys():
            return
        parts = [_parts(data.get(name)) for name in self.histories]
        if None in parts:
            return
        row = len(self.people)
        for name, part in zip(self.histories, parts, strict=True):
            records, promise = part or ((), None)
            self.promises[name].append(promise)
            if records:
                self.records[name].extend(records)
                self.owners[name].extend([row] * len(records))
        self.places.append(place)
        said = without_pns_dates(data)
        self.people.append({name: said.get(name) for name in (KEY, *self.columns) if not name.startswith(PROTECTED)})
        self.protected.append(protected)

    def made(self, unclaimed: Sequence[Unclaimed]) -> AtOnce:
        """Return the tables."""
        size, specs = len(self.people), columns_of(EMPLOYEES)
        odd = np.zeros(size, dtype=bool)
        numbers = [one[KEY] for one in self.people]
        columns = {KEY: pl.Series(KEY, numbers, dtype=pl.String), **_columns(self.people, EMPLOYEES, self.columns, odd)}
        for name in (one.removeprefix(PROTECTED) for one in self.columns if one.startswith(PROTECTED)):
            read = _read([one.get(name) for one in self.protected], Protected, specs[PROTECTED + name])
            columns[PROTECTED + name] = read.column
            odd |= read.odd
        may_lack = [(one.histories, np.array([one.may_be_of(nip) for nip in numbers], dtype=bool)) for one in unclaimed]
        for name in self.histories:
            read = _read(self.promises[name], _kind_of(name), specs[name + COMPLETE])
            lost = np.zeros(size, dtype=bool)
            for those, who in may_lack:
                if name in those:
                    lost |= who
            columns[name + COMPLETE] = pl.select(pl.when(pl.Series(~lost)).then(read.column)).to_series()
            odd |= read.odd
        histories, owned = {}, {}
        for name in self.histories:
            of = owned[name] = np.array(self.owners[name], dtype=np.int64)
            amiss = np.zeros(len(of), dtype=bool)
            made = _columns(self.records[name], name, columns_of(name).keys() - {KEY}, amiss)
            made[KEY] = columns[KEY].gather(pl.Series(of.astype(np.uint32)))
            histories[name] = _whole(made, name, len(of))
            odd[of[amiss]] = True
            odd[list(_spelled_twice(name, made, of))] = True
        people = _whole(columns, EMPLOYEES, size)
        return AtOnce(Workforce(people, histories, (), owned), self.places, odd)


def _parts(value: Any) -> tuple[list[Row], Any] | None:
    """Return the records of a history, and since when it is complete; None where it does not have the form."""
    if value is None:
        return [], None
    if type(value) is dict:
        if not value.keys() <= PARTS:
            return None
        records, promise = value.get("records"), value.get("complete_since")
    else:
        records, promise = value, None
    if type(records) is not list or len(records) > MOST or set(map(type, records)) - {dict}:
        return None
    return records, promise


def _kind_of(history: str) -> type[BaseModel]:
    found: type[BaseModel] = type(Employee.model_fields[history].get_default(call_default_factory=True))
    return found


# Columns


@dataclass(frozen=True, slots=True)
class _Column:
    """A column, that of last days beside it, and in which rows something stands that its form tells of."""

    column: pl.Series
    last: pl.Series | None
    odd: Mask


def _columns(rows: Sequence[Row], table: str, names: Collection[str], odd: Mask) -> dict[str, pl.Series]:
    """Return some columns of a table, and mark the rows in which something is odd."""
    model: type[BaseModel] = Employee if table == EMPLOYEES else HISTORIES[table]
    specs = columns_of(table)
    if not set().union(*rows) <= model.model_fields.keys():
        odd |= [not one.keys() <= model.model_fields.keys() for one in rows]
    made: dict[str, pl.Series] = {}
    for name in names:
        if name in model.model_fields:
            read = _read([one.get(name) for one in rows], model, specs[name])
            made[name] = read.column
            if read.last is not None:
                made[name + LAST] = read.last
            odd |= read.odd
    return made


def _read(given: list[Any], model: type[BaseModel], spec: ColumnSpec) -> _Column:
    """Read a column: each thing that stands in it once, by the form of its field."""
    kinds = (str, *KINDS.get(spec.holds, ()))
    if spec.holds is Holds.TEXTS:
        given = [tuple(one) if type(one) is list and all(type(each) is str for each in one) else one for one in given]
    wrong = np.zeros(len(given), dtype=bool)
    if not set(map(type, given)) <= {*kinds, type(None)}:
        wrong |= [one is not None and type(one) not in kinds for one in given]
        given = [None if bad else one for one, bad in zip(given, wrong.tolist(), strict=True)]
    reads = form(model, "complete_since" if spec.name.endswith(COMPLETE) else spec.name.removeprefix(PROTECTED))
    values, places, told = [None], {None: 0}, [False]
    for one in dict.fromkeys(given):
        if one is not None:
            read = reads.read(one)
            places[one] = len(values)
            values.append(read.value)
            told.append(read.code is not None)
    at = np.fromiter(map(places.__getitem__, given), dtype=np.uint32, count=len(given))
    wrong |= np.array(told)[at]
    return _Column(_gathered(values, spec, at), _last(values, spec, at), wrong)


def _gathered(values: list[Any], spec: ColumnSpec, at: npt.NDArray[np.uint32]) -> pl.Series:
    distinct = pl.Series(spec.name, [cell_of(one, spec) for one in values], dtype=spec.dtype)
    return distinct.gather(pl.Series(at))


def _last(values: list[Any], spec: ColumnSpec, at: npt.NDArray[np.uint32]) -> pl.Series | None:
    """Return the last days of a column of days, where one of them is known in part."""
    last = ColumnSpec(spec.name + LAST, Holds.LAST_DAY)
    cells = [cell_of(one, last) for one in values] if spec.holds is Holds.DAY else []
    return _gathered(values, last, at) if any(cells) else None


def _whole(made: Mapping[str, pl.Series], table: str, size: int) -> pl.DataFrame:
    """Return a table with all of its columns."""
    return pl.DataFrame([
        made[name].alias(name) if name in made else pl.repeat(None, size, dtype=spec.dtype, eager=True).alias(name)
        for name, spec in columns_of(table).items()
    ])  # fmt: skip


def _spelled_twice(history: str, made: Mapping[str, pl.Series], of: npt.NDArray[np.int64]) -> Iterator[int]:
    """Give the rows of people in whose records one code stands in two spellings, which would count twice."""
    for name in (one for other, one in CODES if other == history):
        column = made[name]
        twice = spellings(column.unique().drop_nulls())
        if not twice:
            continue
        keys = {key_of(text) for text in twice}
        met: dict[tuple[int, str], str] = {}
        for row, text in zip(of.tolist(), column.to_list(), strict=True):
            if text is not None and (key := key_of(text)) in keys and met.setdefault((row, key), text) != text:
                yield row
