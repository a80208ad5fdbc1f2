"""People of a workforce as the tables of a plan, as decisions of a day see them; whom columns can't say is named.

INVARIANT: whoever is not named has whole days, each thing once and no finding that leaves anything unknown, so that the
view of the person is what the tables say, with employment, status and appraisals of the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from asnpolicy.backends.columns import calendar, service, suspects
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.columns.tables import Mask, Records, Rows, Tables, dtype
from asnpolicy.backends.columns.values import full, none_of, unknown
from asnpolicy.language.nodes import Field, Fold, Kind, RecordField, Scope, Type, walk
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.workforce import Workforce, cells, numbers
from asnpolicy.workforce.schema import COMPLETE, EMPLOYEES, KEY, LAST, Holds, columns_of

SHIFT = 2**24
"""More than any ordinal."""
ALWAYS = ("employment", "service_status", "cpns_on", "pns_on", "birth_date", "known_on", "protected.sex")
"""Fields that findings and the standing of a person are told by, whatever the rules read."""
OTHERS: tuple[Scope, ...] = ("opening", "mentor", "mentee", "pair")
BESIDE = ("agency_since", "last_raise_on")
"""Fields that findings are told by beside them."""
STANDING = ("contracts", "statuses", "leaves", "ranks")
"""Histories that the standing of a person is told by."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """People as a plan reads them, and who is passed on."""

    tables: Tables
    passed_on: Mask
    """Who can't be said in columns, by row."""


@dataclass(frozen=True, slots=True)
class Reads:
    """What the rules of a plan read of people."""

    fields: frozenset[str]
    histories: dict[str, frozenset[str]]

    @classmethod
    def of(cls, plan: Plan) -> Reads:
        """Return what a plan reads."""
        fields: set[str] = set()
        histories: dict[str, set[str]] = {}
        for root in (root for rule in plan.rules.values() for root in rule.roots):
            for node in walk(root):
                if isinstance(node, Field) and node.scope == "employee":
                    fields.add(node.name)
                elif isinstance(node, Fold) and node.scope == "employee":
                    read = histories.setdefault(node.history, set())
                    parts = [node.where, *([node.value] if node.value is not None else [])]
                    read |= {one.name for part in parts for one in walk(part) if isinstance(one, RecordField)}
        return cls(frozenset(fields), {name: frozenset(read) for name, read in histories.items()})

    def with_competencies(self) -> Reads:
        """Return the same with what people are measured by against the standard of a vacant post."""
        known = self.histories.get("competencies", frozenset())
        return Reads(self.fields, {**self.histories, "competencies": known | {"code", "level", "assessed_on"}})

    @property
    def columns(self) -> frozenset[str]:
        """The columns of people that are looked at, but for the number, what is confirmed and what histories promise."""
        return self.fields | {*ALWAYS, *BESIDE}

    @property
    def tables(self) -> frozenset[str]:
        """The histories that are looked at."""
        return frozenset({*STANDING, *self.histories})


def prepared(workforce: Workforce, reads: Reads, as_of: date) -> Prepared:
    """Return people as the rules of a day read them."""
    people, size = workforce.employees, len(workforce)
    nip = numbers.parts(people[KEY])
    out = ~nip.good.to_numpy()
    out |= ~unknown(people["confirmed"]).to_numpy()
    fields = {name: _field(people, name, out) for name in (*ALWAYS, *BESIDE)}
    fields |= {name: _field(people, name, out) for name in reads.fields if name not in fields}
    wanted = {name: reads.histories.get(name, frozenset()) for name in (*STANDING, *reads.histories)}
    histories = {name: _records(workforce, name, read, fields["known_on"], out) for name, read in wanted.items()}
    complete = {name: calendar.ordinals(people[name + COMPLETE]) for name in wanted}
    birth = calendar.ordinals(nip.birth).fill_null(1)
    suspects.complete_since(out, complete.values())
    suspects.mark(out, fields, histories, nip, frozenset({*reads.histories, "contracts"}))
    service.serve(out, fields, histories, complete, birth, as_of)
    named = {f"employee.{name}": column for name, column in fields.items()} | _unknown_others(size)
    return Prepared(Tables(size, named, histories, complete), out)


def _unknown_others(size: int) -> dict[str, pl.Series]:
    """Give the fields of an opening, a mentor, a mentee and a pair: nothing is known of them when one person is asked about."""
    return {
        f"{scope}.{name}": full(None, size, dtype(type_))
        for scope in OTHERS
        for name, type_ in fields_of(scope).items()
    }


def _field(people: pl.DataFrame, name: str, out: Mask) -> pl.Series:
    spec = columns_of(EMPLOYEES)[name]
    if name == "known_on":
        return calendar.ordinals(people[name])
    if spec.holds is Holds.DAY:
        _partial(people, name, out, None)
    return _plain(people[name], fields_of("employee").get(name) or Type(Kind.LABEL))


def _partial(frame: pl.DataFrame, name: str, out: Mask, of: Rows | None) -> None:
    """Name whose day is known in part."""
    last = frame[name + LAST]
    if last.null_count() < len(last):
        which = last.is_not_null().to_numpy()
        out[which if of is None else of[which]] = True


def _plain(column: pl.Series, type_: Type) -> pl.Series:
    """Return a column of the schema as a plan reads it."""
    match type_.kind:
        case Kind.LABEL:
            return column.to_physical().cast(pl.Int8)
        case Kind.TRUTH:
            return column.cast(pl.Int8)
        case Kind.DATE | Kind.DURATION:
            return calendar.ordinals(column)
        case Kind.TEXT:
            spec_none = none_of(type_.kind)
            return column.replace({"none": spec_none}) if column.name == "supervisor" else column
        case Kind.TEXTS:
            return column
        case _:
            return cells.scaled(column, type_.places) if column.dtype.is_decimal() else column.cast(pl.Int64)


# Histories


def _records(workforce: Workforce, history: str, read: frozenset[str], known_on: pl.Series, out: Mask) -> Records:
    frame = workforce.histories.get(history)
    types = dict(record_fields(history))
    if frame is None or not frame.height:
        columns = {name: pl.Series([], dtype=dtype(type_)) for name, type_ in types.items()}
        more = {name: pl.Series([], dtype=pl.Int32) for name in ("placed", "counted")}
        return Records(np.zeros(0, dtype=np.int64), columns | more)
    frame, of = _in_order(frame, history, workforce.rows(history))
    specs = columns_of(history)
    wanted = suspects.looked_at(history) | read
    for name, spec in specs.items():
        if spec.holds is Holds.DAY:
            _partial(frame, name, out, of)
    columns = {name: _plain(frame[name], types[name]) for name in specs if name in types and name in wanted}
    suspects.fill(history, columns, of, known_on, out)
    columns["placed"] = columns[suspects.placed_by(history)]
    return Records(of, columns)


def _in_order(frame: pl.DataFrame, history: str, of: Rows) -> tuple[pl.DataFrame, Rows]:
    """Return records person by person, in order of time, with the row of the person of each."""
    days = calendar.ordinals(frame[suspects.placed_by(history)]).fill_null(0).to_numpy().astype(np.int64)
    order = of * SHIFT + days
    if len(order) > 1 and not (order[1:] >= order[:-1]).all():
        at = np.argsort(order, kind="stable")
        return frame[at], of[at]
    return frame, of
