"""Tables as they are written: rows by one key or several, in dated versions, with cells that have dates of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from asnpolicy.language.rules import Standing, Text
from asnpolicy.policy.dated import Version
from asnpolicy.policy.source.flow import flow
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Sequence
from asnpolicy.policy.surface.about import Basis, basis_of, standing_of, title_of
from asnpolicy.policy.surface.examples import cited
from asnpolicy.policy.surface.names import Name, RawValue, names_of
from asnpolicy.policy.surface.values import RegionMay, region_may, versions_of
from asnpolicy.problems import Problems, write
from asnpolicy.text import phrase

TABLE = ("title", "by", "versions", "basis")
TABLE_WORDS = ("from", "until", "rows", "otherwise", "basis", "standing", "region_may", "unless")
CELL_WORDS = ("from", "until", "is", "basis", "standing")
KeyPath: TypeAlias = tuple[RawValue, ...]
"""The keys of a row, outermost first."""


@dataclass(frozen=True, slots=True, eq=False)
class CellVersion:
    """What a cell gives for a time."""

    value: RawValue
    basis: Basis | None
    standing: Standing | None = None


Cell: TypeAlias = tuple[Version[CellVersion], ...]
"""A cell with dates of its own: its versions."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row: its keys, and what it gives throughout, or in versions of its own."""

    path: KeyPath
    cell: RawValue | Cell


@dataclass(frozen=True, slots=True, eq=False)
class RowsVersion:
    """What a version of a table says."""

    rows: tuple[Row, ...]
    otherwise: RawValue | None
    basis: Basis | None
    standing: Standing | None
    region_may: RegionMay | None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class TableForm:
    """A table: what its rows are keyed by, and its versions."""

    title: Text | None
    basis: Basis | None
    by: tuple[Name, ...]
    versions: tuple[Version[RowsVersion], ...]


@dataclass(frozen=True, slots=True, eq=False)
class TableChange:
    """The cells that a region changes in a table of its base."""

    rows: tuple[Row, ...]


def table(name: str, node: RawNode, problems: Problems) -> TableForm | None:
    """Read a table."""
    mapping = as_mapping(node, problems, write("{by: rank, versions: [{from: 2024-01-01, rows: {III/a: 1, III/b: 2}, otherwise: 0}]}"))
    if mapping is None:
        return None
    keys(mapping, TABLE, Text(f"tabel `{name}`", f"the table `{name}`"), problems)
    by = _by(name, mapping, problems)
    title, basis = title_of(mapping, name, problems), basis_of(mapping, problems)
    if "versions" not in mapping.entries:
        help = write("versions: [{from: 2024-01-01, rows: {III/a: 1, III/b: 2}, otherwise: 0}]")
        problems.add(
            "missing-key",
            phrase(en="the table `{name}` needs `versions`", id="tabel `{name}` memerlukan `versions`", name=name),
            mapping.place,
            help,
        )
        return TableForm(title, basis, by, ())
    read = _Reading(name, len(by), problems)
    return TableForm(
        title, basis, by, versions_of(name, mapping.entries["versions"].value, TABLE_WORDS, read.version, problems)
    )


def change(name: str, node: RawNode, problems: Problems) -> TableChange | None:
    """Read what a region changes in a table of its base: cells, each dated."""
    mapping = as_mapping(node, problems)
    if mapping is None:
        return None
    keys(
        mapping,
        ("rows",),
        Text(f"perubahan daerah pada tabel `{name}`", f"what a region changes in the table `{name}`"),
        problems,
    )
    entry = mapping.entries.get("rows")
    tree = as_mapping(entry.value, problems) if entry else None
    rows = tuple(_rows(name, tree, problems, needed=("is", "from"))) if tree else ()
    for row in rows:
        if isinstance(row.cell, RawValue):
            message = phrase(
                en="the region's `{path}` has no `from`",
                id="`{path}` milik daerah tidak punya `from`",
                path=row.path[-1].text,
            )
            problems.add("missing-key", message, row.cell.place, write(f"{{from: 2024-01-01, is: {flow(row.cell.node)}, {cited(problems)}}}"))
    return TableChange(rows)


def _by(name: str, mapping: Mapping, problems: Problems) -> tuple[Name, ...]:
    entry = mapping.entries.get("by")
    if entry is None:
        problems.add(
            "missing-key",
            phrase(en="the table `{name}` needs `by`", id="tabel `{name}` memerlukan `by`", name=name),
            mapping.place,
            write("by: rank"),
        )
        return ()
    if isinstance(entry.value, Sequence) and not entry.value.items:
        problems.add(
            "missing-key",
            phrase(en="the table `{name}` is by nothing", id="tabel `{name}` tidak menurut apa pun", name=name),
            entry.value.place,
            write("by: rank"),
        )
    return names_of(entry.value, problems)


