"""More knowledge: a person with some unknowns, and the same person with some of them known."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from random import Random

from asnpolicy.language.reading import Question
from asnpolicy.people import COMPLETE, HISTORIES, OPEN, Employee, History, PartialDay
from asnpolicy.people.days import last_of
from asnpolicy.people.histories import in_order

KEPT = ("nip", "protected", "known_on", "earlier_nips", "confirmed")
"""What is no knowledge of a person's career: it is not forgotten here."""


def forget(rng: Random, person: Employee, chance: float) -> Employee:
    """Give the same person with fields, records, parts of records and promises of completeness forgotten."""
    update = {}
    for name in Employee.model_fields:
        value = getattr(person, name)
        if name in HISTORIES:
            update[name] = _history(rng, value, chance)
        elif name not in KEPT and value is not None and rng.random() < chance:
            update[name] = _left(rng, value)
    return person.model_copy(update=update)


def _history(rng: Random, history: History, chance: float) -> History:
    kind = rng.random()
    if kind > 4 * chance:
        return history
    if kind < chance:
        return history.model_copy(update={"records": (), "complete_since": None})
    drawn = [(r, rng.random() < 0.7) for r in history.records]
    kept = [r for r, stays in drawn if stays]
    lost = [r for r, stays in drawn if not stays]  # of two that are alike one may go: they were two
    complete = history.complete_since
    if lost:
        complete = after(max(last_touched(r) for r in lost), complete)
    records = in_order([_blurred(rng, r, chance) for r in kept])
    if rng.random() < 0.3:
        complete = None
    return history.model_copy(update={"records": records, "complete_since": complete})


def last_touched(record) -> date:
    """Give the last day that a record may touch: completeness may only be promised after it."""
    if record.placed is None:
        return date.max
    until = getattr(record, record.ends_by) if record.ends_by else None
    return last_of(record.placed) if record.ends_by is None else last_of(until)


def after(day: date, complete: date | None) -> date | None:
    if complete is None or day >= date(9999, 1, 1):
        return None
    later = date.fromordinal(day.toordinal() + 1)
    return later if complete == COMPLETE else max(complete, later)


def _blurred(rng: Random, record, chance: float):
    """Forget fields of a record; of a day something may be left."""
    update = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if value is not None and rng.random() < chance:
            update[name] = _left(rng, value)
    return type(record).model_validate({**dict(record), **update}) if update else record


def _left(rng: Random, value):
    """Give what is left of a value: of a day perhaps its year or its month."""
    if type(value) is not date or value in (OPEN, COMPLETE):
        return None
    return rng.choice((None, PartialDay.in_year(value.year), PartialDay.of(f"{value:%Y-%m}")))


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
