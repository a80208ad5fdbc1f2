"""Progress: how far a command has come, at a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

Advance: TypeAlias = Callable[[int, int], object]
"""Takes how many more are done, and how much more of the whole."""


@contextmanager
def progress(what: str, whole: int | None = None, *, beside: bool = False) -> Iterator[Advance]:
    """Show how many are done and, when the size of the whole is known, a bar and the time left.

    `beside` says that lines go to standard output meanwhile: where that is a screen, they show how far it is.
    """
    screen = sys.__stderr__  # its own signs move the cursor
    if screen is None or not sys.stderr.isatty() or (beside and sys.stdout.isatty()):
        yield lambda done, size: None  # noqa: ARG005  # it tells nobody
        return
    from rich.console import Console  # noqa: PLC0415  # only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(file=screen)
    with Progress(*_columns(whole), console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=whole, people=0, rate="")
        count = 0

        def advance(done: int, size: int) -> None:
            nonlocal count
            count += done
            spent = bar.tasks[0].elapsed or 0
            bar.update(task, advance=size, people=f"{count:,}", rate=f"{count / spent:,.0f}/s" if spent >= 1 else "")

        yield advance


def _columns(whole: int | None) -> tuple[Any, ...]:
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    words = TextColumn("{task.fields[people]} {task.description} {task.fields[rate]}")
    if whole is None:
        return SpinnerColumn(), words
    return words, BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn(compact=True)
