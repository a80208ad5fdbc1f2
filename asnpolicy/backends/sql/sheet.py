"""Sheet: columns of people and of their records, each made of others, laid out as layers of one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from asnpolicy.backends.sql.dialect import LAYER, Dialect, identifier

Level: TypeAlias = tuple[int, int, int]
"""How deep folds nest, whether of people (0) or of records (1), and how deep columns build on each other."""
PEOPLE = ""
"""The table of people; the others are histories."""
OF = "of"
"""The column that names the person of a row."""
LONG = 60
"""So many letters are written again rather than kept as a column."""
BROUGHT = 1
"""How deep what is brought from people stands: below all that is made of records."""
LAST: Level = (10**6, 0, 0)


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a query, with the columns that it reads."""

    text: str
    reads: frozenset[str] = frozenset()
    whole: bool = True
    """Whether it needs no brackets wherever it stands."""

    @property
    def inside(self) -> str:
        """Return it as a part of something larger."""
        return self.text if self.whole else f"({self.text})"


YES, NO, NULL = Sql("TRUE"), Sql("FALSE"), Sql("NULL")


def number(value: int) -> Sql:
    """Return a number as it is written."""
    return Sql(str(value), whole=value >= 0)


def sql(pattern: str, *parts: Sql | int, whole: bool = False) -> Sql:
    """Put pieces into a pattern."""
    made = [number(part) if isinstance(part, int) else part for part in parts]
    reads = frozenset[str]().union(*(part.reads for part in made))
    return Sql(pattern.format(*(part.inside for part in made)), reads, whole)


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """A column of a table: read from it (`read`), made of others (`made`), brought from people (`brought`), or folded."""

    name: str
    table: str
    kind: str
    level: Level
    what: Sql


class Sheet:
    """Columns by their names, each made once."""

    def __init__(self, dialect: Dialect, sources: dict[str, str] | None = None) -> None:
        self.dialect = dialect
        self.sources = {} if sources is None else sources
        """What the lines of layers begin with, where it is no prepared table: from where rows come, with `of`."""
        self.columns: dict[str, SqlColumn] = {}
        self._known: dict[tuple[str, str, str], Sql] = {}

    def read(self, table: str, name: str) -> Sql:
        """Return a column that a table has."""
        level = (0, 1, 0) if table else (0, 0, 0)
        return self._column(table, "read", level, Sql(identifier(name)))

    def nothing(self, type_: str, table: str = PEOPLE) -> Sql:
        """Return a column of which nothing is known."""
        level = (0, 1, BROUGHT + 1) if table else (0, 0, 1)
        return self._column(table, "made", level, Sql(f"CAST(NULL AS {type_})"))

    def given(self, value: Sql, type_: str) -> Sql:
        """Return a column of people in which one value stands for all."""
        return self._column(PEOPLE, "made", (0, 0, 1), Sql(f"CAST({value.text} AS {type_})"))

    def keep(self, what: Sql, table: str = PEOPLE) -> Sql:
        """Keep a piece as a column, where it is no column already."""
        if not what.reads or what.text in self.columns:
            return what
        stage, _, depth = self.level(what)
        level = (stage, 1, max(depth, BROUGHT) + 1) if table else (stage, 0, depth + 1)
        return self._column(table, "made", level, what)

    def short(self, what: Sql, table: str = PEOPLE) -> Sql:
        """Keep a piece as a column where it is long."""
        return what if len(what.text) <= LONG and "OVER" not in what.text else self.keep(what, table)

    def bring(self, what: Sql, table: str) -> Sql:
        """Bring a piece of people to their records."""
        if not what.reads:
            return what
        kept = self.keep(what)
        stage = self.level(kept)[0]
        return self._column(table, "brought", (stage, 1, BROUGHT), kept)

    def fold(self, what: Sql, table: str) -> Sql:
        """Keep what the records of each person come to; null where there are none."""
        stage = self.level(what)[0] if what.reads else 0
        return self._column(table, "folded", (stage + 1, 0, 0), what)

    def level(self, what: Sql) -> Level:
        """Return the level of the deepest column that a piece reads."""
        return max((self.columns[name].level for name in what.reads), default=(0, 0, 0))

    def _column(self, table: str, kind: str, level: Level, what: Sql) -> Sql:
        key = table, kind, what.text
        if key not in self._known:
            name = f"c{len(self.columns)}"
            self.columns[name] = SqlColumn(name, table, kind, level, what)
            self._known[key] = Sql(name, frozenset({name}))
        return self._known[key]

    # Layers

    def layers(self, wanted: dict[str, Sql]) -> str:
        """Return the layers of a query that gives the person and some pieces, without what they are read from."""
        return Layers(self, wanted).text()


