"""Workforce: many people as tables, one of themselves and one for each history, checked and in the form of the schema."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from asnpolicy.people import HISTORIES, Employee
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import phrase
from asnpolicy.workforce import check, numbers, typed
from asnpolicy.workforce.cell_texts import MonthFirst
from asnpolicy.workforce.check import Amiss
from asnpolicy.workforce.schema import COMPLETE, EMPLOYEES, KEY, NONE, columns_of, tables


@dataclass(frozen=True, slots=True)
class Workforce:
    """Many people as tables. Make one with `of`, `from_frames` or `read`.

    >>> from asnpolicy import Employee
    >>> staff = Workforce.of([Employee(nip="199001012015031001", unit="bappeda")])
    >>> len(staff), staff.employees["unit"].to_list(), next(iter(staff)).unit
    (1, ['bappeda'], 'bappeda')
    """

    employees: pl.DataFrame
    """One row a person, in the inner form: `frames` gives the one of the schema."""
    histories: Mapping[str, pl.DataFrame]
    """One table a history, one row a record, with the NIP of its person, in the inner form."""
    amiss: tuple[Amiss, ...] = field(default=())
    """What could not be read, and what stands double or is of nobody: it costs no more than itself."""
    _rows: dict[str, numbers.Rows] = field(default_factory=dict, repr=False, compare=False)
    """The row of the person of each record, by history, as far as it was looked up."""

    def __len__(self) -> int:
        return self.employees.height

    def __iter__(self) -> Iterator[Employee]:
        return typed.employees(self.employees, dict(self.histories))

    @classmethod
    def of(cls, people: Iterable[Employee]) -> Workforce:
        """Put typed people into tables; raises PolicyError when two of them have one number.

        What a reader found in their file is not in the tables: what it could not read is not known there either.
        """
        those = list(people)
        frames = typed.frames(those)
        doubles = frames[EMPLOYEES][KEY].is_duplicated().sum()
        if doubles:
            problem = Problem(
                "same-nip",
                phrase(
                    en="{doubles} of the people share their numbers", id="{doubles} pegawai memakai nomor yang sama",
                    doubles=doubles,
                ),
                help=phrase(en="each person is given once", id="setiap pegawai diberikan satu kali"),
            )
            raise PolicyError([problem])
        return cls(frames[EMPLOYEES], {name: frames[name] for name in HISTORIES})

    @classmethod
    def from_frames(cls, employees: Any, **histories: Any) -> Workforce:
        """Take tables as frames of Polars, pandas or whatever Narwhals knows; a history that is not given is not known.

        Raises PolicyError for a table or a column that there is not, a column that is missing or of a wrong type, and a
        table of nobody. A cell that can't be read is not known, and counted in `amiss`.
        """
        check_names(histories)
        given = {EMPLOYEES: employees, **histories}
        return checked({name: polars_of(frame, name) for name, frame in given.items()})

    @classmethod
    def read(cls, place: str | Path) -> Workforce:
        """Read a folder of Parquet or CSV files, or the tables of a database at an address `postgresql://…`.

        A folder has one file a table, `employees.parquet`, `ranks.parquet` and so on; of a database the tables (or views)
        of these names are read, those that there are. Raises PolicyError where there are no tables, for two files of one
        table, for a database that can't be reached (no error holds its password), and as `from_frames` does.
        """
        from asnpolicy.workforce.source import opened  # noqa: PLC0415  # sources give workforces

        with opened(place) as source:
            return source.whole()

    def write(self, folder: str | Path) -> None:
        """Write the tables into a folder, as Parquet files sorted by NIP, which is how they are read fastest."""
        from asnpolicy.workforce.folder import write  # noqa: PLC0415

        write(self, Path(folder))

    def frames(self) -> dict[str, pl.DataFrame]:
        """Return the tables as `from_frames` takes them and files hold them, by their names."""
        return {n: check.outside(frame, n) for n, frame in {EMPLOYEES: self.employees, **self.histories}.items()}

    def rows(self, history: str) -> numbers.Rows:
        """Return the row in `employees` of the person of each record of a history."""
        if history not in self._rows:
            self._rows[history] = numbers.rows_of(self.histories[history][KEY], self.employees[KEY])
        return self._rows[history]

    def person(self, nip: str) -> Employee:
        """Return one person as a typed employee, to explain a decision for example; raises KeyError."""
        found = self.only([nip])
        if not len(found):
            raise KeyError(nip)
        return next(iter(found))

    def only(self, numbers: Iterable[str]) -> Workforce:
        """Return the workforce of some numbers alone."""
        wanted = pl.Series("wanted", list(numbers), dtype=pl.String).implode()
        kept = pl.col(KEY).is_in(wanted)
        histories = {name: frame.filter(kept) for name, frame in self.histories.items()}
        return Workforce(self.employees.filter(kept), histories)

    def where(self, chosen: Any) -> Workforce:
        """Return the people of chosen rows alone: a truth value for each row."""
        people = self.employees.filter(pl.Series(chosen))
        return Workforce(people, {n: f.join(people.select(KEY), on=KEY, how="semi") for n, f in self.histories.items()})

    def sorted(self) -> Workforce:
        """Return the same people in the order of their NIP, and so their records."""
        histories = {name: frame.sort(KEY, maintain_order=True) for name, frame in self.histories.items()}
        return Workforce(self.employees.sort(KEY), histories, self.amiss)

    def pieces(self, size: int) -> Iterator[Workforce]:
        """Part the people into pieces of at most so many, by their NIP."""
        if len(self) <= size:
            yield self
            return
        ordered = self.sorted()
        people, histories = ordered.employees, ordered.histories
        starts = people[KEY][::size]
        cuts = {name: [*frame[KEY].search_sorted(starts, "left"), frame.height] for name, frame in histories.items()}
        for number in range(len(starts)):
            parts = {name: frame[cuts[name][number] : cuts[name][number + 1]] for name, frame in histories.items()}
            yield Workforce(people[number * size : (number + 1) * size], parts)


def check_names(given: Iterable[str], known: Collection[str] = tuple(HISTORIES)) -> None:
    """Raise PolicyError for a table that there is not."""
    unknown = [name for name in given if name not in known]
    if unknown:
        problems = [
            Problem(
                "unknown-table",
                phrase(en="unknown table `{name}`", id="tabel `{name}` tidak dikenal", name=name),
                help=meant(name, tables() if known == tuple(HISTORIES) else known),
            )
            for name in unknown
        ]
        raise PolicyError(problems)


def polars_of(frame: Any, name: str) -> pl.DataFrame:
    """Return a frame of whatever library as one of Polars."""
    if isinstance(frame, pl.DataFrame):
        return frame
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    import narwhals as nw  # noqa: PLC0415  # only other frames need it

    try:
        given = nw.from_native(frame)
    except TypeError:
        problem = Problem(
            "wrong-type",
            phrase(en="table `{name}` is no frame", id="tabel `{name}` bukan data frame", name=name),
            help=phrase(en="give a frame of Polars or pandas", id="beri data frame Polars atau pandas"),
        )
        raise PolicyError([problem]) from None
    eager = given.collect() if isinstance(given, nw.LazyFrame) else given
    if eager.implementation.is_pandas_like():  # without Arrow, which pandas need not have
        return pl.DataFrame({head: _cells(eager[head].to_list()) for head in eager.columns})
    return eager.to_polars()


def _cells(values: list[Any]) -> list[Any]:
    """Return the cells of a column of pandas: what it has for nothing (None, NaN, NaT, NA) is None."""
    return [_cell(value) for value in values]


def _cell(value: Any) -> Any:
    if getattr(value, "ndim", 0):  # a list
        return value.tolist()
    if value is None or type(value).__name__ == "NAType" or value != value:  # noqa: PLR0124  # NaN and NaT
        return None
    made = getattr(value, "to_pydatetime", None)
    return made() if made is not None else value


def checked(frames: dict[str, pl.DataFrame], month_first: MonthFirst | None = None) -> Workforce:
    """Return the workforce of tables: each is checked by itself, and then that each row is somebody's; raises PolicyError.

    A part of larger tables says of which columns the days are written `month_first` somewhere in them.
    """
    amiss: list[Amiss] = []
    problems: list[Problem] = []
    made: dict[str, pl.DataFrame] = {}
    for name, frame in frames.items():
        try:
            made[name], found = check.table(frame, name, month_first)
            amiss += found
        except PolicyError as error:
            problems += error.problems
    if problems:
        raise PolicyError(problems)
    people = _people(made.pop(EMPLOYEES), amiss)
    if not people.height:
        raise check.empty(EMPLOYEES)
    void = [name for name in HISTORIES if name not in made]
    rows: dict[str, numbers.Rows] = {}
    key = numbers.whole(people[KEY])
    for name, frame in made.items():
        of = numbers.rows_of(frame[KEY], key)
        if (of >= 0).all():
            rows[name] = of
            continue
        made[name], whole = _owned(frame, name, people, amiss)
        void += [] if whole else [name]
    return Workforce(promised(people, void), made, tuple(amiss), rows)


def promised(people: pl.DataFrame, void: Iterable[str]) -> pl.DataFrame:
    """Return people of whom nothing is promised of some histories."""
    return people.with_columns(pl.lit(None, dtype=pl.Date).alias(name + COMPLETE) for name in void)


def _people(people: pl.DataFrame, amiss: list[Amiss]) -> pl.DataFrame:
    people = people.with_columns(numbers.normalised(people[KEY]))
    nobody = people[KEY].null_count()
    if nobody:
        amiss.append(Amiss("bad-nip", EMPLOYEES, KEY, nobody))
        people = people.filter(pl.col(KEY).is_not_null())
    people = _of_supervisors(people, amiss)
    if people[KEY].is_duplicated().any():
        people = people.unique(maintain_order=True)
        double = people.filter(pl.col(KEY).is_duplicated())
        if double.height:
            amiss.append(Amiss("same-nip", EMPLOYEES, KEY, double[KEY].n_unique()))
            people = pl.concat([people.filter(~pl.col(KEY).is_duplicated()), _joined(double)])
    return people


def _of_supervisors(people: pl.DataFrame, amiss: list[Amiss]) -> pl.DataFrame:
    """Return people with the numbers of supervisors in one form; one that can't be a number is not known."""
    given = people["supervisor"]
    none = (given == NONE).fill_null(value=False)
    read = numbers.normalised(given)
    lost = read.null_count() - given.null_count() - int(none.sum())
    if lost:
        amiss.append(Amiss("unreadable-cell", EMPLOYEES, "supervisor", lost))
    return people.with_columns(pl.when(none).then(pl.lit(NONE)).otherwise(read).alias("supervisor"))


