"""What commands say: for people on a terminal, stable and machine-readable in a pipe."""

from __future__ import annotations

from datetime import date, datetime

import typer

from asnpolicy.problems import PolicyError, Problem

FINE, FINDING, WRONG_USE, UNKNOWN = range(4)
"""Exit statuses."""


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
