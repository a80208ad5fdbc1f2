"""JSON Lines: one employee a line; a bad line is reported with its number, and the rest is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from asnpolicy.people import Employee
from asnpolicy.problems import PolicyError

LONGEST = 1_000_000
"""A line with more characters is not one employee."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no employee, and why."""

    number: int
    reason: str


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Read the lines of a file; of one that is longer than an employee can be, no more than shows that it is."""
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)


def read(lines: Iterable[bytes], first: int = 1) -> Iterator[Employee | BadLine]:
    """Read employees line by line, of which the first has this number; empty lines are passed over."""
    for number, line in enumerate(lines, start=first):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if text.strip():
            yield _employee(number, text)


def _employee(number: int, text: bytes) -> Employee | BadLine:
    if len(text) > LONGEST:
        return BadLine(number, f"the line has more than {LONGEST:,} bytes: a file has one employee a line")
    try:
        return Employee.model_validate_json(text)
    except PolicyError as error:
        return BadLine(number, "; ".join(problem.message for problem in error.problems[:3]))
    except RecursionError:
        return BadLine(number, "brackets are nested too deeply")
