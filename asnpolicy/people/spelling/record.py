"""Record: one record of a history, of which the fields that contradict each other are not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from asnpolicy.people.contradiction import ContradictionError, SlipError
from asnpolicy.people.records import Record
from asnpolicy.people.refusals import checked
from asnpolicy.people.spelling.field import MISSPELT

CONTRADICTING = "contradicting-fields"


class Apart(NamedTuple):
    """Fields of a record that can't all be right, and the code of what is told of them."""

    fields: tuple[str, ...]
    code: str


def consistent(model: type[Record], values: dict[str, Any]) -> tuple[Record, list[Apart]]:
    """Return the record; where its fields contradict each other, they are unknown in it and in the values, and told."""
    told: list[Apart] = []
    while True:
        try:
            return checked(model, values), told
        except ValidationError as error:
            wrong = _blamed(error, values)
            if not wrong.fields:
                return model(), told
            told.append(wrong)
            values.update(dict.fromkeys(wrong.fields))


def _blamed(error: ValidationError, values: Mapping[str, Any]) -> Apart:
    """Name the fields that can't all be right, known ones, so that there are fewer each time."""
    delivered = tuple(name for name, value in values.items() if value is not None)
    for one in error.errors():
        cause = one.get("ctx", {}).get("error")
        named = cause.fields if isinstance(cause, ContradictionError) else tuple(str(step) for step in one["loc"][:1])
        wrong = tuple(name for name in delivered if name in named)
        if wrong:
            return Apart(wrong, MISSPELT if isinstance(cause, SlipError) else CONTRADICTING)
    return Apart(delivered, CONTRADICTING)
