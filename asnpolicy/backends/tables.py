"""Tables: a workforce as columns: one row a question, and one table a history, encoded so that every compare is exact.

Labels are codes, decimals whole numbers of their last places, dates positions on a line of equal months, truth values
0 and 1; null is unknown, and `NONE` is the code of absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl

from asnpolicy.language import dates
from asnpolicy.language.nodes import Kind, Scope, Type
from asnpolicy.language.reading import Question, fields_of, record_fields, scaled
from asnpolicy.people import HISTORIES, Absent

NONE = -1
NONE_TEXT = ""  # no text that is delivered is empty
Frame = nw.DataFrame[Any]


@dataclass(frozen=True, slots=True)
class Workforce:
    """Questions as columns: `questions` has one row each, `histories` one table for each history of the employee."""

    questions: Frame
    histories: dict[str, Frame]
    size: int
    passed_on: tuple[tuple[int, Question], ...] = ()
    """Questions, by their rows, that columns can't say: days known in part, or an order of records that can't be told."""


def encoded(value: Any, places: int = 0) -> int | str | None:
    """Give a value as it stands in a column."""
    match value:
        case None:
            return None
        case Absent():
            return NONE
        case date():
            return dates.position(value)
        case Decimal():
            return scaled(value, places)
        case tuple() | frozenset():
            return "|" + "".join(f"{part_of_list(text)}|" for text in sorted(value))
        case str():
            return value
        case _:
            return int(value)


def part_of_list(text: str) -> str:
    """Write a text so that it stands between two bars as itself, whatever it holds."""
    return text.replace("^", "^^").replace("|", "^-")


def dtype(type_: Type) -> Any:
    """Give the type of a column."""
    return pl.String if type_.kind in (Kind.TEXT, Kind.TEXTS) else pl.Int64


def workforce(questions: Sequence[Question]) -> Workforce:
    """Encode questions; those that are not plain are passed on."""
    numbered = list(enumerate(questions))
    passed_on = tuple((row, question) for row, question in numbered if not _plain(question))
    numbered = [(row, question) for row, question in numbered if _plain(question)]
    questions = [question for _, question in numbered]
    columns: dict[str, pl.Series] = {"row": pl.Series("row", [row for row, _ in numbered], dtype=pl.Int64)}
    scopes: tuple[Scope, ...] = ("employee", "opening", "mentor", "mentee", "pair")
    for scope in scopes:
        subjects = [question.subject(scope) for question in questions]
        for name, type_ in fields_of(scope).items():
            columns[f"{scope}.{name}"] = _column(f"{scope}.{name}", type_, (_read(s, name) for s in subjects))
    for history in HISTORIES:
        name = f"{history}.complete"
        given = (getattr(question.employee, history).complete_since for question in questions)
        columns[name] = _column(name, Type(Kind.DATE), given)
    tables = {history: _history(history, numbered) for history in HISTORIES}
    size = len(numbered) + len(passed_on)
    return Workforce(nw.from_native(pl.DataFrame(list(columns.values()))), tables, size, passed_on)


def _plain(question: Question) -> bool:
    return question.plain and all(getattr(question.employee, name).strict for name in HISTORIES)


def _read(subject: Any, name: str) -> Any:
    for part in name.split("."):
        subject = getattr(subject, part)
    return subject


def _column(name: str, type_: Type, values: Iterable[Any]) -> pl.Series:
    text = dtype(type_) is pl.String
    column = [encoded(value, type_.places) for value in values]
    if text:
        column = [NONE_TEXT if value == NONE else value for value in column]
    return pl.Series(name, column, dtype=dtype(type_))


def _history(history: str, questions: Sequence[tuple[int, Question]]) -> Frame:
    """One row a record, in the order of time."""
    pairs = [(row, r) for row, q in questions for r in getattr(q.employee, history).records]
    columns = [
        pl.Series("row", [row for row, _ in pairs], dtype=pl.Int64),
        pl.Series("order", range(len(pairs)), dtype=pl.Int64),
        _column("placed", Type(Kind.DATE), (record.placed for _, record in pairs)),
    ]
    for name, type_ in record_fields(history).items():
        columns.append(_column(f"record.{name}", type_, (getattr(record, name) for _, record in pairs)))
    if history == "appraisals":
        counted = [record.counted for _, record in pairs]
        columns.append(pl.Series("record.counted", counted, dtype=pl.Int64))
    return nw.from_native(pl.DataFrame(columns))
