"""Reached: a day on which time passes a limit, in words: so long after the day of a record, or a new year that counts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from asnpolicy.decisions import names, texts, words
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.language.dates import months_between, plus_months
from asnpolicy.language.lower import Binder
from asnpolicy.language.nodes import Expr, Field, Fold, Literal, Node, RecordField, YearOf, children, walk
from asnpolicy.language.reach import Reached
from asnpolicy.language.turns import Completeness, Of, yearly_ways
from asnpolicy.people import HISTORIES

DAY = timedelta(days=1)


def counting(one: Reached) -> bool:
    """Tell whether it is a year that begins, or that begins to count: nothing of the person is reached by it."""
    return any(isinstance(node, YearOf) for node in walk(one.crossing.moving))


def told(one: Reached) -> Reason:
    """Say what is reached."""
    if counting(one):
        return _year(one)
    if isinstance(one.crossing.against, Completeness):
        return because("cause.complete", history=Reason(f"history.{one.crossing.against.of.history}"))
    what = _label(one.crossing.against, one.crossing.inside)
    if not isinstance(one.value, date):
        return Reason("cause.time")
    count = months_between(one.value, one.day)
    span = _span(one.value, one.day, count)
    if span is None:
        return because("cause.day", day=one.day) if what is None else because("cause.by", what=what, day=one.value)
    return because(f"cause.{span}", span=words.months(count), what=what or Reason("cause.this"), day=one.value)


def _year(one: Reached) -> Reason:
    if yearly_ways(one.crossing.moving) and (one.day.month, one.day.day) == (1, 1):
        return because("cause.new_year", year=str(one.day.year))
    last = Binder(one.day).node(YearOf(_day_of(one.crossing.moving)))
    if isinstance(last, Literal) and isinstance(last.value, int):
        return because("cause.year", year=str(last.value - 1))
    return Reason("cause.turn")


def _day_of(moving: Expr) -> Expr:
    """Return the day whose year it is that moves on."""
    return next(node.day for node in walk(moving) if isinstance(node, YearOf))


def _span(start: date, day: date, count: int) -> str | None:
    """How a day follows from another: so long after it, the day after that, or with the month after it."""
    if count < 1:
        return None
    reached = plus_months(start, count)
    if reached == day:
        return "after"
    if reached + DAY == day:
        return "beyond"
    return "month" if day.day == 1 and plus_months(reached.replace(day=1), 1) == day else None


@cache
def _label(against: Expr | Completeness, inside: Of | None) -> Part | None:
    """Name what a value is held against: a field of somebody, or the day of a record."""
    return None if isinstance(against, Completeness) else _of_node(against, inside)


def _of_node(node: Node, inside: Of | None) -> Part | None:
    match node:
        case Field(scope, name):
            return _of_scope(scope, Reason(own) if texts.known(own := f"cause.{name}") else names.field(name))
        case RecordField(name):
            return None if inside is None else _of_record(inside, name)
        case Fold(op="held_since" | "unbroken_since"):
            return _of_record(Of(node.scope, node.history), HISTORIES[node.history].placed_by)
        case Fold():
            inside = Of(node.scope, node.history)
            return None if node.value is None else _of_node(node.value, inside)
        case _:
            return next((found for part in children(node) if (found := _of_node(part, inside)) is not None), None)


def _of_record(of: Of, name: str) -> Reason:
    """The day of a record: of ranks and posts the day by which they are known in the service."""
    own = f"cause.{of.history}.{name}"
    found = (
        Reason(own)
        if texts.known(own)
        else because("cause.record", field=names.field(name), record=Reason(f"record.{of.history}"))
    )
    return _of_scope(of.scope, found)


def _of_scope(scope: str, found: Reason) -> Reason:
    return because("missing.of", what=found, who=Reason(f"scope.{scope}")) if scope in ("mentor", "mentee") else found
