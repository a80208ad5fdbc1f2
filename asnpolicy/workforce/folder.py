"""Folder: the tables of a workforce as Parquet or CSV files, read whole or in buckets of people by their NIP."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from asnpolicy.people.nip import DIGITS
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import Message, Text, phrase
from asnpolicy.workforce import cell_texts, check
from asnpolicy.workforce.schema import AGENCY, EMPLOYEES, KEY, tables
from asnpolicy.workforce.workforce import Workforce, checked

KINDS = (".parquet", ".csv")
EVERY = (*tables(), *AGENCY)
"""The names of all tables."""
ROWS = 50_000
"""Rows of a group in what is written: groups without anybody of a bucket are not read."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a workforce, one a table, or a folder of Parquet files for a table that is in parts."""

    path: Path
    files: dict[str, Path]

    @classmethod
    def of(cls, path: str | Path, wanted: Collection[str] = tables()) -> Folder:
        """Look for tables, of people or of the agency; raises PolicyError where there are none, two of one name, or one that there is not."""
        folder = Path(path)
        if not folder.is_dir():
            raise _problem(
                "no-folder",
                phrase(en="there is no folder `{folder}`", id="tidak ada folder `{folder}`", folder=folder),
                phrase(en="give a folder with `employees.parquet` in it", id="beri folder yang memuat `employees.parquet`"),
            )
        found: dict[str, list[Path]] = {}
        for file in sorted(folder.iterdir()):
            if (file.suffix.lower() in KINDS or _in_parts(file)) and not file.name.startswith("."):
                found.setdefault(file.stem, []).append(file)
        problems = [_not_read(file) for file in _strays(folder)] + [
            Problem(
                "unknown-table",
                phrase(en="unknown table `{file}` in `{folder}`", id="tabel `{file}` di `{folder}` tidak dikenal", file=files[0].name, folder=folder),
                help=meant(name, EVERY),
            )
            for name, files in found.items() if name not in EVERY
        ] + [
            Problem(
                "two-tables",
                phrase(
                    en="table `{name}` is there twice: {files}", id="tabel `{name}` ada dua kali: {files}",
                    name=name, files=", ".join(f"`{file.name}`" for file in files),
                ),
                help=phrase(en="keep one", id="pertahankan satu"),
            )
            for name, files in found.items() if len(files) > 1
        ]  # fmt: skip
        if problems:
            raise PolicyError(problems)
        found = {name: files for name, files in found.items() if name in wanted}
        if not found or EMPLOYEES in set(wanted) - set(found):
            raise _none(folder, found, wanted)
        return cls(folder, {name: files[0] for name, files in found.items()})

    @property
    def streams(self) -> bool:
        """Whether all tables can be read in parts: CSV is read whole."""
        return all(file.suffix.lower() != ".csv" for file in self.files.values())

    def scan(self, table: str) -> pl.LazyFrame:
        """Open a table; raises PolicyError for a file that is none."""
        file = self.files[table]
        if file.is_dir():
            return pl.scan_parquet(file / "*.parquet")
        if file.suffix.lower() == ".parquet":
            return pl.scan_parquet(file, glob=False)
        return pl.scan_csv(file, infer_schema=False, glob=False, null_values=[""])

    def whole(self) -> Workforce:
        """Read all of it."""
        return checked({name: self.read(name, self.scan(name)) for name in self.files}, self.month_first())

    def read(self, table: str, frame: pl.LazyFrame) -> pl.DataFrame:
        """Read what is asked of a table; raises PolicyError for a file that is none."""
        try:
            return frame.collect()
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(self.files[table], error) from None

    def month_first(self) -> frozenset[str]:
        """Name the columns of days that are written month first somewhere, as texts: each part is read as the whole is."""
        found: list[str] = []
        for table in self.files:
            scanned = self.scan(table)
            days = list(cell_texts.days_in_texts(dict(scanned.collect_schema()), table))
            for day in days:
                found += cell_texts.written_month_first(self.read(table, scanned.select(pl.col(day).unique())), table)
        return frozenset(found)

    def rows(self) -> int:
        """Return how many rows the table of people has."""
        return int(self.read(EMPLOYEES, self.scan(EMPLOYEES).select(pl.len())).item())

    def state(self) -> dict[str, Any]:
        """Return what changes when a file is written anew."""
        return {
            name: [str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns] for name, file in self.files.items()
        }

    def check_heads(self) -> None:
        """Raise PolicyError for each table with a column that is missing or that there is not."""
        problems: list[Problem] = []
        for name in self.files:
            try:
                check.heads(self.scan(name).collect_schema().names(), name)
            except PolicyError as error:
                problems += error.problems
            except (pl.exceptions.PolarsError, OSError) as error:
                problems += _unreadable(self.files[name], error).problems
        if problems:
            raise PolicyError(problems)

    def buckets(self, size: int) -> Iterator[Bucket]:
        """Part the people by their NIP into buckets of about so many; what is not Parquet is one bucket."""
        self.check_heads()
        month_first = self.month_first()
        if not self.streams or 0 < self.rows() <= size:
            yield Bucket(self, 0, None, None, month_first)
            return
        keys = self.read(EMPLOYEES, self.scan(EMPLOYEES).select(pl.col(KEY).cast(pl.String)))[KEY].drop_nulls().sort()
        if not len(keys):
            raise check.empty(EMPLOYEES)
        if self._written_oddly():  # by their text they might part from their records
            yield Bucket(self, 0, None, None, month_first)
            return
        starts = [None, *dict.fromkeys(keys[at] for at in range(size, len(keys), size))]
        for number, (first, last) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
            yield Bucket(self, number, first, last, month_first)

    def _written_oddly(self) -> bool:
        """Tell whether a number is written otherwise than as 18 digits in a row."""
        odd = pl.col(KEY).cast(pl.String).str.len_bytes() != DIGITS
        return any(self.read(name, self.scan(name).select(odd.any())).item() for name in self.files)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The people of a folder from one NIP up to another; None is open."""

    folder: Folder
    number: int
    first: str | None
    last: str | None
    month_first: frozenset[str]
    """The columns of days that are written month first somewhere in the folder."""

    def read(self) -> Workforce:
        """Read the people of the bucket, with their records; a row without a readable number is in the first bucket."""
        return checked({name: self.folder.read(name, self._of(name)) for name in self.folder.files}, self.month_first)

    def _of(self, table: str) -> pl.LazyFrame:
        scanned = self.folder.scan(table)
        if self.first is None and self.last is None:
            return scanned
        key = pl.col(KEY).cast(pl.String)
        inside = pl.lit(value=True)
        if self.first is not None:
            inside &= key >= self.first
        if self.last is not None:
            inside &= key < self.last
        return scanned.filter(inside | key.is_null() if self.first is None else inside)


def _in_parts(file: Path) -> bool:
    """Tell whether it is a folder that is meant as a table: by its name, or by what is in it."""
    return file.is_dir() and (file.name in EVERY or any(file.glob("*.parquet")))


def _strays(folder: Path) -> Iterator[Path]:
    """Give what is named as a table and is none that is read: a workbook, a packed file, a part of another kind."""
    for file in sorted(folder.iterdir()):
        if _in_parts(file):
            yield from (part for part in sorted(file.iterdir()) if part.suffix != ".parquet" and not part.name.startswith((".", "_")))
        elif file.is_file() and file.suffix.lower() not in KINDS and file.name.partition(".")[0].lower() in EVERY:
            yield file


def _not_read(file: Path) -> Problem:
    part = file.parent.name in EVERY
    return Problem(
        "table-not-read",
        phrase(
            en="`{file}` would not be read: its records would count as not delivered",
            id="`{file}` tidak akan dibaca: catatannya akan dianggap tidak diserahkan", file=f"{file.parent.name}/{file.name}" if part else file.name,
        ),
        help=phrase(
            en="save it as `{name}`, or move it out of the folder", id="simpan sebagai `{name}`, atau pindahkan dari folder itu",
            name=f"{file.stem}.parquet" if part else f"{file.name.partition('.')[0].lower()}.csv",
        ),
    )  # fmt: skip


def write(workforce: Workforce, folder: Path) -> None:
    """Write the tables of a workforce, sorted by NIP, one file a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in workforce.frames().items():
        _whole(frame.sort(KEY, maintain_order=True), folder / f"{name}.parquet")