class Layers:
    """The layers of one query: of each table a line of common table expressions, each with no more than later ones read."""

    def __init__(self, sheet: Sheet, wanted: dict[str, Sql]) -> None:
        self.sheet, self.wanted = sheet, wanted
        self.needed = needed(sheet, wanted.values())
        self.until = self._until()
        self.latest: dict[str, str] = {}
        self.made: list[str] = []

    def _until(self) -> dict[str, Level]:
        """Return the last level at which each column is read."""
        until: dict[str, Level] = {}
        for name in self.needed:
            column = self.sheet.columns[name]
            for read in column.what.reads:
                until[read] = max(until.get(read, (0, 0, 0)), column.level)
        for piece in self.wanted.values():
            until |= dict.fromkeys(piece.reads, LAST)
        return until

    def text(self) -> str:
        """Return the layers, and what is taken from the last of them."""
        columns = [self.sheet.columns[name] for name in self.needed]
        people = [one for one in columns if one.kind == "read" and not one.table]
        self._read(PEOPLE, people)
        for table in sorted({one.table for one in columns if one.table}):
            self._read(table, [one for one in columns if one.kind == "read" and one.table == table])
        levels = sorted({one.level for one in columns})
        stages = range(max((level[0] for level in levels), default=0) + 1)
        for stage in stages:
            self._folds(stage, [one for one in columns if one.kind == "folded" and one.level[0] == stage])
            self._layers(stage, 0, [one for one in columns if not one.table])
            self._layers(stage, 1, [one for one in columns if one.table and one.kind != "folded"])
        taken = ", ".join([OF, *(f"{piece.text} AS {identifier(name)}" for name, piece in self.wanted.items())])
        layers = ",\n".join(self.made)
        return f"{layers}\nSELECT {taken} FROM {self.latest[PEOPLE]}"

    def _add(self, table: str, text: str) -> None:
        name = f"l{len(self.made)}"
        self.made.append(f"{name} {LAYER} ({text})")
        if table != "-":
            self.latest[table] = name

    def _read(self, table: str, columns: list[SqlColumn]) -> None:
        taken = ", ".join([OF, *(f"{one.what.text} AS {one.name}" for one in columns)])
        self._add(table, f"SELECT {taken} FROM {self.sheet.sources.get(table) or source(table)}")

    def _kept(self, table: str, level: Level) -> list[str]:
        """Return the columns of a table that were made below a level and are read at it or above."""
        found = []
        for name in self.needed:
            one = self.sheet.columns[name]
            own = PEOPLE if one.kind == "folded" else one.table
            if own == table and one.level < level and self.until[name] > level:
                found.append(name)
        return found

    def _folds(self, stage: int, columns: list[SqlColumn]) -> None:
        tables = sorted({one.table for one in columns})
        if not tables:
            return
        joins, taken = [], []
        for table in tables:
            folded = [one for one in columns if one.table == table]
            parts = ", ".join([OF, *(f"{one.what.text} AS {one.name}" for one in folded)])
            self._add("-", f"SELECT {parts} FROM {self.latest[table]} GROUP BY {OF}")
            name = f"l{len(self.made) - 1}"
            joins.append(f" LEFT JOIN {name} ON {name}.{OF} = p.{OF}")
            taken += [f"{name}.{one.name}" for one in folded]
        kept = [f"p.{name}" for name in (OF, *self._kept(PEOPLE, (stage, 0, 0)))]
        self._add(PEOPLE, f"SELECT {', '.join(kept + taken)} FROM {self.latest[PEOPLE]} p{''.join(joins)}")

    def _layers(self, stage: int, phase: int, columns: list[SqlColumn]) -> None:
        own = [one for one in columns if one.level[:2] == (stage, phase) and one.kind in ("made", "brought")]
        for level, table in sorted({(one.level, one.table) for one in own}):
            here = [one for one in own if (one.level, one.table) == (level, table)]
            self._layer(table, level, here)

    def _layer(self, table: str, level: Level, columns: list[SqlColumn]) -> None:
        kept = self._kept(table, level)
        if columns[0].kind == "brought":
            parts = [f"r.{name}" for name in (OF, *kept)] + [f"p.{one.what.text} AS {one.name}" for one in columns]
            joined = f"{self.latest[table]} r JOIN {self.latest[PEOPLE]} p ON p.{OF} = r.{OF}"
        else:
            parts = [OF, *kept, *(f"{one.what.text} AS {one.name}" for one in columns)]
            joined = self.latest[table]
        self._add(table, f"SELECT {', '.join(parts)} FROM {joined}")


def source(table: str) -> str:
    """Return the name of the prepared table that a line of layers begins with."""
    return identifier(f"_{table or 'people'}")


def needed(sheet: Sheet, wanted: Iterable[Sql]) -> list[str]:
    """Return the columns that some pieces are made of, in the order in which they were thought of."""
    found: set[str] = set()
    waiting = [name for piece in wanted for name in piece.reads]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += sheet.columns[name].what.reads
    return sorted(found, key=lambda name: int(name[1:]))


def read_columns(sheet: Sheet, wanted: Iterable[Sql]) -> Iterator[SqlColumn]:
    """Return the columns of prepared tables that some pieces are made of."""
    for name in needed(sheet, wanted):
        if sheet.columns[name].kind == "read":
            yield sheet.columns[name]
