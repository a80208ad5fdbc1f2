"""Outcomes in tables: what a rule came to for a workforce in columns, with the groups that people are in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

import polars as pl

from asnpolicy.backends.columns.columns import statuses
from asnpolicy.backends.columns.people import prepared
from asnpolicy.backends.columns.piece import Piece
from asnpolicy.backends.columns.tables import Mask
from asnpolicy.decisions.frame import SIZE, FrameMaker
from asnpolicy.engine import Engine
from asnpolicy.fairness.by_group.outcomes import (
    IN_WORDS,
    NOT_DELIVERED,
    PERSONAL,
    PersonOutcome,
    age_of,
    called,
    favourable_of,
    outcome_of,
)
from asnpolicy.language.rules import FAILED
from asnpolicy.people import Agency
from asnpolicy.workforce import Workforce, typed
from asnpolicy.workforce.schema import EMPLOYEES, LAST, PROTECTED, columns_of

BORN = "birth_date"


def outcomes_in(
    engine: Engine, staff: Workforce, rule: str, *, as_of: date, by: Sequence[str], agency: Agency
) -> Iterator[PersonOutcome]:
    """Return what a rule came to for each person; whom columns can't say, and what they can't ask, is decided one by one."""
    decide = partial(engine.decide, rule=rule, as_of=as_of, agency=agency)
    maker = maker_of(engine, rule, as_of, agency)
    if maker is None:
        yield from (outcome_of(person, decide(person), by) for person in staff)
        return
    for part in staff.pieces(SIZE):
        found, out = outcomes_of(maker, part, by)
        yield from found
        if out.any():
            yield from (outcome_of(person, decide(person), by) for person in part.where(out))


def maker_of(engine: Engine, rule: str, as_of: date, agency: Agency) -> FrameMaker | None:
    """Return what says in columns what a rule comes to; None for a rule that they can't be asked about."""
    maker = None if agency.openings else engine.frame_maker(as_of=as_of, agency=agency, rules=[rule])
    return maker if maker is not None and maker.layout.rules else None


def outcomes_of(
    maker: FrameMaker, staff: Workforce, by: Sequence[str], odd: Mask | None = None
) -> tuple[Iterator[PersonOutcome], Mask]:
    """Return the outcomes that columns can say, in the order of the people, and for whom they can't: `odd` are such, too."""
    (rule,) = maker.layout.rules
    people = prepared(staff, maker.reads, maker.as_of)
    piece = Piece(maker.plan, people.tables, maker.agency)
    found = statuses(piece, rule)
    out = people.passed_on | piece.beyond | maker.followed(piece)
    if odd is not None:
        out = out | odd
    kept = pl.Series(~out)
    criteria = [found[f"c:{one.id}"].filter(kept) == FAILED for one in rule.criteria]
    failed = zip(*(one.to_list() for one in criteria), strict=True) if criteria else iter([()] * int(kept.sum()))
    groups = zip(*(_groups(staff.employees.filter(kept), name, maker.as_of) for name in by), strict=True)
    applies, holds = (found[name].filter(kept).to_list() for name in ("applies", "holds"))
    return (
        PersonOutcome(those, favourable_of(one, other), those_failed, one == FAILED)
        for those, one, other, those_failed in zip(groups, applies, holds, failed, strict=True)
    ), out


def columns_by(by: Sequence[str]) -> frozenset[str]:
    """Return the columns of people that groups are made of."""
    return frozenset(BORN if name == "age" else PROTECTED + name if name in PERSONAL else name for name in by)


def _groups(people: pl.DataFrame, name: str, as_of: date) -> list[str]:
    """Return the group of each person by an attribute."""
    if name == "age":
        days = people.select(BORN, BORN + LAST)
        named = [(first, last, _age(first, last, as_of)) for first, last in days.unique().iter_rows()]
        ages = pl.DataFrame(named, schema={**days.schema, "age": pl.String}, orient="row")
        return days.join(ages, on=days.columns, how="left", nulls_equal=True, maintain_order="left")["age"].to_list()
    column = people[PROTECTED + name if name in PERSONAL else name]
    if column.dtype == pl.Boolean:
        return column.replace_strict(
            {True: "ya", False: "tidak"}, default=NOT_DELIVERED, return_dtype=pl.String
        ).to_list()
    texts = column.cast(pl.String)
    if name in IN_WORDS:
        texts = texts.replace({text: called(name, text) for text in texts.unique().drop_nulls()})
    return texts.fill_null(NOT_DELIVERED).to_list()


def _age(first: date | None, last: date | None, as_of: date) -> str:
    row = {BORN: first, BORN + LAST: last}
    return age_of(typed.value_of(row, columns_of(EMPLOYEES)[BORN]), as_of)
