"""Junk: cells of the tables of a workforce as they should not be, and as they are: other words, other days, blanks, strays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl

from asnpolicy.workforce import Workforce
from asnpolicy.workforce.schema import EMPLOYEES, KEY, Holds, delivered

DAYS = (date(1, 1, 1), date(9999, 12, 31), date(1899, 12, 31), date(1970, 1, 1), date(2201, 1, 1), date(2026, 10, 1), date(2026, 10, 2),
        date(2020, 2, 29), date(2015, 1, 10), date(2100, 1, 1), date(2024, 12, 31))  # fmt: skip
TEXTS = (" x", "x ", "", " ", "x" * 201, "GURU", "guru", "Guru Muda", "Guru Ahli Muda", "\u00a0pkp", "pkp\u2003", "cltn", "none", "a'b",
         "pkp", "bappeda", "é", "-", "NULL", "n/a", "Tidak ada", "0", "???", "0000-00-00", "Gru", "cln", "ÉCOLE", "CLTN", "ctln", "PKP", "Pelatihan Kepemimpinan Pengawas", "latasr", "Kelas A", "kelas-a",
         "Guru besar", "GURU  AHLI MUDA", "Guru\tBesar", "Widya Iswara", "Dossen", "Guru Olahraga", "Profesor", "Bappeda", "DINAS PENDIDIKAN")  # fmt: skip
OTHERS = {
    Holds.DAY: DAYS,
    Holds.LAST_DAY: (date(2200, 12, 31),),
    Holds.WORD: ("none", "ongoing", "all", "junk"),
    Holds.TRUTH: (True, False),
    Holds.NUMBER: (-5, 0, 1, 3, 20, 2019, 2024, 2026, 2027, 99_999),
    Holds.EXACT: (Decimal(-1), Decimal(0), Decimal("12.345"), Decimal("99999.5")),
    Holds.TEXTS: ([], ["a"], ["a b", "keuangan"], [" a"], ["a "], [""], ["-"], ["a", "NULL"], ["0"]),
    Holds.NUMBER_OF_PERSON: ("199013012015031001", "19900101 201503 1 001", "x"),
}
AS_TEXT = (Holds.LABEL, Holds.WORD, Holds.TEXT, Holds.JSON, Holds.NUMBER_OF_PERSON)


def cell(rng, spec, old):
    """Give another cell for a column."""
    if rng.random() < 0.2:
        return None
    if spec.holds is Holds.LABEL:
        return rng.choice([*spec.labels.texts(), "none", "junk", " PNS", "Cukup"])
    if spec.holds is Holds.NUMBER_OF_PERSON and rng.random() < 0.5:
        return old
    return rng.choice(OTHERS.get(spec.holds, TEXTS))


def tables(rng, people, hits):
    """Give people as tables with some cells changed; now and then a table or some columns are not there."""
    frames = {name: _columns(frame) for name, frame in Workforce.of(people).frames().items()}
    for _ in range(hits):
        name = rng.choice([name for name in frames if frames[name][KEY]])
        head = rng.choice([head for head in frames[name] if head != KEY or rng.random() < 0.02])
        at = rng.randrange(len(frames[name][KEY]))
        frames[name][head][at] = cell(rng, delivered(name)[head], frames[name][head][at])
    gone = rng.random()
    if gone < 0.5:
        frames = {name: table for name, table in frames.items() if name == EMPLOYEES or rng.random() > 0.15}
    elif gone < 0.6:
        frames = {
            name: {head: cells for head, cells in table.items() if head == KEY or rng.random() > 0.07}
            for name, table in frames.items()
        }
    return {name: _frame(name, table) for name, table in frames.items()}


def _columns(frame):
    words = frame.with_columns(pl.col(pl.Enum, pl.Categorical).cast(pl.String))
    return {head: words[head].to_list() for head in words.columns}


def _frame(name, table):
    specs = delivered(name)
    types = {head: pl.String if specs[head].holds in AS_TEXT else specs[head].dtype for head in table}
    return pl.DataFrame({head: pl.Series(cells, dtype=types[head]) for head, cells in table.items()})
