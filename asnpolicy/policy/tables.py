"""Tables: rows by one key or several, in dated versions, with rows that have dates of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from asnpolicy.policy.dated import Span, Version, active
from asnpolicy.policy.documents import Declared
from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence
from asnpolicy.policy.versions import TABLE_WORDS, unless_of, versions_of, within_bound
from asnpolicy.problems import Place, Problems

CELL_WORDS = ("from", "until", "is", "basis")
Path = tuple[Scalar, ...]
Cell = list[Version[Mapping]]
"""A cell with dates of its own: its versions."""


@dataclass(frozen=True, slots=True)
class TableVersion:
    """The rows of a table during a span, in which no cell changes."""

    rows: tuple[tuple[Path, Node], ...]
    otherwise: Node | None
    place: Place
    columns: tuple[str, ...] = ()

    def cells(self, column: str | None) -> Iterator[tuple[Path, Node]]:
        """Give each row: its keys, outermost first, and its value; of several columns the one that is named."""
        for path, node in self.rows:
            if column is None:
                yield path, node
            elif path[-1].text == column:
                yield path[:-1], node


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its rows are keyed by, and its versions."""

    by: Path
    versions: list[Version[TableVersion]]


def read_table(declared: Declared, additions: Iterable[Declared], problems: Problems) -> Table:
    """Read a table, and lay the cells that regions change over it."""
    mapping = as_mapping(declared.node, problems)
    if mapping is None:
        return Table((), [])
    name = declared.name
    keys(mapping, ("title", "by", "versions", "basis"), f"the table `{name}`", problems)
    by = _by(name, mapping, problems)
    if "versions" not in mapping.entries:
        problems.add(
            "missing-key", f"the table `{name}` needs `versions`", mapping.place, "write `versions: [{from: …}]`"
        )
        return Table(by, [])
    written = versions_of(name, mapping.entries["versions"].value, TABLE_WORDS, problems)
    changed = {key: cell for one in additions for key, cell in _changed(name, one, written, problems).items()}
    return Table(by, [part for version in written for part in _pieces(name, by, version, changed, problems)])


def _by(name: str, mapping: Mapping, problems: Problems) -> Path:
    entry = mapping.entries.get("by")
    if entry is None:
        problems.add("missing-key", f"the table `{name}` needs `by`", mapping.place, "write `by: <fact>`")
        return ()
    items = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
    if not items:
        problems.add("missing-key", f"the table `{name}` is by nothing", entry.value.place, "write `by: <fact>`")
    return tuple(item for item in items if as_text(item, problems) is not None and isinstance(item, Scalar))


def _pieces(
    name: str, by: Path, version: Version[Mapping], changed: dict[tuple[str, ...], Cell], problems: Problems
) -> Iterator[Version[TableVersion]]:
    """Cut a version where one of its cells changes."""
    entry = version.what.entries.get("rows")
    tree = as_mapping(entry.value, problems) if entry else None
    if tree is None or not tree.entries:
        problems.add("missing-key", f"this version of `{name}` has no `rows`", version.place, "write `rows: {…}`")
        return
    plain, dated = _rows(name, tree, problems)
    columns = _columns(name, len(by), [path for path, _ in [*plain, *dated]], problems)
    over = {path: changed[_texts(path)] for path, _ in [*plain, *dated] if _texts(path) in changed}
    other = version.what.entries.get("otherwise")
    for span in _spans(version.span, [*(cell for _, cell in dated), *over.values()]):
        rows = dict(plain) | _on(dated, span.since) | _on(over.items(), span.since)
        what = TableVersion(tuple(rows.items()), other.value if other else None, version.place, columns)
        yield Version(span, what, version.place, unless_of(version.what, problems))


