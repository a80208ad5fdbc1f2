"""Talent as rows: a person or a box a row of a map, a candidate a row of a succession list."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import IO

from asnpolicy.decisions import names
from asnpolicy.decisions.reasons import written
from asnpolicy.decisions.talent.grid import BOXES, TalentGrid
from asnpolicy.decisions.talent.succession import SuccessionList
from asnpolicy.decisions.talent.talent import TalentMap
from asnpolicy.decisions.talent.telling import of_treatment
from asnpolicy.exchange.assignments import guarded, told

PEOPLE = ("nip", "name", "unit", "unit_name", "state", "box", "low", "high", "pool", "why", "missing", "treatments")
COUNTS = ("state", "box", "people")
"""An empty count is hidden."""
SUCCESSORS = ("position", "nip", "name", "unit", "unit_name", "readiness", "box", "rule", "standing", "gaps", "missing", "lot")


def write_people(made: TalentMap, out: IO[str], lang: str) -> None:
    """Write everybody of a map as CSV, for the unit itself."""
    _write(out, PEOPLE, _people(made, lang))


def write_counts(grid: TalentGrid, out: IO[str]) -> None:
    """Write the counts of a grid as CSV."""
    boxes = (("mapped", box, grid.box(box)) for box in BOXES)
    _write(out, COUNTS, (*boxes, *((state, None, count) for state, count in grid.outside)))


def write_successors(made: SuccessionList, out: IO[str], lang: str) -> None:
    """Write the candidates of a succession list as CSV."""
    _write(out, SUCCESSORS, _successors(made, lang))


def _write(out: IO[str], columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(tuple(guarded(cell) for cell in row) for row in rows)


def _people(made: TalentMap, lang: str) -> Iterator[tuple[object, ...]]:
    for one in made.places:
        treatments = told(tuple(map(of_treatment, one.treatments)), lang)
        who, missing = one.person, written(names.all_missing(one.missing), lang)
        pool = one.pool.value if one.box is not None else None
        yield (
            who.nip, who.name, who.unit, who.unit_name, one.state.value, one.box, one.low, one.high, pool,
            told(one.reasons, lang), missing, treatments,
        )  # fmt: skip


def _successors(made: SuccessionList, lang: str) -> Iterator[tuple[object, ...]]:
    for one in made.candidates:
        who, missing = one.person, written(names.all_missing(one.missing), lang)
        yield (
            one.position, who.nip, who.name, who.unit, who.unit_name, one.readiness.value, one.box, one.rule, one.standing,
            told(one.reasons, lang), missing, who.lot,
        )  # fmt: skip
