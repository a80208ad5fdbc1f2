"""Table: rows drawn for people; what stands in a cell is text, never markup."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from asnpolicy.visible import visible

Cell: TypeAlias = "str | tuple[str, ...]"
WIDEST = 160
WHOLE = ("NIP", "Aturan")
"""Columns that are not broken into lines: numbers, and rules where they stand by their ids."""


def drawn(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as text; a column in which nothing stands is left out. A cell of several parts has a line for each."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  # only tables need it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    found = [[_shown(cell) for cell in row] for row in rows]
    used = [at for at in range(len(heads)) if not found or any(row[at] for row in found)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for at in used:
        table.add_column(Text(heads[at]), overflow="fold", no_wrap=heads[at] in WHOLE and all(" " not in row[at] for row in found))
    for row in found:
        table.add_row(*(Text(row[at]) for at in used))
    text = io.StringIO()
    Console(file=text, width=WIDEST, no_color=True).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _shown(cell: Cell) -> str:
    return visible(cell) if isinstance(cell, str) else "\n".join(map(visible, cell))
