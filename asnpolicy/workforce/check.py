"""Check: a table as it was delivered becomes the table of the schema; what is amiss is one clear problem each, or counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from asnpolicy.people.codes import CODES
from asnpolicy.people.status import Employment
from asnpolicy.problems import PolicyError, Problem, Problems, meant
from asnpolicy.text import Message, Text, phrase
from asnpolicy.workforce import cell_texts, cells
from asnpolicy.workforce.cells import WrongTypeError
from asnpolicy.workforce.schema import (
    EMPLOYEES,
    IS,
    KEY,
    LAST,
    NO_DAY,
    WORDS,
    ColumnSpec,
    Holds,
    columns_of,
    delivered,
    needed,
    word_of,
)

PPPK = (Employment.PPPK.label, Employment.PPPK_PARUH_WAKTU.label)
_DAYS = phrase(en="it holds days, such as 2026-10-01", id="isinya tanggal, seperti 2026-10-01")
IT_HOLDS_TEXT = phrase(en="it holds text", id="isinya teks")
BY_NIP = phrase(en="each row names its person by NIP", id="setiap baris menyebut pegawainya dengan NIP")
BY_KEY = phrase(en="without it a row says nothing", id="tanpa kolom itu sebuah baris tidak mengatakan apa-apa")
WRITTEN = {
    Holds.DAY: _DAYS,
    Holds.LAST_DAY: _DAYS,
    Holds.TRUTH: phrase(en="it holds true and false", id="isinya true dan false"),
    Holds.NUMBER: phrase(en="it holds whole numbers", id="isinya bilangan bulat"),
    Holds.EXACT: phrase(en="it holds numbers", id="isinya angka"),
    Holds.TEXTS: phrase(en="it holds lists of texts", id="isinya daftar teks"),
    Holds.LABEL: phrase(en="it holds its words as text", id="isinya kata-kata yang dikenal, sebagai teks"),
    Holds.WORD: phrase(en="it holds one of the words none, ongoing and all", id="isinya salah satu kata none, ongoing, dan all"),
}
"""What a column of each kind is to hold, as people say it."""


@dataclass(frozen=True, slots=True)
class Amiss:
    """Something amiss in a table that cost no more than itself: what it was, in which column, and how often."""

    code: str
    table: str
    column: str
    count: int

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> Message:
        """What is told of it, in Indonesian and English."""
        where, code = f"{self.table}.{self.column}", self.code
        return phrase(
            en="{where}: {what}: {count}   [{code}]", id="{where}: {what}: {count}   [{code}]",
            where=where, what=_TOLD[code], count=self.count, code=code,
        )  # fmt: skip


_TOLD = {
    "unreadable-cell": Text("sel yang tidak terbaca, dianggap belum diketahui", "cells that can't be read, and are not known"),
    "written-otherwise": Text("sel yang ditulis lain, dan tetap dibaca", "cells that are written otherwise, and are read"),
    "numeric-date": Text(
        "tanggal dengan angka saja, dibaca hari, bulan, tahun", "dates in numbers alone, read as day, month, year",
    ),
    "ambiguous-date": Text(
        "tanggal yang bisa berarti dua hari; hanya tahunnya yang dipakai", "dates that may be two days, of which only the year is kept",
    ),
    "filler-date": Text("tanggal pengisi, dianggap belum diketahui", "filler dates, which are not known"),
    "misspelt-code": Text(
        "kode yang hampir sama dengan kode yang dikenal, dianggap belum diketahui",
        "codes that are almost a known one, and are not known",
    ),
    "no-person": Text(
        "baris tanpa NIP; tabel ini tidak dianggap lengkap bagi siapa pun",
        "rows without a number of a person; the table is taken as complete for nobody",
    ),
    "orphan": Text(
        "baris milik orang yang tidak ada di `employees`; tabel ini tidak dianggap lengkap bagi siapa pun",
        "rows of nobody in `employees`; the table is taken as complete for nobody",
    ),
    "no-key": Text("baris yang dilewati, tidak menyebut apa yang dimaksud", "rows that are left out, which do not say what they are of"),
    "stray": Text(
        "baris milik sesuatu yang tidak ada di tabel induknya; isi tabel ini tidak dianggap diketahui bagi siapa pun",
        "rows of what is not there in the table it belongs to; nothing of this table is taken as known",
    ),
    "bad-nip": Text("baris yang dilewati, nomornya tidak mungkin NIP", "rows that are left out, whose number can't be an NIP"),
    "same-nip": Text(
        "pegawai yang ada di beberapa baris; yang berbeda di antaranya belum diketahui",
        "people who stand on several rows; what these say differently is not known",
    ),
}


def table(
    frame: pl.DataFrame, name: str, month_first: cell_texts.MonthFirst | None = None
) -> tuple[pl.DataFrame, list[Amiss]]:
    """Return a table as the schema has it, with what was amiss; columns that were not delivered are not known.

    A part of a table is read as the whole is: `month_first` names the columns whose days are written so somewhere in it.
    Raises PolicyError for a column that is missing or that there is not, and for one of a wrong type.
    """
    specs = delivered(name)
    heads(frame.columns, name)
    problems = Problems()
    made: dict[str, pl.Series] = {}
    distinct: dict[str, pl.Series | None] = {}
    amiss: list[Amiss] = []
    for head in frame.columns:
        try:
            if specs[head].holds is Holds.TEXT:
                made[head], distinct[head] = _texts(frame[head], specs[head], name, amiss)
            else:
                _add(made, _column(frame[head], specs[head], name, amiss, month_first))
        except (WrongTypeError, pl.exceptions.PolarsError):
            problems.found.append(_wrong_type(name, specs[head], str(frame[head].dtype)))
    problems.raise_if_any()
    if "acting" in made and frame["acting"].dtype == pl.String:
        said = cell_texts.acting_as(frame["acting"], made.get("acting_as"))
        made |= {} if said is None else {"acting_as": said.alias("acting_as")}
    given = _in_place(pl.DataFrame(made) if made else frame, name, amiss)
    if name == EMPLOYEES:
        given = _without_pns_dates(given)
    given = _parts_in_order(given, name, amiss)
    for code in (one for table, one in CODES if KEY in given.columns and table == name and one in given.columns):
        given, changed = cells.in_one_spelling(given, code, distinct[code])
        amiss += [Amiss("written-otherwise", name, code, changed)] if changed else []
    empty = [
        pl.lit(None, dtype=spec.dtype).alias(spec.name)
        for spec in columns_of(name).values()
        if spec.name not in given.columns
    ]
    return given.with_columns(empty).select(list(columns_of(name))), _summed(amiss)


def _summed(amiss: list[Amiss]) -> list[Amiss]:
    """Tell what is amiss in one column in one way once, with how often in all."""
    counts: dict[tuple[str, str, str], int] = {}
    for one in amiss:
        key = one.code, one.table, one.column
        counts[key] = counts.get(key, 0) + one.count
    return [Amiss(*key, count) for key, count in counts.items()]


def _in_place(given: pl.DataFrame, name: str, amiss: list[Amiss]) -> pl.DataFrame:
    """Put what a word says in the place of a day or a number; where both are there, neither is known."""
    specs = delivered(name)
    words = [
        head
        for head in given.columns
        if specs[head].holds is Holds.WORD and head.removesuffix(IS) in specs and given[head].null_count() < given.height
    ]
    owned = [specs[head.removesuffix(IS)] for head in words]
    missing = [spec for spec in owned if spec.name not in given.columns]
    given = given.with_columns(pl.lit(None, dtype=spec.dtype).alias(spec.name) for spec in missing)
    made, wrong = [], []
    for head, spec in zip(words, owned, strict=True):
        word, value = word_of(spec) or ("", None)
        said, here, stands = pl.col(head).is_not_null(), pl.col(spec.name).is_not_null(), pl.col(head) == word
        wrong.append((said & (here | ~stands)).sum().alias(head))
        inside = pl.when(stands & ~here).then(pl.lit(value, dtype=spec.dtype)).when(~said).then(pl.col(spec.name))
        made.append(inside.alias(spec.name))
    counts = given.select(wrong).row(0, named=True) if wrong else {}
    amiss += [Amiss("unreadable-cell", name, head, count) for head, count in counts.items() if count]
    return given.with_columns(made)


def _parts_in_order(given: pl.DataFrame, name: str, amiss: list[Amiss]) -> pl.DataFrame:
    """Return days that are known in part as such: whose last day is before the first is not known, one of one day is that day."""
    lasts = [spec.name for spec in columns_of(name).values() if spec.holds is Holds.LAST_DAY]
    for last in (one for one in lasts if one in given.columns and given[one].null_count() < given.height):
        first = last.removesuffix(LAST)
        if first not in given.columns:
            continue
        turned = (given[last] < given[first]).fill_null(value=False)
        if turned.any():
            amiss.append(Amiss("unreadable-cell", name, last, int(turned.sum())))
        apart = pl.col(first).is_null() | (pl.col(last) > pl.col(first))
        day, part = pl.when(~turned).then(pl.col(first)), pl.when(apart).then(pl.col(last))
        given = given.with_columns(day.alias(first), part.alias(last))
    return given


def heads(given: Iterable[str], name: str) -> None:
    """Raise PolicyError for a table without a column that it needs, or with one that there is not."""
    specs, problems = delivered(name), Problems()
    given = list(given)
    for key in (one for one in needed(name) if one not in given):
        message = phrase(
            en="table `{name}` has no column `{key}`", id="tabel `{name}` tidak punya kolom `{key}`", name=name, key=key
        )
        help = BY_NIP if key == KEY else BY_KEY
        problems.add("missing-column", message, help=help)
    for head in given:
        if head not in specs:
            message = phrase(
                en="unknown column `{head}` in table `{name}`", id="kolom `{head}` di tabel `{name}` tidak dikenal",
                head=head, name=name,
            )  # fmt: skip
            problems.add("unknown-column", message, help=meant(head, specs))
    problems.raise_if_any()


def _texts(column: pl.Series, spec: ColumnSpec, name: str, amiss: list[Amiss]) -> tuple[pl.Series, pl.Series | None]:
    """Return texts as they are read, and the distinct ones where they are known."""
    read = cells.texts(column, name, spec)
    told = (("written-otherwise", read.otherwise), ("misspelt-code", read.slips), ("unreadable-cell", read.lost))
    amiss += [Amiss(code, name, spec.name, count) for code, count in told if count]
    return read.column.alias(spec.name), read.distinct


def _add(made: dict[str, pl.Series], found: dict[str, pl.Series]) -> None:
    """Add columns to those of a table; of two of one name, what one says holds where the other says nothing."""
    for head, column in found.items():
        made[head] = column.fill_null(made[head]) if head in made else column


def _column(
    column: pl.Series, spec: ColumnSpec, name: str, amiss: list[Amiss], month_first: cell_texts.MonthFirst | None
) -> dict[str, pl.Series]:
    if spec.holds is Holds.TRUTH and column.dtype.is_integer():  # 0 and 1, as some databases have it
        column = column.cast(pl.String)
    read = cells.read(column, spec)
    missing = cells.lost(column, read)
    if not missing or column.dtype != pl.String or not cell_texts.is_spelt(name, spec):
        amiss += [Amiss(cell_texts.UNREADABLE, name, spec.name, missing)] if missing else []
        return {spec.name: read.alias(spec.name)}
    unread = read.is_null() & (column.str.strip_chars() != "").fill_null(value=False)
    spelt = cell_texts.spelt(column, unread, name, spec, month_first)
    amiss += [Amiss(code, name, spec.name, count) for code, count in spelt.counts.items()]
    found = {spec.name: read.fill_null(spelt.cells), spec.name + LAST: spelt.last, spec.name + IS: spelt.words}
    return {head: cells_.alias(head) for head, cells_ in found.items() if cells_ is not None}


def _without_pns_dates(people: pl.DataFrame) -> pl.DataFrame:
    """Who is under a contract has no appointment as a civil servant, where the table does not speak of it at all."""
    for day in ("cpns_on", "pns_on"):
        if day not in people.columns and "employment" in people.columns:
            none = pl.when(pl.col("employment").cast(pl.String).is_in(PPPK)).then(pl.lit(NO_DAY))
            people = people.with_columns(none.alias(day))
    return people


def _wrong_type(name: str, spec: ColumnSpec, type_: str) -> Problem:
    message = phrase(
        en="column `{head}` of table `{name}` is {type}", id="kolom `{head}` di tabel `{name}` berisi {type}",
        head=spec.name, name=name, type=type_,
    )  # fmt: skip
    return Problem("wrong-type", message, help=WRITTEN.get(spec.holds, IT_HOLDS_TEXT))


def outside(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return a table with words where there is no day or number."""
    made = []
    for spec in columns_of(name).values():
        word = word_of(spec)
        if word is not None:
            stands = pl.col(spec.name) == pl.lit(word[1], dtype=spec.dtype)
            made.append(pl.when(stands).then(pl.lit(word[0])).cast(WORDS).alias(spec.name + IS))
            made.append(pl.when(~stands).then(pl.col(spec.name)).alias(spec.name))
    return frame.with_columns(made).select(list(delivered(name)))


def empty(name: str) -> PolicyError:
    """Return the error for a table of people in which nobody is."""
    return PolicyError(
        [
            Problem(
                "empty-table",
                phrase(en="table `{name}` has no rows", id="tabel `{name}` tidak punya baris", name=name),
                help=phrase(en="there is nobody to be decided about", id="tidak ada pegawai yang dapat diputus"),
            )
        ]
    )
