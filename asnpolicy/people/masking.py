"""Masking: what a message may show of a person; a value that was refused is in a log for longer than in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

PERSONAL = frozenset({
    "nip", "name", "birth_date", "supervisor", "protected", "mentoring",  # who somebody is
    "sanctions", "leaves",  # discipline and health
    "of", "to",  # between whom a relation is
})  # fmt: skip
"""Fields whose values no message shows (UU 27/2022 pasal 4), with all that is inside them."""
_NUMBER = re.compile(r"\d{8,}")
"""So long a number may be that of a person, wherever it stands: a key, a line without its comma."""
_DAY_FIELDS = frozenset({"since", "until", "agency_since", "complete_since", "period_start", "period_end"})
_DAY = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}")
"""A day in a field that holds none may be somebody's birth date, in a column that slipped by one."""
_YEAR = re.compile(r"\b\d{4}\b")


def discreet(text: str, values: set[str] | None = None) -> str:
    """Return a message in which these values, and long numbers anywhere, are masked."""
    for value in sorted(values or (), key=len, reverse=True):
        for shown, sign in ((value, "`"), (value[:40], "`"), (repr(value)[1:-1], "'")):
            text = text.replace(f"{sign}{shown}{sign}", f"{sign}{shape(value)}{sign}")
    if values and ("is not an NIP" in text or "bukan NIP" in text):  # it tells the year of birth otherwise
        text = _YEAR.sub("****", text)
    return _NUMBER.sub(lambda found: "*" * len(found[0]), text)


def shape(value: str) -> str:
    """Return how a value is written, and nothing of what it says; of words not even how long they are.

    >>> shape("31-12-1990"), shape("Islam")
    ('**-**-****', '***')
    """
    return "***" if any(sign.isalpha() for sign in value) else re.sub(r"\d", "*", value)[:40]


def is_misplaced_day(steps: Iterable[int | str], value: object) -> bool:
    """Tell whether a day stands where no day is to be.

    >>> is_misplaced_day(("rank",), "1990-05-01"), is_misplaced_day(("ranks", 0, "since"), "1990-05-01")
    (True, False)
    """
    *_, name = ("", *(step for step in steps if isinstance(step, str)))
    is_day = name in _DAY_FIELDS or name.endswith("_on")
    return not is_day and _DAY.search(str(value)) is not None


def is_personal(steps: Iterable[int | str]) -> bool:
    """Tell whether what these steps lead to is a value that no message shows."""
    return not PERSONAL.isdisjoint(steps)
