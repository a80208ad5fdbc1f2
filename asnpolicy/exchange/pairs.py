"""Pairs of mentors and mentees in files, with places and lottery keys: CSV as spreadsheets write it, or an assignment as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from asnpolicy.decisions.mentoring import Pairing
from asnpolicy.people.nip import normal
from asnpolicy.people.refusals import sentence_of
from asnpolicy.problems import Place, PolicyError, Problem, Problems
from asnpolicy.text import Message, phrase

SEPARATORS = (",", ";", "\t")
Read = TypeVar("Read")
NO_QUOTA = phrase(
    en="mentors have no least number of mentees: with one a stable assignment need not exist, and filling it would send mentees to mentors whom they want less",
    id="mentor tidak punya jumlah mentee minimum: dengan itu pembagian yang stabil belum tentu ada, dan memenuhinya akan mengirim mentee kepada mentor yang kurang mereka inginkan",
)


def pairings(path: str) -> tuple[Pairing, ...]:
    """The pairs of a file: CSV with the columns `mentor` and `mentee`, or the JSON of an assignment.

    Rows without a mentor, which an assignment has for those left over, are passed over. Raises PolicyError, with every
    problem of the file.
    """
    text = _text(path)
    if text.lstrip()[:1] in ("{", "["):
        return _of_json(path, text)
    problems = Problems()
    rows = [(line, cells) for line, cells in _rows(path, text, ("mentor", "mentee")) if cells[0]]
    found = [tuple(_read(problems, path, line, normal, cell) for cell in cells) for line, cells in rows]
    problems.raise_if_any()
    return tuple(Pairing.model_construct(mentor=mentor, mentee=mentee) for mentor, mentee in found)


def places(path: str) -> dict[str, int]:
    """How many mentees single mentors take: CSV with the columns `mentor` and `places`. Raises PolicyError."""
    return _by_number(path, ("mentor", "places"), _count)


def keys(path: str) -> dict[str, str]:
    """Opaque keys for the lottery: CSV with the columns `nip` and `key`. Raises PolicyError."""
    return _by_number(path, ("nip", "key"), _key)


def _count(text: str) -> int:
    low, dash, _ = text.partition("-")
    if low.isdigit() and dash:
        raise ValueError(NO_QUOTA)
    if not (text.isascii() and text.isdigit()):
        raise ValueError(
            phrase(en="`{text}` is not a number of places", id="`{text}` bukan jumlah tempat", text=text[:40])
        )
    return int(text)


def _key(text: str) -> str:
    if not text:
        raise ValueError(phrase(en="there is no key", id="kunci belum ada"))
    return text


def _by_number(path: str, columns: tuple[str, str], read: Callable[[str], Read]) -> dict[str, Read]:
    """Two columns of a file, the first a number that stands there once."""
    problems, found = Problems(), dict[str, Read]()
    for line, (number, cell) in _rows(path, _text(path), columns):
        nip, value = _read(problems, path, line, normal, number), _read(problems, path, line, read, cell)
        if nip in found:
            _tell(
                problems,
                path,
                line,
                phrase(en="the number stands in the file twice", id="nomor ini tertulis dua kali dalam berkas"),
                phrase(en="leave one of the lines", id="sisakan satu baris saja"),
            )
        elif nip is not None and value is not None:
            found[nip] = value
    problems.raise_if_any()
    return found


def _read(problems: Problems, path: str, line: int, read: Callable[[str], Read], cell: str) -> Read | None:
    try:
        return read(cell)
    except ValueError as error:
        _tell(
            problems,
            path,
            line,
            sentence_of(error),
            _NUMBERS if read is normal else phrase(en="correct the cell", id="perbaiki isi sel"),
        )
        return None


_NUMBERS = phrase(
    en="write all 18 digits, as text: a spreadsheet rounds numbers that are so long",
    id="tulis semua 18 angka sebagai teks: lembar kerja membulatkan angka sepanjang itu",
)


def _tell(problems: Problems, path: str, line: int, message: Message, help: Message) -> None:
    problems.add("wrong-row", message, Place(path, line, 1), help)


# Files


def _text(path: str) -> str:
    if not Path(path).is_file():
        raise PolicyError(
            [
                Problem(
                    "wrong-use",
                    phrase(en="there is no file `{path}`", id="tidak ada berkas `{path}`", path=path),
                    help=phrase(en="give a file of CSV", id="beri berkas CSV"),
                )
            ]
        )
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PolicyError(
            [
                Problem(
                    "wrong-use",
                    phrase(en="`{path}` is not written in UTF-8", id="`{path}` tidak ditulis dalam UTF-8", path=path),
                    help=phrase(en="save it as CSV UTF-8", id="simpan sebagai CSV UTF-8"),
                )
            ]
        ) from None


def _rows(path: str, text: str, columns: tuple[str, str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The two cells of each row, with its line; rows in which nothing stands are passed over."""
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    names = [name.strip().casefold() for name in next(reader, [])]
    lacking = [name for name in columns if name not in names]
    if lacking:
        message = phrase(
            en="`{path}` has no column `{lacking}`",
            id="`{path}` tidak punya kolom `{lacking}`",
            path=path,
            lacking=lacking[0],
        )
        raise PolicyError(
            [
                Problem(
                    "wrong-row",
                    message,
                    Place(path, 1, 1),
                    phrase(en="begin it with `{columns}`", id="awali dengan `{columns}`", columns=",".join(columns)),
                )
            ]
        )
    first, second = (names.index(name) for name in columns)
    for cells in reader:
        row = [cell.strip().strip("'") for cell in cells] + [""] * len(names)
        if row[first] or row[second]:
            yield reader.line_num, (row[first], row[second])


def _of_json(path: str, text: str) -> tuple[Pairing, ...]:
    try:
        data: Any = json.loads(text)
        pairs = data["pairs"] if isinstance(data, dict) else data
        return tuple(Pairing(mentor=_named(one["mentor"]), mentee=_named(one["mentee"])) for one in pairs)
    except (ValueError, KeyError, TypeError, RecursionError):
        message = phrase(
            en="`{path}` is no assignment and no list of pairs",
            id="`{path}` bukan hasil pembagian dan bukan daftar pasangan",
            path=path,
        )
        help_ = phrase(
            en='write it like [{{"mentor": "<NIP>", "mentee": "<NIP>"}}], or give CSV',
            id='tulis seperti [{{"mentor": "<NIP>", "mentee": "<NIP>"}}], atau beri CSV',
        )
        raise PolicyError([Problem("wrong-row", message, Place(path, 1, 1), help_)]) from None


def _named(one: Any) -> Any:
    return one["nip"] if isinstance(one, dict) else one
