"""Texts: a file of people, in whatever shape and encoding, as one text for each person with the line on which it begins."""

from __future__ import annotations

import codecs
import io
import re
import shutil
import tempfile
import weakref
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from pydantic_core import from_json

from asnpolicy.exchange.intake.kinds import refuse_other_kinds
from asnpolicy.exchange.intake.reader import LONGEST, Source
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

MARKS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
"""What a file begins with that says its encoding; the longer first."""
LOOKED_AT = 20
"""So many lines after the first tell whether a file has a person on each."""
_NUMBERED = re.compile(rb'\{\s*"(nip|NIP)"')
_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"?|[{}]')


@dataclass
class Texts:
    """The texts of a file, which can be read again and found again; what is no JSON Lines in UTF-8 is copied to be so.

    The copy has no name, so that nothing of it is left behind.
    """

    file: IO[bytes]
    begun: array[int] | None = None
    """On which line each text begins; None where each line is one."""
    places: array[int] = field(default_factory=lambda: array("Q"))
    """Where each text is in the file, once they have been read."""

    def __iter__(self) -> Iterator[Source]:
        """Return all texts that are not blank, from the first."""
        self.file.seek(0)
        places, place = array("Q"), 0
        for at, (text, size) in enumerate(lines(self.file)):
            if text.strip():
                places.append(place)
                yield Source(at + 1 if self.begun is None else self.begun[at], _bare(text) if place == 0 else text)
            place += size
        self.places = places

    def text(self, number: int) -> bytes:
        """Return the text with a number, counted from 0, and go on where the file was."""
        here = self.file.tell()
        self.file.seek(self.places[number])
        text = next(lines(self.file))[0]
        self.file.seek(here)
        return text if self.places[number] else _bare(text)


def texts(file: IO[bytes], encoding: str | None = None) -> Texts:
    """Return the texts of a file; raises PolicyError for what is no JSON, and for an encoding that is not known or not that of the file."""
    if file.seekable():
        refuse_other_kinds(file)
        plain = _encoding(file, encoding) == "utf-8" and not _is_spread(file)
        return Texts(file) if plain else _copied(file, encoding)
    copy = _seekable(file)
    try:
        refuse_other_kinds(copy)
        made = _copied(copy, encoding)
    except PolicyError:
        copy.close()
        raise
    if made.file is not copy:
        copy.close()
    return made


def _bare(text: bytes) -> bytes:
    return text.removeprefix(codecs.BOM_UTF8)