@dataclass(frozen=True, slots=True)
class _Reading:
    name: str
    keys: int
    problems: Problems

    def version(self, mapping: Mapping) -> RowsVersion:
        entry, other = mapping.entries.get("rows"), mapping.entries.get("otherwise")
        tree = as_mapping(entry.value, self.problems) if entry else None
        if tree is None or not tree.entries:
            message = phrase(
                en="this version of `{name}` has no `rows`", id="versi `{name}` ini tidak punya `rows`", name=self.name
            )
            self.problems.add("missing-key", message, mapping.place, write("rows: {III/a: 1, III/b: 2}"))
        rows = tuple(_rows(self.name, tree, self.problems)) if tree else ()
        return RowsVersion(
            rows,
            RawValue(other.value) if other else None,
            basis_of(mapping, self.problems),
            standing_of(mapping, self.problems),
            region_may(mapping, self.problems),
            self.columns([row.path for row in rows]),
        )

    def columns(self, paths: list[KeyPath]) -> tuple[str, ...]:
        """Return the columns, when rows have one more level of keys than the table is by; all rows have the same."""
        for path in paths:
            if self.keys and len(path) not in (self.keys, self.keys + 1):
                self.problems.add(
                    "table-shape",
                    phrase(
                        en="this row of `{name}` has {path} key{what}, but the table is by {keys}",
                        id="baris `{name}` ini punya {path} kunci, padahal tabelnya menurut {keys}",
                        name=self.name,
                        path=len(path),
                        what="s" * (len(path) != 1),
                        keys=self.keys,
                    ),
                    path[-1].place,
                    phrase(
                        en="write one level of keys for each name in `by`, and at most one more for columns",
                        id="tulis satu tingkat kunci untuk setiap nama pada `by`, dan paling banyak satu lagi untuk kolom",
                    ),
                )
        columns = tuple(dict.fromkeys(path[-1].text for path in paths if len(path) == self.keys + 1))
        self._all_have(columns, paths)
        return columns

    def _all_have(self, columns: tuple[str, ...], paths: list[KeyPath]) -> None:
        of_row: dict[tuple[str, ...], tuple[KeyPath, set[str]]] = {}
        for path in paths:
            row = path[: self.keys]
            own = of_row.setdefault(tuple(key.text for key in row), (row, set()))[1]
            own.update(key.text for key in path[self.keys : self.keys + 1])
        for row, own in of_row.values():
            for column in (one for one in columns if one not in own and len(row) == self.keys):
                message = phrase(
                    en="the row `{row}` of `{name}` has no column `{column}`",
                    id="baris `{row}` pada `{name}` tidak punya kolom `{column}`",
                    row=row[-1].text,
                    name=self.name,
                    column=column,
                )
                self.problems.add(
                    "table-shape",
                    message,
                    row[-1].place,
                    phrase(en="give every row the same columns", id="beri setiap baris kolom yang sama"),
                )


def _rows(
    name: str, tree: Mapping, problems: Problems, path: KeyPath = (), needed: tuple[str, ...] = ("is",)
) -> Iterator[Row]:
    """Read rows, and those inside them; a cell without days of its own holds as long as its table's version."""
    for entry in tree.entries.values():
        at, node = (*path, RawValue(entry.key)), entry.value
        if isinstance(node, Mapping) and not node.entries:
            message = phrase(
                en="the row `{key}` of `{name}` is empty",
                id="baris `{key}` pada `{name}` kosong",
                key=entry.key.text,
                name=name,
            )
            problems.add(
                "missing-key",
                message,
                node.place,
                phrase(en="write its value, or leave it out", id="tulis nilainya, atau hapus"),
            )
        if isinstance(node, Sequence) or (isinstance(node, Mapping) and "is" in node.entries):
            yield Row(at, _cell(f"{name}` `{entry.key.text}", node, problems, needed))
        elif isinstance(node, Mapping):
            yield from _rows(name, node, problems, at, needed)
        else:
            yield Row(at, RawValue(node))


def _cell(name: str, node: RawNode, problems: Problems, needed: tuple[str, ...]) -> Cell:
    def version(mapping: Mapping) -> CellVersion | None:
        given, basis = mapping.entries.get("is"), basis_of(mapping, problems)
        standing = standing_of(mapping, problems)
        return None if given is None else CellVersion(RawValue(given.value), basis, standing)

    return versions_of(name, node, CELL_WORDS, version, problems, needed)
