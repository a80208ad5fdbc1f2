"""More knowledge: a person with some unknowns, and the same person with some of them known."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from random import Random

from asnpolicy.language.reading import Question
from asnpolicy.people import COMPLETE, HISTORIES, Employee, History
from tests.conformance.people import maybe


def forget(rng: Random, person: Employee, chance: float) -> Employee:
    """Give the same person with fields, records, parts of records and promises of completeness forgotten."""
    update = {}
    for name in Employee.model_fields:
        if name in ("nip", "protected"):
            continue
        value = getattr(person, name)
        update[name] = _history(rng, value, chance) if name in HISTORIES else maybe(rng, value, chance)
    return person.model_copy(update=update)


def _history(rng: Random, history: History, chance: float) -> History:
    kind = rng.random()
    if kind > 4 * chance:
        return history
    if kind < chance:
        return history.model_copy(update={"records": (), "complete_since": None})
    kept = [r for r in history.records if rng.random() < 0.7]
    lost = [r for r in history.records if r not in kept]
    complete = history.complete_since
    if lost:
        complete = _after(max(_last_touched(r) for r in lost), complete)
    records = tuple(_blurred(rng, r, chance) for r in kept)
    if rng.random() < 0.3:
        complete = None
    return history.model_copy(update={"records": records, "complete_since": complete})


def _last_touched(record) -> date:
    """Give the last day that a record touches: completeness may only be promised after it."""
    until = getattr(record, record.ends_by) if record.ends_by else None
    return record.placed if record.ends_by is None else (until if until is not None else date.max)


def _after(day: date, complete: date | None) -> date | None:
    if complete is None or day >= date(9999, 1, 1):
        return None
    later = date.fromordinal(day.toordinal() + 1)
    return later if complete == COMPLETE else max(complete, later)


def _blurred(rng: Random, record, chance: float):
    required = {record.placed_by, record.seen_by, "year", "period_end", "period_start", "decided_on"}
    names = [n for n in type(record).model_fields if n not in required and rng.random() < chance]
    return record.model_copy(update=dict.fromkeys(names)) if names else record


def less(rng: Random, question: Question, chance: float) -> Question:
    """Give the same question with less known."""

    def blurred(thing):
        return replace(thing, **{f.name: None for f in fields(thing) if rng.random() < chance})

    employee = forget(rng, question.employee, chance)
    return replace(
        question,
        employee=employee,
        mentee=employee,
        mentor=forget(rng, question.mentor, chance),
        opening=blurred(question.opening),
        pair=blurred(question.pair),
    )
