"""Synth in tables: a made-up workforce as large as a nation, from some thousand made-up careers.

The first careers are those of `synth`; beyond them each person has one of these careers again, drawn by the seed, with a
day of birth and a number of their own. Everything else that is drawn of people hangs together as it does there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from asnpolicy.exchange import synth
from asnpolicy.people import HISTORIES, OPEN
from asnpolicy.workforce import Workforce, typed
from asnpolicy.workforce.folder import write_parts
from asnpolicy.workforce.schema import COMPLETE, EMPLOYEES, KEY, NO_DAY, NO_NUMBER, PROTECTED, Holds, columns_of

Data = dict[str, Any]
FILLED = ("posts",)
"""Histories of which the model says more than a record that is made up: what a kind of post can't have."""
Rows = npt.NDArray[np.int64]
CAREERS = 4_000
"""So many careers are drawn one by one."""
PART = 100_000
"""So many people are in one file of a table."""
SERIALS = 999


def write(
    folder: Path,
    count: int,
    *,
    seed: int,
    as_of: date,
    advance: Callable[[int], object] = lambda people: None,  # noqa: ARG005  # it tells nobody
) -> None:
    """Write so many people as tables, sorted by NIP; the same seed and day give the same people.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(Path(folder), 30, seed=1, as_of=date(2026, 10, 1))
    ...     len(Workforce.read(folder))
    30
    """
    careers = in_tables(synth.careers(min(count, CAREERS), seed=seed, as_of=as_of))
    if count <= CAREERS:
        careers.write(folder)
        advance(count)
        return
    which, born, numbers = _people(careers, count, np.random.default_rng(seed))
    for start in range(0, count, PART):
        part = slice(start, min(start + PART, count))
        people = _again(careers, which[part], born[part], numbers[part])
        write_parts(people, folder, start // PART)
        advance(part.stop - start)


def in_tables(people: Iterable[Data]) -> Workforce:
    """Return made-up people as tables, as `Workforce.of` gives them: what is made up needs no reading, which costs most."""
    those = list(people)
    employees = _frame(EMPLOYEES, [_own(one) for one in those], [one[KEY] for one in those])
    histories = {}
    for name in HISTORIES:
        records = [record for one in those for record in one[name]["records"]]
        rows = [_filled(name, one) for one in records] if name in FILLED else records
        numbers = [one[KEY] for one in those for _ in one[name]["records"]]
        of = pl.Series("of", np.repeat(np.arange(len(those)), [len(one[name]["records"]) for one in those]))
        made = _frame(name, rows, numbers)
        histories[name] = made[
            made.select(of, HISTORIES[name].placed_by)
            .with_row_index("at")
            .sort("of", HISTORIES[name].placed_by, "at")["at"]
        ]
    return Workforce(employees, histories)


def _own(person: Data) -> Data:
    """Return what is said of somebody beside histories."""
    protected = {PROTECTED + name: value for name, value in person["protected"].items()}
    complete = {name + COMPLETE: person[name]["complete_since"] for name in HISTORIES}
    return {**person, **protected, **complete}


def _filled(name: str, record: Data) -> Data:
    """Return what the model says of a record."""
    made = HISTORIES[name].model_validate(record)
    return {spec.name: typed.cell(made, spec) for spec in columns_of(name).values() if spec.name != KEY}


def _frame(table: str, rows: list[Data], numbers: list[str]) -> pl.DataFrame:
    said = {name for row in rows for name in row}
    columns = []
    for spec in columns_of(table).values():
        if spec.name not in said and spec.name != KEY:
            columns.append(pl.repeat(None, len(rows), dtype=spec.dtype, eager=True).alias(spec.name))
            continue
        cells = numbers if spec.name == KEY else [row.get(spec.name) for row in rows]
        if spec.holds in READ and str in set(map(type, cells)):
            read = READ[spec.holds]
            cells = [read(cell) if isinstance(cell, str) else cell for cell in cells]
        columns.append(pl.Series(spec.name, cells, dtype=spec.dtype))
    return pl.DataFrame(columns)


def _day(text: str) -> date:
    """Read a day, or the word that stands in its place."""
    return {"none": NO_DAY, "all": NO_DAY, "ongoing": OPEN}.get(text) or date.fromisoformat(text)


READ: dict[Holds, Callable[[str], Any]] = {Holds.DAY: _day, Holds.NUMBER: lambda _: NO_NUMBER, Holds.EXACT: Decimal}
"""How what is written as text in some columns is read; a number that is a word is none."""


def _people(careers: Workforce, count: int, rng: np.random.Generator) -> tuple[Rows, pl.Series, pl.Series]:
    """Draw a career and a day of birth for each person, in the order of their numbers."""
    which = np.concatenate((np.arange(len(careers)), rng.integers(0, len(careers), count - len(careers))))
    day = rng.integers(1, 29, count)
    own = careers.employees[KEY].cast(pl.Int64).to_numpy()[which]
    months, rest = own // 10**12, own % 10**10 // 1000
    prefix = (months * 100 + day) * 10**7 + rest
    order = np.argsort(prefix, kind="stable")
    prefix, which = prefix[order], which[order]
    starts = np.flatnonzero(np.concatenate(([True], prefix[1:] != prefix[:-1])))
    serial = np.arange(count) - np.repeat(starts, np.diff(np.append(starts, count))) + 1
    if serial.max() > SERIALS:
        raise ValueError("so many people can't have numbers of their own")
    numbers = pl.Series(prefix * 1000 + serial).cast(pl.String)
    born = pl.Series((prefix // 10**7).astype(np.int64)).cast(pl.String).str.to_date("%Y%m%d")
    return which, born, numbers


def _again(careers: Workforce, which: Rows, born: pl.Series, numbers: pl.Series) -> Workforce:
    """Return careers again, for people with days of birth and numbers of their own."""
    employees = careers.employees[which].with_columns(numbers.alias(KEY), born.alias("birth_date"))
    row_of = {nip: row for row, nip in enumerate(careers.employees[KEY])}
    histories = {}
    for name, frame in careers.histories.items():
        of = np.array([row_of[nip] for nip in frame[KEY]], dtype=np.int64)
        sizes = np.bincount(of, minlength=len(careers))
        first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        sized = frame[np.argsort(of, kind="stable")]
        many = sizes[which]
        person = np.repeat(np.arange(len(which)), many)
        within = np.arange(len(person)) - np.repeat(np.cumsum(many) - many, many)
        rows = first[which][person] + within
        histories[name] = sized[rows].with_columns(numbers.gather(pl.Series(person.astype(np.uint32))).alias(KEY))
    return Workforce(employees, histories)
