"""Table: rows drawn for people; what stands in a cell is text, never markup."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Sequence
from shutil import get_terminal_size
from textwrap import wrap
from typing import IO, TypeAlias

from asnpolicy.visible import visible

Cell: TypeAlias = "str | tuple[str, ...]"
NARROWEST, WIDEST = 72, 160
BETWEEN = "   "
"""What stands between columns."""
SHORT = (24, 16)
"""Cells that are no longer are left whole, such as a name, if there is room for it."""
WHOLE = ("NIP", "Kode", "Code")
"""Columns that are not broken into lines: numbers, and the codes of rules."""


def drawn(heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, spare: int = 0) -> str:
    """Return a table as text, no wider than the terminal; a column in which nothing stands is left out.

    A cell of several parts has a line for each. `spare`: so many last columns are left out where words would be broken for them.
    """
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  # only tables need it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    found = [[_shown(cell) for cell in row] for row in rows]
    used = [at for at in range(len(heads)) if not found or any(row[at] for row in found)]
    whole = [heads[at] in WHOLE and all(" " not in row[at] for row in found) for at in used]
    columns = [(heads[at], *(row[at] for row in found)) for at in used]
    if spare and not _fits(columns, whole):
        used, whole, columns = used[:-spare], whole[:-spare], columns[:-spare]
    widths = _widths(columns, whole, _room())
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for at, kept, width in zip(used, whole, widths, strict=True):
        table.add_column(Text(heads[at]), overflow="fold", no_wrap=kept, width=width)
    for row in found:
        table.add_row(*(Text(row[at]) for at in used))
    text = io.StringIO()
    Console(file=text, width=_room(), no_color=True).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _fits(columns: Sequence[Sequence[str]], whole: Sequence[bool]) -> bool:
    """Tell whether columns stand beside each other without a broken word."""
    return sum(_least(columns, whole)) + len(BETWEEN) * len(columns) <= _room()


def _least(columns: Sequence[Sequence[str]], whole: Sequence[bool]) -> list[int]:
    """Return how wide each column is at least: its longest word, or all of it where it is not broken."""
    from rich.cells import cell_len  # noqa: PLC0415  # only tables need it

    lines = [[line for cell in column for line in cell.split("\n")] for column in columns]
    return [
        max(cell_len(part) for line in those for part in ([line] if kept else line.split() or [""]))
        for those, kept in zip(lines, whole, strict=True)
    ]


def _widths(columns: Sequence[Sequence[str]], whole: Sequence[bool], room: int) -> list[int | None]:
    """Share the room among columns so that rows are low and no word is broken; None where all fits, or nothing helps.

    Each column has its longest word at least, and what is short whole where there is room for it; what is left goes, one by
    one, to the column that has most to say for its width.
    """
    from rich.cells import cell_len  # noqa: PLC0415  # only tables need it

    lines = [[line for cell in column for line in cell.split("\n")] for column in columns]
    most = [max(map(cell_len, those)) for those in lines]
    room -= len(BETWEEN) * len(columns)
    least = _least(columns, whole)
    if sum(most) <= room or sum(least) > room:
        return [None] * len(columns)
    tried = ([max(one, min(full, short)) for one, full in zip(least, most, strict=True)] for short in SHORT)
    widths = next((one for one in tried if sum(one) <= room), least)
    said = [sum(map(cell_len, those)) for those in lines]
    for _ in range(room - sum(widths)):
        at = max((at for at in range(len(columns)) if widths[at] < most[at]), key=lambda at: said[at] / max(widths[at], 1))
        widths[at] += 1
    return list(widths)


def _room() -> int:
    """Return how wide a table may be: a terminal breaks wider ones anywhere; a file has one width everywhere."""
    if not sys.stdout.isatty():
        return WIDEST
    return max(NARROWEST, min(WIDEST, get_terminal_size((WIDEST, 24)).columns))


def spaced(text: str) -> str:
    """Return text with one empty line where tables and headings that stand together leave several.

    >>> spaced("judul\\n\\n\\n isi\\n")
    'judul\\n\\n isi\\n'
    """
    return re.sub(r"\n{3,}", "\n\n", text)


def fitted(text: str, out: IO[str]) -> str:
    """Return text for a stream: a screen gets lines that are no wider, broken between words; a file those that there are.

    A line that goes on is indented by two more than it began.
    """
    if not out.isatty():
        return text
    return "\n".join(part for line in text.split("\n") for part in broken(line, _room()))


def broken(line: str, width: int) -> list[str]:
    """Break a line between words, each part no wider than that.

    >>> broken("  Dasar: PP 11/2017 jo. PP 17/2020", 20)
    ['  Dasar: PP 11/2017', '    jo. PP 17/2020']
    >>> broken("", 20)
    ['']
    """
    indent = line[: len(line) - len(line.lstrip(" "))]
    if len(line) <= width:
        return [line]
    return wrap(line, width, subsequent_indent=f"{indent}  ", break_long_words=False, break_on_hyphens=False)


def _shown(cell: Cell) -> str:
    return visible(cell) if isinstance(cell, str) else "\n".join(map(visible, cell))
