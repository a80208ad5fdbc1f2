"""Workbook: rows as an Excel workbook; every cell is a text, so no number loses its digits and nothing is run."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Any, NamedTuple

from asnpolicy.problems import missing_extra
from asnpolicy.text import Text
from asnpolicy.visible import visible

MOST_ROWS = 1_048_576
"""What a sheet holds; what is more goes on in the next."""
LONGEST = 32_000
"""A cell holds some hundred characters more."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class Column(NamedTuple):
    """What stands over a column, and how wide it is in characters."""

    head: str
    width: int


def check_installed() -> None:
    """Raise PolicyError when the library that writes workbooks is not there."""
    if find_spec("xlsxwriter") is None:
        raise missing_extra(Text("buku kerja", "a workbook"), "xlsx")


@contextmanager
def workbook(file: IO[bytes], title: str, columns: Sequence[Column], day: date) -> Iterator[Workbook]:
    """Open a workbook, and write it to the file at the end; `day` is when it says it was made: the same bytes each time."""
    with tempfile.TemporaryDirectory(prefix="asnpolicy-") as folder:
        library: Any = import_module("xlsxwriter")
        book = library.Workbook(file, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"title": title, "created": datetime.combine(day, time())})
        yield Workbook(book, title, tuple(columns))
        book.close()


class Workbook:
    """Rows under a head that stays in sight, on as many sheets as they take."""

    def __init__(self, book: Any, title: str, columns: tuple[Column, ...]) -> None:
        self._book, self._title, self._columns = book, title, columns
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"})
        self._text = book.add_format({"num_format": "@", "valign": "top"})
        self._sheets = 0
        self._begin()

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(self._title if self._sheets == 1 else f"{self._title} {self._sheets}")
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, column.width, self._text)
        self._sheet.freeze_panes(1, 0)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        self._row = 0
        self._put([column.head for column in self._columns], self._bold)

    def _put(self, cells: Iterable[str], form: Any) -> None:
        for at, text in enumerate(cells):
            if text:
                shown = visible(text)
                self._sheet.write_string(self._row, at, shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…", form)
        self._row += 1

    def about(self, title: str, lines: Iterable[str]) -> None:
        """Write what the rows rest on, line by line, on a sheet of its own behind them."""
        self._sheet = self._book.add_worksheet(title)
        self._sheet.set_column(0, 0, 120, self._text)
        self._row = 0
        for line in lines:
            self._put([line], self._text)

    def write(self, cells: Iterable[str]) -> None:
        """Write one row."""
        if self._row == MOST_ROWS:
            self._begin()
        self._put(cells, self._text)