def _columns(name: str, keys: int, paths: list[Path], problems: Problems) -> tuple[str, ...]:
    """Give the columns of a table, when its rows have one more level of keys than it is by; all rows have the same."""
    for path in paths:
        if keys and len(path) not in (keys, keys + 1):
            problems.add(
                "table-shape",
                f"this row of `{name}` has {len(path)} key{'s' * (len(path) != 1)}, but the table is by {keys}",
                path[-1].place,
                "write one level of keys for each name in `by`, and at most one more for columns",
            )
    columns = tuple(dict.fromkeys(path[-1].text for path in paths if len(path) == keys + 1))
    of_row: dict[Path, set[str]] = {}
    for path in paths:
        of_row.setdefault(path[:keys], set()).update(key.text for key in path[keys : keys + 1])
    for path, own in of_row.items():
        for column in (one for one in columns if one not in own and len(path) == keys):
            problems.add(
                "table-shape",
                f"the row `{path[-1].text}` of `{name}` has no column `{column}`",
                path[-1].place,
                "give every row the same columns",
            )
    return columns


def _spans(span: Span, cells: list[Cell]) -> Iterator[Span]:
    days = {day for cell in cells for version in cell for day in (version.span.since, version.span.until)}
    inside = sorted(day for day in days if span.since < day < span.until)
    yield from (Span(since, until) for since, until in pairwise([span.since, *inside, span.until]))


def _on(cells: Iterable[tuple[Path, Cell]], day: date) -> dict[Path, Node]:
    found = {path: active(cell, day) for path, cell in cells}
    return {path: version.what.entries["is"].value for path, version in found.items() if version}


def _rows(
    name: str, tree: Mapping, problems: Problems, path: Path = ()
) -> tuple[list[tuple[Path, Node]], list[tuple[Path, Cell]]]:
    """Read rows: those that hold throughout, and those with dates of their own."""
    plain: list[tuple[Path, Node]] = []
    dated: list[tuple[Path, Cell]] = []
    for entry in tree.entries.values():
        key, node = (*path, entry.key), entry.value
        if isinstance(node, Mapping) and not node.entries:
            problems.add(
                "missing-key",
                f"the row `{entry.key.text}` of `{name}` is empty",
                node.place,
                "write its value, or leave it out",
            )
        if isinstance(node, Sequence) or (isinstance(node, Mapping) and "is" in node.entries):
            cell = versions_of(f"{name}` `{entry.key.text}", node, CELL_WORDS, problems)
            dated.append((key, [version for version in cell if "is" in version.what.entries]))
        elif isinstance(node, Mapping):
            inner = _rows(name, node, problems, key)
            plain += inner[0]
            dated += inner[1]
        else:
            plain.append((key, node))
    return plain, dated


def _texts(path: Path) -> tuple[str, ...]:
    return tuple(key.text for key in path)


# What a region changes


def _changed(
    name: str, declared: Declared, base: list[Version[Mapping]], problems: Problems
) -> dict[tuple[str, ...], Cell]:
    """Read the cells that a region changes: each dated, each a row of the base, within what the base allows."""
    mapping = as_mapping(declared.node, problems)
    if mapping is None:
        return {}
    keys(mapping, ("rows",), f"what a region changes in the table `{name}`", problems)
    entry = mapping.entries.get("rows")
    tree = as_mapping(entry.value, problems) if entry else None
    plain, dated = _rows(name, tree, problems) if tree else ([], [])
    for path, node in plain:
        problems.add(
            "missing-key",
            f"the region's `{path[-1].text}` has no `from`",
            node.place,
            "write `{from: 2024-01-01, is: …, basis: …}`",
        )
    for path, cell in dated:
        for mine in cell:
            _allowed(name, path, mine, base, problems)
    return {_texts(path): cell for path, cell in dated}


def _allowed(name: str, path: Path, mine: Version[Mapping], base: list[Version[Mapping]], problems: Problems) -> None:
    then = [theirs for theirs in base if mine.span.cut(theirs.span)]
    if not then:
        problems.add(
            "region-may-not",
            f"the base's `{name}` has no version on the days of this cell",
            mine.place,
            "give the cell days on which the base has a version",
        )
    for theirs in then:
        rows = theirs.what.entries.get("rows")
        tree = rows.value if rows and isinstance(rows.value, Mapping) else None
        known = _rows(name, tree, Problems()) if tree else ([], [])
        if _texts(path) not in {_texts(one) for one, _ in [*known[0], *known[1]]}:
            problems.add(
                "region-may-not",
                f"the base's `{name}` has no row `{path[-1].text}`",
                path[-1].place,
                "a region changes rows of the base, and adds none",
            )
            return
        within_bound(name, mine.what.entries["is"].value, theirs.what, problems)
