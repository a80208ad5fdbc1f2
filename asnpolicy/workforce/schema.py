"""The schema of a workforce, and of its agency: which tables there are, and what each of their columns holds, as the models of people say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import polars as pl

from asnpolicy.people import HISTORIES, OPEN, Absent, Employee, Label, Protected
from asnpolicy.people.agency import Calendar, CompetencyStandard, Course, Opening, Relation, Unit
from asnpolicy.people.records import Places

EMPLOYEES = "employees"
"""The name of the table of people."""
KEY = "nip"
NONE = "none"
"""What a column of labels or texts says where there is none."""
NO_DAY = date.min
"""What stands inside for a day where there is none, and for since when a history is complete that is so from the beginning.

INVARIANT: it is never read from a cell: registers write that day where they know none. A word says it, beside the day.
"""
NO_NUMBER = 0
"""What stands inside for a number where there is none, which no cell says either."""
IS = "_is"
"""What is added to the name of a day or a number: the word that stands in its place, such as `none` or `ongoing`."""
WORDS = pl.Enum([NONE, "ongoing", "all"])
LAST = "_last"
"""What is added to the name of a day: the last one that it may be, where it is known in part."""
COMPLETE = "_complete_since"
"""What is added to the name of a history: since when it is complete."""
PROTECTED = "protected."


@dataclass(frozen=True, slots=True)
class OfAgency:
    """A table of the agency: what its rows are, and of which other table each row is a part."""

    model: type[Any]
    needs: tuple[str, ...] = ()
    """The columns without which a row says nothing."""
    key: str = ""
    """The column that names the row of the other table."""
    owner: str = ""
    field: str = ""
    """What the rows of one are called there."""


AGENCY = {
    "units": OfAgency(Unit, ("code",)),
    "openings": OfAgency(Opening, ("id",)),
    "opening_competencies": OfAgency(CompetencyStandard, ("opening", "code", "level"), "opening", "openings", "competencies"),
    "courses": OfAgency(Course, ("code",)),
    "course_competencies": OfAgency(CompetencyStandard, ("course", "code", "level"), "course", "courses", "closes"),
    "relations": OfAgency(Relation, ("kind", "of", "to")),
    "calendar": OfAgency(Calendar),
}
"""The tables of the agency, by their names."""


class Holds(Enum):
    """What a column holds."""

    NUMBER_OF_PERSON = "nip"
    TEXT = "text"
    TEXTS = "texts"
    LABEL = "label"
    TRUTH = "truth"
    DAY = "day"
    LAST_DAY = "last day"
    NUMBER = "number"
    EXACT = "exact number"
    JSON = "json"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """What a column of a table holds."""

    name: str
    holds: Holds
    labels: type[Label] | None = None
    places: int = 0
    """Decimal places of an exact number."""
    limits: tuple[int, int] | None = None
    """The least and the greatest number."""
    may_be_none: bool = False
    """Whether it can say that there is none, as opposed to: not known."""

    @property
    def dtype(self) -> Any:
        """The Polars type of the column."""
        match self.holds:
            case Holds.LABEL:
                return enum_of(self.labels or Label)
            case Holds.TRUTH:
                return pl.Boolean
            case Holds.WORD:
                return WORDS
            case Holds.DAY | Holds.LAST_DAY:
                return pl.Date
            case Holds.NUMBER:
                return pl.Int32
            case Holds.EXACT:
                return pl.Decimal(12, self.places)
            case Holds.TEXTS:
                return pl.List(pl.String)
            case _:
                return pl.String


@cache
def enum_of(labels: type[Label]) -> pl.Enum:
    """Return the type of a column of labels: `none` first, so that each label stands at its code."""
    return pl.Enum([NONE, *(member.label for member in labels)])


@cache
def columns_of(table: str) -> dict[str, ColumnSpec]:
    """Return the columns of a table, by their names: of people, of a history, or of the agency."""
    if table == EMPLOYEES:
        return {spec.name: spec for spec in _employees()}
    if table in AGENCY:
        return {spec.name: spec for spec in _of_agency(AGENCY[table])}
    specs = [ColumnSpec(KEY, Holds.NUMBER_OF_PERSON), *_of_model(HISTORIES[table])]
    return {spec.name: spec for spec in specs}


@cache
def delivered(table: str) -> dict[str, ColumnSpec]:
    """Return the columns of a table as it is delivered: beside days and numbers, the words that stand in their place."""
    found: dict[str, ColumnSpec] = {}
    for spec in columns_of(table).values():
        found[spec.name] = spec
        if word_of(spec) is not None:
            found[spec.name + IS] = ColumnSpec(spec.name + IS, Holds.WORD)
    return found


def word_of(spec: ColumnSpec) -> tuple[str, Any] | None:
    """Return the word that may stand in the place of a day or a number, and what stands for it inside."""
    if spec.holds is Holds.NUMBER:
        return (NONE, NO_NUMBER) if spec.may_be_none else None
    if spec.holds is not Holds.DAY:
        return None
    if spec.name == "until":
        return "ongoing", OPEN
    if spec.name.endswith(COMPLETE):
        return "all", NO_DAY
    return (NONE, NO_DAY) if spec.may_be_none else None


def _employees() -> list[ColumnSpec]:
    skipped = {"protected", "confirmed", *HISTORIES}
    own = [spec for spec in _of_model(Employee) if spec.name.removesuffix(LAST) not in skipped]
    protected = [_renamed(spec) for spec in _of_model(Protected)]
    complete = [ColumnSpec(name + COMPLETE, Holds.DAY, may_be_none=True) for name in HISTORIES]
    return [*own, *protected, ColumnSpec("confirmed", Holds.JSON), *complete]


def _of_agency(table: OfAgency) -> Iterator[ColumnSpec]:
    """Return the columns of a table of the agency: its days are whole, and a list is a table of its own, or said to be none."""
    if table.owner:
        yield ColumnSpec(table.key, Holds.TEXT)
    for spec in _of_model(table.model):
        if table.model is Relation and spec.name in ("of", "to"):
            yield ColumnSpec(spec.name, Holds.NUMBER_OF_PERSON)
        elif spec.holds not in (Holds.LAST_DAY, Holds.TEXTS):
            yield spec
    for part in AGENCY.values():
        if part.owner and AGENCY[part.owner] is table:
            yield ColumnSpec(part.field + IS, Holds.WORD)


def _renamed(spec: ColumnSpec) -> ColumnSpec:
    return ColumnSpec(PROTECTED + spec.name, spec.holds, spec.labels, spec.places, spec.limits, spec.may_be_none)


def _of_model(model: type[Any]) -> list[ColumnSpec]:
    hints = get_type_hints(model, include_extras=True)
    found: list[ColumnSpec] = []
    for name in model.model_fields:
        spec = _column(name, hints[name])
        if spec is not None:
            found.append(spec)
            if spec.holds is Holds.DAY and name != "known_on":
                found.append(ColumnSpec(name + LAST, Holds.LAST_DAY))
    return found


def _column(name: str, hint: Any) -> ColumnSpec | None:
    if name in HISTORIES or name in ("protected", "confirmed"):
        return None
    parts = tuple(_flat(hint))
    may_be_none = Absent in parts
    marks = tuple(_marks(hint))
    if name == KEY:
        return ColumnSpec(name, Holds.NUMBER_OF_PERSON)
    labels = next((part for part in parts if isinstance(part, type) and issubclass(part, Label)), None)
    if labels is not None:
        return ColumnSpec(name, Holds.LABEL, labels, may_be_none=may_be_none)
    if any(tuple in (part, get_origin(part)) for part in parts):
        return ColumnSpec(name, Holds.TEXTS)
    if Decimal in parts:
        places = next(mark.count for mark in marks if isinstance(mark, Places))
        return ColumnSpec(name, Holds.EXACT, None, places, _limits(marks))
    for kind, holds in ((date, Holds.DAY), (bool, Holds.TRUTH), (int, Holds.NUMBER), (str, Holds.TEXT)):
        if kind in parts:
            return ColumnSpec(name, holds, limits=_limits(marks) if kind is int else None, may_be_none=may_be_none)
    raise TypeError(name)


def _flat(hint: Any) -> Any:
    """Return every class that a hint names."""
    if get_origin(hint) is Annotated:
        yield from _flat(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        for part in get_args(hint):
            yield from _flat(part)
    else:
        yield hint


def _marks(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        for mark in get_args(hint)[1:]:
            yield from getattr(mark, "metadata", None) or [mark]
        yield from _marks(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        for part in get_args(hint):
            yield from _marks(part)


def _limits(marks: Any) -> tuple[int, int] | None:
    low = next((int(mark.ge) for mark in marks if hasattr(mark, "ge")), None)
    high = next((int(mark.le) for mark in marks if hasattr(mark, "le")), None)
    return None if low is None or high is None else (low, high)


def needed(table: str) -> tuple[str, ...]:
    """Name the columns without which a table says nothing."""
    return AGENCY[table].needs if table in AGENCY else (KEY,)


def tables() -> tuple[str, ...]:
    """Name every table of people, that of themselves first."""
    return EMPLOYEES, *HISTORIES
