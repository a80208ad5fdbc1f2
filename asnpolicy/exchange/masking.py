"""Masking: what a message may show of a person; a value that was refused is in a log for longer than in a file."""

from __future__ import annotations

import re

from pydantic import ValidationError

from asnpolicy.people import refusals as plain
from asnpolicy.people.refusals import Steps

PERSONAL = frozenset({
    "nip", "name", "birth_date", "supervisor", "protected", "mentoring",  # who somebody is
    "sanctions", "leaves",  # discipline and health
    "of", "to",  # between whom a relation is
})  # fmt: skip
"""Fields whose values no message shows (UU 27/2022 pasal 4), with all that is inside them."""
_NUMBER = re.compile(r"\d{8,}")
"""So long a number may be that of a person, wherever it stands: a key, a line without its comma."""
_YEAR = re.compile(r"\b\d{4}\b")


def refusals(error: ValidationError, whole: str) -> dict[Steps, str]:
    """Give a sentence for each field that is amiss, as the models tell it, in which nothing personal is shown.

    >>> from asnpolicy.people import Employee
    >>> try:
    ...     Employee.model_validate({"nip": "199001012015031001", "birth_date": "1-1-1990"})
    ... except ValidationError as error:
    ...     refusals(error, "the line")
    {('birth_date',): '`birth_date`: a date is written like 2026-10-01'}
    """
    given = {str(one["input"]) for one in error.errors() if _is_personal(one["loc"])}
    told = plain.refusals(error, whole)
    return {steps: discreet(text, given if _is_personal(steps) else set()) for steps, text in told.items()}


def discreet(text: str, values: set[str] | None = None) -> str:
    """Return a message in which these values, and long numbers anywhere, are masked."""
    for value in sorted(values or (), key=len, reverse=True):
        for shown, sign in ((value, "`"), (value[:40], "`"), (repr(value)[1:-1], "'")):
            text = text.replace(f"{sign}{shown}{sign}", f"{sign}{shape(value)}{sign}")
    if values and "is not an NIP" in text:  # it tells the year of birth otherwise
        text = _YEAR.sub("****", text)
    return _NUMBER.sub(lambda found: "*" * len(found[0]), text)


def shape(value: str) -> str:
    """Return how a value is written, and nothing of what it says; of words not even how long they are.

    >>> shape("31-12-1990"), shape("Islam")
    ('**-**-****', '***')
    """
    return "***" if any(sign.isalpha() for sign in value) else re.sub(r"\d", "*", value)[:40]


def _is_personal(steps: tuple[int | str, ...]) -> bool:
    return not PERSONAL.isdisjoint(steps)
