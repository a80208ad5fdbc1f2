"""Cell texts: cells that are written as offices write them, each distinct text read once, as the readers of files do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from pydantic import BaseModel

from asnpolicy.people import ABSENT, HISTORIES, OPEN, Employee, Label, PartialDay, Protected
from asnpolicy.people.days import COMPLETE
from asnpolicy.people.spelling.days import AMBIGUOUS, FILLER, NUMERIC, OTHERWISE, says_month_first
from asnpolicy.people.spelling.field import Form, form
from asnpolicy.people.spelling.variants import way_of_acting
from asnpolicy.workforce import schema
from asnpolicy.workforce.schema import EMPLOYEES, LAST, NONE, PROTECTED, WORDS, ColumnSpec, Holds, columns_of

MonthFirst = Collection[str]
"""The columns whose days are written month first somewhere in the workforce, such as `ranks.since`."""
UNREADABLE = "unreadable-cell"
TOLD = (OTHERWISE, NUMERIC, AMBIGUOUS, FILLER)
"""What is told of a cell, as of a field of a file; of the others that they can't be read."""
_WORDS: dict[Any, str] = {OPEN: "ongoing", COMPLETE: "all", ABSENT: NONE}


@dataclass(frozen=True, slots=True)
class CellTexts:
    """The cells of a column that are no cells of the schema, as they are meant."""

    cells: pl.Series
    """Null where nothing is meant for sure."""
    last: pl.Series | None
    """The last days of those that are known in part."""
    words: pl.Series | None
    """What stands in the place of a day or a number."""
    counts: Counter[str]
    """What is told, and of how many cells."""


def spelt(column: pl.Series, unread: pl.Series, table: str, spec: ColumnSpec, month_first: MonthFirst | None) -> CellTexts:
    """Read the cells of a column of texts that were not read; without `month_first` the column is taken to be whole."""
    texts = column.filter(unread).value_counts()
    number = dict(texts.iter_rows())
    if month_first is None:
        turned = spec.holds is Holds.DAY and any(says_month_first(text) for text in number)
    else:
        turned = f"{table}.{spec.name}" in month_first
    reader = form_of(table, spec)
    cells: dict[str, Any] = {}
    last: dict[str, Any] = {}
    words: dict[str, Any] = {}
    counts = Counter[str]()
    for text, count in number.items():
        read = reader.read(text, month_first=turned)
        value, code = read.value, read.code
        if (value is None and code != FILLER) or (isinstance(value, PartialDay) and not _in_parts(table, spec)):
            code = UNREADABLE
        elif word := _word(value, spec):
            words[text] = word
        elif isinstance(value, PartialDay):
            cells[text], last[text] = value.first, value.last
        elif value is not None:
            cells[text] = NONE if value is ABSENT else value.label if isinstance(value, Label) else value
        if code:
            counts[code if code in TOLD else UNREADABLE] += count
    return CellTexts(
        _mapped(column, cells, spec.dtype), _mapped(column, last, pl.Date) if last else None,
        _mapped(column, words, WORDS) if words else None, counts,
    )  # fmt: skip


def _mapped(column: pl.Series, meant: dict[str, Any], dtype: Any) -> pl.Series:
    if not meant:
        return pl.repeat(None, len(column), dtype=dtype, eager=True)
    return column.replace_strict(list(meant), pl.Series(list(meant.values()), dtype=dtype), default=None, return_dtype=dtype)


def _word(value: Any, spec: ColumnSpec) -> str | None:
    """Return the word that stands in the place of a day or a number."""
    if spec.holds not in (Holds.DAY, Holds.NUMBER) or schema.word_of(spec) is None:
        return None
    return _WORDS.get(value)


def _in_parts(table: str, spec: ColumnSpec) -> bool:
    return spec.holds is Holds.DAY and spec.name + LAST in columns_of(table)


def form_of(table: str, spec: ColumnSpec) -> Form:
    """Return how a field is read that stands in a column of people or of a history."""
    if table != EMPLOYEES:
        return form(HISTORIES[table], spec.name)
    if spec.name.startswith(PROTECTED):
        return form(Protected, spec.name.removeprefix(PROTECTED))
    if spec.name.endswith(schema.COMPLETE):
        history = Employee.model_fields[spec.name.removesuffix(schema.COMPLETE)].get_default(call_default_factory=True)
        kind: type[BaseModel] = type(history)
        return form(kind, "complete_since")
    return form(Employee, spec.name)


def is_spelt(table: str, spec: ColumnSpec) -> bool:
    """Tell whether a cell may be written otherwise than the schema has it: texts, lists, and words that stand for a day may not."""
    told = (Holds.LABEL, Holds.TRUTH, Holds.DAY, Holds.NUMBER, Holds.EXACT)
    return spec.holds in told and (table == EMPLOYEES or table in HISTORIES)


def days_in_texts(types: dict[str, Any], table: str) -> Iterator[str]:
    """Name the columns of a table that hold days and are texts, of the types that its columns have."""
    for name, spec in columns_of(table).items():
        if spec.holds is Holds.DAY and types.get(name) == pl.String and is_spelt(table, spec):
            yield name


def written_month_first(distinct: pl.DataFrame, table: str) -> Iterator[str]:
    """Name the columns of days, such as `ranks.since`, of which a text can only be month, day, year."""
    for name in days_in_texts(dict(distinct.schema), table):
        if any(says_month_first(text) for text in distinct[name].drop_nulls().unique()):
            yield f"{table}.{name}"


def acting_as(acting: pl.Series, given: pl.Series | None) -> pl.Series | None:
    """Return as what people act, where the column that asks whether they do says it; what another column says otherwise is not known."""
    ways = {text: way for text in acting.unique().drop_nulls() if (way := way_of_acting(text)) is not None}
    if not ways:
        return None
    dtype = columns_of("posts")["acting_as"].dtype
    said = _mapped(acting, {text: way.label for text, way in ways.items()}, dtype)
    if given is None:
        return said
    apart = said.is_not_null() & given.is_not_null() & (said != given)
    return pl.select(pl.when(~apart).then(pl.coalesce(said, given))).to_series()