def _joined(double: pl.DataFrame) -> pl.DataFrame:
    """Join rows of one person: what only some of them say holds; what they say differently is not known."""
    lists = [name for name, spec in columns_of(EMPLOYEES).items() if spec.dtype == pl.List(pl.String)]
    plain = [name for name in double.columns if name not in (KEY, *lists)]

    def agreed(name: str) -> pl.Expr:
        said = pl.col(name).drop_nulls()
        return pl.when(said.n_unique() == 1).then(said.first()).alias(name)

    texts = double.with_columns(pl.col(name).list.join("\n") for name in lists)
    made = texts.group_by(KEY, maintain_order=True).agg(agreed(name) for name in (*plain, *lists))
    back = [
        pl.when(pl.col(n) == "").then(pl.lit([], pl.List(pl.String))).otherwise(pl.col(n).str.split("\n")).alias(n)
        for n in lists
    ]
    return made.with_columns(back).select(double.columns)


def _owned(frame: pl.DataFrame, name: str, people: pl.DataFrame, amiss: list[Amiss]) -> tuple[pl.DataFrame, bool]:
    """Return the rows that are somebody's, and whether all are: a row of nobody may be anybody's."""
    frame = frame.with_columns(numbers.normalised(frame[KEY]))
    nobody = frame[KEY].null_count()
    if nobody:
        amiss.append(Amiss("no-person", name, KEY, nobody))
        frame = frame.filter(pl.col(KEY).is_not_null())
    owned = frame.join(people.select(KEY), on=KEY, how="semi", maintain_order="left")
    orphans = frame.height - owned.height
    if orphans:
        amiss.append(Amiss("orphan", name, KEY, orphans))
    return owned, not nobody and not orphans
