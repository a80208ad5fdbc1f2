"""Register: a file of people, looked at once as a whole and then read person by person."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from asnpolicy.exchange.intake.reader import BadLine, PersonText, Reader, Source, nip_of, parsed
from asnpolicy.exchange.intake.texts import Texts, texts
from asnpolicy.exchange.intake.unclaimed import Unclaimed, earlier_numbers, parted, unclaimed_in, unclaimed_of
from asnpolicy.people import HISTORIES, Employee
from asnpolicy.people.nip import DIGITS, normal
from asnpolicy.people.spelling.days import says_month_first
from asnpolicy.problems import Place, PolicyError, Problem
from asnpolicy.text import as_written
from asnpolicy.visible import visible

_NUMBER = re.compile(rb'"nip"\s*:\s*"(\d{18})"')
_NUMERIC = re.compile(rb"(?:[-/.]|(?<!:) )[12]\d{3}(?!\d)")
_AS_DAYS = bytes.maketrans(b"123456789/. ", b"000000000---")
_COMPACT = re.compile(rb':\s*"[^"\d]{0,6}\d{4}[12]\d{3}\D')
_EARLIER = re.compile(rb'"earlier_nips"\s*:\s*["\[]\s*[^\]\s]', re.IGNORECASE)
MOST_UNCLAIMED = 200
"""With more, whoever they are, they may be of anybody."""


@dataclass
class Register:
    """The people of one file: what it says as a whole is known before the first of them is read."""

    texts: Texts
    strict: bool = False
    numbers: array[int] = field(default_factory=lambda: array("Q"))
    """The number of the person whom each text is about; 0 where it can't be read."""
    lines: array[int] = field(default_factory=lambda: array("Q"))
    _month_first: set[str] = field(default_factory=set)
    _unclaimed: list[Unclaimed] = field(default_factory=list)
    _earlier: list[tuple[str, str]] = field(default_factory=list)
    """Earlier numbers of people, each with the present one."""

    def __post_init__(self) -> None:
        for source in self.texts:
            self.lines.append(source.line)
            self.numbers.append(self._look(source))
        self._unclaimed += self._parted()

    def _look(self, source: Source) -> int:
        """Take from a text what matters for others: its number, and how dates are written in it."""
        text = source.text
        number = _NUMBER.search(text)
        dated = _ends_with_a_year(text) or _COMPACT.search(text) or b"\\u" in text or not text.isascii()
        plain = _plain(number[1].decode()) if number is not None and _names_once(text) else 0
        renumbered = _EARLIER.search(text) is not None
        if plain and not dated and not renumbered:
            return plain
        data = parsed(*source)
        if isinstance(data, BadLine):
            self._unclaimed += unclaimed_in(source.line, text)
            return 0
        self._month_first.update(month_first(data))
        nip = nip_of(data).value
        if nip is None:
            self._unclaimed += unclaimed_of(source.line, data)
        elif renumbered:
            self._earlier += [(earlier, nip) for earlier in earlier_numbers(data)]
        return int(nip or 0)

    def _parted(self) -> Iterator[Unclaimed]:
        """Give what is said under two numbers of one person, of which one is an earlier one of the other."""
        places = {number: at for at, number in enumerate(self.numbers) if number} if self._earlier else {}
        for earlier, later in self._earlier:
            for own, other in ((earlier, later), (later, earlier)):
                at = places.get(int(own)) if int(earlier) in places else None
                data = parsed(self.lines[at], self.texts.text(at)) if at is not None else None
                if at is not None and isinstance(data, dict):
                    yield from parted(self.lines[at], data, other)

    @property
    def reader(self) -> Reader:
        """What reads one of its people."""
        unclaimed = tuple(self._unclaimed)
        if len(unclaimed) > MOST_UNCLAIMED:
            everything = frozenset(name for one in unclaimed for name in one.histories)
            unclaimed = (Unclaimed(unclaimed[0].line, everything, ""),)
        return Reader(self.strict, frozenset(self._month_first), unclaimed)

    def repeated(self) -> dict[str, list[int]]:
        """Return the numbers that stand in it more than once, with the lines, in the order of the file."""
        return {str(nip).zfill(DIGITS): [self.lines[at] for at in places] for nip, places in self._again().items()}

    def _again(self) -> dict[int, list[int]]:
        ordered = sorted(self.numbers)
        twice = {one for one, other in pairwise(ordered) if one == other and one}
        found: dict[int, list[int]] = {}
        if twice:
            for at, number in enumerate(self.numbers):
                if number in twice:
                    found.setdefault(number, []).append(at)
        return found

    def entries(self) -> Iterator[PersonText]:
        """Return what the file says of each person, where it first does."""
        again = self._again()
        for at, source in enumerate(self.texts):
            others = again.get(self.numbers[at], ())
            if others and others[0] != at:
                continue
            more = tuple(Source(self.lines[one], self.texts.text(one)) for one in others[1:])
            yield PersonText(source.line, source.text, more)

    def __iter__(self) -> Iterator[Employee | BadLine]:
        reader = self.reader
        return map(reader.read, self.entries())


