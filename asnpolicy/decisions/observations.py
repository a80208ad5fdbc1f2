"""Observations: what a condition looked at as people call it, and what a figure is worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.decisions import grounds, names, words
from asnpolicy.decisions.reasons import LateText, Part, Reason, because
from asnpolicy.language import numbers
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.dates import OPEN
from asnpolicy.language.kleene import missing
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Fold, Kind, RecordField, Rounding, Value
from asnpolicy.language.rules import Component, Observation, Text
from asnpolicy.people import ABSENT, HISTORIES, AppraisalRecord, Record

MEASURES = {Kind.NUMBER: "count", Kind.DURATION: "unbroken", Kind.SPAN: "total"}


def value_of(observation: Observation, meaning: Meaning) -> Value | Bounds:
    """Return what was seen; a mean or a share divided and rounded to its places, none where there is no record."""
    seen = meaning.value(observation.seen)
    if observation.over is None:
        return seen
    number = meaning.value(observation.over)
    if not isinstance(number, int):
        return Bounds(missing=missing([seen, number]))
    if number == 0:
        return ABSENT
    if isinstance(seen, Bounds):
        return Bounds(_spread(seen.low, number, "down"), _spread(seen.high, number, "up"), seen.missing)
    exact: Value = _spread(seen, number, "half_up")
    return exact


def _spread(total: Any, number: int, rounding: Rounding) -> Any:
    return None if total is None else numbers.divide(total * 10**numbers.FINER, number, rounding)


def seen_of(observation: Observation, value: Value | Bounds, meaning: Meaning, as_of: date) -> Text:
    """Write what was seen; of a mean or a share also what it is of how many records, which no rounding hides."""
    seen = words.seen(observation, value, as_of)
    total, number = meaning.value(observation.seen), 0 if observation.over is None else meaning.value(observation.over)
    if not number or not isinstance(number, int) or not isinstance(total, int):
        return seen
    if not _of_field(observation):
        return LateText(because("seen.share", value=seen, part=total // numbers.WHOLE, number=number))
    added = words.number(total, observation.type.places - numbers.FINER)
    return LateText(because("seen.mean", value=seen, total=added, number=number))


def _of_field(observation: Observation) -> bool:
    return isinstance(observation.seen, Fold) and isinstance(observation.seen.value, RecordField)


def label_of(observation: Observation) -> Part:
    """Name what was looked at; a history by what is measured of it."""
    fact = observation.fact.rpartition(".")[2]
    if fact == "target" and observation.type.labels is not None:
        return Reason("label.target.rank" if observation.type.labels.__name__ == "Rank" else "label.target.level")
    if fact not in HISTORIES:
        return observation.label
    told = _measured(observation, fact)
    if observation.item:
        told = because("measure.of", measure=told, who=observation.item.replace("-", " "))
    scope = observation.seen.scope if isinstance(observation.seen, Fold) else "employee"
    return because("measure.of", measure=told, who=Reason(f"scope.{scope}")) if scope in ("mentor", "mentee") else told


def _measured(observation: Observation, history: str) -> Reason:
    """Name a history by what is measured of it: how many, how long, or what a field comes to."""
    records, seen = Reason(f"records.{history}"), observation.seen
    if observation.over is not None and not _of_field(observation):
        return because("measure.share", records=records)
    if isinstance(seen, Fold) and isinstance(seen.value, RecordField) and seen.op != "unbroken_since":
        op: str = seen.op if observation.over is None else "mean"
        if seen.value.type.kind is Kind.DATE and op in ("least", "greatest"):
            op = f"{op}.day"
        return because(f"measure.{op}", records=records, field=names.record_field(history, seen.value.name))
    measure = MEASURES[observation.type.kind]
    if isinstance(seen, Fold) and seen.op == "greatest":
        measure = "longest"
    return because(f"measure.{measure}", records=records)


def record(history: str, one: Record) -> Reason:
    """Name a record by its day."""
    said, until = Reason(f"record.{history}"), getattr(one, one.ends_by) if one.ends_by else None
    day: Part = Reason("day.unknown") if one.placed is None else one.placed
    if one.ends_by is None:
        return because("recorded.on", record=said, day=day)
    if until is None or until == OPEN:
        return because("recorded.since", record=said, day=day)
    return because("recorded.until", record=said, day=day, until=until)


# What a figure is worked out from

NOTHING = (0, ABSENT)
"""What adds nothing to a figure: not told."""


@dataclass(frozen=True, slots=True)
class SeenComponent:
    """One part of a figure, or one record of a part, with its value: as a text, and how far it is indented."""

    depth: int
    told: Text


def components_of(parts: Iterable[Component], meaning: Meaning, as_of: date) -> tuple[SeenComponent, ...]:
    """Tell each part of a figure with its value, and each record that is added up."""
    return tuple(SeenComponent(depth, LateText(said)) for depth, said in _made_of(parts, meaning, as_of, 0))


def _made_of(parts: Iterable[Component], meaning: Meaning, as_of: date, depth: int) -> Iterator[tuple[int, Reason]]:
    for one in parts:
        part, value = one.part, meaning.value(one.part.seen)
        if value in NOTHING and one.how in ("plus", "minus"):
            continue  # what adds nothing is not told
        yield depth, _component(one, words.seen(part, value, as_of))
        if isinstance(part.seen, Fold):
            yield from ((depth + 1, said) for said in _added_up(part, part.seen, meaning, as_of))
        yield from _made_of(part.components, meaning, as_of, depth + 1)


def _component(one: Component, value: Part) -> Reason:
    return because(f"component.{one.how}", label=label_of(one.part), value=value)


def _added_up(part: Observation, fold: Fold, meaning: Meaning, as_of: date) -> Iterator[Reason]:
    if fold.value is None or fold.op != "sum":
        return
    for one in grounds.counted(meaning, fold):
        value = meaning.value(fold.value, one)
        if value not in NOTHING:
            seen = words.seen(part, value, as_of)
            yield because("component.record", record=_rated(one) or record(fold.history, one), value=seen)


def _rated(one: Record) -> Reason | None:
    """Name an appraisal by what its credit is worked out from: its year, its predicate, its months."""
    if not isinstance(one, AppraisalRecord) or one.rating is None or one.year is None or one.months is None:
        return None
    return because("component.appraisal", year=one.year, rating=str(one.rating), months=one.months)
