"""Bars: timelines as lines of a terminal, one a rule, each cell a stretch of days; in colours where there are some."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from textwrap import wrap

from asnpolicy.cli.table import fitted
from asnpolicy.decisions.explanation import day_before
from asnpolicy.decisions.reasons import because
from asnpolicy.decisions.timeline import Timeline
from asnpolicy.decisions.timeline.text import rests_on
from asnpolicy.report.chart import ANSI, SIGNS, Bars, cells

NAMES, NARROWEST, WIDEST = 44, 24, 120


def drawn(lines: Sequence[Timeline], lang: str) -> str:
    """Return timelines of one person as text."""
    from rich.text import Text  # noqa: PLC0415  # only bars need it

    bars, width = Bars.of(lines, lang), max(NARROWEST, min(WIDEST, get_terminal_size((100, 24)).columns) - NAMES - 2)
    head = bars.text(because("chart.title", since=bars.since, until=day_before(bars.until)))
    rows = [
        *map(Text, _lines(head)),
        *(Text(part) for depth, said in rests_on(lines[0]) for part in _lines("  " * depth + bars.text(said))),
        Text(),
        Text(" " * (NAMES + 1) + _years(bars, width)),
    ]
    for line in lines:
        first, *more = wrap(bars.name(line), NAMES)
        row = Text(first.ljust(NAMES) + " ")
        for result in cells(line, width):
            row.append(SIGNS[result], ANSI[result])
        rows += [row, *(Text(f"  {words}") for words in more)]
    rows.append(Text())
    for result in bars.results:
        rows.append(Text(f"{SIGNS[result]} ", ANSI[result]) + Text(bars.meaning(result)))
    return _printed(rows)


def _lines(text: str) -> list[str]:
    """Break a line as a screen has room for it."""
    return fitted(text, sys.stdout).split("\n")


def _years(bars: Bars, width: int) -> str:
    above = [" "] * width
    for year in bars.years():
        at = int(bars.part(max(bars.since, bars.since.replace(year=year, month=1, day=1))) * width)
        if at + 5 <= width and not "".join(above[max(at - 1, 0) : at + 5]).strip():
            above[at : at + 4] = str(year)
    return "".join(above).rstrip()


def _printed(rows: Sequence[object]) -> str:
    from rich.console import Console  # noqa: PLC0415

    text = io.StringIO()
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    console = Console(file=text, width=WIDEST * 2, no_color=plain, force_terminal=not plain, highlight=False)
    for row in rows:
        console.print(row)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"
