"""People: the file of employees that a command reads; what is amiss in it is told as it comes, and counted."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import IO

from asnpolicy.cli.output import tell, wrong_use
from asnpolicy.exchange import jsonlines
from asnpolicy.people import Employee
from asnpolicy.people.nip import DIGITS, masked
from asnpolicy.visible import visible

MOST_TOLD = 50


class People:
    """The employees of a file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.bad = 0

    def __iter__(self) -> Iterator[Employee]:
        with self.open() as file:
            for one in jsonlines.read(jsonlines.lines(file)):
                if isinstance(one, jsonlines.BadLine):
                    self.tell(one)
                else:
                    yield one

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the file, or standard input for `-`."""
        if self.path == "-":
            yield sys.stdin.buffer
            return
        path = Path(self.path)
        if path.is_dir():
            raise wrong_use(f"`{self.path}` is a folder", "give a file of JSON Lines: one employee a line")
        if not path.exists():
            raise wrong_use(
                f"there is no file `{self.path}`", "give a file of JSON Lines; `asnpolicy synth` makes one to try with"
            )
        with path.open("rb") as file:
            yield file

    @property
    def name(self) -> str:
        """Return what the file is called in a message."""
        return "standard input" if self.path == "-" else visible(self.path)

    def tell(self, bad: jsonlines.BadLine) -> None:
        """Tell a line that is no employee; of very many only the first."""
        self.bad += 1
        if self.bad <= MOST_TOLD:
            tell(f"{self.name}:{bad.number}: {visible(bad.reason)}   [bad-line]")
        elif self.bad == MOST_TOLD + 1:
            tell("more bad lines are counted, but no longer shown")


class Numbers:
    """The numbers of all people that were read, and on which lines: 16 bytes a person."""

    def __init__(self) -> None:
        self._numbers, self._lines = array("Q"), array("Q")

    def add(self, nip: str, line: int) -> None:
        """Add a person."""
        self._numbers.append(int(nip))
        self._lines.append(line)

    def repeated(self) -> dict[str, list[int]]:
        """Return the numbers that are on more than one line, with the lines, in the order of the file."""
        ordered = sorted(self._numbers)
        twice = {one for one, other in pairwise(ordered) if one == other}
        found: dict[str, list[int]] = {}
        if twice:
            for number, line in zip(self._numbers, self._lines, strict=True):
                if number in twice:
                    found.setdefault(str(number).zfill(DIGITS), []).append(line)
        return found

    def tell(self, name: str) -> int:
        """Tell the numbers that are on more than one line, and return how many they are."""
        found = self.repeated()
        for nip, lines in list(found.items())[:MOST_TOLD]:
            where = f"{', '.join(map(str, lines[:-1][:MOST_TOLD]))} and {lines[-1]}"
            tell(f"{name}: NIP {masked(nip)} is on lines {where}: each was decided for itself   [same-nip]")
        if len(found) > MOST_TOLD:
            tell(f"{len(found) - MOST_TOLD} more numbers are on several lines")
        return len(found)
