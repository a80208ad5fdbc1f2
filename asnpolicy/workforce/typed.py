"""Typed people into tables, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import polars as pl
from pydantic import TypeAdapter

from asnpolicy.people import ABSENT, HISTORIES, Confirmation, Employee, Label, PartialDay
from asnpolicy.people.days import EARLIEST
from asnpolicy.people.spelling.record import consistent
from asnpolicy.problems import PolicyError
from asnpolicy.workforce import schema
from asnpolicy.workforce.schema import EMPLOYEES, KEY, LAST, NO_NUMBER, NONE, PROTECTED, ColumnSpec, Holds, columns_of


def frames(people: Sequence[Employee]) -> dict[str, pl.DataFrame]:
    """Return people as tables: of themselves, and one for each history of which somebody has a record."""
    found = {EMPLOYEES: _frame(EMPLOYEES, people, [one.nip for one in people])}
    for history in HISTORIES:
        pairs = [(one.nip, record) for one in people for record in getattr(one, history).records]
        found[history] = _frame(history, [record for _, record in pairs], [nip for nip, _ in pairs])
    return found


def _frame(table: str, those: Sequence[Any], numbers: list[str]) -> pl.DataFrame:
    columns = []
    for spec in columns_of(table).values():
        values = numbers if spec.name == KEY else [cell(one, spec) for one in those]
        columns.append(pl.Series(spec.name, values, dtype=spec.dtype))
    return pl.DataFrame(columns)


def cell(one: Any, spec: ColumnSpec) -> Any:
    """Return what stands in a column of somebody, of a record or of a part of the agency."""
    return cell_of(_read(one, spec.name.removesuffix(LAST) if spec.holds is Holds.LAST_DAY else spec.name), spec)


def cell_of(value: Any, spec: ColumnSpec) -> Any:
    """Return what stands in a column for a value of the models; in one of last days, for the day that they belong to."""
    if spec.holds is Holds.LAST_DAY:
        return value.last if isinstance(value, PartialDay) else None
    if value is None:
        return None
    if value is ABSENT:
        return {Holds.DAY: schema.NO_DAY, Holds.NUMBER: NO_NUMBER}.get(spec.holds, NONE)
    if isinstance(value, PartialDay):
        return None if value.first <= EARLIEST else value.first
    if isinstance(value, Label):
        return value.label
    if spec.holds is Holds.JSON:
        return json.dumps([each.model_dump(mode="json") for each in value]) if value else None
    return list(value) if isinstance(value, tuple) else value


def _read(one: Any, name: str) -> Any:
    if name.endswith(schema.COMPLETE):
        return getattr(one, name.removesuffix(schema.COMPLETE)).complete_since
    if name.startswith(PROTECTED):
        return getattr(one.protected, name.removeprefix(PROTECTED))
    return getattr(one, name)


def employees(people: pl.DataFrame, histories: dict[str, pl.DataFrame]) -> Iterator[Employee]:
    """Return typed people of tables, in their order; what contradicts itself within a record is not known, and the record stays."""
    records = {name: _by_person(frame, name) for name, frame in histories.items()}
    for row in people.iter_rows(named=True):
        yield _employee(row, {name: found.get(row[KEY], []) for name, found in records.items()})


def _by_person(frame: pl.DataFrame, table: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(row[KEY], []).append(_given(row, table))
    return found


def _given(row: dict[str, Any], table: str) -> dict[str, Any]:
    """Return the fields of a row as the models read them."""
    specs = columns_of(table).values()
    return {spec.name: value_of(row, spec) for spec in specs if spec.name != KEY and spec.holds is not Holds.LAST_DAY}


def value_of(row: dict[str, Any], spec: ColumnSpec) -> Any:
    """Return what stands in a column of a row, as the models read it."""
    value = row[spec.name]
    last = row.get(spec.name + LAST)
    if last is not None:
        return PartialDay(EARLIEST if value in (None, schema.NO_DAY) else value, last)
    if value is None:
        return None
    if spec.may_be_none and value in (schema.NO_DAY, NONE, NO_NUMBER):
        return "all" if spec.name.endswith(schema.COMPLETE) else str(ABSENT)
    if isinstance(value, Decimal):
        return value.normalize() + 0 if value == value.to_integral() else value
    return _confirmed(value) if spec.holds is Holds.JSON else value


def _confirmed(text: str) -> Any:
    """Read what officers have confirmed; what can't be read settles nothing."""
    try:
        return TypeAdapter(tuple[Confirmation, ...]).validate_json(text)
    except (ValueError, PolicyError):
        return ()


def _employee(row: dict[str, Any], histories: dict[str, list[dict[str, Any]]]) -> Employee:
    given = {KEY: row[KEY], **_given(row, EMPLOYEES)}
    data = {name: value for name, value in given.items() if "." not in name and not name.endswith(schema.COMPLETE)}
    data["protected"] = {n.removeprefix(PROTECTED): v for n, v in given.items() if n.startswith(PROTECTED)}
    data["confirmed"] = data["confirmed"] or ()
    for name in HISTORIES:
        records = [consistent(HISTORIES[name], one)[0] for one in histories.get(name, [])]
        data[name] = {"records": records, "complete_since": given[name + schema.COMPLETE]}
    try:
        return Employee.model_validate(data)
    except PolicyError:
        return Employee.model_validate(_mended(data))


def _mended(data: dict[str, Any]) -> dict[str, Any]:
    """Return what can be read of somebody: a field that is refused by itself is not known."""
    return {name: value for name, value in data.items() if name == KEY or _reads(data[KEY], name, value)}


def _reads(nip: str, name: str, value: Any) -> bool:
    try:
        Employee.model_validate({KEY: nip, name: value})
    except PolicyError:
        return False
    return True
