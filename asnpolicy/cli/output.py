"""What commands write: for people on a terminal, stable and machine-readable in a pipe."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import typer

from asnpolicy.exchange import jsonlines
from asnpolicy.people import Employee
from asnpolicy.problems import PolicyError, Problem

MOST_TOLD = 50
FINE, FINDING, WRONG_USE, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130


def complain(error: PolicyError) -> None:
    """Write problems to standard error."""
    typer.echo("\n".join(problem.render() for problem in error.problems), err=True)


def wrong_use(message: str, help: str) -> PolicyError:
    """Make the error for a wrong argument."""
    return PolicyError([Problem("wrong-use", message, help=help)])


def as_of_date(text: str | None) -> date:
    """Read `--as-of`; without it, today, which only the command line may assume, and says."""
    if text is None:
        today = datetime.now().astimezone().date()
        typer.echo(f"as of {today} (today; choose another day with --as-of)", err=True)
        return today
    try:
        if len(text) != len("2026-10-01"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise wrong_use(f"`{text[:40]}` is not a date", "write it like `--as-of 2026-10-01`") from None


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """Open a file of employees, or standard input for `-`."""
    if path == "-":
        yield sys.stdin.buffer
        return
    if Path(path).is_dir():
        raise wrong_use(f"`{path}` is a folder", "give a file of JSON Lines: one employee a line")
    if not Path(path).exists():
        raise wrong_use(
            f"there is no file `{path}`", "give a file of JSON Lines; `asnpolicy synth` makes one to try with"
        )
    with Path(path).open("rb") as file:
        yield file


class People:
    """The employees of a file; bad lines are told as they come, and counted."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.bad = 0

    def __iter__(self) -> Iterator[Employee]:
        with opened(self.path) as file:
            for one in jsonlines.read(file):
                if isinstance(one, jsonlines.BadLine):
                    self._tell(one)
                else:
                    yield one

    def _tell(self, bad: jsonlines.BadLine) -> None:
        self.bad += 1
        name = "standard input" if self.path == "-" else self.path
        if self.bad <= MOST_TOLD:
            typer.echo(f"{name}:{bad.number}: {bad.reason}   [bad-line]", err=True)
        elif self.bad == MOST_TOLD + 1:
            typer.echo("more bad lines are counted, but no longer shown", err=True)


@contextmanager
def written(path: str | None) -> Iterator[IO[str]]:
    """Write to a file that appears only when all is written, or to standard output."""
    if path is None:
        yield sys.stdout
        return
    target = Path(path)
    if not target.parent.is_dir():
        raise wrong_use(f"there is no folder `{target.parent}`", "make it first, or write elsewhere")
    if target.is_dir():
        raise wrong_use(f"`{path}` is a folder", "give the name of a file")
    with tempfile.NamedTemporaryFile("w", dir=target.parent, delete=False, encoding="utf-8", newline="") as file:
        partial = Path(file.name)
        try:
            yield file
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    partial.chmod(0o644)
    partial.replace(target)


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """Show how many are done, on a terminal only; gives a function to call for each."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415  # only a terminal needs it
    from rich.progress import Progress, SpinnerColumn, TextColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed:,.0f}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda: bar.advance(task)
