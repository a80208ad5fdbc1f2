"""Unclaimed: what a file says of somebody whose number can't be read; it may belong to whomever that number fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from asnpolicy.exchange.intake.person import by_field
from asnpolicy.people import HISTORIES, DataFinding, Employee
from asnpolicy.people.nip import DIGITS
from asnpolicy.people.spelling.field import Doubled, clean, is_destroyed, number

UNCLAIMED, EARLIER = "unclaimed-record", "earlier-number"
FEWEST = 8
"""With fewer digits than a date of birth a number tells nobody from another."""
KEPT = 15
"""So many digits of a number survive in a spreadsheet."""
MOST_WRONG = 2
"""A slip of typing leaves out, adds, or changes so many digits; two that are swapped are two."""


_NUMBER = re.compile(rb'"nip"\s*:\s*"(\d{18})"')


class Unclaimed(NamedTuple):
    """Histories with records whose owner is not known, on a line, and what can be read of the number."""

    line: int
    histories: frozenset[str]
    digits: str
    known: Literal["whole", "cut", "slip"] = "slip"
    """Whether the digits are the number, its first ones (the others were rounded away), or a slip of it."""
    code: str = UNCLAIMED
    """What is told to whom it may belong."""

    def may_be_of(self, nip: str) -> bool:
        """Tell whether a person may be meant; with next to no digits, anybody may be."""
        if len(self.digits) < FEWEST:
            return True
        if self.known == "whole":
            return nip == self.digits
        if self.known == "cut":
            return nip.startswith(self.digits[: min(len(self.digits), KEPT) - 1])  # the last one may be rounded up
        return _slip(self.digits, nip)


def unclaimed_of(line: int, data: Mapping[str, Any]) -> Iterator[Unclaimed]:
    """Give what somebody without a readable number brings along, for each number that is given: records of histories."""
    known, _ = by_field(Employee, data)
    histories = frozenset(name for name in HISTORIES if _has_records(known.get(name)))
    if histories:
        given = known.get("nip")
        for one in given.values if isinstance(given, Doubled) else (given,):
            yield _of_number(line, histories, one)


def _of_number(line: int, histories: frozenset[str], given: Any) -> Unclaimed:
    text = clean(str(given)) if given is not None else ""
    cut = given is not None and is_destroyed(given)
    digits = re.sub(r"\D", "", text.upper().partition("E")[0] if cut else text)
    return Unclaimed(line, histories, digits, "cut" if cut else "slip")


def parted(line: int, data: Mapping[str, Any], other: str) -> Iterator[Unclaimed]:
    """Give what stands under one number of somebody who has another one in the same file: it is of both."""
    known, _ = by_field(Employee, data)
    histories = frozenset(name for name in HISTORIES if _has_records(known.get(name)))
    if histories:
        yield Unclaimed(line, histories, other, "whole", EARLIER)


def earlier_numbers(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the earlier numbers that somebody is said to have had, as far as they can be read."""
    known, _ = by_field(Employee, data)
    given = known.get("earlier_nips")
    for one in given if isinstance(given, list) else (given,):
        found = number(one) if isinstance(one, str) else None
        if found is not None:
            yield found


def unclaimed_in(line: int, text: bytes) -> Iterator[Unclaimed]:
    """Give what a text that is no JSON seems to say of somebody: of a number that stands in it, it may have said anything."""
    numbers = {found[1].decode() for found in _NUMBER.finditer(text)}
    yield from (Unclaimed(line, frozenset(HISTORIES), number, "whole") for number in sorted(numbers))
    histories = frozenset(name for name in HISTORIES if f'"{name}"'.encode() in text)
    if histories and not numbers:
        yield Unclaimed(line, histories, "", "whole")


def _has_records(value: Any) -> bool:
    return bool(value.get("records", value) if isinstance(value, dict) else value)


def _slip(digits: str, nip: str) -> bool:
    """Tell whether a slip of typing makes the one of the other: few digits differ, or few are lacking or too many."""
    if len(digits) == DIGITS:
        return sum(a != b for a, b in zip(digits, nip, strict=True)) <= MOST_WRONG
    if abs(len(digits) - DIGITS) > MOST_WRONG:
        return False
    shorter, longer = sorted((digits, nip), key=len)
    at = 0
    for digit in longer:
        at += at < len(shorter) and shorter[at] == digit
    return at == len(shorter)


def voided(person: Employee, unclaimed: Iterable[Unclaimed]) -> Employee:
    """Return the person, of whose histories none is complete that may lack a record which nobody claims."""
    found: dict[str, DataFinding] = {}
    for one in unclaimed:
        if one.may_be_of(person.nip):
            for name in sorted(one.histories):
                if getattr(person, name).complete_since is not None:
                    found.setdefault(name, DataFinding(one.code, name, (name,), line=one.line))
    if not found:
        return person
    update = {name: getattr(person, name).model_copy(update={"complete_since": None}) for name in found}
    return person.model_copy(update=update).with_intake((*person.intake, *found.values()))
