"""Causes in words: what brought a day about on which a verdict changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from asnpolicy.decisions import names, texts, words
from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.timeline.days import Cause, Reads
from asnpolicy.language.dates import months_between, plus_months
from asnpolicy.language.nodes import Asks, Expr, Field, Fold, Node, RecordField, children, walk
from asnpolicy.language.reach import Reached
from asnpolicy.language.rules import Rule
from asnpolicy.language.turns import Completeness, Crossing, Of, crossings, is_yearly
from asnpolicy.people import HISTORIES

DAY = timedelta(days=1)


def causes_of(found: Iterable[Cause], changed: Iterable[str], reads: tuple[Reads, ...]) -> tuple[Reason, ...]:
    """Return what brought a day about, in words: only what the changed criteria look at, where that is known."""
    those = tuple(found)
    looked_at = _looked_at(reads, frozenset(changed))
    timed = [one for one in those if one.reached is not None and one.reached.crossing in looked_at]
    if timed:
        others = [one for one in those if one.event == "waiver"]
        told = tuple(dict.fromkeys(map(_told, timed)))
        return (*(_the_year(told) or told), *map(_told, others))
    events = [one for one in those if one.event != "time"]
    shown = [one for one in events if one.event in ("waiver", "rules", "registers", "sum")] or events
    return tuple(dict.fromkeys(map(_told, shown)))


def _the_year(told: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """What a new year alone brings about: the days that lie so long ago by it are no causes of their own."""
    return tuple(one for one in told if one.code in ("cause.year", "cause.turn", "cause.new_year"))


def _looked_at(reads: tuple[Reads, ...], changed: frozenset[str]) -> frozenset[Crossing]:
    return frozenset(one for each in reads for one in _in_rule(each, changed))


def _in_rule(reads: Reads, changed: frozenset[str]) -> Iterator[Crossing]:
    rule, *_ = reads.rules
    by_id = {one.id: one for one in reads.rules}
    for root in _roots(rule, changed):
        yield from crossings(root)
        asked = [by_id[node.rule] for node in walk(root) if isinstance(node, Asks) and node.rule in by_id]
        for one in asked:
            yield from _whole(one, by_id)


def _whole(rule: Rule, by_id: dict[str, Rule]) -> Iterator[Crossing]:
    for root in rule.roots:
        yield from crossings(root)
        for node in walk(root):
            if isinstance(node, Asks) and node.rule in by_id:
                yield from _whole(by_id[node.rule], by_id)


def _roots(rule: Rule, changed: frozenset[str]) -> Iterator[Node]:
    """The conditions that changed; all of the rule where none did, as when only what it leads to is another."""
    for one in (*rule.criteria, *rule.warnings):
        if not changed or one.id in changed:
            yield from one.conditions
    if not changed or "" in changed:
        yield rule.applies_to
    if not changed:
        yield from (root for root in (rule.target, rule.due) if root is not None)


def _told(cause: Cause) -> Reason:
    match cause.event:
        case "time" if cause.reached is not None:
            return _reached(cause.reached)
        case "waiver" if cause.waiver is not None:
            return because(
                "cause.waiver", letter=cause.waiver.letter, since=cause.waiver.since, until=cause.waiver.until
            )
        case _:
            return Reason(f"cause.{cause.event}")


def _reached(one: Reached) -> Reason:
    what = _label(one.crossing.against, one.crossing.inside)
    if is_yearly(one.crossing.moving) and (one.day.month, one.day.day) == (1, 1):
        return because("cause.new_year", year=str(one.day.year))
    if not isinstance(one.value, date):
        return because("cause.year", what=what) if what is not None else Reason("cause.turn")
    count = months_between(one.value, one.day)
    span = _span(one.value, one.day, count)
    if span is None:
        return because("cause.day", day=one.value) if what is None else because("cause.by", what=what, day=one.value)
    return because(f"cause.{span}", span=words.months(count), what=what or Reason("cause.this"), day=one.value)


def _span(start: date, day: date, count: int) -> str | None:
    """How a day follows from another: so long after it, or the day after that."""
    if count < 1:
        return None
    reached = plus_months(start, count)
    return "after" if reached == day else "beyond" if reached + DAY == day else None


@cache
def _label(against: Expr | Completeness, inside: Of | None) -> Part | None:
    """Name what a value is held against: a field of somebody, or the day of a record."""
    if isinstance(against, Completeness):
        return because("cause.complete", history=Reason(f"history.{against.of.history}"))
    return _of_node(against, inside)


def _of_node(node: Node, inside: Of | None) -> Part | None:
    match node:
        case Field(scope, name):
            return _of_scope(scope, names.field(name))
        case RecordField(name):
            return None if inside is None else _of_record(inside, name)
        case Fold(value=None) if node.op in ("held_since", "unbroken_since"):
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
