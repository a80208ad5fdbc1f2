"""Reader: what stands in a file about one person becomes an employee, at once where all is well and leniently where not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import from_json

from asnpolicy.exchange.intake.doubles import together
from asnpolicy.exchange.intake.person import PersonReader, listed, shown
from asnpolicy.exchange.intake.unclaimed import Unclaimed, unclaimed_in, voided
from asnpolicy.people import Employee
from asnpolicy.people.codes import WrittenOtherwise, written_otherwise
from asnpolicy.people.masking import is_personal
from asnpolicy.people.refusals import THE_LINE, discreet_refusals
from asnpolicy.people.spelling.field import Doubled, Read, form, is_destroyed
from asnpolicy.text import Text
from asnpolicy.visible import visible

LONGEST = 1_000_000
"""What stands in more bytes is not one employee."""
_AS_SPACES = bytes.maketrans(b"\t\n\r", b"   ")
_EXACT = re.compile(rb"\.\d{9}")
"""So many places are more than a fast reader keeps: it would round them."""
_BIG = 30
"""No number of a person, and no figure, has more digits."""


class Source(NamedTuple):
    """A text about one person, and the line on which it begins."""

    line: int
    text: bytes


class PersonText(NamedTuple):
    """All that a file says of one person: where it begins, the text, and what else has the same number."""

    line: int
    text: bytes
    again: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLine:
    """A text that is no employee, where it begins, and why."""

    number: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one person at a time; it pickles, so that several processes read one file alike.

    `strict` refuses a person with anything amiss; else a field that can't be read is unknown, with a finding.
    """

    strict: bool = False
    month_first: frozenset[str] = frozenset()
    """The fields that are written month first somewhere in the file."""
    unclaimed: tuple[Unclaimed, ...] = ()
    """What the file says of people whose number can't be read."""

    def read(self, entry: PersonText) -> Employee | BadLine:
        """Return the employee; a text that is none comes back with the reason."""
        if self.strict:
            return _strictly(entry)
        sources = (Source(entry.line, entry.text), *_distinct(entry))
        read = [(self._one(source), source) for source in sources]
        people = [(one, source.line) for one, source in read if isinstance(one, Employee)]
        if not people:
            return read[0][0]
        person = together(people) if len(people) > 1 else people[0][0]
        lost = (one for bad, source in read if isinstance(bad, BadLine) for one in unclaimed_in(*source))
        unclaimed = (*self.unclaimed, *lost)
        return voided(person, unclaimed) if unclaimed else person

    def _one(self, source: Source) -> Employee | BadLine:
        line, text = source
        if len(text) > LONGEST:
            return too_long(line)
        data = plain_data(text)
        if data is not None:
            with suppress(ValueError, RecursionError):  # which is how the validator refuses
                made: Employee = Employee.__pydantic_validator__.validate_python(data)
                if written_otherwise(_delivered(data)) is None:
                    return made
        return self._leniently(line, text)

    def _leniently(self, line: int, text: bytes) -> Employee | BadLine:
        data = parsed(line, text)
        if isinstance(data, BadLine):
            return data
        nip = nip_of(data)
        if nip.value is None:
            return BadLine(line, no_number(data))
        return PersonReader(line, self.month_first).read(nip, data)


