"""What commands say: for people on a terminal, stable and machine-readable in a pipe."""

from __future__ import annotations

import sys
from datetime import date, datetime

from asnpolicy.problems import PolicyError, Problem
from asnpolicy.visible import visible_lines

FINE, FINDING, WRONG_USE, UNKNOWN = range(4)
"""Exit statuses."""


def say(text: str) -> None:
    """Write what was asked for to standard output, all of it visible."""
    sys.stdout.write(f"{visible_lines(text)}\n")


def tell(text: str) -> None:
    """Write what somebody should know to standard error: above a bar when there is one, and all of it visible."""
    sys.stderr.write(f"{visible_lines(text)}\n")
    sys.stderr.flush()


def complain(error: PolicyError) -> None:
    """Write problems to standard error."""
    tell("\n".join(problem.render() for problem in error.problems))


def wrong_use(message: str, help: str) -> PolicyError:
    """Make the error for a wrong argument."""
    return PolicyError([Problem("wrong-use", message, help=help)])


def as_of_date(text: str | None) -> date:
    """Read `--as-of`; without it, today, which only the command line may assume, and says."""
    if text is None:
        today = datetime.now().astimezone().date()
        tell(f"as of {today} (today; choose another day with --as-of)")
        return today
    return day_of(text, "--as-of")


def day_of(text: str, option: str) -> date:
    """Read the day of an option."""
    try:
        if len(text) != len("2026-10-01"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise wrong_use(f"`{text[:40]}` is not a date", f"write it like `{option} 2026-10-01`") from None