def _ends_with_a_year(text: bytes) -> bool:
    """Tell whether a day may stand there with its year last; the search alone would take most of the time of a look."""
    return b"-0000" in text.translate(_AS_DAYS) and _NUMERIC.search(text) is not None


def _names_once(text: bytes) -> bool:
    """Tell whether a number stands there only once, in whatever case its name is written."""
    lower = text.lower()
    return lower.count(b"nip") - lower.count(b"earlier_nips") == 1


def _plain(number: str) -> int:
    try:
        return int(normal(number))
    except ValueError:
        return 0


def month_first(data: Mapping[str, Any]) -> Iterator[str]:
    """Name the fields in which something stands that can only be month, day, year."""
    for name, value in data.items():
        if isinstance(value, str):
            if says_month_first(value):
                yield name
        elif name in HISTORIES:
            since = value.get("complete_since") if isinstance(value, dict) else None
            if isinstance(since, str) and says_month_first(since):
                yield f"{name}.complete_since"
            records = value.get("records", ()) if isinstance(value, dict) else value
            yield from _of_records(name, records if isinstance(records, list) else ())


def _of_records(history: str, records: Iterable[Any]) -> Iterator[str]:
    for record in records:
        for field_, value in record.items() if isinstance(record, dict) else ():
            if isinstance(value, str) and says_month_first(value):
                yield f"{history}.{field_}"


@contextmanager
def opened(path: str | Path, *, encoding: str | None = None, strict: bool = False) -> Iterator[Register]:
    """Open a file of people; raises PolicyError for an encoding that is not known."""
    with Path(path).open("rb") as file:
        yield register(file, encoding=encoding, strict=strict)


def register(file: IO[bytes], *, encoding: str | None = None, strict: bool = False) -> Register:
    """Return the people of an open file, which is looked at as a whole first."""
    return Register(texts(file, encoding), strict)


def read_employees(
    path: str | Path,
    *,
    encoding: str | None = None,
    strict: bool = False,
    bad: Callable[[Problem], object] | None = None,
) -> Iterator[Employee]:
    """Return the employees of a file: JSON Lines, one JSON array, or objects spread over lines.

    UTF-8 with or without a mark, UTF-16 with one, or the `encoding` that is named. What can't be read of a person is
    unknown, and stands in `Employee.intake` with line, field and what was written; so is told what was written otherwise
    than the models write it. Whoever stands in the file twice is one person.

    A text that is no employee, or bears no readable number, is given to `bad` as a problem with file and line; with `strict`
    so is everybody with anything amiss. Without `bad`, all problems are raised as one PolicyError at the end.
    """
    problems: list[Problem] = []
    take = bad or problems.append
    with opened(path, encoding=encoding, strict=strict) as people:
        for one in people:
            if isinstance(one, BadLine):
                take(problem(one, str(path)))
            else:
                yield one
    if problems:
        raise PolicyError(problems)


def problem(bad: BadLine, file: str) -> Problem:
    """Return a line that is no employee as a problem."""
    return Problem(
        "bad-line", as_written(en=visible(bad.reason.en), id=visible(bad.reason.id)), Place(file, bad.number, 1)
    )