def _delivered(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the records of each history as they stand in data that can be read."""
    return {name: listed(value) for name, value in data.items() if type(value) in (dict, list)}


def _distinct(entry: PersonText) -> Iterator[Source]:
    """Return what else has the same number: one text of each that are the same to the letter, and not more than one that is the first."""
    texts = {source.text.strip(): source for source in reversed(entry.again)}
    first = texts.pop(entry.text.strip(), None)
    return iter(sorted([*texts.values(), *([first] if first is not None and not texts else [])]))


def _strictly(entry: PersonText) -> Employee | BadLine:
    if len(entry.text) > LONGEST:
        return too_long(entry.line)
    if entry.again:
        lines = ", ".join(map(str, (entry.line, *(one.line for one in entry.again))))
        return BadLine(
            entry.line, Text(f"nomor yang sama ada pada baris {lines}", f"the same number is on lines {lines}")
        )
    data = parsed(entry.line, entry.text)
    if isinstance(data, BadLine):
        return data
    twice = next(_twice(data), None)
    if twice is not None:
        return BadLine(entry.line, Text(f"`{twice}` ditulis dua kali", f"`{twice}` stands there twice"))
    try:
        exact = _EXACT.search(entry.text) is not None  # with each digit of its numbers
        validator = Employee.__pydantic_validator__
        made: Employee = validator.validate_python(data) if exact else validator.validate_json(entry.text)
    except ValidationError as error:
        told = list(discreet_refusals(error, THE_LINE, Employee).values())[:3]
        return BadLine(entry.line, Text("; ".join(one.to("id") for one in told), "; ".join(told)))
    other = written_otherwise(_delivered(data))
    return made if other is None else BadLine(entry.line, _not_to_the_letter(other))


def _not_to_the_letter(other: WrittenOtherwise) -> Text:
    """Say how a code is written; of what is personal not which it is."""
    where, code = other.where, other.code
    if is_personal(where.split(".")):
        return Text(f"`{where}`: kode itu tidak ditulis seperti dalam daftar kode: huruf kecil, dengan tanda hubung",
                    f"`{where}`: the code is not written as in the list of codes: small letters, with hyphens")  # fmt: skip
    text, right = visible(other.text), code.text
    return Text(f"`{where}`: `{text}` ditulis `{right}`", f"`{where}`: `{text}` is written `{right}`")


def plain_data(text: bytes) -> dict[str, Any] | None:
    """Return the object of a text at once; None where it may say more than a fast reader keeps: keys twice, digits, depth."""
    try:
        data = from_json(text)
    except (ValueError, RecursionError):
        return None
    plain = b" :" not in text.translate(_AS_SPACES) and _EXACT.search(text) is None
    return data if plain and keys_in(data) == text.count(b'":') else None


def keys_in(data: Any) -> int:
    """Count the keys of parsed JSON down to records; whatever lies deeper is no person as the models have one."""
    if type(data) is not dict:
        return -1
    count = len(data)
    for value in data.values():
        if type(value) is dict:
            count += len(value)
            value = value.get("records")  # noqa: PLW2901  # a list of records, with or without what is promised
        if type(value) is list:
            count += sum([len(one) for one in value if type(one) is dict])
    return count


# JSON with all that it says


def parsed(line: int, text: bytes) -> Mapping[str, Any] | BadLine:
    """Return the object of a text, with what it says twice and with numbers to the last digit."""
    try:
        data = json.loads(
            text.decode("utf-8", errors="replace").removeprefix("\ufeff"),
            object_pairs_hook=_object, parse_float=Decimal, parse_int=_whole_number, parse_constant=str,
        )  # fmt: skip
    except json.JSONDecodeError as error:
        return BadLine(line, _not_json(error))
    except RecursionError:
        return BadLine(line, Text("kurung bersarang terlalu dalam", "brackets are nested too deeply"))
    if not isinstance(data, dict):
        return BadLine(line, Text("ini bukan satu pegawai, yang ditulis seperti {\"nip\": \"…\"}",
                                  "it is not one employee, who is written like {\"nip\": \"…\"}"))  # fmt: skip
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        for key in made:
            values = tuple(value for name, value in pairs if name == key)
            if len(values) > 1:
                made[key] = Doubled(values)
    return made


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _BIG else f"{digits[:_BIG]}…"


def _twice(data: Any) -> Iterator[str]:
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if isinstance(value, Doubled):
            yield str(key)
        yield from _twice(value)


def _not_json(error: json.JSONDecodeError) -> Text:
    return Text(
        f'baris ini bukan JSON yang sah (kolom {error.colno}): satu pegawai ditulis seperti {{"nip": "…"}}',
        f'the line is not valid JSON (column {error.colno}): one employee is written like {{"nip": "…"}}',
    )


def too_long(line: int) -> BadLine:
    """Return why a text that is too long is none."""
    return BadLine(line, Text(f"lebih dari {LONGEST:,} bita: bukan satu pegawai",
                              f"it has more than {LONGEST:,} bytes: that is not one employee"))  # fmt: skip


# The number


def nip_of(data: Mapping[str, Any]) -> Read:
    """Return the number of a person, under whatever case its name is written."""
    return form(Employee, "nip").read(_given_number(data))


def _given_number(data: Mapping[str, Any]) -> Any:
    values = [value for key, value in data.items() if key.strip().casefold() == "nip"]
    return Doubled.of(values) if len(values) > 1 else values[0] if values else None


def no_number(data: Mapping[str, Any]) -> Text:
    """Return why nobody can be told by a number, and the way out."""
    given = _given_number(data)
    if given is None:
        return Text("`nip` tidak ada: catatan ini tidak dapat diberikan kepada siapa pun",
                    "`nip` is missing: this can't be given to anybody")  # fmt: skip
    if isinstance(given, Doubled):
        return Text("`nip` ditulis lebih dari sekali, dengan nomor yang berbeda: sisakan nomor yang benar",
                    "`nip` stands there more than once, with different numbers: keep the right one")  # fmt: skip
    form_of = shown(("nip",), given)
    if is_destroyed(given):
        return Text(
            f"`nip` `{form_of}` rusak oleh lembar kerja: angkanya dibulatkan; ekspor ulang kolom itu sebagai teks",
            f"`nip` `{form_of}` was destroyed by a spreadsheet, which rounded it: export that column again, as text",
        )
    return Text(
        f"`nip` `{form_of}` bukan NIP: 18 angka, seperti tercetak pada surat keputusan",
        f"`nip` `{form_of}` is not an NIP: it has 18 digits, as printed on the letters",
    )