def write_parts(workforce: Workforce, folder: Path, number: int) -> None:
    """Write one part of the tables of a workforce: the people of later parts have higher numbers."""
    for name, frame in workforce.frames().items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        _whole(frame.sort(KEY, maintain_order=True), folder / name / f"part-{number:05d}.parquet")


def _whole(frame: pl.DataFrame, target: Path) -> None:
    """Write a file beside itself first, and then rename it."""
    part = target.with_name(f".{target.name}.part")
    try:
        frame.write_parquet(part, row_group_size=ROWS, statistics=True)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _problem(code: str, message: Message, help_: Message) -> PolicyError:
    return PolicyError([Problem(code, message, help=help_)])


def _none(folder: Path, found: Collection[str], wanted: Collection[str]) -> PolicyError:
    """Return the error for a folder without tables, or without that of people."""
    what = Text(f"tabel `{EMPLOYEES}`", f"table `{EMPLOYEES}`") if found else Text("tabel", "table")
    help_ = phrase(
        en="it needs `employees.parquet` or `employees.csv`",
        id="folder itu perlu memuat `employees.parquet` atau `employees.csv`",
    )
    if EMPLOYEES not in wanted:
        what = Text("tabel instansi", "table of an agency")
        help_ = phrase(
            en="it needs one of {tables}, as `.parquet` or `.csv`",
            id="folder itu perlu memuat salah satu dari {tables}, sebagai `.parquet` atau `.csv`",
            tables=", ".join(f"`{name}`" for name in wanted),
        )
    message = phrase(en="there is no {what} in `{folder}`", id="tidak ada {what} di `{folder}`", what=what, folder=folder)
    return _problem("no-tables", message, help_)


def _unreadable(file: Path, error: Exception) -> PolicyError:
    del error
    return _problem(
        "unreadable-table",
        phrase(
            en="`{file}` is no {kind} file that can be read", id="`{file}` bukan berkas {kind} yang dapat dibaca",
            file=file.name, kind=file.suffix.removeprefix("."),
        ),
        phrase(en="write it again", id="tulis ulang"),
    )
