"""Observations: what a condition looked at, as people call it, and what was seen of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from asnpolicy.decisions import names, words
from asnpolicy.decisions.filters import said
from asnpolicy.decisions.reasons import LateText, Part, Reason, because
from asnpolicy.language import numbers
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.dates import OPEN
from asnpolicy.language.kleene import missing
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Fold, Kind, RecordField, Rounding, Value
from asnpolicy.language.rules import Observation, Text
from asnpolicy.people import ABSENT, HISTORIES, Record

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
    if observation.over is None:  # as of most
        return seen
    total, number = meaning.value(observation.seen), meaning.value(observation.over)
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
        part = said(observation.each) if observation.each is not None else ""
        return because("measure.share", records=records, part=part)
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