def lines(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Return the lines of a file with their size; of one that is longer than a person can be, no more than shows that it is."""
    while line := file.readline(LONGEST + 1):
        size, last = len(line), line
        while len(last) > LONGEST and not last.endswith(b"\n"):
            last = file.readline(LONGEST + 1)
            size += len(last)
        yield line, size


def _seekable(file: IO[bytes]) -> IO[bytes]:
    copy = tempfile.TemporaryFile()  # noqa: SIM115  # it is closed with whoever reads it  # closed with what reads it
    shutil.copyfileobj(file, copy)
    copy.seek(0)
    return copy


def _by_holes(first: bytes) -> str | None:
    """Return the encoding in which each sign of JSON has an empty byte beside it, where no mark says it (RFC 4627, section 3)."""
    if len(first) < 2 or (not first[0]) == (not first[1]):
        return None
    return "utf-16-be" if not first[0] else "utf-16-le"


def _encoding(file: IO[bytes], named: str | None) -> str:
    """Return the encoding that a file's first bytes say, else the one that was named, else UTF-8."""
    file.seek(0)
    first = file.read(4)
    file.seek(0)
    found = next((name for mark, name in MARKS.items() if first.startswith(mark)), None) or _by_holes(first)
    wanted = found or named or "utf-8"
    try:
        name = codecs.lookup(wanted).name
    except LookupError:
        help_ = phrase(
            en="name one such as `utf-8`, `cp1252` or `utf-16`",
            id="sebut salah satu, misalnya `utf-8`, `cp1252`, atau `utf-16`",
        )
        raise PolicyError(
            [
                Problem(
                    "unknown-encoding",
                    phrase(en="unknown encoding `{wanted}`", id="pengodean `{wanted}` tidak dikenal", wanted=wanted[:40]),
                    help=help_,
                )
            ]
        ) from None
    return "utf-8" if name in ("utf-8", "utf-8-sig", "ascii") else name


def _copied(file: IO[bytes], named: str | None) -> Texts:
    """Copy a file as JSON Lines in UTF-8."""
    encoding = _encoding(file, named)
    inside = file if encoding == "utf-8" else _decoded(file, encoding)
    if not _is_spread(inside):
        return _own(inside)
    begun, copy = array("Q"), tempfile.TemporaryFile()  # noqa: SIM115  # it is closed with whoever reads it  # closed with what reads it
    for line, text in objects(text for text, _ in lines(inside)):
        begun.append(line)
        copy.write(text + b"\n")
    if inside is not file:
        inside.close()
    return _own(copy, begun)


def _own(copy: IO[bytes], begun: array[int] | None = None) -> Texts:
    """Return the texts of a file that is closed when nobody reads it any more."""
    made = Texts(copy, begun)
    weakref.finalize(made, copy.close)
    return made


def _decoded(file: IO[bytes], encoding: str) -> IO[bytes]:
    """Copy a file of another encoding in UTF-8; what is no text of it becomes a hole."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115  # it is closed with whoever reads it
    reader = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    while part := reader.read(1 << 16):
        copy.write(part.encode("utf-8", errors="replace"))
    reader.detach()
    return copy


def _is_spread(file: IO[bytes]) -> bool:
    """Tell a file of one array, or of objects that are spread over lines: its first line is no whole person.

    Where one of the next lines is, the first was only cut.
    """
    file.seek(0)
    plain = (one for line, _ in lines(file) if (one := _bare(line).strip()))
    first, others = next(plain, b""), list(islice(plain, LOOKED_AT))
    file.seek(0)
    if first.startswith(b"["):
        return True
    if not first.startswith(b"{") or _is_whole(first):
        return False
    return _depth(first) > 0 and not any(_NUMBERED.match(one) and _is_whole(one) for one in others)


def _is_whole(line: bytes) -> bool:
    try:
        from_json(line)
    except ValueError:
        return False
    return True


def _depth(line: bytes) -> int:
    tokens = _TOKEN.findall(line)
    return tokens.count(b"{") - tokens.count(b"}")


def objects(given: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Return each object that is spread over lines, on one line, with the line on which it begins.

    What stands between objects and is neither a comma nor a bracket comes too: it is somebody who can't be read.

    >>> list(objects([b'[{"nip":', b' "1"}, oops', b'{"nip": "2"}]']))
    [(1, b'{"nip": "1"}'), (2, b'oops'), (3, b'{"nip": "2"}')]
    """
    open_, number, last = _Object(), 0, b""
    array = None
    for number, line in enumerate(given, 1):
        plain = _bare(line).strip() if number == 1 else line.strip()
        array = plain.startswith(b"[") if array is None and plain else array
        last = plain or last
        yield from open_.take(number, line)
    if open_.depth:
        yield open_.begun, b" ".join(open_.parts)
    elif array and not last.endswith(b"]"):
        yield number, b"["  # the file was cut: whoever stood behind is lost


@dataclass
class _Object:
    """The object that is being put together from lines."""

    depth: int = 0
    begun: int = 0
    parts: list[bytes] = field(default_factory=list)
    size: int = 0

    def take(self, number: int, line: bytes) -> Iterator[tuple[int, bytes]]:
        """Take a line, and return the objects that end on it."""
        at = 0
        for token in _TOKEN.finditer(line):
            if token[0] == b"{":
                if self.depth == 0:
                    yield from _stray(number, line[at : token.start()])
                    self.begun, self.parts, self.size, at = number, [], 0, token.start()
                self.depth += 1
            elif token[0] == b"}" and self.depth:
                self.depth -= 1
                if self.depth == 0:
                    yield self.begun, b" ".join([*self.parts, line[at : token.end()].strip()])
                    at = token.end()
        rest = line[at:].strip()
        if not self.depth:
            yield from _stray(number, rest)
        elif self.size <= LONGEST:
            self.parts.append(rest)
            self.size += len(rest)


def _stray(line: int, text: bytes) -> Iterator[tuple[int, bytes]]:
    plain = _bare(text).strip(b" \t\r\n,[]")
    if plain:
        yield line, plain
