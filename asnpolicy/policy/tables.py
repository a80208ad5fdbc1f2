"""Tables with what regions change laid over them, cut into pieces in which no cell changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from asnpolicy.language.rules import Standing
from asnpolicy.policy.bounds import within_bound
from asnpolicy.policy.dated import Span, Version, active
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.tables import Cell, CellVersion, KeyPath, Row, RowsVersion, TableChange, TableForm
from asnpolicy.problems import Place, Problems
from asnpolicy.text import phrase


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row during a span: its keys, outermost first, what it gives, and on what basis."""

    path: KeyPath
    value: RawValue
    basis: Basis | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class TableVersion:
    """The rows of a table during a span, in which no cell changes."""

    rows: tuple[TableRow, ...]
    otherwise: RawValue | None
    place: Place
    columns: tuple[str, ...] = ()
    basis: Basis | None = None
    standing: Standing = "in_force"

    def cells(self, column: str | None) -> Iterator[TableRow]:
        """Return each row; of several columns the one that is named."""
        for row in self.rows:
            if column is None:
                yield row
            elif row.path[-1].text == column:
                yield replace(row, path=row.path[:-1])


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its rows are keyed by, and its versions."""

    by: tuple[Name, ...]
    versions: list[Version[TableVersion]]


def laid_over(
    name: str, base: TableForm, changes: Iterable[TableChange], problems: Problems, *, lawful: bool = False
) -> Table:
    """Lay the cells that regions change over a table of their base; `lawful`: those with a basis in law alone."""
    changed: dict[tuple[str, ...], Cell] = {}
    for change in changes:
        for row in change.rows:
            if not isinstance(row.cell, RawValue):
                _allow(name, row.path, row.cell, base, problems)
                changed[_texts(row.path)] = tuple(c for c in row.cell if not lawful or _of_region(c) == "in_force")
    return Table(base.by, [piece for version in base.versions for piece in _pieces(version, changed)])


def _of_region(cell: Version[CellVersion]) -> Standing:
    """Return how a cell of a region stands: one without a basis of its own has none in law."""
    return cell.what.standing or ("in_force" if cell.what.basis is not None else "illustrative")


def _pieces(version: Version[RowsVersion], changed: dict[tuple[str, ...], Cell]) -> Iterator[Version[TableVersion]]:
    """Cut a version where one of its cells changes."""
    said = version.what
    own = said.standing or "in_force"
    plain = {
        row.path: TableRow(row.path, row.cell, said.basis, own) for row in said.rows if isinstance(row.cell, RawValue)
    }
    dated = [(row.path, row.cell) for row in said.rows if not isinstance(row.cell, RawValue)]
    over = [(row.path, changed[_texts(row.path)]) for row in said.rows if _texts(row.path) in changed]
    for span in _spans(version.span, [cell for _, cell in (*dated, *over)]):
        given = plain | _on(dated, span.since, said) | _on(over, span.since, None)
        if given:
            what = TableVersion(
                tuple(given.values()), said.otherwise, version.place, said.columns, said.basis,
                said.standing or "in_force",
            )  # fmt: skip
            yield Version(span, what, version.place, version.unless)


def _spans(span: Span, cells: list[Cell]) -> Iterator[Span]:
    days = {day for cell in cells for version in cell for day in (version.span.since, version.span.until)}
    inside = sorted(day for day in days if span.since < day < span.until)
    yield from (Span(since, until) for since, until in pairwise([span.since, *inside, span.until]))


def _on(cells: Iterable[tuple[KeyPath, Cell]], day: date, table: RowsVersion | None) -> dict[KeyPath, TableRow]:
    """Return the cells of a day; one of the table's own stands as its version does, when it does not say."""
    found = {path: active(cell, day) for path, cell in cells}
    return {path: _row(path, version, table) for path, version in found.items() if version}


def _row(path: KeyPath, cell: Version[CellVersion], table: RowsVersion | None) -> TableRow:
    said = cell.what
    if table is None:
        return TableRow(path, said.value, said.basis, _of_region(cell))
    return TableRow(path, said.value, said.basis or table.basis, said.standing or table.standing or "in_force")


def _texts(path: KeyPath) -> tuple[str, ...]:
    return tuple(key.text for key in path)


# What a region changes


def _allow(name: str, path: KeyPath, cell: Cell, base: TableForm, problems: Problems) -> None:
    """Hold a changed cell to the base: it is one of its rows, and within what the base allows."""
    for mine in cell:
        then = [theirs for theirs in base.versions if mine.span.cut(theirs.span)]
        if not then:
            message = phrase(
                en="the base's `{name}` has no version on the days of this cell",
                id="`{name}` pada aturan dasar tidak punya versi pada hari-hari sel ini",
                name=name,
            )
            help = phrase(
                en="give the cell days on which the base has a version",
                id="beri sel itu hari yang padanya aturan dasar punya versi",
            )
            problems.add("region-may-not", message, mine.place, help)
        for theirs in then:
            if not _has_row(theirs.what.rows, path):
                message = phrase(
                    en="the base's `{name}` has no row `{path}`",
                    id="`{name}` pada aturan dasar tidak punya baris `{path}`",
                    name=name,
                    path=path[-1].text,
                )
                help = phrase(
                    en="a region changes rows of the base, and adds none",
                    id="daerah mengubah baris aturan dasar, dan tidak menambah",
                )
                problems.add("region-may-not", message, path[-1].place, help)
                break
            _within(name, mine, theirs, problems)


def _has_row(rows: Iterable[Row], path: KeyPath) -> bool:
    return _texts(path) in {_texts(row.path) for row in rows}


def _within(name: str, mine: Version[CellVersion], theirs: Version[RowsVersion], problems: Problems) -> None:
    within_bound(name, mine.what.value, theirs.what.region_may, theirs.place, problems)
