"""Questions: typed people put into tables, one row each; those that columns can't say are passed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import polars as pl

from asnpolicy.backends.columns.tables import Records, Tables, dtype
from asnpolicy.backends.columns.values import encoded, none_of
from asnpolicy.language.nodes import DATE, NUMBER, Kind, Scope, Type
from asnpolicy.language.reading import Question, fields_of, record_fields, scaled
from asnpolicy.people import ABSENT, HISTORIES

SCOPES: tuple[Scope, ...] = ("employee", "opening", "mentor", "mentee", "pair")


@dataclass(frozen=True, slots=True)
class QuestionTables:
    """Questions, and as tables those that columns can say; the others have days known in part, or records that may be one."""

    questions: tuple[Question, ...]
    rows: tuple[int, ...]
    """Which questions the rows of the tables are."""
    tables: Tables


def asked(questions: Sequence[Question]) -> QuestionTables:
    """Put questions into tables, those that are plain."""
    rows = tuple(row for row, question in enumerate(questions) if question.plain)
    return QuestionTables(tuple(questions), rows, tables([questions[row] for row in rows]))


def tables(questions: Sequence[Question]) -> Tables:
    """Put plain questions into tables."""
    fields = {}
    for scope in SCOPES:
        subjects = [question.subject(scope) for question in questions]
        for name, type_ in fields_of(scope).items():
            fields[f"{scope}.{name}"] = column(type_, (_read(subject, name) for subject in subjects))
    histories = {history: _history(history, questions) for history in HISTORIES}
    complete = {
        history: column(DATE, (getattr(question.employee, history).complete_since for question in questions))
        for history in HISTORIES
    }
    return Tables(len(questions), fields, histories, complete)


def _read(subject: Any, name: str) -> Any:
    for part in name.split("."):
        subject = getattr(subject, part)
    return subject


def column(type_: Type, values: Iterable[Any]) -> pl.Series:
    """Put values of a type into a column, as a plan reads it."""
    return pl.Series([_cell(value, type_) for value in values], dtype=dtype(type_))


def _cell(value: Any, type_: Type) -> Any:
    if value is None:
        return None
    if value is ABSENT:
        return none_of(type_.kind)
    if type_.kind is Kind.TEXTS:
        return list(value)
    return scaled(value, type_.places) if isinstance(value, Decimal) else encoded(value)


def _history(history: str, questions: Sequence[Question]) -> Records:
    pairs = [(row, r) for row, q in enumerate(questions) for r in getattr(q.employee, history).records]
    columns = {"placed": column(DATE, (record.placed for _, record in pairs))}
    for name, type_ in record_fields(history).items():
        columns[name] = column(type_, (getattr(record, name) for _, record in pairs))
    if history == "appraisals":
        columns["counted"] = column(NUMBER, (record.counted for _, record in pairs))
    return Records(np.array([row for row, _ in pairs], dtype=np.int64), columns)
