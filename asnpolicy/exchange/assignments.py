"""Assignments as rows: a pair a row, then whoever has no mentor; what it says can be given back as kept pairs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

from asnpolicy.decisions import names
from asnpolicy.decisions.mentoring import AssignedPair, Assignment, UnassignedMentee
from asnpolicy.decisions.reasons import Reason, written
from asnpolicy.exchange.cells import guard

COLUMNS = (
    "mentor", "mentor_name", "mentor_unit", "mentee", "mentee_name", "mentee_unit", "how", "wish", "claim", "choice",
    "candidates", "why", "missing",
)  # fmt: skip
"""`how` is how a pair came about, or the limit that bound whoever has no mentor."""


def write(made: Assignment, out: IO[str], lang: str) -> None:
    """Write the rows as CSV."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(tuple(guarded(cell) for cell in row) for row in rows(made, lang))


def rows(made: Assignment, lang: str) -> Iterator[tuple[object, ...]]:
    """The cells of each row; texts in `id` or `en`."""
    yield from (_pair(one, lang) for one in made.pairs)
    yield from (_left(one, lang) for one in made.unassigned)


def _pair(one: AssignedPair, lang: str) -> tuple[object, ...]:
    mentor, mentee = one.mentor, one.mentee
    return (
        mentor.nip, mentor.name, mentor.unit, mentee.nip, mentee.name, mentee.unit, one.how.value, one.wish, one.claim,
        one.choice, one.candidates, told(one.reasons, lang), _missing(one.missing, lang),
    )  # fmt: skip


def _left(one: UnassignedMentee, lang: str) -> tuple[object, ...]:
    mentee = one.mentee
    return (
        None, None, None, mentee.nip, mentee.name, mentee.unit, one.limit.value, None, None,
        None, len(one.mentors), told(one.reasons, lang), _missing(one.missing, lang),
    )  # fmt: skip


def told(reasons: tuple[Reason, ...], lang: str) -> str:
    """Join reasons in one text."""
    return "; ".join(one.to(lang) for one in reasons)


def _missing(missing: tuple[str, ...], lang: str) -> str:
    return written(names.all_missing(missing), lang)


def guarded(cell: object) -> object:
    """Return a cell of which no part is taken for a formula by a spreadsheet."""
    return guard(cell) if isinstance(cell, str) else cell
